// How often predictions are right.
import type { Value } from '../graph/value.ts';
import { likePrediction, likeRows } from '../losses/shapes.ts';
import { equal, equalInt, greater } from '../ops/binary.ts';
import { fill } from '../ops/layout.ts';
import { inTopK } from '../ops/metrics.ts';
import { argMax } from '../ops/reduce.ts';
import { toFloat, toInt } from '../ops/unary.ts';
import { checkNumber, checkOptions, checkPositiveInteger } from '../options.ts';
import { MeanMetric } from './mean.ts';
import type { MetricOptions } from './metric.ts';

/**
 * How often predictions equal targets: `new metrics.Accuracy()`. In `compile`, 'accuracy' stands for the accuracy that fits the
 * shapes, see `metrics.resolve`.
 */
export class Accuracy extends MeanMetric {
  override readonly direction = 'up';

  constructor(options?: MetricOptions) {
    checkOptions('Accuracy', options, ['name']);
    super('Accuracy', options);
  }

  override get className(): string {
    return 'Accuracy';
  }

  protected values(target: Value, prediction: Value): Value {
    return equal(likePrediction(this.name, target, prediction), prediction);
  }
}

/** Options of {@link BinaryAccuracy}. */
export interface BinaryAccuracyOptions extends MetricOptions {
  /** Predictions above it count as 1, others as 0; 0.5 by default. For logits, 0 is the even chance. */
  readonly threshold?: number;
}

/**
 * How often predictions above the threshold go with targets of 1, and others with 0: `new metrics.BinaryAccuracy()`.
 *
 * Targets 0 or 1 of the predictions' shape.
 */
export class BinaryAccuracy extends MeanMetric {
  override readonly direction = 'up';
  readonly threshold: number;

  constructor(options: BinaryAccuracyOptions = {}) {
    checkOptions('BinaryAccuracy', options, ['threshold', 'name']);
    super('BinaryAccuracy', options);
    this.threshold = checkNumber('BinaryAccuracy', 'threshold', options.threshold ?? 0.5);
  }

  override get className(): string {
    return 'BinaryAccuracy';
  }

  protected values(target: Value, prediction: Value): Value {
    return equal(likePrediction(this.name, target, prediction), greater(prediction, fill([], this.threshold)));
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), threshold: this.threshold };
  }
}

/**
 * How often the largest prediction is at the place of the largest target: `new metrics.CategoricalAccuracy()`.
 *
 * Targets one-hot, of the predictions' shape; of equal predictions the first counts.
 */
export class CategoricalAccuracy extends MeanMetric {
  override readonly direction = 'up';

  constructor(options?: MetricOptions) {
    checkOptions('CategoricalAccuracy', options, ['name']);
    super('CategoricalAccuracy', options);
  }

  override get className(): string {
    return 'CategoricalAccuracy';
  }

  protected values(target: Value, prediction: Value): Value {
    return equalInt(argMax(likePrediction(this.name, target, prediction)), argMax(prediction));
  }
}

/**
 * How often the largest prediction is at the place the label says: `new metrics.SparseCategoricalAccuracy()`.
 *
 * Targets whole labels from 0, of the predictions' shape without the last axis (or with a last axis of 1).
 */
export class SparseCategoricalAccuracy extends MeanMetric {
  override readonly direction = 'up';

  constructor(options?: MetricOptions) {
    checkOptions('SparseCategoricalAccuracy', options, ['name']);
    super('SparseCategoricalAccuracy', options);
  }

  override get className(): string {
    return 'SparseCategoricalAccuracy';
  }

  protected values(target: Value, prediction: Value): Value {
    const labels = likeRows(this.name, target, prediction);
    // Compared as floats, so that a label of 1.5 is wrong and not 1.
    return equal(toFloat(labels), toFloat(argMax(prediction)));
  }
}

/** Options of the top-k accuracies. */
export interface TopKOptions extends MetricOptions {
  /** How many of the largest predictions count, 5 by default. */
  readonly k?: number;
}

/**
 * How often the right class is among the k largest predictions: `new metrics.TopKCategoricalAccuracy({ k: 3 })`.
 *
 * Targets one-hot, of the predictions' shape; `k` is 5 by default.
 */
export class TopKCategoricalAccuracy extends MeanMetric {
  override readonly direction = 'up';
  readonly k: number;

  constructor(options: TopKOptions = {}) {
    checkOptions('TopKCategoricalAccuracy', options, ['k', 'name']);
    super('TopKCategoricalAccuracy', options);
    this.k = checkPositiveInteger('TopKCategoricalAccuracy', 'k', options.k ?? 5);
  }

  override get className(): string {
    return 'TopKCategoricalAccuracy';
  }

  protected values(target: Value, prediction: Value): Value {
    return inTopK(argMax(likePrediction(this.name, target, prediction)), prediction, this.k);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), k: this.k };
  }
}

/**
 * How often the label's prediction is among the k largest: `new metrics.SparseTopKCategoricalAccuracy({ k: 3 })`.
 *
 * Targets whole labels from 0, of the predictions' shape without the last axis (or with a last axis of 1); `k` is 5 by default.
 */
export class SparseTopKCategoricalAccuracy extends MeanMetric {
  override readonly direction = 'up';
  readonly k: number;

  constructor(options: TopKOptions = {}) {
    checkOptions('SparseTopKCategoricalAccuracy', options, ['k', 'name']);
    super('SparseTopKCategoricalAccuracy', options);
    this.k = checkPositiveInteger('SparseTopKCategoricalAccuracy', 'k', options.k ?? 5);
  }

  override get className(): string {
    return 'SparseTopKCategoricalAccuracy';
  }

  protected values(target: Value, prediction: Value): Value {
    return inTopK(toInt(likeRows(this.name, target, prediction)), prediction, this.k);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), k: this.k };
  }
}
