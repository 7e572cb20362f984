// The three options that go with each weight: `kernelInitializer`, `kernelRegularizer`, `kernelConstraint`.
import type { Field, Fields } from '../../common/spec.ts';
import type { WeightOptions } from './layer.ts';
import { constraint, initializer, regularizer } from './option-types.ts';

const namesOf = (weight: string) => [`${weight}Initializer`, `${weight}Regularizer`, `${weight}Constraint`] as const;

/** The fields and those of the options of weights, each with the initializer it has by default. */
export function withWeights(fields: Fields, initializers: Readonly<Record<string, string>>): Fields {
  const all: Record<string, Field> = { ...fields };
  for (const [weight, initial] of Object.entries(initializers)) {
    const [i, r, c] = namesOf(weight);
    Object.assign(all, { [i]: [initializer, initial], [r]: [regularizer, null], [c]: [constraint, null] });
  }
  return all;
}

/** The options of one weight, of a layer that has these fields. */
export function weightOptions(layer: object, weight: string): WeightOptions {
  const values = layer as Record<string, never>;
  const [i, r, c] = namesOf(weight).map((name) => values[name]);
  return { initializer: i, regularizer: r, constraint: c };
}
