// Crossentropies in which easy samples count less (Lin et al. 2018).
import { boolean, nonNegative, number } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { add, multiply, power } from '../primitives/binary.ts';
import { fill } from '../primitives/layout.ts';
import { elementLoss } from '../primitives/losses.ts';
import { mean, sum } from '../primitives/reduce.ts';
import { softmax } from '../primitives/softmax.ts';
import { affine, log, negative, sigmoid } from '../primitives/unary.ts';
import { probabilities, SmoothedCrossentropy, type SmoothedOptions } from './crossentropy.ts';
import { axisLast, likePrediction, logitsOf } from './shapes.ts';

const focalOptions = {
  /** Weight of the right class, 0.25 by default. */
  alpha: [number, 0.25],
  /** How much less easy samples count, 2 by default; 0 gives the crossentropy. */
  gamma: [nonNegative, 2],
} as const satisfies Options;

/** Options of the focal losses. */
export interface FocalOptions extends SmoothedOptions, OptionsOf<typeof focalOptions> {}

export interface FocalLoss extends ValuesOf<typeof focalOptions> {}

/** What both focal losses have. */
export abstract class FocalLoss extends SmoothedCrossentropy {
  static override readonly spec: Spec = { options: focalOptions };

  constructor(options?: FocalOptions) {
    super(options);
  }
}

const balancingOptions = {
  /** Whether class 1 counts alpha and class 0 counts 1 - alpha; false by default. */
  applyClassBalancing: [boolean, false],
} as const satisfies Options;

/** Options of {@link BinaryFocalCrossentropy}. */
export interface BinaryFocalOptions extends FocalOptions, OptionsOf<typeof balancingOptions> {}

export interface BinaryFocalCrossentropy extends ValuesOf<typeof balancingOptions> {}

/**
 * Mean of (1 - p_t)^gamma times the binary crossentropy, p_t the probability given to the right answer:
 * `new losses.BinaryFocalCrossentropy({ gamma: 2 })`.
 *
 * Targets of the predictions' shape, from 0 to 1; predictions are probabilities, or logits with `fromLogits: true`.
 */
export class BinaryFocalCrossentropy extends FocalLoss {
  static override readonly spec: Spec = {
    keras: 'keras.losses.BinaryFocalCrossentropy',
    name: 'binary_focal_crossentropy',
    options: balancingOptions,
  };

  constructor(options?: BinaryFocalOptions) {
    super(options);
  }

  protected formula(target: Value, prediction: Value): Value {
    const s = this.labelSmoothing;
    const y = affine(likePrediction(this.name, target, prediction), 1 - s, s / 2);
    const p = this.fromLogits ? sigmoid(prediction) : prediction;
    // As in Keras, the crossentropy of a sigmoid is that of its logits, which does not end at the limits of probabilities.
    const logits = this.fromLogits ? prediction : logitsOf(prediction, 'sigmoid');
    const crossentropy = logits ? elementLoss('binaryCrossentropyLogits', y, logits) : elementLoss('binaryCrossentropy', y, p);
    const wrong = add(multiply(y, affine(p, -1, 1)), multiply(affine(y, -1, 1), p));
    const values = multiply(power(wrong, fill([], this.gamma)), crossentropy);
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
  static override readonly spec: Spec = { keras: 'keras.losses.CategoricalFocalCrossentropy', name: 'categorical_focal_crossentropy' };

  protected formula(target: Value, prediction: Value): Value {
    const s = this.labelSmoothing;
    const given = likePrediction(this.name, target, prediction);
    // As in Keras, targets are smoothed by the length of the last axis, whatever axis the classes lie along.
    const y = affine(axisLast(given, this.axis), 1 - s, s / given.shape[given.shape.length - 1]);
    const x = axisLast(prediction, this.axis);
    const p = probabilities(this.fromLogits ? softmax(x) : x);
    const factor = affine(power(affine(p, -1, 1), fill([], this.gamma)), this.alpha, 0);
    return negative(sum(multiply(factor, multiply(y, log(p))), -1));
  }
}
