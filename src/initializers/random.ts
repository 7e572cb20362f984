// Initializers that draw each element from one distribution.
import { type Fields, type Kind, number, type Spec } from '../common/fields.ts';
import { drawNormal, drawTruncatedNormal, drawUniform } from '../random/draw.ts';
import type { StreamKey } from '../random/philox.ts';
import { streamKey } from '../random/philox.ts';
import type { Seed } from '../random/seed.ts';
import { checkSeed, drawSeed, SeedGenerator } from '../random/seed.ts';
import { checkShape } from '../tensor/tensor.ts';
import { Initializer } from './initializer.ts';

/** The option all random initializers share. */
export interface RandomInitializerOptions {
  /**
   * A whole number gives the same values at every use. A SeedGenerator gives new ones at every use. Without a seed one is
   * drawn when the initializer is made; `setRandomSeed` settles which.
   */
  seed?: Seed;
}

/** A generator may come as the config that `getConfig` wrote. */
const seed: Kind = {
  read(owner, _name, value) {
    if (value instanceof SeedGenerator) return value;
    const { className, config } = value as { className?: unknown; config?: { seed?: number } };
    return className === 'SeedGenerator' ? new SeedGenerator(config) : checkSeed(owner, value as number);
  },
  write: (value) => (value instanceof SeedGenerator ? { className: 'SeedGenerator', config: value.getConfig() } : value),
};

/** The spec of a random initializer: its seed and its own options. */
export const randomSpec = (className: string, own: Fields): Spec => ({ className, positional: [], fields: { seed: [seed, null], ...own } });

/** Base class of the initializers that draw. */
export abstract class RandomInitializer extends Initializer {
  declare protected readonly seed: Seed;
  private readonly source: number | SeedGenerator;

  constructor(options?: RandomInitializerOptions) {
    super(options);
    this.source = this.seed ?? drawSeed();
  }

  /** The stream of the next use. */
  protected key(): StreamKey {
    return typeof this.source === 'number' ? streamKey(this.source) : this.source.next();
  }
}

/** Options of RandomUniform. */
export interface RandomUniformOptions extends RandomInitializerOptions {
  /** Lower bound, included. Default: -0.05. */
  minval?: number;
  /** Upper bound, excluded. Default: 0.05. */
  maxval?: number;
}

/**
 * Uniform between two bounds.
 *
 * ```ts
 * new initializers.RandomUniform({ minval: 0, maxval: 1, seed: 42 }).initialize([2, 3]);
 * ```
 * A seed gives Keras's values on TensorFlow, bit for bit.
 * @throws ValueError for a misspelt option, a bound that is not a number or a seed that is not whole
 */
export class RandomUniform extends RandomInitializer {
  declare readonly minval: number;
  declare readonly maxval: number;

  constructor(options?: RandomUniformOptions) {
    super(options);
  }

  override get spec(): Spec {
    return randomSpec('RandomUniform', { minval: [number, -0.05], maxval: [number, 0.05] });
  }

  initialize(shape: readonly number[]): Float32Array {
    return drawUniform(checkShape(this.className, shape), this.key(), this.minval, this.maxval);
  }
}

/** Options of RandomNormal and TruncatedNormal. */
export interface RandomNormalOptions extends RandomInitializerOptions {
  /** Default: 0. */
  mean?: number;
  /** Standard deviation. Default: 0.05. */
  stddev?: number;
}

const normalSpec = (className: string): Spec => randomSpec(className, { mean: [number, 0], stddev: [number, 0.05] });

/**
 * Normal distribution.
 *
 * ```ts
 * new initializers.RandomNormal({ stddev: 1, seed: 42 }).initialize([2, 3]);
 * ```
 * A seed gives Keras's values on TensorFlow (Linux, glibc), bit for bit.
 * @throws ValueError for a misspelt option, a mean or deviation that is not a number or a seed that is not whole
 */
export class RandomNormal extends RandomInitializer {
  declare readonly mean: number;
  declare readonly stddev: number;

  constructor(options?: RandomNormalOptions) {
    super(options);
  }

  override get spec(): Spec {
    return normalSpec('RandomNormal');
  }

  initialize(shape: readonly number[]): Float32Array {
    return drawNormal(checkShape(this.className, shape), this.key(), this.mean, this.stddev);
  }
}

/**
 * Normal distribution without its tails: values two standard deviations or more from the mean are drawn again.
 *
 * ```ts
 * new initializers.TruncatedNormal({ stddev: 1, seed: 42 }).initialize([2, 3]);
 * ```
 * A seed gives Keras's values on TensorFlow (Linux, glibc), bit for bit.
 * @throws ValueError for a misspelt option, a mean or deviation that is not a number or a seed that is not whole
 */
export class TruncatedNormal extends RandomInitializer {
  declare readonly mean: number;
  declare readonly stddev: number;

  constructor(options?: RandomNormalOptions) {
    super(options);
  }

  override get spec(): Spec {
    return normalSpec('TruncatedNormal');
  }

  initialize(shape: readonly number[]): Float32Array {
    return drawTruncatedNormal(checkShape(this.className, shape), this.key(), this.mean, this.stddev);
  }
}
