// Losses that look at a whole row at once.
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { maximum, multiply, subtract } from '../primitives/binary.ts';
import { fill } from '../primitives/layout.ts';
import { normalizeLength } from '../primitives/normalize.ts';
import { max, sum } from '../primitives/reduce.ts';
import { affine, negative } from '../primitives/unary.ts';
import { axis } from './axis.ts';
import { FormulaLoss } from './formula-loss.ts';
import type { LossOptions } from './loss.ts';
import { axisLast, likePrediction } from './shapes.ts';

/**
 * max(neg - pos + 1, 0) with pos the prediction for the right class and neg the largest for a wrong one:
 * `new losses.CategoricalHinge()`, or 'categorical_hinge'.
 *
 * Targets of the predictions' shape, one-hot; options {@link LossOptions}.
 */
export class CategoricalHinge extends FormulaLoss {
  static override readonly spec: Spec = { keras: 'keras.losses.CategoricalHinge', name: 'categorical_hinge' };

  protected formula(target: Value, prediction: Value): Value {
    const y = likePrediction(this.name, target, prediction);
    const right = sum(multiply(y, prediction), -1);
    const wrong = max(multiply(affine(y, -1, 1), prediction), -1);
    return maximum(affine(subtract(wrong, right), 1, 1), fill([], 0));
  }
}

const cosineSimilarityOptions = {
  /** The axis that vectors lie along, the last by default. */
  axis: [axis, -1],
} as const satisfies Options;

/** Options of {@link CosineSimilarity}. */
export interface CosineSimilarityOptions extends LossOptions, OptionsOf<typeof cosineSimilarityOptions> {}

export interface CosineSimilarity extends ValuesOf<typeof cosineSimilarityOptions> {}

/**
 * Minus the cosine of the angle between target and prediction: `new losses.CosineSimilarity()`, or 'cosine_similarity'.
 *
 * -1 for the same direction, 1 for the opposite one; 0 for a vector of zeros. Targets of the predictions' shape.
 */
export class CosineSimilarity extends FormulaLoss {
  static override readonly spec: Spec = {
    keras: 'keras.losses.CosineSimilarity',
    name: 'cosine_similarity',
    options: cosineSimilarityOptions,
    config: { omitIfDefault: ['axis'] },
  };

  constructor(options?: CosineSimilarityOptions) {
    super(options);
  }

  protected formula(target: Value, prediction: Value): Value {
    const y = axisLast(likePrediction(this.name, target, prediction), this.axis);
    const p = axisLast(prediction, this.axis);
    return negative(sum(multiply(normalizeLength(y), normalizeLength(p)), -1));
  }
}
