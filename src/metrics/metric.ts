// What every metric does: add to a few numbers batch by batch, and give the result so far.
import { Named, type NamedOptions } from '../common/configurable.ts';
import type { Spec } from '../common/spec.ts';
import { isTracing } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { tensorsOf } from '../losses/shapes.ts';
import { contentsOf, toValue } from '../ops/constant.ts';
import { asFloat } from '../ops/dtypes.ts';
import type { Operand } from '../ops/operand.ts';
import { broadcastTo } from '../primitives/binary.ts';
import { toFloat } from '../primitives/unary.ts';
import { assign, assignAdd } from '../primitives/update.ts';
import { eager } from '../runtime/eager.ts';

/** What a metric gives: a number, or one for each threshold or class. */
export type MetricResult = number | number[];

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
 *   updateState(yTrue, yPred) { this.assign(this.top, ops.maximum(this.top, ops.max(yPred))); }
 *   result() { return this.top.view()[0]; }
 * }
 * ```
 */
export abstract class Metric extends Named {
  static override readonly spec: Spec = {
    config: { constants: { dtype: 'float32' }, ignored: ['fn'] },
    renamed: { update: 'updateState(yTrue, yPred, sampleWeight)', values: 'call(yTrue, yPred)' },
  };

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

  /** In `updateState`: makes `value`, of the variable's shape or one that broadcasts to it, what the variable holds. */
  protected assign(variable: Variable, value: Operand): void {
    this.#store(variable, value, assign);
  }

  /** In `updateState`: adds `value`, of the variable's shape or one that broadcasts to it. */
  protected assignAdd(variable: Variable, value: Operand): void {
    this.#store(variable, value, assignAdd);
  }

  #store(variable: Variable, value: Operand, into: typeof assign): void {
    const store = (given: Value) => into(variable, broadcastTo(toFloat(given), variable.shape));
    if (isTracing()) store(toValue(this.name, value));
    else
      eager([], () => {
        store(toValue(this.name, value));
        return [];
      });
  }

  /**
   * Adds a batch: `assign` or `assignAdd` of what ops make of it. The weight is one number per sample, if there is one. While a
   * model is trained or tested it gets values; called directly it takes arrays or Tensors.
   */
  abstract updateState(yTrue: Operand, yPred?: Operand, sampleWeight?: Operand): void;

  /** The result for everything added since the last reset, 0 for nothing; a list where a metric has several. */
  abstract result(): MetricResult;

  /** `body` on values: in the graph that is being recorded, or at once on data, by the names that messages say them by. */
  protected onValues(given: Readonly<Record<string, Operand | undefined>>, body: (...values: Value[]) => void): void {
    if (!isTracing()) {
      const data = Object.entries(given).map(([what, one]) => [what, one instanceof Variable ? contentsOf(one) : one]);
      eager(tensorsOf(this.name, Object.fromEntries(data)), (values) => {
        body(...values);
        return [];
      });
      return;
    }
    const values = Object.entries(given).map(([what, one]) =>
      one === undefined ? undefined : asNumbers(toValue(`${this.name}: ${what}`, one)),
    );
    body(...(values as Value[]));
  }

  /** Forgets everything added so far. */
  resetState(): void {
    for (const state of this.states) state.view().fill(0);
  }
}

/** The value as float32, with its mask. */
function asNumbers(value: Value): Value {
  const numbers = asFloat(value);
  if (numbers !== value) numbers.mask = value.mask;
  return numbers;
}

/** a / b in float32, and 0 where b is 0. */
export const ratio = (a: number, b: number): number => (b === 0 ? 0 : Math.fround(a / b));
