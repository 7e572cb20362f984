// Metrics of right and wrong decisions about one class: counts of true and false positives and negatives.
import { mismatch } from '../common/errors.ts';
import { number, type OptionType, positiveInteger } from '../common/option-types.ts';
import { checkInteger, describe } from '../common/options.ts';
import type { Options, OptionsOf, Spec } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { likePrediction, padRank, sameRank } from '../losses/shapes.ts';
import type { Operand } from '../ops/operand.ts';
import { broadcastTo } from '../primitives/binary.ts';
import { slice } from '../primitives/layout.ts';
import { accumulateConfusion, keepTopK } from '../primitives/metrics.ts';
import { toFloat } from '../primitives/unary.ts';
import { Metric, type MetricOptions, type MetricResult, ratio } from './metric.ts';

/** Keras's "minus infinity": every prediction kept by top k is above it. */
const LOWEST = -1e10;

/** A weight for each element: the last axes of the weights may be missing. */
export const elementWeights = (weight: Value, shape: readonly number[]): Value =>
  broadcastTo(padRank(toFloat(weight), shape.length), shape);

const thresholds: OptionType<number | readonly number[]> = {
  read(owner, name, value) {
    if (!Array.isArray(value)) return number.read(owner, name, value);
    if (value.length > 0) return value.map((one) => number.read(owner, name, one));
    throw mismatch(owner, 'at least one threshold', describe(value), 'Leave it out for 0.5.');
  },
};

const place: OptionType<number> = { read: checkInteger };

const options = {
  /** Predictions above it are positive, 0.5 by default; of several, there is a result for each. For logits, 0 is the even chance. */
  thresholds: [thresholds, null],
} as const satisfies Options;

const precisionOptions = {
  /** Only the k largest predictions of a row can be positive; then there is no threshold unless one is given. */
  topK: [positiveInteger, null],
  /** Only this class (place in the last axis) is looked at; all by default. */
  classId: [place, null],
} as const satisfies Options;

/** Options of the counts. */
export interface CountOptions extends MetricOptions, OptionsOf<typeof options> {}

/** Options of {@link Precision} and {@link Recall}. */
export interface PrecisionOptions extends CountOptions, OptionsOf<typeof precisionOptions> {}

abstract class ConfusionMetric extends Metric {
  static override readonly spec: Spec = { options };

  /** True positives, false positives, false negatives and true negatives, for each threshold. */
  #counts: readonly Variable[] | undefined;
  declare protected readonly thresholds: number | readonly number[] | null;
  declare protected readonly topK?: number | null;
  declare protected readonly classId?: number | null;

  override get states(): readonly Variable[] {
    this.#counts ??= [this.thresholds].flat().map(() => new Variable('confusion', [4], undefined, { trainable: false }));
    return this.#counts;
  }

  /** What follows from the counts of a threshold. */
  protected abstract resultOf(counts: readonly number[]): number;

  result(): MetricResult {
    const results = this.states.map((state) => this.resultOf([...state.view()]));
    return results.length === 1 ? results[0] : results;
  }

  updateState(yTrue: Operand, yPred: Operand, sampleWeight?: Operand): void {
    this.onValues({ yTrue, yPred, sampleWeight }, (...batch) => this.#add(...(batch as [Value, Value, Value?])));
  }

  #add(target: Value, prediction: Value, weight?: Value): void {
    const [y, p] = sameRank(target, prediction);
    const truth = this.oneClass(likePrediction(this.name, y, p));
    const guess = this.oneClass(this.topK == null ? p : keepTopK(p, this.topK));
    const least = [this.thresholds ?? (this.topK == null ? 0.5 : LOWEST)].flat();
    const weights = weight && elementWeights(weight, truth.shape);
    for (const [i, state] of this.states.entries()) accumulateConfusion(state, truth, guess, weights, least[i]);
  }

  private oneClass(x: Value): Value {
    const { classId } = this;
    if (classId == null) return x;
    const last = x.shape.length - 1;
    if (last < 1 || classId >= x.shape[last]) {
      throw mismatch(this.name, `predictions with more than ${classId} classes`, `shape [${x.shape.join(', ')}]`, 'Lower classId.');
    }
    return slice(
      x,
      x.shape.map((_, i) => (i === last ? classId : 0)),
      x.shape.map((dim, i) => (i === last ? 1 : dim)),
    );
  }
}

/**
 * What part of the positive predictions is right: `model.compile({ metrics: [new metrics.Precision()] })`.
 *
 * Targets 0 or 1 of the predictions' shape. Options {@link PrecisionOptions}. 0 as long as nothing is predicted positive.
 */
export class Precision extends ConfusionMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.Precision', options: precisionOptions };

  override readonly direction = 'up';

  constructor(options?: PrecisionOptions) {
    super(options);
  }

  protected resultOf([found, wrong]: readonly number[]): number {
    return ratio(found, found + wrong);
  }
}

/**
 * What part of the positive targets is found: `model.compile({ metrics: [new metrics.Recall()] })`.
 *
 * Targets 0 or 1 of the predictions' shape. Options {@link PrecisionOptions}. 0 as long as no target is positive.
 */
export class Recall extends ConfusionMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.Recall', options: precisionOptions };

  override readonly direction = 'up';

  constructor(options?: PrecisionOptions) {
    super(options);
  }

  protected resultOf([found, , missed]: readonly number[]): number {
    return ratio(found, found + missed);
  }
}

abstract class CountMetric extends ConfusionMetric {
  /** Which of the four numbers it is. */
  protected abstract readonly place: number;

  constructor(options?: CountOptions) {
    super(options);
  }

  protected resultOf(counts: readonly number[]): number {
    return counts[this.place];
  }
}

/** The number (or weight) of positive predictions for targets of 1: `new metrics.TruePositives()`. Options {@link CountOptions}. */
export class TruePositives extends CountMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.TruePositives' };

  override readonly direction = 'up';
  protected readonly place = 0;
}

/** The number (or weight) of positive predictions for targets of 0: `new metrics.FalsePositives()`. Options {@link CountOptions}. */
export class FalsePositives extends CountMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.FalsePositives' };

  override readonly direction = 'down';
  protected readonly place = 1;
}

/** The number (or weight) of negative predictions for targets of 1: `new metrics.FalseNegatives()`. Options {@link CountOptions}. */
export class FalseNegatives extends CountMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.FalseNegatives' };

  override readonly direction = 'down';
  protected readonly place = 2;
}

/** The number (or weight) of negative predictions for targets of 0: `new metrics.TrueNegatives()`. Options {@link CountOptions}. */
export class TrueNegatives extends CountMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.TrueNegatives' };

  override readonly direction = 'up';
  protected readonly place = 3;
}
