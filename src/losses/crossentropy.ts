// Crossentropies. When the prediction comes straight from a sigmoid or softmax they are computed from what went into it,
// which is exact where the probability itself is rounded to 0 or 1.
import type { Value } from '../graph/value.ts';
import { divide, multiply } from '../ops/binary.ts';
import { crossentropy, elementLoss, sparseCrossentropy } from '../ops/losses.ts';
import { mean, sum } from '../ops/reduce.ts';
import { affine, clip, differsFrom, log, negative, toInt } from '../ops/unary.ts';
import { checkBoolean, checkInteger, checkNumber, checkOptions } from '../options.ts';
import { axisOption, checkAxis } from './axis.ts';
import { checkLabels, Loss, type LossOptions, lossOptions } from './loss.ts';
import { axisLast, likePrediction, likeRows, logitsOf } from './shapes.ts';

/** Keras's epsilon: probabilities are kept this far from 0 and 1. */
export const EPSILON = 1e-7;

/** Options of the crossentropies. */
export interface CrossentropyOptions extends LossOptions {
  /** Whether predictions are logits (any number) and not probabilities; false by default. */
  readonly fromLogits?: boolean;
  /** The axis that the classes lie along, the last by default. */
  readonly axis?: number;
}

/** Options of the crossentropies whose targets are distributions. */
export interface SmoothedOptions extends CrossentropyOptions {
  /** From 0 (default) to 1: how far targets are drawn toward all classes being equally likely. */
  readonly labelSmoothing?: number;
}

const options = ['fromLogits', axisOption, ...lossOptions];

/**
 * Mean of -(y log p + (1 - y) log(1 - p)): `model.compile({ loss: new losses.BinaryCrossentropy() })`, or 'binary_crossentropy'.
 *
 * Targets of the predictions' shape, from 0 to 1. Predictions are probabilities (limited to [1e-7, 1 - 1e-7]), or logits with
 * `fromLogits: true`; those of a layer with activation 'sigmoid' are taken as its logits either way, so that a saturated wrong
 * answer still has a gradient.
 */
export class BinaryCrossentropy extends Loss {
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
  readonly axis: number;

  constructor(given: SmoothedOptions = {}) {
    checkOptions('BinaryCrossentropy', given, ['labelSmoothing', ...options]);
    super(given);
    this.fromLogits = checkBoolean('BinaryCrossentropy', 'fromLogits', given.fromLogits ?? false);
    this.labelSmoothing = checkNumber('BinaryCrossentropy', 'labelSmoothing', given.labelSmoothing ?? 0, { min: 0, max: 1 });
    this.axis = checkAxis('BinaryCrossentropy', given.axis);
  }

  override get className(): string {
    return 'BinaryCrossentropy';
  }

  values(target: Value, prediction: Value): Value {
    const s = this.labelSmoothing;
    const y = affine(likePrediction(this.name, target, prediction), 1 - s, s / 2);
    const logits = logitsOf(prediction, 'sigmoid') ?? (this.fromLogits ? prediction : undefined);
    const values = logits ? elementLoss('binaryCrossentropyLogits', y, logits) : elementLoss('binaryCrossentropy', y, prediction);
    return mean(values, this.axis);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), fromLogits: this.fromLogits, labelSmoothing: this.labelSmoothing, axis: this.axis };
  }
}

/**
 * -sum of y log p over the classes: `new losses.CategoricalCrossentropy()`, or 'categorical_crossentropy'.
 *
 * Targets of the predictions' shape, one-hot or distributions. Predictions are probabilities (scaled to a sum of 1 and limited
 * to [1e-7, 1 - 1e-7]), or logits with `fromLogits: true`; those of a layer with activation 'softmax' are taken as its logits
 * either way.
 */
export class CategoricalCrossentropy extends Loss {
  readonly fromLogits: boolean;
  readonly labelSmoothing: number;
  readonly axis: number;

  constructor(given: SmoothedOptions = {}) {
    checkOptions('CategoricalCrossentropy', given, ['labelSmoothing', ...options]);
    super(given);
    this.fromLogits = checkBoolean('CategoricalCrossentropy', 'fromLogits', given.fromLogits ?? false);
    this.labelSmoothing = checkNumber('CategoricalCrossentropy', 'labelSmoothing', given.labelSmoothing ?? 0, { min: 0, max: 1 });
    this.axis = checkAxis('CategoricalCrossentropy', given.axis);
  }

  override get className(): string {
    return 'CategoricalCrossentropy';
  }

  values(target: Value, prediction: Value): Value {
    const s = this.labelSmoothing;
    const given = axisLast(likePrediction(this.name, target, prediction), this.axis);
    const y = affine(given, 1 - s, s / given.shape[given.shape.length - 1]);
    const logits = logitsOf(prediction, 'softmax') ?? (this.fromLogits ? prediction : undefined);
    if (logits) return crossentropy(y, axisLast(logits, this.axis));
    return negative(sum(multiply(y, log(probabilities(axisLast(prediction, this.axis)))), -1));
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), fromLogits: this.fromLogits, labelSmoothing: this.labelSmoothing, axis: this.axis };
  }
}

/** Rows scaled to a sum of 1 and kept away from 0 and 1. */
export const probabilities = (prediction: Value): Value => clip(divide(prediction, sum(prediction, -1, true)), EPSILON, 1 - EPSILON);

/** Options of {@link SparseCategoricalCrossentropy}. */
export interface SparseCategoricalCrossentropyOptions extends CrossentropyOptions {
  /** A label whose samples count nothing; none by default. */
  readonly ignoreClass?: number | null;
}

/**
 * -log of the probability of the right class: `new losses.SparseCategoricalCrossentropy()`, or 'sparse_categorical_crossentropy'.
 *
 * Targets are whole labels from 0, of the predictions' shape without the last axis (or with a last axis of 1); others are a
 * ValueError that names the position. Predictions are probabilities (limited to [1e-7, 1 - 1e-7], then scaled to a sum of 1), or
 * logits with `fromLogits: true`; those of a layer with activation 'softmax' are taken as its logits either way.
 */
export class SparseCategoricalCrossentropy extends Loss {
  override readonly targetDtype = 'int32' as const;
  readonly fromLogits: boolean;
  readonly ignoreClass: number | undefined;
  readonly axis: number;

  constructor(given: SparseCategoricalCrossentropyOptions = {}) {
    checkOptions('SparseCategoricalCrossentropy', given, ['ignoreClass', ...options]);
    super(given);
    this.fromLogits = checkBoolean('SparseCategoricalCrossentropy', 'fromLogits', given.fromLogits ?? false);
    const { ignoreClass } = given;
    this.ignoreClass =
      ignoreClass == null ? undefined : checkInteger('SparseCategoricalCrossentropy', 'ignoreClass', ignoreClass, -(2 ** 31));
    this.axis = checkAxis('SparseCategoricalCrossentropy', given.axis);
  }

  override get className(): string {
    return 'SparseCategoricalCrossentropy';
  }

  values(target: Value, prediction: Value): Value {
    const { ignoreClass } = this;
    const p = axisLast(prediction, this.axis);
    const given = likeRows(this.name, target, p);
    checkLabels(this.name, given, p.shape[p.shape.length - 1], ignoreClass);
    const labels = toInt(given);
    const logits = logitsOf(prediction, 'softmax') ?? (this.fromLogits ? prediction : undefined);
    const values = sparseCrossentropy(labels, logits ? axisLast(logits, this.axis) : log(clip(p, EPSILON, 1 - EPSILON)));
    if (ignoreClass === undefined) return values;
    const counted = differsFrom(labels, ignoreClass);
    const kept = multiply(values, counted);
    kept.mask = counted;
    return kept;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), fromLogits: this.fromLogits, ignoreClass: this.ignoreClass ?? null, axis: this.axis };
  }
}
