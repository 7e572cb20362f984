// What every metric does: add to a few numbers batch by batch, and give the result so far.
import { Named, type NamedOptions } from '../common/configurable.ts';
import type { Spec } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { tensorsOf } from '../losses/shapes.ts';
import { broadcastTo } from '../primitives/binary.ts';
import { toFloat } from '../primitives/unary.ts';
import { assign, assignAdd } from '../primitives/update.ts';
import { eager } from '../runtime/eager.ts';
import type { TensorLike } from '../tensor/index.ts';

/** Options that every metric has; `name` is the key in histories and logs. */
export interface MetricOptions extends NamedOptions {}

/**
 * The base of all metrics; see its subclasses.
 *
 * ```js
 * const metric = new metrics.BinaryAccuracy();
 * metric.updateState([[1], [0]], [[0.9], [0.8]]);
 * metric.result(); // 0.5
 * metric.resetState();
 * ```
 * A metric of your own adds to numbers that it keeps, and says what follows from them:
 *
 * ```js
 * class Largest extends metrics.Metric {
 *   top = this.addVariable('top');
 *   update(yTrue, yPred) { this.assign(this.top, ops.maximum(this.top, ops.max(yPred))); }
 *   result() { return this.top.view()[0]; }
 * }
 * ```
 */
export abstract class Metric extends Named {
  static override readonly spec: Spec = { config: { constants: { dtype: 'float32' }, ignored: ['fn'] } };
  readonly #variables: Variable[] = [];
  /** Whether larger results are better, for callbacks that look for the best one. */
  readonly direction: 'up' | 'down' | undefined = undefined;

  constructor(options?: MetricOptions) {
    super(options);
  }

  /** The numbers it keeps. */
  get states(): readonly Variable[] {
    return this.#variables;
  }

  /** Makes numbers to keep, a single one by default; they start at 0, and are 0 again after each reset. */
  protected addVariable(name: string, shape: readonly number[] = []): Variable {
    const variable = new Variable(name, shape, undefined, { trainable: false });
    this.#variables.push(variable);
    return variable;
  }

  /** In `update`: makes `value`, of the variable's shape or one that broadcasts to it, what the variable holds. */
  protected assign(variable: Variable, value: Value): void {
    assign(variable, broadcastTo(toFloat(value), variable.shape));
  }

  /** In `update`: adds `value`, of the variable's shape or one that broadcasts to it. */
  protected assignAdd(variable: Variable, value: Value): void {
    assignAdd(variable, broadcastTo(toFloat(value), variable.shape));
  }

  /** Adds a batch: values in, `assign` or `assignAdd` of what ops make of them. The weight is one number per sample, if there is one. */
  abstract update(target: Value, prediction: Value, weight?: Value): void;

  /** The result for everything added since the last reset; 0 for nothing. */
  abstract result(): number;

  /** Adds a batch at once: arrays or Tensors, and one weight for each sample if they differ. */
  updateState(yTrue: TensorLike, yPred: TensorLike, sampleWeight?: TensorLike): void {
    this.addAtOnce({ yTrue, yPred, sampleWeight });
  }

  /** Runs `update` on what is given, by the names that messages say it by. */
  protected addAtOnce(given: Readonly<Record<string, TensorLike | undefined>>): void {
    eager(tensorsOf(this.name, given), ([first, ...others]) => {
      this.update(first, ...(others as [Value]));
      return [];
    });
  }

  /** Forgets everything added so far. */
  resetState(): void {
    for (const state of this.states) state.view().fill(0);
  }
}

/** a / b in float32, and 0 where b is 0. */
export const ratio = (a: number, b: number): number => (b === 0 ? 0 : Math.fround(a / b));
