// Metrics of right and wrong decisions about one class: counts of true and false positives and negatives.
import { ValueError } from '../errors.ts';
import type { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { likePrediction, sameRank } from '../losses/shapes.ts';
import { broadcastTo } from '../ops/binary.ts';
import { reshape, slice } from '../ops/layout.ts';
import { accumulateConfusion, keepTopK } from '../ops/metrics.ts';
import { toFloat } from '../ops/unary.ts';
import { checkInteger, checkNumber, checkOptions, checkPositiveInteger, describe } from '../options.ts';
import { Metric, type MetricOptions, ratio } from './metric.ts';

/** Options of the counts. */
export interface CountOptions extends MetricOptions {
  /** Predictions above it are positive, 0.5 by default. For logits, 0 is the even chance. */
  readonly thresholds?: number | readonly [number] | null;
}

/** Options of {@link Precision} and {@link Recall}. */
export interface PrecisionOptions extends CountOptions {
  /** Only the k largest predictions of a row can be positive; then there is no threshold unless one is given. */
  readonly topK?: number | null;
  /** Only this class (place in the last axis) is looked at; all by default. */
  readonly classId?: number | null;
}

/** Keras's "minus infinity": every prediction kept by top k is above it. */
const LOWEST = -1e10;

/** A weight for each element: the last axes of the weights may be missing. */
export function elementWeights(weight: Value, shape: readonly number[]): Value {
  const w = toFloat(weight);
  const missing = shape.length - w.shape.length;
  return broadcastTo(missing > 0 ? reshape(w, [...w.shape, ...Array<number>(missing).fill(1)]) : w, shape);
}

abstract class ConfusionMetric extends Metric {
  /** True positives, false positives, false negatives, true negatives. */
  private readonly state = new Variable('confusion', [4], undefined, { trainable: false });
  private readonly given: number | undefined;
  private readonly topK: number | undefined;
  private readonly classId: number | undefined;

  constructor(owner: string, { thresholds, topK, classId, name }: PrecisionOptions) {
    super(owner, { name });
    if (Array.isArray(thresholds) && thresholds.length !== 1) {
      throw new ValueError(`${owner}: expected one threshold, got ${describe(thresholds)}. Make one metric for each.`);
    }
    const threshold = Array.isArray(thresholds) ? thresholds[0] : thresholds;
    this.given = threshold == null ? undefined : checkNumber(owner, 'thresholds', threshold);
    this.topK = topK == null ? undefined : checkPositiveInteger(owner, 'topK', topK);
    this.classId = classId == null ? undefined : checkInteger(owner, 'classId', classId);
  }

  get states(): readonly Variable[] {
    return [this.state];
  }

  update(target: Value, prediction: Value, weight?: Value): void {
    const [y, p] = sameRank(target, prediction);
    const truth = this.oneClass(likePrediction(this.name, y, p));
    const guess = this.oneClass(this.topK === undefined ? p : keepTopK(p, this.topK));
    const threshold = this.given ?? (this.topK === undefined ? 0.5 : LOWEST);
    accumulateConfusion(this.state, truth, guess, weight && elementWeights(weight, truth.shape), threshold);
  }

  private oneClass(x: Value): Value {
    const { classId } = this;
    if (classId === undefined) return x;
    const last = x.shape.length - 1;
    if (last < 1 || classId >= x.shape[last]) {
      throw new ValueError(
        `${this.name}: expected predictions with more than ${classId} classes, got shape [${x.shape.join(', ')}]. Lower classId.`,
      );
    }
    return slice(
      x,
      x.shape.map((_, i) => (i === last ? classId : 0)),
      x.shape.map((dim, i) => (i === last ? 1 : dim)),
    );
  }

  protected counts(): { truePositives: number; falsePositives: number; falseNegatives: number; trueNegatives: number } {
    const [truePositives, falsePositives, falseNegatives, trueNegatives] = this.state.view();
    return { truePositives, falsePositives, falseNegatives, trueNegatives };
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), thresholds: this.given ?? null };
  }

  protected selection(): Record<string, unknown> {
    return { topK: this.topK ?? null, classId: this.classId ?? null };
  }
}

const precisionOptions = ['thresholds', 'topK', 'classId', 'name'];
const countOptions = ['thresholds', 'name'];

/**
 * What part of the positive predictions is right: `model.compile({ metrics: [new metrics.Precision()] })`.
 *
 * Targets 0 or 1 of the predictions' shape. Options {@link PrecisionOptions}. 0 as long as nothing is predicted positive. One
 * threshold only: where Keras takes several, make several metrics.
 */
export class Precision extends ConfusionMetric {
  override readonly direction = 'up';

  constructor(options: PrecisionOptions = {}) {
    checkOptions('Precision', options, precisionOptions);
    super('Precision', options);
  }

  override get className(): string {
    return 'Precision';
  }

  result(): number {
    const { truePositives, falsePositives } = this.counts();
    return ratio(truePositives, truePositives + falsePositives);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), ...this.selection() };
  }
}

/**
 * What part of the positive targets is found: `model.compile({ metrics: [new metrics.Recall()] })`.
 *
 * Targets 0 or 1 of the predictions' shape. Options {@link PrecisionOptions}. 0 as long as no target is positive. One threshold
 * only: where Keras takes several, make several metrics.
 */
export class Recall extends ConfusionMetric {
  override readonly direction = 'up';

  constructor(options: PrecisionOptions = {}) {
    checkOptions('Recall', options, precisionOptions);
    super('Recall', options);
  }

  override get className(): string {
    return 'Recall';
  }

  result(): number {
    const { truePositives, falseNegatives } = this.counts();
    return ratio(truePositives, truePositives + falseNegatives);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), ...this.selection() };
  }
}

/** The number (or weight) of positive predictions for targets of 1: `new metrics.TruePositives()`. Options {@link CountOptions}. */
export class TruePositives extends ConfusionMetric {
  override readonly direction = 'up';

  constructor(options: CountOptions = {}) {
    checkOptions('TruePositives', options, countOptions);
    super('TruePositives', options);
  }

  override get className(): string {
    return 'TruePositives';
  }

  result(): number {
    return this.counts().truePositives;
  }
}

/** The number (or weight) of positive predictions for targets of 0: `new metrics.FalsePositives()`. Options {@link CountOptions}. */
export class FalsePositives extends ConfusionMetric {
  override readonly direction = 'down';

  constructor(options: CountOptions = {}) {
    checkOptions('FalsePositives', options, countOptions);
    super('FalsePositives', options);
  }

  override get className(): string {
    return 'FalsePositives';
  }

  result(): number {
    return this.counts().falsePositives;
  }
}

/** The number (or weight) of negative predictions for targets of 1: `new metrics.FalseNegatives()`. Options {@link CountOptions}. */
export class FalseNegatives extends ConfusionMetric {
  override readonly direction = 'down';

  constructor(options: CountOptions = {}) {
    checkOptions('FalseNegatives', options, countOptions);
    super('FalseNegatives', options);
  }

  override get className(): string {
    return 'FalseNegatives';
  }

  result(): number {
    return this.counts().falseNegatives;
  }
}

/** The number (or weight) of negative predictions for targets of 0: `new metrics.TrueNegatives()`. Options {@link CountOptions}. */
export class TrueNegatives extends ConfusionMetric {
  override readonly direction = 'up';

  constructor(options: CountOptions = {}) {
    checkOptions('TrueNegatives', options, countOptions);
    super('TrueNegatives', options);
  }

  override get className(): string {
    return 'TrueNegatives';
  }

  result(): number {
    return this.counts().trueNegatives;
  }
}
