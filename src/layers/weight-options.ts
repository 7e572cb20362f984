// The three options that go with each weight: `kernelInitializer`, `kernelRegularizer`, `kernelConstraint`.
import type { Fields } from '../fields.ts';
import { constraint, initializer, regularizer } from './kinds.ts';
import type { WeightOptions } from './layer.ts';

const namesOf = (weight: string) => [`${weight}Initializer`, `${weight}Regularizer`, `${weight}Constraint`] as const;

/** The fields of one weight's options, with the initializer it has by default. */
export function weightFields(weight: string, initial: string): Fields {
  const [i, r, c] = namesOf(weight);
  return { [i]: [initializer, initial], [r]: [regularizer, null], [c]: [constraint, null] };
}

/** The options of one weight, of a layer that has these fields. */
export function weightOptions(layer: object, weight: string): WeightOptions {
  const values = layer as Record<string, never>;
  const [i, r, c] = namesOf(weight).map((name) => values[name]);
  return { initializer: i, regularizer: r, constraint: c };
}
