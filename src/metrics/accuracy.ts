// How often predictions are right.
import { number, positiveInteger, type Spec } from '../common/fields.ts';
import type { Value } from '../graph/value.ts';
import { likePrediction, likeRows } from '../losses/shapes.ts';
import { equal, equalInt, greater } from '../primitives/binary.ts';
import { fill } from '../primitives/layout.ts';
import { inTopK } from '../primitives/metrics.ts';
import { argMax } from '../primitives/reduce.ts';
import { toFloat, toInt } from '../primitives/unary.ts';
import { MeanMetric } from './mean.ts';
import { type MetricOptions, metricSpec } from './metric.ts';

abstract class AccuracyMetric extends MeanMetric {
  override readonly direction = 'up';
}

/**
 * How often predictions equal targets: `new metrics.Accuracy()`. In `compile`, 'accuracy' stands for the accuracy that fits the
 * shapes, see `metrics.resolve`.
 */
export class Accuracy extends AccuracyMetric {
  override get spec(): Spec {
    return metricSpec('Accuracy');
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
export class BinaryAccuracy extends AccuracyMetric {
  declare readonly threshold: number;

  constructor(options?: BinaryAccuracyOptions) {
    super(options);
  }

  override get spec(): Spec {
    return metricSpec('BinaryAccuracy', { threshold: [number, 0.5] });
  }

  protected values(target: Value, prediction: Value): Value {
    return equal(likePrediction(this.name, target, prediction), greater(prediction, fill([], this.threshold)));
  }
}

/**
 * How often the largest prediction is at the place of the largest target: `new metrics.CategoricalAccuracy()`.
 *
 * Targets one-hot, of the predictions' shape; of equal predictions the first counts.
 */
export class CategoricalAccuracy extends AccuracyMetric {
  override get spec(): Spec {
    return metricSpec('CategoricalAccuracy');
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
export class SparseCategoricalAccuracy extends AccuracyMetric {
  override get spec(): Spec {
    return metricSpec('SparseCategoricalAccuracy');
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
export class TopKCategoricalAccuracy extends AccuracyMetric {
  declare readonly k: number;

  constructor(options?: TopKOptions) {
    super(options);
  }

  override get spec(): Spec {
    return metricSpec('TopKCategoricalAccuracy', { k: [positiveInteger, 5] });
  }

  protected values(target: Value, prediction: Value): Value {
    return inTopK(argMax(likePrediction(this.name, target, prediction)), prediction, this.k);
  }
}

/**
 * How often the label's prediction is among the k largest: `new metrics.SparseTopKCategoricalAccuracy({ k: 3 })`.
 *
 * Targets whole labels from 0, of the predictions' shape without the last axis (or with a last axis of 1); `k` is 5 by default.
 */
export class SparseTopKCategoricalAccuracy extends TopKCategoricalAccuracy {
  override get spec(): Spec {
    return { ...super.spec, className: 'SparseTopKCategoricalAccuracy' };
  }

  protected override values(target: Value, prediction: Value): Value {
    return inTopK(toInt(likeRows(this.name, target, prediction)), prediction, this.k);
  }
}
