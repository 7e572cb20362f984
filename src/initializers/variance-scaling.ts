// Initializers whose spread follows the number of inputs and outputs of a weight.
import { ValueError } from '../common/errors.ts';
import { checkChoice, describe } from '../common/options.ts';
import { aboveZero, choice, type Fields, integers, type Kind, type Spec } from '../common/fields.ts';
import { drawNormal, drawTruncatedNormal, drawUniform } from '../random/draw.ts';
import { checkShape } from '../tensor/tensor.ts';
import type { RandomInitializerOptions } from './random.ts';
import { RandomInitializer, randomSpec } from './random.ts';

const MODES = ['fan_in', 'fan_out', 'fan_avg'] as const;
const DISTRIBUTIONS = ['truncated_normal', 'untruncated_normal', 'uniform'] as const;

type Mode = (typeof MODES)[number];
type Distribution = (typeof DISTRIBUTIONS)[number];

const distribution: Kind = {
  read: (owner, name, value) => checkChoice(owner, name, value === 'normal' ? 'truncated_normal' : value, DISTRIBUTIONS),
};

const axes: Fields = { inputAxes: [integers, null], outputAxes: [integers, null] };

/** The standard deviation of a standard normal cut at -2 and 2. */
const TRUNCATED_STDDEV = 0.87962566103423978;

/** Options of GlorotUniform, HeNormal and their relatives. */
export interface FanOptions extends RandomInitializerOptions {
  /** The axes whose product counts as inputs. Both or neither; by default Keras's rule for dense and convolution kernels. */
  inputAxes?: number | readonly number[] | null;
  /** The axes whose product counts as outputs. */
  outputAxes?: number | readonly number[] | null;
}

/** Options of VarianceScaling. */
export interface VarianceScalingOptions extends FanOptions {
  /** Factor of the variance, positive. Default: 1. */
  scale?: number;
  /** What the variance is divided by: inputs, outputs or their mean. Default: 'fan_in'. */
  mode?: Mode;
  /** Default: 'truncated_normal', also called 'normal'. */
  distribution?: Distribution | 'normal';
}

/**
 * Variance scale / n, where n is the number of inputs, of outputs, or their mean: truncated normal of deviation
 * sqrt(scale / n) after the cut, normal, or uniform within sqrt(3 scale / n).
 *
 * ```ts
 * new initializers.VarianceScaling({ scale: 2, mode: 'fan_avg', distribution: 'uniform', seed: 1 }).initialize([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError when an option is misspelt or out of range, or an axis is none of the shape's
 */
export class VarianceScaling extends RandomInitializer {
  declare readonly scale: number;
  declare readonly mode: Mode;
  declare readonly distribution: Distribution;
  declare readonly inputAxes: number | readonly number[] | null;
  declare readonly outputAxes: number | readonly number[] | null;

  constructor(options?: VarianceScalingOptions) {
    super(options);
  }

  override get spec(): Spec {
    return randomSpec('VarianceScaling', {
      scale: [aboveZero, 1],
      mode: [choice(...MODES), 'fan_in'],
      distribution: [distribution, 'truncated_normal'],
      ...axes,
    });
  }

  initialize(shape: readonly number[]): Float32Array {
    const count = checkShape(this.className, shape);
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
      throw new ValueError(`${this.className}: expected ${axes}, got ${describe(axis)}. Count them from 0.`);
    }, 1);
  }
}

/** A VarianceScaling whose scale, mode and distribution are settled. */
abstract class Settled extends VarianceScaling {
  constructor(options: FanOptions | undefined, scale: number, mode: Mode, distribution: Distribution) {
    super(options);
    Object.assign(this, { scale, mode, distribution });
  }
}

/**
 * Uniform within sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010). The default of kernels.
 *
 * ```ts
 * new initializers.GlorotUniform({ seed: 42 }).initialize([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option or a seed that is not whole
 */
export class GlorotUniform extends Settled {
  constructor(options?: FanOptions) {
    super(options, 1, 'fan_avg', 'uniform');
  }

  override get spec(): Spec {
    return randomSpec('GlorotUniform', axes);
  }
}

/**
 * Truncated normal of variance 2 / (inputs + outputs) (Glorot and Bengio 2010).
 *
 * ```ts
 * new initializers.GlorotNormal({ seed: 42 }).initialize([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option or a seed that is not whole
 */
export class GlorotNormal extends Settled {
  constructor(options?: FanOptions) {
    super(options, 1, 'fan_avg', 'truncated_normal');
  }

  override get spec(): Spec {
    return randomSpec('GlorotNormal', axes);
  }
}

/**
 * Uniform within sqrt(6 / inputs) (He et al. 2015).
 *
 * ```ts
 * new initializers.HeUniform({ seed: 42 }).initialize([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option or a seed that is not whole
 */
export class HeUniform extends Settled {
  constructor(options?: FanOptions) {
    super(options, 2, 'fan_in', 'uniform');
  }

  override get spec(): Spec {
    return randomSpec('HeUniform', axes);
  }
}

/**
 * Truncated normal of variance 2 / inputs (He et al. 2015).
 *
 * ```ts
 * new initializers.HeNormal({ seed: 42 }).initialize([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option or a seed that is not whole
 */
export class HeNormal extends Settled {
  constructor(options?: FanOptions) {
    super(options, 2, 'fan_in', 'truncated_normal');
  }

  override get spec(): Spec {
    return randomSpec('HeNormal', axes);
  }
}

/**
 * Uniform within sqrt(3 / inputs) (LeCun et al. 1998).
 *
 * ```ts
 * new initializers.LecunUniform({ seed: 42 }).initialize([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option or a seed that is not whole
 */
export class LecunUniform extends Settled {
  constructor(options?: FanOptions) {
    super(options, 1, 'fan_in', 'uniform');
  }

  override get spec(): Spec {
    return randomSpec('LecunUniform', axes);
  }
}

/**
 * Truncated normal of variance 1 / inputs (LeCun et al. 1998).
 *
 * ```ts
 * new initializers.LecunNormal({ seed: 42 }).initialize([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option or a seed that is not whole
 */
export class LecunNormal extends Settled {
  constructor(options?: FanOptions) {
    super(options, 1, 'fan_in', 'truncated_normal');
  }

  override get spec(): Spec {
    return randomSpec('LecunNormal', axes);
  }
}
