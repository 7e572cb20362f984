// Discretization: numbers as the bins that they fall into.
import { mismatch } from '../../common/errors.ts';
import { choice, type OptionType, positiveInteger } from '../../common/option-types.ts';
import { checkNumber } from '../../common/options.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import { Variable } from '../../graph/variable.ts';
import { bucketize } from '../../primitives/encoding.ts';
import { toFloat } from '../../primitives/unary.ts';
import { describeShape, Layer, type LayerData, type LayerOptions, type LayerSpec } from '../base/layer.ts';
import { no } from '../base/option-types.ts';
import { type AdaptOptions, adapt, numbersOf } from './adaptation.ts';
import { encode } from './category-encoding.ts';
import { binBoundaries, mergeSummaries, type Summary, summarize } from './quantiles.ts';

const fineness: OptionType<number> = { read: (owner, name, value) => checkNumber(owner, name, value, { min: 1e-6, max: 1 }) };

const ascending: OptionType<readonly number[]> = {
  read: (owner, name, value) => {
    const ascends = Array.isArray(value) && value.every((bound, i) => typeof bound === 'number' && (i === 0 || bound >= value[i - 1]));
    if (ascends) return [...value];
    throw mismatch(owner, `${name} to be ascending numbers`, describeShape(value), 'Sort them.');
  },
};

const options = {
  /** Ascending bounds between the bins: one fewer than there are bins. */
  binBoundaries: [ascending, null],
  /** Number of bins whose bounds `adapt` is to find; instead of `binBoundaries`. */
  numBins: [positiveInteger, null],
  /** How exactly `adapt` looks at the data; smaller is more exact and slower. Default 0.01. */
  epsilon: [fineness, 0.01],
  /** 'int' (the default) gives the bin's number, the others what CategoryEncoding makes of it. */
  outputMode: [/* @__PURE__ */ choice('int', 'one_hot', 'multi_hot', 'count'), 'int'],
  /** Sparse output; false is the only value here. */
  sparse: [no, false],
} as const satisfies Options;

export interface DiscretizationOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Discretization extends Omit<ValuesOf<typeof options>, 'binBoundaries'> {}

/**
 * The number of the bin that each number falls into: 0 below the first bound, 1 from there to below the second, and so on.
 *
 * ```js
 * new layers.Discretization([0, 1]).apply(tensor([-5, 0, 0.5, 1])).array(); // [0, 1, 1, 2]
 * ```
 * With `numBins`, `adapt(data)` finds bounds between which about equally many numbers lie; call it before the model is used.
 * NaN falls into the last bin.
 * @throws ValueError when neither or both of `binBoundaries` and `numBins` are given, or it is used before `adapt`.
 */
export class Discretization extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Discretization',
    positional: ['binBoundaries', 'numBins', 'epsilon', 'outputMode', 'sparse'],
    options,
    plainDtype: true,
    config: { omitted: ['trainable'] },
  };

  /** The bounds between the bins; null before `adapt`. */
  declare binBoundaries: readonly number[] | null;
  private boundaries: Variable | undefined;

  constructor(options: DiscretizationOptions);
  constructor(boundaries: readonly number[], options?: Omit<DiscretizationOptions, 'binBoundaries'>);
  constructor(...args: readonly never[]) {
    super(...args);
    // A config made after `adapt` has both.
    if (this.binBoundaries === null && this.numBins === null) {
      throw mismatch(this.name, 'binBoundaries or numBins', 'neither', 'Pass the bounds, or numBins and call adapt(data).');
    }
  }

  /**
   * Finds bounds that cut the data into `numBins` parts of about the same size.
   *
   * ```js
   * const layer = new layers.Discretization({ numBins: 2, epsilon: 0.5 });
   * layer.adapt([1, 2, 3, 4]);
   * ```
   * A dataset, or another async iterable, of batches gives a promise; `steps`: how many batches to take of it. Default: all.
   * @throws ValueError when the layer was made with `binBoundaries`, or the data are empty.
   */
  adapt(data: AsyncIterable<unknown>, options?: AdaptOptions): Promise<void>;
  adapt(data: LayerData | Iterable<unknown>, options?: AdaptOptions): void;
  adapt(data: unknown, options: AdaptOptions = {}): Promise<void> | void {
    if (this.numBins === null) {
      throw mismatch(`${this.name}.adapt`, 'a layer made with numBins', 'one with binBoundaries', 'Make it with numBins.');
    }
    const owner = `${this.name}.adapt`;
    const { numBins, epsilon } = this;
    let summary: Summary = { values: [], weights: [] };
    const visit = (batch: unknown, isBatch: boolean) => {
      summary = mergeSummaries(summarize(numbersOf(owner, batch, isBatch).data, epsilon), summary, epsilon);
    };
    return adapt(owner, data, options, visit, () => {
      if (summary.values.length === 0) throw mismatch(owner, 'data', 'none', 'Pass at least one number.');
      this.binBoundaries = binBoundaries(summary, numBins);
      this.boundaries = undefined;
    });
  }

  override call(x: Value): Value {
    if (!this.binBoundaries) {
      throw mismatch(this.name, 'bounds between the bins', 'none', 'Call adapt(data) first or pass binBoundaries.');
    }
    this.boundaries ??= new Variable('bin_boundaries', [this.binBoundaries.length], this.binBoundaries, { trainable: false });
    const bins = bucketize(toFloat(x), currentTrace().read(this.boundaries));
    return this.outputMode === 'int' ? bins : encode(bins, this.binBoundaries.length + 1, this.outputMode);
  }
}
