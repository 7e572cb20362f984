// Metrics that are means over samples.
import type { Spec } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { padRank, sameRank } from '../losses/shapes.ts';
import type { Operand } from '../ops/operand.ts';
import { broadcastTo, multiply } from '../primitives/binary.ts';
import { reshape } from '../primitives/layout.ts';
import { mean } from '../primitives/reduce.ts';
import { affine, toFloat } from '../primitives/unary.ts';
import { accumulateMean } from '../primitives/update.ts';
import { Metric, ratio } from './metric.ts';

/** state += [sum, count] of the mean of each sample's values; weights have the values' axes or only the first ones. */
export function addSamples(state: Variable, values: Value, weight?: Value): void {
  const flat = (x: Value, from: number): Value => (x.shape.length > from ? mean(x, x.shape.map((_, i) => i).slice(from)) : x);
  if (!weight) {
    accumulateMean(state, flat(values.shape.length === 0 ? reshape(values, [1]) : values, 1));
    return;
  }
  const [v, w] = sameRank(values, toFloat(weight));
  const reduced = flat(v, w.shape.length);
  const each = broadcastTo(w, reduced.shape);
  // A sample of several steps counts the mean of its weights.
  const steps = reduced.size / (reduced.shape[0] ?? 1);
  accumulateMean(state, reduced, reduced.size === 0 ? each : affine(each, 1 / steps, 0));
}

/** A mean of a value per sample, or per element of a sample. */
export abstract class MeanMetric extends Metric {
  protected readonly state = new Variable('total_and_count', [2], undefined, { trainable: false });

  override get states(): readonly Variable[] {
    return [this.state];
  }

  /** What the mean is of: the first axis counts the samples. Target and prediction have the same rank when that could be done. */
  protected abstract call(target: Value, prediction: Value): Value;

  updateState(yTrue: Operand, yPred: Operand, sampleWeight?: Operand): void {
    this.onValues({ yTrue, yPred, sampleWeight }, (...batch) => this.#add(...(batch as [Value, Value, Value?])));
  }

  #add(target: Value, prediction: Value, weight?: Value): void {
    const { mask } = prediction;
    const counted = mask && weight ? multiply(...sameWeights(mask, toFloat(weight))) : (mask ?? weight);
    const perStep = counted !== undefined && counted.shape.length > 1;
    const values = this.call(...sameRank(target, prediction, perStep));
    const both = values.mask && counted ? multiply(...sameWeights(values.mask, counted)) : (values.mask ?? counted);
    addSamples(this.state, values, both);
  }

  result(): number {
    const [total, count] = this.state.view();
    return ratio(total, count);
  }
}

/** Two weights of the same rank: one for a sample stands for all its steps. */
const sameWeights = (a: Value, b: Value): [Value, Value] => [padRank(a, b.shape.length), padRank(b, a.shape.length)];

/**
 * The weighted mean of numbers: `const m = new metrics.Mean(); m.updateState([1, 3, 5, 7]); m.result(); // 4`.
 *
 * Values of any shape, and one weight for each sample if they differ.
 */
export class Mean extends Metric {
  static override readonly spec: Spec = { keras: 'keras.metrics.Mean', name: 'mean' };

  readonly #state = new Variable('total_and_count', [2], undefined, { trainable: false });

  override get states(): readonly Variable[] {
    return [this.#state];
  }

  updateState(values: Operand, sampleWeight?: Operand): void {
    this.onValues({ values, sampleWeight }, (given, weight) => addSamples(this.#state, given, weight));
  }

  result(): number {
    const [total, count] = this.#state.view();
    return ratio(total, count);
  }
}

/**
 * The weighted sum of numbers: `const s = new metrics.Sum(); s.updateState([1, 3, 5, 7]); s.result(); // 16`.
 *
 * Values of any shape, and weights of that shape or one for each sample.
 */
export class Sum extends Metric {
  static override readonly spec: Spec = { keras: 'keras.metrics.Sum', name: 'sum' };

  readonly #state = new Variable('total', [2], undefined, { trainable: false });

  override get states(): readonly Variable[] {
    return [this.#state];
  }

  updateState(values: Operand, sampleWeight?: Operand): void {
    this.onValues({ values, sampleWeight }, (given, weight) =>
      accumulateMean(this.#state, weight ? multiply(...sameWeights(given, toFloat(weight))) : given),
    );
  }

  result(): number {
    return this.#state.view()[0];
  }
}
