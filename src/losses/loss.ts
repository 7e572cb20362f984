// What every loss does: line up the ranks, compute one value per sample, weigh, mask and reduce.
import { Named, type NamedOptions } from '../common/configurable.ts';
import type { OptionType } from '../common/option-types.ts';
import { checkChoice } from '../common/options.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import { currentTrace } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import { onOperands } from '../ops/dispatch.ts';
import { asFloat } from '../ops/dtypes.ts';
import type { Operand, OpResult } from '../ops/operand.ts';
import { divideNoNan, multiply } from '../primitives/binary.ts';
import { fill } from '../primitives/layout.ts';
import { sum } from '../primitives/reduce.ts';
import { affine, toFloat } from '../primitives/unary.ts';
import { inputOf, padRank, sameRank } from './shapes.ts';

/**
 * What becomes of the values of the samples. `'sum_over_batch_size'` and `'mean'`: their weighted sum over their number;
 * `'mean_with_sample_weight'`: over the sum of the weights; `'sum'`: their weighted sum; `'none'` or null: the values themselves.
 */
export type Reduction = 'sum_over_batch_size' | 'mean' | 'mean_with_sample_weight' | 'sum' | 'none';

const reduction: OptionType<Reduction, Reduction | null> = {
  read: (owner, name, value) =>
    checkChoice(owner, name, value ?? 'none', ['sum_over_batch_size', 'mean', 'mean_with_sample_weight', 'sum', 'none']),
  nullable: true,
};

const options = {
  /** How the values of the samples become one number, `'sum_over_batch_size'` by default. */
  reduction: [reduction, 'sum_over_batch_size'],
} as const satisfies Options;

/** Options that every loss has. */
export interface LossOptions extends NamedOptions, OptionsOf<typeof options> {}

export interface Loss extends ValuesOf<typeof options> {}

/**
 * The base of all losses. A class of your own gives `call`:
 *
 * ```js
 * class Cubic extends losses.Loss {
 *   call(yTrue, yPred) { ... } // a Value of the prediction's shape without its last axis
 * }
 * ```
 */
export abstract class Loss extends Named {
  static override readonly spec: Spec = { options, config: { ignored: ['fn', 'dtype'] }, renamed: { values: 'call(yTrue, yPred)' } };
  /** What targets are converted to: whole labels, or numbers. */
  readonly targetDtype: 'float32' | 'int32' = 'float32';

  constructor(options?: LossOptions) {
    super(options);
  }

  /** One value per sample: the prediction's shape without its last axis. Target and prediction have the same rank by then. */
  abstract call(target: Value, prediction: Value): Value;

  /**
   * The loss as a scalar of the trace (with reduction 'none': the values themselves).
   * @param sampleWeight one number per sample, or per step of each sample
   * @param mask 1 where a step counts and 0 where it is padding
   */
  compute(target: Value, prediction: Value, sampleWeight?: Value, mask?: Value): Value {
    const perStep = mask !== undefined || (sampleWeight !== undefined && sampleWeight.shape.length > 1);
    const values = this.call(...sameRank(target, prediction, perStep));
    const counted = values.mask && mask ? multiply(values.mask, mask) : (values.mask ?? mask);
    return this.#reduce(values, sampleWeight, counted);
  }

  #reduce(values: Value, sampleWeight: Value | undefined, mask: Value | undefined): Value {
    const { reduction } = this;
    let weight = sampleWeight && toFloat(sampleWeight);
    if (mask) {
      const averaged = reduction === 'mean' || reduction === 'sum_over_batch_size';
      // Valid entries count total / valid, so that dividing by the total gives their mean.
      const counts = averaged ? multiply(mask, divideNoNan(fill([], mask.size), sum(mask))) : mask;
      weight = weight ? weigh(counts, weight) : counts;
    }
    const weighted = weight ? weigh(values, weight) : values;
    if (reduction === 'none') return weighted;
    const total = sum(weighted);
    if (reduction === 'sum' || values.size === 0) return total;
    if (reduction === 'mean_with_sample_weight' && weight) return divideNoNan(total, sum(weight));
    return affine(total, 1 / weighted.size, 0);
  }

  /**
   * The loss of predictions against targets: `new losses.MeanSquaredError().apply([[0], [1]], [[1], [1]]).item()`.
   *
   * Of the same shape (labels of sparse losses: without the last axis); `sampleWeight` one number per sample. Arrays and Tensors are
   * computed with at once; inside a call values, in functional models symbolic tensors.
   */
  apply<T extends Operand, P extends Operand, W extends Operand = never>(yTrue: T, yPred: P, sampleWeight?: W | null): OpResult<T | P | W> {
    return onOperands(this.name, { yTrue, yPred, sampleWeight: sampleWeight ?? null }, (of: Weighted) => {
      // Whole labels are checked before anything is made of them.
      const target = this.targetDtype === 'int32' ? of.yTrue : asFloat(of.yTrue);
      const prediction = asFloat(of.yPred);
      return this.compute(target, prediction, of.sampleWeight ?? undefined, prediction.mask);
    });
  }
}

/** The operands of a loss. */
interface Weighted {
  readonly yTrue: Value;
  readonly yPred: Value;
  readonly sampleWeight: Value | null;
}

/** values * weight, the weight having the values' axes or fewer. */
function weigh(values: Value, weight: Value): Value {
  const [v, w] = sameRank(values, weight);
  return multiply(v, w.shape.length > 0 ? padRank(w, v.shape.length) : w);
}

/** Has the labels in `target` checked when they come in: whole numbers below `classes`, or `ignored`. */
export function checkLabels(owner: string, target: Value, classes: number, ignored?: number): void {
  const trace = currentTrace();
  const input = inputOf(target);
  // A metric may ask for the check that the loss has asked for already.
  const known = trace.idChecks.some((check) => check.input === input && check.bound === classes && check.ignored === ignored);
  if (trace.inputs.includes(input) && !known) trace.idChecks.push({ input, bound: classes, layer: owner, what: 'labels', ignored });
}
