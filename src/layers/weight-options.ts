// The three options that go with each weight: `kernelInitializer`, `kernelRegularizer`, `kernelConstraint`.
import * as constraints from '../constraints/index.ts';
import type { Constraint, Regularizer } from '../graph/roles.ts';
import * as initializers from '../initializers/index.ts';
import * as regularizers from '../regularizers/index.ts';
import type { WeightOptions } from './layer.ts';

/** What was given for one weight, as objects. */
export interface WeightParts extends WeightOptions {
  readonly initializer: ReturnType<typeof initializers.get>;
  readonly regularizer: Regularizer | undefined;
  readonly constraint: Constraint | undefined;
}

const namesOf = (weight: string) => [`${weight}Initializer`, `${weight}Regularizer`, `${weight}Constraint`] as const;

/** Names of the options of these weights. */
export const weightOptionNames = (...weights: readonly string[]): string[] => weights.flatMap(namesOf);

/** The options of one weight. Call it in the constructor: a random initializer draws its seed when it is made, in Keras's order. */
export function readWeightOptions(options: object, weight: string, initializer: string): WeightParts {
  const given = options as Record<string, unknown>;
  const [i, r, c] = namesOf(weight).map((name) => given[name]);
  return {
    initializer: initializers.get((i ?? initializer) as initializers.InitializerIdentifier),
    regularizer: regularizers.get(r as regularizers.RegularizerIdentifier | null),
    constraint: constraints.get(c as constraints.ConstraintIdentifier | null),
  };
}

/** What a config keeps of them. */
export function serializeWeightOptions(weight: string, { initializer, regularizer, constraint }: WeightParts): Record<string, unknown> {
  const [i, r, c] = namesOf(weight);
  return {
    [i]: initializers.serialize(initializer),
    [r]: regularizers.serialize(regularizer as regularizers.RegularizerIdentifier | undefined),
    [c]: constraints.serialize(constraint as constraints.ConstraintIdentifier | undefined),
  };
}
