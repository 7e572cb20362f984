// Crossentropies in which easy samples count less (Lin et al. 2018).
import { boolean, type Fields, nonNegative, number, type Spec } from '../common/fields.ts';
import type { Value } from '../graph/value.ts';
import { add, multiply, power } from '../primitives/binary.ts';
import { fill } from '../primitives/layout.ts';
import { elementLoss } from '../primitives/losses.ts';
import { mean, sum } from '../primitives/reduce.ts';
import { softmax } from '../primitives/softmax.ts';
import { affine, log, negative, sigmoid } from '../primitives/unary.ts';
import { probabilities, type SmoothedOptions, smoothedSpec } from './crossentropy.ts';
import { Loss } from './loss.ts';
import { axisLast, likePrediction } from './shapes.ts';

/** Options of the focal losses. */
export interface FocalOptions extends SmoothedOptions {
  /** Weight of the right class, 0.25 by default. */
  readonly alpha?: number;
  /** How much less easy samples count, 2 by default; 0 gives the crossentropy. */
  readonly gamma?: number;
}

/** Options of {@link BinaryFocalCrossentropy}. */
export interface BinaryFocalOptions extends FocalOptions {
  /** Whether class 1 counts alpha and class 0 counts 1 - alpha; false by default. */
  readonly applyClassBalancing?: boolean;
}

const focalSpec = (className: string, own?: Fields): Spec =>
  smoothedSpec(className, { alpha: [number, 0.25], gamma: [nonNegative, 2], ...own });

/** What both focal losses have. */
abstract class FocalLoss extends Loss {
  declare readonly alpha: number;
  declare readonly gamma: number;
  declare readonly fromLogits: boolean;
  declare readonly labelSmoothing: number;
  declare readonly axis: number;

  constructor(options?: FocalOptions) {
    super(options);
  }
}

/**
 * Mean of (1 - p_t)^gamma times the binary crossentropy, p_t the probability given to the right answer:
 * `new losses.BinaryFocalCrossentropy({ gamma: 2 })`.
 *
 * Targets of the predictions' shape, from 0 to 1; predictions are probabilities, or logits with `fromLogits: true`.
 */
export class BinaryFocalCrossentropy extends FocalLoss {
  declare readonly applyClassBalancing: boolean;

  constructor(options?: BinaryFocalOptions) {
    super(options);
  }

  override get spec(): Spec {
    return focalSpec('BinaryFocalCrossentropy', { applyClassBalancing: [boolean, false] });
  }

  values(target: Value, prediction: Value): Value {
    const s = this.labelSmoothing;
    const y = affine(likePrediction(this.name, target, prediction), 1 - s, s / 2);
    const p = this.fromLogits ? sigmoid(prediction) : prediction;
    const wrong = add(multiply(y, affine(p, -1, 1)), multiply(affine(y, -1, 1), p));
    const values = multiply(power(wrong, fill([], this.gamma)), elementLoss('binaryCrossentropy', y, p));
    const { alpha } = this;
    return mean(this.applyClassBalancing ? multiply(affine(y, 2 * alpha - 1, 1 - alpha), values) : values, this.axis);
  }
}

/**
 * -alpha times the sum of (1 - p)^gamma y log p over the classes: `new losses.CategoricalFocalCrossentropy({ gamma: 2 })`.
 *
 * Targets of the predictions' shape, one-hot or distributions; predictions are probabilities, or logits with `fromLogits: true`.
 */
export class CategoricalFocalCrossentropy extends FocalLoss {
  override get spec(): Spec {
    return focalSpec('CategoricalFocalCrossentropy');
  }

  values(target: Value, prediction: Value): Value {
    const s = this.labelSmoothing;
    const given = axisLast(likePrediction(this.name, target, prediction), this.axis);
    const y = affine(given, 1 - s, s / given.shape[given.shape.length - 1]);
    const x = axisLast(prediction, this.axis);
    const p = probabilities(this.fromLogits ? softmax(x) : x);
    const factor = affine(power(affine(p, -1, 1), fill([], this.gamma)), this.alpha, 0);
    return negative(sum(multiply(factor, multiply(y, log(p))), -1));
  }
}
