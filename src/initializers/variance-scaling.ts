// Initializers whose spread follows the number of inputs and outputs of a weight.
import { ValueError } from '../errors.ts';
import { checkChoice, checkNumber, checkOptions, describe } from '../options.ts';
import { drawNormal, drawTruncatedNormal, drawUniform } from '../random/draw.ts';
import { elements } from './initializer.ts';
import type { RandomInitializerOptions } from './random.ts';
import { RandomInitializer } from './random.ts';

const MODES = ['fan_in', 'fan_out', 'fan_avg'] as const;
const DISTRIBUTIONS = ['truncated_normal', 'untruncated_normal', 'uniform'] as const;

/** The standard deviation of a standard normal cut at -2 and 2. */
const TRUNCATED_STDDEV = 0.87962566103423978;

/** Options of GlorotUniform, HeNormal and their relatives. */
export interface FanOptions extends RandomInitializerOptions {
  /** The axes whose product counts as inputs. Both lists or neither; by default Keras's rule for dense and convolution kernels. */
  inputAxes?: readonly number[] | null;
  /** The axes whose product counts as outputs. */
  outputAxes?: readonly number[] | null;
}

/** Options of VarianceScaling. */
export interface VarianceScalingOptions extends FanOptions {
  /** Factor of the variance, positive. Default: 1. */
  scale?: number;
  /** What the variance is divided by: inputs, outputs or their mean. Default: 'fan_in'. */
  mode?: (typeof MODES)[number];
  /** Default: 'truncated_normal', also called 'normal'. */
  distribution?: (typeof DISTRIBUTIONS)[number] | 'normal';
}

/**
 * Variance scale / n, where n is the number of inputs, of outputs, or their mean: truncated normal of deviation
 * sqrt(scale / n) after the cut, normal, or uniform within sqrt(3 scale / n).
 *
 * ```ts
 * new initializers.VarianceScaling({ scale: 2, mode: 'fan_avg', distribution: 'uniform', seed: 1 }).initialize([4, 9]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError when an option is misspelt or out of range
 */
export class VarianceScaling extends RandomInitializer {
  readonly scale: number;
  readonly mode: (typeof MODES)[number];
  readonly distribution: (typeof DISTRIBUTIONS)[number];
  readonly inputAxes: readonly number[] | null;
  readonly outputAxes: readonly number[] | null;

  constructor(options: VarianceScalingOptions = {}) {
    super('VarianceScaling', options, ['scale', 'mode', 'distribution', 'inputAxes', 'outputAxes']);
    const { distribution } = options;
    this.scale = checkNumber('VarianceScaling', 'scale', options.scale ?? 1);
    if (this.scale <= 0) throw new ValueError(`VarianceScaling: expected scale to be positive, got ${this.scale}. Its default is 1.`);
    this.mode = checkChoice('VarianceScaling', 'mode', options.mode ?? 'fan_in', MODES);
    this.distribution = checkChoice(
      'VarianceScaling',
      'distribution',
      distribution === 'normal' ? 'truncated_normal' : (distribution ?? 'truncated_normal'),
      DISTRIBUTIONS,
    );
    this.inputAxes = options.inputAxes ?? null;
    this.outputAxes = options.outputAxes ?? null;
  }

  override get className(): string {
    return 'VarianceScaling';
  }

  initialize(shape: readonly number[]): Float32Array {
    const count = elements(this.className, shape);
    const [fanIn, fanOut] = this.fans(shape);
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
  private fans(shape: readonly number[]): [fanIn: number, fanOut: number] {
    if (this.inputAxes && this.outputAxes) return [this.along(shape, this.inputAxes), this.along(shape, this.outputAxes)];
    if (shape.length === 0) return [1, 1];
    if (shape.length === 1) return [shape[0], shape[0]];
    const field = shape.slice(0, -2).reduce((product, length) => product * length, 1);
    return [shape[shape.length - 2] * field, shape[shape.length - 1] * field];
  }

  private along(shape: readonly number[], axes: readonly number[]): number {
    return axes.reduce((product, axis) => {
      const length = shape.at(axis);
      if (length !== undefined) return product * length;
      const axes = `axes of the shape [${shape.join(', ')}]`;
      throw new ValueError(`${this.className}: expected ${axes}, got ${describe(axis)}. Count them from 0.`);
    }, 1);
  }

  override getConfig(): Record<string, unknown> {
    const { scale, mode, distribution, inputAxes, outputAxes } = this;
    return { ...super.getConfig(), scale, mode, distribution, inputAxes, outputAxes };
  }
}

const FAN_OPTIONS = ['seed', 'inputAxes', 'outputAxes'];

/** A VarianceScaling whose scale, mode and distribution are settled. */
abstract class Settled extends VarianceScaling {
  constructor(options: FanOptions, settled: VarianceScalingOptions) {
    super({ ...options, ...settled });
  }

  override getConfig(): Record<string, unknown> {
    const { seed, inputAxes, outputAxes } = super.getConfig();
    return { seed, inputAxes, outputAxes };
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
  constructor(options: FanOptions = {}) {
    checkOptions('GlorotUniform', options, FAN_OPTIONS);
    super(options, { scale: 1, mode: 'fan_avg', distribution: 'uniform' });
  }

  override get className(): string {
    return 'GlorotUniform';
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
  constructor(options: FanOptions = {}) {
    checkOptions('GlorotNormal', options, FAN_OPTIONS);
    super(options, { scale: 1, mode: 'fan_avg', distribution: 'truncated_normal' });
  }

  override get className(): string {
    return 'GlorotNormal';
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
  constructor(options: FanOptions = {}) {
    checkOptions('HeUniform', options, FAN_OPTIONS);
    super(options, { scale: 2, mode: 'fan_in', distribution: 'uniform' });
  }

  override get className(): string {
    return 'HeUniform';
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
  constructor(options: FanOptions = {}) {
    checkOptions('HeNormal', options, FAN_OPTIONS);
    super(options, { scale: 2, mode: 'fan_in', distribution: 'truncated_normal' });
  }

  override get className(): string {
    return 'HeNormal';
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
  constructor(options: FanOptions = {}) {
    checkOptions('LecunUniform', options, FAN_OPTIONS);
    super(options, { scale: 1, mode: 'fan_in', distribution: 'uniform' });
  }

  override get className(): string {
    return 'LecunUniform';
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
  constructor(options: FanOptions = {}) {
    checkOptions('LecunNormal', options, FAN_OPTIONS);
    super(options, { scale: 1, mode: 'fan_in', distribution: 'truncated_normal' });
  }

  override get className(): string {
    return 'LecunNormal';
  }
}
