// The area under a curve of decisions at many thresholds.

import { boolean, choice, integerFrom, type OptionType } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { log } from '../kernels/scalar.ts';
import { likePrediction, sameRank } from '../losses/shapes.ts';
import type { Operand } from '../ops/operand.ts';
import { accumulateHistogram } from '../primitives/metrics.ts';
import { sigmoid } from '../primitives/unary.ts';
import { elementWeights } from './confusion.ts';
import { Metric, type MetricOptions } from './metric.ts';

const several: OptionType<number> = /* @__PURE__ */ integerFrom(2);

const options = {
  /** Number of thresholds from 0 to 1, at least 2; 200 by default. */
  numThresholds: [several, 200],
  /** `'ROC'` (default): true against false positive rate; `'PR'`: precision against recall. */
  curve: [/* @__PURE__ */ choice('ROC', 'PR'), 'ROC'],
  /** Height between two thresholds: their mean (default; Davis and Goadrich's formula for PR), the lower or the higher one. */
  summationMethod: [/* @__PURE__ */ choice('interpolation', 'minoring', 'majoring'), 'interpolation'],
  /** Whether predictions are logits and not probabilities; false by default. */
  fromLogits: [boolean, false],
} as const satisfies Options;

/** Options of {@link AUC}. */
export interface AUCOptions extends MetricOptions, OptionsOf<typeof options> {}

export interface AUC extends ValuesOf<typeof options> {}

/** Decisions at one threshold. */
interface Point {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly tn: number;
}

const divide = (a: number, b: number): number => (b === 0 ? 0 : a / b);

/**
 * The area under the ROC or precision-recall curve: `model.compile({ metrics: [new metrics.AUC()] })`.
 *
 * Targets from 0 to 1 of the predictions' shape, predictions from 0 to 1. Options {@link AUCOptions}. An approximation by
 * `numThresholds` thresholds, as in Keras, whose options for many labels it does not have.
 */
export class AUC extends Metric {
  static override readonly spec: Spec = {
    keras: 'keras.metrics.AUC',
    options,
    config: { constants: { multi_label: false, num_labels: null, label_weights: null }, unsupported: ['thresholds'] },
  };

  override readonly direction = 'up';
  /** Sums of targets, then of 1 - target, for predictions between two thresholds. */
  private readonly state: Variable;

  constructor(options?: AUCOptions) {
    super(options);
    this.state = new Variable('histogram', [2, this.numThresholds], undefined, { trainable: false });
  }

  override get states(): readonly Variable[] {
    return [this.state];
  }

  updateState(yTrue: Operand, yPred: Operand, sampleWeight?: Operand): void {
    this.onValues({ yTrue, yPred, sampleWeight }, (...batch) => this.#add(...(batch as [Value, Value, Value?])));
  }

  #add(target: Value, prediction: Value, weight?: Value): void {
    const [y, p] = sameRank(target, prediction);
    const truth = likePrediction(this.name, y, p);
    accumulateHistogram(this.state, truth, this.fromLogits ? sigmoid(p) : p, weight && elementWeights(weight, truth.shape));
  }

  result(): number {
    const points = this.points();
    let area = 0;
    for (let k = 0; k + 1 < points.length; k++) area += this.between(points[k], points[k + 1]);
    return Math.fround(area);
  }

  /** From the lowest threshold to the highest. */
  private points(): Point[] {
    const counts = this.state.view();
    const n = this.state.shape[1];
    const points = new Array<Point>(n);
    const totals = [0, 0];
    for (let k = 0; k < n; k++) {
      totals[0] += counts[k];
      totals[1] += counts[n + k];
    }
    let [tp, fp] = [0, 0];
    for (let k = n - 1; k >= 0; k--) {
      tp += counts[k];
      fp += counts[n + k];
      points[k] = { tp, fp, fn: totals[0] - tp, tn: totals[1] - fp };
    }
    return points;
  }

  private between(a: Point, b: Point): number {
    if (this.curve === 'PR' && this.summationMethod === 'interpolation') return interpolated(a, b);
    const [[xa, ya], [xb, yb]] = [this.place(a), this.place(b)];
    const { summationMethod: method } = this;
    return (xa - xb) * (method === 'interpolation' ? (ya + yb) / 2 : method === 'minoring' ? Math.min(ya, yb) : Math.max(ya, yb));
  }

  private place({ tp, fp, fn, tn }: Point): [x: number, y: number] {
    const recall = divide(tp, tp + fn);
    return this.curve === 'ROC' ? [divide(fp, fp + tn), recall] : [recall, divide(tp, tp + fp)];
  }
}

/** The area below precision over recall when true positives rise linearly with all positives (Davis and Goadrich 2006). */
function interpolated(a: Point, b: Point): number {
  const dtp = a.tp - b.tp;
  const [pa, pb] = [a.tp + a.fp, b.tp + b.fp];
  const slope = divide(dtp, Math.max(pa - pb, 0));
  const intercept = b.tp - slope * pb;
  const ratio = pa > 0 && pb > 0 ? pa / pb : 1;
  return divide(slope * (dtp + intercept * log(ratio)), Math.max(b.tp + b.fn, 0));
}
