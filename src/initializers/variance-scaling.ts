// Initializers whose spread follows the number of inputs and outputs of a weight.
import { mismatch } from '../common/errors.ts';
import { aboveZero, choice, integers, type OptionType } from '../common/option-types.ts';
import { checkChoice, describe } from '../common/options.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import { drawNormal, drawTruncatedNormal, drawUniform } from '../random/draw.ts';
import { checkShape, Tensor } from '../tensor/tensor.ts';
import type { RandomInitializerOptions } from './random.ts';
import { RandomInitializer } from './random.ts';

type Mode = 'fan_in' | 'fan_out' | 'fan_avg';
type Distribution = 'truncated_normal' | 'untruncated_normal' | 'uniform';

const distribution: OptionType<Distribution, Distribution | 'normal'> = {
  read: (owner, name, value) =>
    checkChoice(owner, name, value === 'normal' ? 'truncated_normal' : value, ['truncated_normal', 'untruncated_normal', 'uniform']),
};

const fanOptions = {
  /** The axes whose product counts as inputs. Both or neither; by default Keras's rule for dense and convolution kernels. */
  inputAxes: [integers, null],
  /** The axes whose product counts as outputs. */
  outputAxes: [integers, null],
} as const satisfies Options;

const options = {
  /** Factor of the variance, positive. Default: 1. */
  scale: [aboveZero, 1],
  /** What the variance is divided by: inputs, outputs or their mean. Default: 'fan_in'. */
  mode: [/* @__PURE__ */ choice('fan_in', 'fan_out', 'fan_avg'), 'fan_in'],
  /** Default: 'truncated_normal', also called 'normal'. */
  distribution: [distribution, 'truncated_normal'],
} as const satisfies Options;

/** Options of GlorotUniform, HeNormal and their relatives. */
export interface FanOptions extends RandomInitializerOptions, OptionsOf<typeof fanOptions> {}

/** Options of VarianceScaling. */
export interface VarianceScalingOptions extends FanOptions, OptionsOf<typeof options> {}

/** The standard deviation of a standard normal cut at -2 and 2. */
const TRUNCATED_STDDEV = 0.87962566103423978;

export interface FanInitializer extends ValuesOf<typeof fanOptions> {}

/** An initializer whose spread follows the number of inputs and outputs. */
export abstract class FanInitializer extends RandomInitializer {
  static override readonly spec: Spec = { options: fanOptions };
  abstract readonly scale: number;
  abstract readonly mode: Mode;
  abstract readonly distribution: Distribution;

  constructor(options?: FanOptions) {
    super(options);
  }

  call(shape: readonly number[]): Tensor {
    return new Tensor(this.#draw(shape, checkShape(this.className, shape)), shape);
  }

  #draw(shape: readonly number[], count: number): Float32Array<ArrayBuffer> {
    const [fanIn, fanOut] = this.#fans(shape);
    const n = this.mode === 'fan_in' ? fanIn : this.mode === 'fan_out' ? fanOut : (fanIn + fanOut) / 2;
    const variance = this.scale / Math.max(1, n);
    if (this.distribution === 'uniform') {
      const limit = Math.sqrt(3 * variance);
      return drawUniform(count, this.key(), -limit, limit);
    }
    const stddev = Math.sqrt(variance);
    return this.distribution === 'truncated_normal'
      ? drawTruncatedNormal(count, this.key(), 0, stddev / TRUNCATED_STDDEV)
      : drawNormal(count, this.key(), 0, stddev);
  }

  /** @internal The same initializer and seed for a weight whose inputs and outputs lie along these axes, unless it names axes itself. */
  along(inputAxes: readonly number[], outputAxes: readonly number[]): FanInitializer {
    if (this.inputAxes !== null && this.outputAxes !== null) return this;
    const Class = this.constructor as new (options: object) => FanInitializer;
    return new Class({ ...this.getConfig(), seed: this.source, inputAxes, outputAxes });
  }

  /** Inputs and outputs of a weight: of a convolution kernel, times its receptive field. */
  #fans(shape: readonly number[]): [fanIn: number, fanOut: number] {
    if (this.inputAxes && this.outputAxes) return [this.#along(shape, this.inputAxes), this.#along(shape, this.outputAxes)];
    if (shape.length === 0) return [1, 1];
    if (shape.length === 1) return [shape[0], shape[0]];
    const field = shape.slice(0, -2).reduce((product, length) => product * length, 1);
    return [shape[shape.length - 2] * field, shape[shape.length - 1] * field];
  }

  #along(shape: readonly number[], axes: number | readonly number[]): number {
    return [axes].flat().reduce((product, axis) => {
      const length = shape.at(axis);
      if (length !== undefined) return product * length;
      const axes = `axes of the shape [${shape.join(', ')}]`;
      throw mismatch(this.className, axes, describe(axis), 'Count them from 0.');
    }, 1);
  }
}

/**
 * Variance scale / n, where n is the number of inputs, of outputs, or their mean: truncated normal of deviation
 * sqrt(scale / n) after the cut, normal, or uniform within sqrt(3 scale / n).
 *
 * ```ts
 * new initializers.VarianceScaling({ scale: 2, mode: 'fan_avg', distribution: 'uniform', seed: 1 }).call([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError when an option is misspelt or out of range, or an axis is none of the shape's
 */
export class VarianceScaling extends FanInitializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.VarianceScaling', options };
  declare readonly scale: number;
  declare readonly mode: Mode;
  declare readonly distribution: Distribution;

  constructor(options?: VarianceScalingOptions) {
    super(options);
  }
}

/**
 * Uniform within sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010). The default of kernels.
 *
 * ```ts
 * new initializers.GlorotUniform({ seed: 42 }).call([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option or a seed that is not whole
 */
export class GlorotUniform extends FanInitializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.GlorotUniform' };
  readonly scale = 1;
  readonly mode = 'fan_avg';
  readonly distribution = 'uniform';
}

/**
 * Truncated normal of variance 2 / (inputs + outputs) (Glorot and Bengio 2010).
 *
 * ```ts
 * new initializers.GlorotNormal({ seed: 42 }).call([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option or a seed that is not whole
 */
export class GlorotNormal extends FanInitializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.GlorotNormal' };
  readonly scale = 1;
  readonly mode = 'fan_avg';
  readonly distribution = 'truncated_normal';
}

/**
 * Uniform within sqrt(6 / inputs) (He et al. 2015).
 *
 * ```ts
 * new initializers.HeUniform({ seed: 42 }).call([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option or a seed that is not whole
 */
export class HeUniform extends FanInitializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.HeUniform' };
  readonly scale = 2;
  readonly mode = 'fan_in';
  readonly distribution = 'uniform';
}

/**
 * Truncated normal of variance 2 / inputs (He et al. 2015).
 *
 * ```ts
 * new initializers.HeNormal({ seed: 42 }).call([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option or a seed that is not whole
 */
export class HeNormal extends FanInitializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.HeNormal' };
  readonly scale = 2;
  readonly mode = 'fan_in';
  readonly distribution = 'truncated_normal';
}

/**
 * Uniform within sqrt(3 / inputs) (LeCun et al. 1998).
 *
 * ```ts
 * new initializers.LecunUniform({ seed: 42 }).call([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option or a seed that is not whole
 */
export class LecunUniform extends FanInitializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.LecunUniform' };
  readonly scale = 1;
  readonly mode = 'fan_in';
  readonly distribution = 'uniform';
}

/**
 * Truncated normal of variance 1 / inputs (LeCun et al. 1998).
 *
 * ```ts
 * new initializers.LecunNormal({ seed: 42 }).call([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option or a seed that is not whole
 */
export class LecunNormal extends FanInitializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.LecunNormal' };
  readonly scale = 1;
  readonly mode = 'fan_in';
  readonly distribution = 'truncated_normal';
}
