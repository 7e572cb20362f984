// Normalization: features with mean 0 and variance 1 over the data that `adapt` saw.
import { mismatch } from '../../common/errors.ts';
import { boolean, type OptionType } from '../../common/option-types.ts';
import type { Options, OptionsOf, ValuesOf } from '../../common/spec.ts';
import { shapeText } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import { Variable } from '../../graph/variable.ts';
import { add, divide, maximum, multiply, subtract } from '../../primitives/binary.ts';
import { fill, reshape } from '../../primitives/layout.ts';
import { sqrt, toFloat } from '../../primitives/unary.ts';
import { type Tensor, toTensor } from '../../tensor/index.ts';
import { type Axes, axes, resolveAxes } from '../base/axes.ts';
import { Layer, type LayerData, type LayerOptions, type LayerSpec, type Shape } from '../base/layer.ts';
import { type AdaptOptions, adapt, numbersOf } from './adaptation.ts';
import { featureMoments, type Moments, together } from './feature-moments.ts';

/** A number, or a tensor. */
type Statistic = number | Tensor<'float32'>;

const statistic: OptionType<Statistic, number | LayerData> = {
  read: (owner, name, value) => (typeof value === 'number' ? value : toTensor(`${owner}: ${name}`, value, 'float32')),
  write: (value) => (typeof value === 'number' ? value : (value as Tensor).array()),
};

/** Keras writes null as no axes. */
const axesOrNone: OptionType<Axes | null> = {
  read: (owner, name, value) => (value === null || (Array.isArray(value) && value.length === 0) ? null : axes.read(owner, name, value)),
  nullable: true,
};

const options = {
  /** The axis, or axes, whose elements are each normalized on their own; null: all numbers together. Default -1. */
  axis: [axesOrNone, -1],
  /** The mean, instead of `adapt`: a number, or an array of the lengths of `axis`. */
  mean: [statistic, null],
  /** The variance; both or neither of mean and variance. */
  variance: [statistic, null],
  /** Whether the layer does the opposite: x * sqrt(variance) + mean. Default false. */
  invert: [boolean, false],
} as const satisfies Options;

export interface NormalizationOptions extends LayerOptions, OptionsOf<typeof options> {}

export interface Normalization extends ValuesOf<typeof options> {}

/**
 * (x - mean) / sqrt(variance), with mean and variance found by `adapt` or set as options.
 *
 * ```js
 * const layer = new layers.Normalization();
 * layer.adapt([[1, 10], [3, 30]]);
 * layer.apply(tensor([[2, 30]])).array(); // [[0, 1]]
 * ```
 * The square root is at least 1e-7. Found mean and variance are weights that training does not change: mean, variance, count.
 * @throws ValueError when only one of `mean` and `variance` is given, or a length of `axis` is unknown.
 */
export class Normalization extends Layer {
  static override readonly spec: LayerSpec = {
    keras: 'keras.layers.Normalization',
    positional: ['axis', 'mean', 'variance', 'invert'],
    options,
    wholeWeights: ['count'],
    supportsMasking: true,
  };

  private means: Variable | undefined;
  private variances: Variable | undefined;

  constructor(options?: NormalizationOptions);
  constructor(axis: Axes | null, options?: Omit<NormalizationOptions, 'axis'>);
  constructor(...args: readonly never[]) {
    super(...args);
    if ((this.mean === null) !== (this.variance === null)) {
      const one = this.mean === null ? 'the variance' : 'the mean';
      throw mismatch(this.name, 'mean and variance', `${one} alone`, 'Pass both or neither.');
    }
  }

  private kept(rank: number): number[] {
    return this.axis === null ? [] : resolveAxes(this.name, this.axis, rank);
  }

  override build(inputShape: Shape): void {
    const shape = this.kept(inputShape.length).map((axis) => inputShape[axis]);
    if (shape.includes(null)) {
      throw mismatch(
        this.name,
        `known lengths of axis ${this.axis}`,
        `an input of shape ${shapeText(inputShape)}`,
        'Normalize another axis or fix the length.',
      );
    }
    const lengths = shape as number[];
    if (this.mean !== null && this.variance !== null) {
      this.means = this.constant('mean', this.mean, lengths);
      this.variances = this.constant('variance', this.variance, lengths);
      return;
    }
    this.means = this.addWeight('mean', lengths, { initializer: 'zeros', trainable: false });
    this.variances = this.addWeight('variance', lengths, { initializer: 'ones', trainable: false });
    this.addWeight('count', [], { initializer: 'zeros', trainable: false });
  }

  /** One number for all, or numbers that go along the last of the axes. */
  private constant(name: string, value: Statistic, lengths: readonly number[]): Variable {
    const { shape, data } = typeof value === 'number' ? { shape: [], data: [value] } : value;
    const missing = lengths.length - shape.length;
    if (missing < 0 || shape.some((dim, i) => dim !== 1 && dim !== lengths[missing + i])) {
      throw mismatch(
        this.name,
        `${name} of shape ${shapeText(lengths)}`,
        shapeText(shape),
        `Pass a number for each element of axis ${this.axis}.`,
      );
    }
    return new Variable(name, [...Array<number>(missing).fill(1), ...shape], data, { trainable: false });
  }

  /**
   * Takes mean and variance from data, in place of what it had before.
   *
   * ```js
   * layer.adapt(tensor(new Float32Array([1, 2, 3]), [3, 1]));
   * ```
   * A dataset, or another async iterable, of batches gives a promise; `steps`: how many batches to take of it. Default: all.
   * @throws ValueError when the layer was made with `mean` and `variance`, or the data are empty or do not fit.
   */
  adapt(data: AsyncIterable<unknown>, options?: AdaptOptions): Promise<void>;
  adapt(data: LayerData | Iterable<unknown>, options?: AdaptOptions): void;
  adapt(data: unknown, options: AdaptOptions = {}): Promise<void> | void {
    if (this.mean !== null) {
      throw mismatch(`${this.name}.adapt`, 'a layer without mean and variance', 'one with both', 'Make it without them.');
    }
    const owner = `${this.name}.adapt`;
    let seen: Moments | undefined;
    const visit = (batch: unknown, isBatch: boolean) => {
      const tensor = numbersOf(owner, batch, isBatch);
      this.ensureBuilt(tensor.shape);
      const moments = featureMoments(tensor.data, tensor.shape, this.kept(tensor.shape.length));
      if (moments.mean.length !== this.weights[0].size)
        throw mismatch(owner, 'rows alike', `a batch of shape ${shapeText(tensor.shape)}`, 'Give all the same features.');
      seen = seen ? together(seen, moments) : moments;
    };
    return adapt(owner, data, options, visit, () => {
      if (!seen) throw mismatch(owner, 'data', 'none', 'Pass at least one row.');
      const values = [seen.mean, seen.variance, [0]];
      this.setWeights(values.map((list, i) => toTensor(this.name, { data: Float32Array.from(list), shape: this.weights[i].shape })));
    });
  }

  override call(x: Value): Value {
    const along = this.kept(x.shape.length);
    const trace = currentTrace();
    const spread = (variable: Variable) => {
      const shape = x.shape.map((_, i) => (along.includes(i) ? variable.shape[along.indexOf(i)] : 1));
      return reshape(trace.read(variable), variable.size === 1 ? [] : shape);
    };
    const mean = spread(this.means as Variable);
    const deviation = maximum(sqrt(spread(this.variances as Variable)), fill([], 1e-7));
    const values = toFloat(x);
    return this.invert ? add(mean, multiply(values, deviation)) : divide(subtract(values, mean), deviation);
  }
}
