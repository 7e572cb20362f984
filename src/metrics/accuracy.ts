// How often predictions are right.
import { number, positiveInteger } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { likePrediction } from '../losses/shapes.ts';
import { equal } from '../primitives/binary.ts';
import * as formulas from './accuracy-formulas.ts';
import { MeanMetric } from './mean.ts';
import type { MetricOptions } from './metric.ts';

abstract class AccuracyMetric extends MeanMetric {
  override readonly direction = 'up';
}

/**
 * How often predictions equal targets: `new metrics.Accuracy()`. In `compile`, 'accuracy' stands for the accuracy that fits the
 * shapes, see `metrics.resolve`.
 */
export class Accuracy extends AccuracyMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.Accuracy', name: 'accuracy' };

  protected call(target: Value, prediction: Value): Value {
    return equal(likePrediction(this.name, target, prediction), prediction);
  }
}

const binaryAccuracyOptions = {
  /** Predictions above it count as 1, others as 0; 0.5 by default. For logits, 0 is the even chance. */
  threshold: [number, 0.5],
} as const satisfies Options;

/** Options of {@link BinaryAccuracy}. */
export interface BinaryAccuracyOptions extends MetricOptions, OptionsOf<typeof binaryAccuracyOptions> {}

export interface BinaryAccuracy extends ValuesOf<typeof binaryAccuracyOptions> {}

/**
 * How often predictions above the threshold go with targets of 1, and others with 0: `new metrics.BinaryAccuracy()`.
 *
 * Targets 0 or 1 of the predictions' shape.
 */
export class BinaryAccuracy extends AccuracyMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.BinaryAccuracy', name: 'binary_accuracy', options: binaryAccuracyOptions };

  constructor(options?: BinaryAccuracyOptions) {
    super(options);
  }

  protected call(target: Value, prediction: Value): Value {
    return formulas.binary(this.name, target, prediction, this.threshold);
  }
}

/**
 * How often the largest prediction is at the place of the largest target: `new metrics.CategoricalAccuracy()`.
 *
 * Targets one-hot, of the predictions' shape; of equal predictions the first counts.
 */
export class CategoricalAccuracy extends AccuracyMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.CategoricalAccuracy', name: 'categorical_accuracy' };

  protected call(target: Value, prediction: Value): Value {
    return formulas.categorical(this.name, target, prediction);
  }
}

/**
 * How often the largest prediction is at the place the label says: `new metrics.SparseCategoricalAccuracy()`.
 *
 * Targets whole labels from 0, of the predictions' shape without the last axis (or with a last axis of 1).
 */
export class SparseCategoricalAccuracy extends AccuracyMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.SparseCategoricalAccuracy', name: 'sparse_categorical_accuracy' };

  protected call(target: Value, prediction: Value): Value {
    return formulas.sparse(this.name, target, prediction);
  }
}

/** Options of the top-k accuracies. */
export interface TopKOptions extends MetricOptions {
  /** How many of the largest predictions count, 5 by default. */
  readonly k?: number;
}

const topKCategoricalAccuracyOptions = {
  k: [positiveInteger, 5],
} as const satisfies Options;

export interface TopKCategoricalAccuracy extends ValuesOf<typeof topKCategoricalAccuracyOptions> {}

/**
 * How often the right class is among the k largest predictions: `new metrics.TopKCategoricalAccuracy({ k: 3 })`.
 *
 * Targets one-hot, of the predictions' shape; `k` is 5 by default.
 */
export class TopKCategoricalAccuracy extends AccuracyMetric {
  static override readonly spec: Spec = {
    keras: 'keras.metrics.TopKCategoricalAccuracy',
    name: 'top_k_categorical_accuracy',
    options: topKCategoricalAccuracyOptions,
  };

  constructor(options?: TopKOptions) {
    super(options);
  }

  protected call(target: Value, prediction: Value): Value {
    return formulas.topK(this.name, target, prediction, this.k);
  }
}

/**
 * How often the label's prediction is among the k largest: `new metrics.SparseTopKCategoricalAccuracy({ k: 3 })`.
 *
 * Targets whole labels from 0, of the predictions' shape without the last axis (or with a last axis of 1); `k` is 5 by default.
 */
export class SparseTopKCategoricalAccuracy extends TopKCategoricalAccuracy {
  static override readonly spec: Spec = { keras: 'keras.metrics.SparseTopKCategoricalAccuracy', name: 'sparse_top_k_categorical_accuracy' };

  protected override call(target: Value, prediction: Value): Value {
    return formulas.sparseTopK(this.name, target, prediction, this.k);
  }
}
