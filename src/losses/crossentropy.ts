// Crossentropies. When the prediction comes straight from a sigmoid or softmax they are computed from what went into it,
// which is exact where the probability itself is rounded to 0 or 1.
import { boolean, fraction, integer } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { divide, multiply } from '../primitives/binary.ts';
import { crossentropy, elementLoss, sparseCrossentropy } from '../primitives/losses.ts';
import { mean, sum } from '../primitives/reduce.ts';
import { affine, clip, differsFrom, log, negative, toInt } from '../primitives/unary.ts';
import { axis } from './axis.ts';
import { FormulaLoss } from './formula-loss.ts';
import { checkLabels, type LossOptions } from './loss.ts';
import { axisLast, likePrediction, likeRows, logitsOf } from './shapes.ts';

/** Keras's epsilon: probabilities are kept this far from 0 and 1. */
export const EPSILON = 1e-7;

const smoothedOptions = {
  /** Whether predictions are logits (any number) and not probabilities; false by default. */
  fromLogits: [boolean, false],
  /** From 0 (default) to 1: how far targets are drawn toward all classes being equally likely. */
  labelSmoothing: [fraction, 0],
  /** The axis that the classes lie along, the last by default. */
  axis: [axis, -1],
} as const satisfies Options;

/** Options of the crossentropies whose targets are distributions. */
export interface SmoothedOptions extends LossOptions, OptionsOf<typeof smoothedOptions> {}

export interface SmoothedCrossentropy extends ValuesOf<typeof smoothedOptions> {}

/** A crossentropy whose targets are distributions. */
export abstract class SmoothedCrossentropy extends FormulaLoss {
  static override readonly spec: Spec = { options: smoothedOptions };

  constructor(options?: SmoothedOptions) {
    super(options);
  }
}

/**
 * Mean of -(y log p + (1 - y) log(1 - p)): `model.compile({ loss: new losses.BinaryCrossentropy() })`, or 'binary_crossentropy'.
 *
 * Targets of the predictions' shape, from 0 to 1. Predictions are probabilities (limited to [1e-7, 1 - 1e-7]), or logits with
 * `fromLogits: true`; those of a layer with activation 'sigmoid' are taken as its logits either way, so that a saturated wrong
 * answer still has a gradient.
 */
export class BinaryCrossentropy extends SmoothedCrossentropy {
  static override readonly spec: Spec = { keras: 'keras.losses.BinaryCrossentropy', name: 'binary_crossentropy' };

  protected formula(target: Value, prediction: Value): Value {
    const s = this.labelSmoothing;
    const y = affine(likePrediction(this.name, target, prediction), 1 - s, s / 2);
    const logits = logitsOf(prediction, 'sigmoid') ?? (this.fromLogits ? prediction : undefined);
    const values = logits ? elementLoss('binaryCrossentropyLogits', y, logits) : elementLoss('binaryCrossentropy', y, prediction);
    return mean(values, this.axis);
  }
}

/**
 * -sum of y log p over the classes: `new losses.CategoricalCrossentropy()`, or 'categorical_crossentropy'.
 *
 * Targets of the predictions' shape, one-hot or distributions. Predictions are probabilities (scaled to a sum of 1 and limited
 * to [1e-7, 1 - 1e-7]), or logits with `fromLogits: true`; those of a layer with activation 'softmax' are taken as its logits
 * either way.
 */
export class CategoricalCrossentropy extends SmoothedCrossentropy {
  static override readonly spec: Spec = { keras: 'keras.losses.CategoricalCrossentropy', name: 'categorical_crossentropy' };

  protected formula(target: Value, prediction: Value): Value {
    const s = this.labelSmoothing;
    const given = likePrediction(this.name, target, prediction);
    // As in Keras, targets are smoothed by the length of the last axis, whatever axis the classes lie along.
    const y = affine(axisLast(given, this.axis), 1 - s, s / given.shape[given.shape.length - 1]);
    const logits = logitsOf(prediction, 'softmax') ?? (this.fromLogits ? prediction : undefined);
    if (logits) return crossentropy(y, axisLast(logits, this.axis));
    return negative(sum(multiply(y, log(probabilities(axisLast(prediction, this.axis)))), -1));
  }
}

/** Rows scaled to a sum of 1 and kept away from 0 and 1. */
export const probabilities = (prediction: Value): Value => clip(divide(prediction, sum(prediction, -1, true)), EPSILON, 1 - EPSILON);

const sparseCategoricalCrossentropyOptions = {
  /** Whether predictions are logits (any number) and not probabilities; false by default. */
  fromLogits: [boolean, false],
  /** A label whose samples count nothing; none by default. */
  ignoreClass: [integer, null],
  /** The axis that the classes lie along, the last by default. */
  axis: [axis, -1],
} as const satisfies Options;

/** Options of {@link SparseCategoricalCrossentropy}. */
export interface SparseCategoricalCrossentropyOptions extends LossOptions, OptionsOf<typeof sparseCategoricalCrossentropyOptions> {}

export interface SparseCategoricalCrossentropy extends ValuesOf<typeof sparseCategoricalCrossentropyOptions> {}

/**
 * -log of the probability of the right class: `new losses.SparseCategoricalCrossentropy()`, or 'sparse_categorical_crossentropy'.
 *
 * Targets are whole labels from 0, of the predictions' shape without the last axis (or with a last axis of 1); others are a
 * ValueError that names the position. Predictions are probabilities (limited to [1e-7, 1 - 1e-7], then scaled to a sum of 1), or
 * logits with `fromLogits: true`; those of a layer with activation 'softmax' are taken as its logits either way.
 */
export class SparseCategoricalCrossentropy extends FormulaLoss {
  static override readonly spec: Spec = {
    keras: 'keras.losses.SparseCategoricalCrossentropy',
    name: 'sparse_categorical_crossentropy',
    options: sparseCategoricalCrossentropyOptions,
    config: { omitIfDefault: ['axis'] },
  };

  override readonly targetDtype = 'int32' as const;

  constructor(options?: SparseCategoricalCrossentropyOptions) {
    super(options);
  }

  protected formula(target: Value, prediction: Value): Value {
    const { ignoreClass } = this;
    const p = axisLast(prediction, this.axis);
    const given = likeRows(this.name, target, p);
    checkLabels(this.name, given, p.shape[p.shape.length - 1], ignoreClass ?? undefined);
    const labels = toInt(given);
    const logits = logitsOf(prediction, 'softmax') ?? (this.fromLogits ? prediction : undefined);
    const values = sparseCrossentropy(labels, logits ? axisLast(logits, this.axis) : log(clip(p, EPSILON, 1 - EPSILON)));
    if (ignoreClass === null) return values;
    const counted = differsFrom(labels, ignoreClass);
    const kept = multiply(values, counted);
    kept.mask = counted;
    return kept;
  }
}
