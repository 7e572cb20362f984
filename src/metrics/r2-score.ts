import { mismatch } from '../common/errors.ts';
import { choice } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { likePrediction, sameRank } from '../losses/shapes.ts';
import type { Operand } from '../ops/operand.ts';
import { multiply, squaredDifference } from '../primitives/binary.ts';
import { concatenate, fill, reshape } from '../primitives/layout.ts';
import { sum } from '../primitives/reduce.ts';
import { square } from '../primitives/unary.ts';
import { assignAdd } from '../primitives/update.ts';
import { elementWeights } from './confusion.ts';
import { Metric, type MetricOptions } from './metric.ts';

const options = {
  /** How the scores of several outputs become one number: their mean (default), or their mean weighted by the targets' variance. */
  classAggregation: [/* @__PURE__ */ choice('uniform_average', 'variance_weighted_average'), 'uniform_average'],
} as const satisfies Options;

/** Options of {@link R2Score}. */
export interface R2ScoreOptions extends MetricOptions, OptionsOf<typeof options> {}

export interface R2Score extends ValuesOf<typeof options> {}

/**
 * 1 - sum of (y - p)^2 over sum of (y - mean of y)^2: `new metrics.R2Score()`.
 *
 * 1 for perfect predictions, 0 for the targets' mean, below for worse. Targets of the predictions' shape, [samples] or
 * [samples, outputs]. Options {@link R2ScoreOptions}; wrong ones are a ValueError. Keras's adjusted score is not there.
 */
export class R2Score extends Metric {
  static override readonly spec: Spec = {
    keras: 'keras.metrics.R2Score',
    name: 'r2_score',
    options,
    config: { constants: { num_regressors: 0 } },
  };

  override readonly direction = 'up';
  /** For each output: sum of y, of y^2, of (y - p)^2, and of weights. */
  private state: Variable | undefined;

  constructor(options?: R2ScoreOptions) {
    super(options);
  }

  override get states(): readonly Variable[] {
    return this.state ? [this.state] : [];
  }

  updateState(yTrue: Operand, yPred: Operand, sampleWeight?: Operand): void {
    this.onValues({ yTrue, yPred, sampleWeight }, (...batch) => this.#add(...(batch as [Value, Value, Value?])));
  }

  #add(target: Value, prediction: Value, weight?: Value): void {
    const [given, guess] = sameRank(target, prediction);
    const outputs = guess.shape.slice(1).reduce((a, b) => a * b, 1);
    const shape = [guess.shape[0], outputs];
    const y = reshape(likePrediction(this.name, given, guess), shape);
    const p = reshape(guess, shape);
    this.state ??= new Variable('sums', [4, outputs], undefined, { trainable: false });
    if (this.state.shape[1] !== outputs) {
      throw mismatch(this.name, `${this.state.shape[1]} outputs as before`, outputs, 'Make another metric for other outputs.');
    }
    const w = weight ? elementWeights(weight, shape) : fill(shape, 1);
    const total = (x: Value): Value => reshape(sum(x, 0), [1, outputs]);
    const sums = [multiply(y, w), multiply(square(y), w), multiply(squaredDifference(y, p), w), w].map(total);
    assignAdd(this.state, concatenate(sums, 0));
  }

  result(): number {
    if (!this.state) return 0;
    const outputs = this.state.shape[1];
    const all = this.state.view();
    let [score, weights] = [0, 0];
    for (let i = 0; i < outputs; i++) {
      const [sumY, squares, residual, count] = [0, 1, 2, 3].map((row) => all[row * outputs + i]);
      if (count === 0) return 0;
      const variation = squares - (sumY * sumY) / count;
      // Targets that are all the same cannot be explained.
      const own = variation === 0 ? 0 : 1 - residual / variation;
      const weight = this.classAggregation === 'uniform_average' ? 1 : variation;
      score += own * weight;
      weights += weight;
    }
    return weights === 0 ? 0 : Math.fround(score / weights);
  }
}
