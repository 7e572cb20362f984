// Features with mean 0 and variance 1 over the data the layer has seen.
import { ValueError } from '../errors.ts';
import { currentTrace } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import { Variable } from '../graph/variable.ts';
import { add, divide, maximum, multiply, subtract } from '../ops/binary.ts';
import { fill, reshape } from '../ops/layout.ts';
import { sqrt, toFloat } from '../ops/unary.ts';
import { checkBoolean } from '../options.ts';
import { toTensor } from '../tensor/index.ts';
import { readArguments } from './arguments.ts';
import { type Axes, checkAxes, resolveAxes } from './axes.ts';
import { featureMoments } from './feature-moments.ts';
import { Layer, type LayerData, type LayerOptions, layerOptions, type Shape } from './layer.ts';

export interface NormalizationOptions extends LayerOptions {
  /** The axis, or axes, whose elements are each normalized on their own; null: all numbers together. Default -1. */
  axis?: Axes | null;
  /** The mean, instead of `adapt`: a number, or an array of the lengths of `axis`. */
  mean?: number | LayerData | null;
  /** The variance; given when the mean is. */
  variance?: number | LayerData | null;
  /** Whether the layer does the opposite: x * sqrt(variance) + mean. Default false. */
  invert?: boolean;
}

/**
 * (x - mean) / sqrt(variance), with mean and variance found by `adapt` or given.
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
  readonly axis: Axes | null;
  readonly invert: boolean;
  private readonly given: { readonly mean: unknown; readonly variance: unknown } | undefined;
  private mean: Variable | undefined;
  private variance: Variable | undefined;

  constructor(options?: NormalizationOptions);
  constructor(axis: Axes | null, options?: Omit<NormalizationOptions, 'axis'>);
  constructor(...args: readonly unknown[]) {
    const options = readArguments<NormalizationOptions>('Normalization', args, ['axis', 'mean', 'variance', 'invert'], layerOptions);
    super(options);
    const { axis = -1, mean = null, variance = null } = options;
    // Keras writes null as no axes.
    const none = axis === null || (Array.isArray(axis) && axis.length === 0);
    this.axis = none ? null : checkAxes(this.name, axis);
    this.invert = checkBoolean(this.name, 'invert', options.invert ?? false);
    if ((mean === null) !== (variance === null)) {
      throw new ValueError(
        `${this.name}: expected mean and variance, got ${mean === null ? 'the variance' : 'the mean'} alone. Pass both or neither.`,
      );
    }
    if (mean !== null) this.given = { mean, variance };
    this.supportsMasking = true;
  }

  override get className(): string {
    return 'Normalization';
  }

  private axes(rank: number): number[] {
    return this.axis === null ? [] : resolveAxes(this.name, this.axis, rank);
  }

  override build(inputShape: Shape): void {
    const shape = this.axes(inputShape.length).map((axis) => inputShape[axis]);
    if (shape.includes(null)) {
      throw new ValueError(
        `${this.name}: expected known lengths of axis ${this.axis}, got an input of shape [${inputShape.map(String).join(', ')}]. ` +
          'Normalize another axis or fix the length.',
      );
    }
    const lengths = shape as number[];
    if (this.given) {
      this.mean = this.constant('mean', this.given.mean, lengths);
      this.variance = this.constant('variance', this.given.variance, lengths);
      return;
    }
    this.mean = this.addWeight('mean', lengths, { initializer: 'zeros', trainable: false });
    this.variance = this.addWeight('variance', lengths, { initializer: 'ones', trainable: false });
    this.addWeight('count', [], { initializer: 'zeros', trainable: false });
  }

  /** One number for all, or numbers that go along the last of the axes. */
  private constant(name: string, given: unknown, lengths: readonly number[]): Variable {
    const { shape, data } = typeof given === 'number' ? { shape: [], data: [given] } : toTensor(`${this.name}: ${name}`, given, 'float32');
    const missing = lengths.length - shape.length;
    if (missing < 0 || shape.some((dim, i) => dim !== 1 && dim !== lengths[missing + i])) {
      throw new ValueError(
        `${this.name}: expected ${name} of shape [${lengths.join(', ')}], got [${shape.join(', ')}]. Pass a number for each element of axis ${this.axis}.`,
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
   * @throws ValueError when the layer was made with `mean` and `variance`, or the data are empty or do not fit.
   */
  adapt(data: LayerData): void {
    if (this.given) {
      throw new ValueError(`${this.name}.adapt: expected a layer without mean and variance, got one with both. Make it without them.`);
    }
    const tensor = toTensor(`${this.name}.adapt`, data, 'float32');
    if (tensor.size === 0) throw new ValueError(`${this.name}.adapt: expected data, got none. Pass at least one row.`);
    this.ensureBuilt([null, ...tensor.shape.slice(1)]);
    const { mean, variance } = featureMoments(tensor.data, tensor.shape, this.axes(tensor.shape.length));
    this.setWeights(
      [mean, variance, [0]].map((values, i) => toTensor(this.name, { data: Float32Array.from(values), shape: this.weights[i].shape })),
    );
  }

  override call(x: Value): Value {
    const axes = this.axes(x.shape.length);
    const trace = currentTrace();
    const along = (variable: Variable) => {
      const shape = x.shape.map((_, i) => (axes.includes(i) ? variable.shape[axes.indexOf(i)] : 1));
      return reshape(trace.read(variable), variable.size === 1 ? [] : shape);
    };
    const mean = along(this.mean as Variable);
    const deviation = maximum(sqrt(along(this.variance as Variable)), fill([], 1e-7));
    const values = toFloat(x);
    return this.invert ? add(mean, multiply(values, deviation)) : divide(subtract(values, mean), deviation);
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }

  override getConfig(): Record<string, unknown> {
    const { mean, variance } = this.given ?? { mean: null, variance: null };
    return { ...super.getConfig(), axis: this.axis, mean: plain(mean), variance: plain(variance), invert: this.invert };
  }
}

/** A given number or array as JSON has it. */
const plain = (given: unknown): unknown => (given === null || typeof given === 'number' ? given : toTensor('Normalization', given).array());
