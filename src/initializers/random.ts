// Initializers that draw each element from one distribution.
import { number, type OptionType } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import { drawNormal, drawTruncatedNormal, drawUniform } from '../random/draw.ts';
import type { StreamKey } from '../random/philox.ts';
import { streamKey } from '../random/philox.ts';
import type { Seed } from '../random/seed.ts';
import { checkSeed, drawSeed, SeedGenerator } from '../random/seed.ts';
import { checkShape, Tensor } from '../tensor/tensor.ts';
import { Initializer } from './initializer.ts';

/** A generator may come as the config that `getConfig` wrote. */
const seed: OptionType<number | SeedGenerator> = {
  read(owner, _name, value) {
    if (value instanceof SeedGenerator) return value;
    const { className, config } = value as { className?: unknown; config?: { seed?: number } };
    return className === 'SeedGenerator' ? new SeedGenerator(config) : (checkSeed(owner, value as number) as number);
  },
  write: (value) => (value instanceof SeedGenerator ? { className: 'SeedGenerator', config: value.getConfig() } : value),
};

const options = {
  /**
   * A whole number gives the same values at every use. A SeedGenerator gives new ones at every use. Without a seed one is
   * drawn when the initializer is made; `setRandomSeed` settles which.
   */
  seed: [seed, null],
} as const satisfies Options;

/** The option all random initializers share. */
export interface RandomInitializerOptions extends OptionsOf<typeof options> {}

/** Base class of the initializers that draw. */
export abstract class RandomInitializer extends Initializer {
  static override readonly spec: Spec = { options };
  declare protected readonly seed: Seed;
  /** @internal The seed, or the one that was drawn for want of one. */
  protected readonly source: number | SeedGenerator;

  constructor(options?: RandomInitializerOptions) {
    super(options);
    this.source = this.seed ?? drawSeed();
  }

  /** @internal */
  override skip(): void {
    this.key();
  }

  /** The stream of the next use. */
  protected key(): StreamKey {
    return typeof this.source === 'number' ? streamKey(this.source) : this.source.next();
  }
}

const randomUniformOptions = {
  /** Lower bound, included. Default: -0.05. */
  minval: [number, -0.05],
  /** Upper bound, excluded. Default: 0.05. */
  maxval: [number, 0.05],
} as const satisfies Options;

/** Options of RandomUniform. */
export interface RandomUniformOptions extends RandomInitializerOptions, OptionsOf<typeof randomUniformOptions> {}

export interface RandomUniform extends ValuesOf<typeof randomUniformOptions> {}

/**
 * Uniform between two bounds.
 *
 * ```ts
 * new initializers.RandomUniform({ minval: 0, maxval: 1, seed: 42 }).call([2, 3]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option, a bound that is not a number or a seed that is not whole
 */
export class RandomUniform extends RandomInitializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.RandomUniform', options: randomUniformOptions };

  constructor(options?: RandomUniformOptions) {
    super(options);
  }

  call(shape: readonly number[]): Tensor {
    return new Tensor(drawUniform(checkShape(this.className, shape), this.key(), this.minval, this.maxval), shape);
  }
}

const normalOptions = {
  /** Default: 0. */
  mean: [number, 0],
  /** Standard deviation. Default: 0.05. */
  stddev: [number, 0.05],
} as const satisfies Options;

/** Options of RandomNormal and TruncatedNormal. */
export interface RandomNormalOptions extends RandomInitializerOptions, OptionsOf<typeof normalOptions> {}

export interface RandomNormal extends ValuesOf<typeof normalOptions> {}

export interface TruncatedNormal extends ValuesOf<typeof normalOptions> {}

/**
 * Normal distribution.
 *
 * ```ts
 * new initializers.RandomNormal({ stddev: 1, seed: 42 }).call([2, 3]);
 * ```
 * A seed gives Keras's values on TensorFlow (Linux, glibc), bit for bit.
 * @throws ValueError for a misspelt option, a mean or deviation that is not a number or a seed that is not whole
 */
export class RandomNormal extends RandomInitializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.RandomNormal', options: normalOptions };

  constructor(options?: RandomNormalOptions) {
    super(options);
  }

  call(shape: readonly number[]): Tensor {
    return new Tensor(drawNormal(checkShape(this.className, shape), this.key(), this.mean, this.stddev), shape);
  }
}

/**
 * Normal distribution without its tails: values two standard deviations or more from the mean are drawn again.
 *
 * ```ts
 * new initializers.TruncatedNormal({ stddev: 1, seed: 42 }).call([2, 3]);
 * ```
 * A seed gives Keras's values on TensorFlow (Linux, glibc), bit for bit.
 * @throws ValueError for a misspelt option, a mean or deviation that is not a number or a seed that is not whole
 */
export class TruncatedNormal extends RandomInitializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.TruncatedNormal', options: normalOptions };

  constructor(options?: RandomNormalOptions) {
    super(options);
  }

  call(shape: readonly number[]): Tensor {
    return new Tensor(drawTruncatedNormal(checkShape(this.className, shape), this.key(), this.mean, this.stddev), shape);
  }
}
