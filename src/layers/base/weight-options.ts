// The three options that go with each weight: `kernelInitializer`, `kernelRegularizer`, `kernelConstraint`.
import type { WeightOptions } from './layer-options.ts';

/** The options of one weight, of a layer that has them. */
export function weightOptions(layer: object, weight: string): WeightOptions {
  const {
    [`${weight}Initializer`]: initializer,
    [`${weight}Regularizer`]: regularizer,
    [`${weight}Constraint`]: constraint,
  } = layer as Record<string, never>;
  return { initializer, regularizer, constraint };
}
