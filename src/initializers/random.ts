// Initializers that draw each element from one distribution.
import { checkNumber, checkOptions } from '../options.ts';
import { drawNormal, drawTruncatedNormal, drawUniform } from '../random/draw.ts';
import type { StreamKey } from '../random/philox.ts';
import { streamKey } from '../random/philox.ts';
import type { Seed } from '../random/seed.ts';
import { checkSeed, drawSeed, SeedGenerator } from '../random/seed.ts';
import { elements, Initializer } from './initializer.ts';

/** The option all random initializers share. */
export interface RandomInitializerOptions {
  /**
   * A whole number gives the same values at every use. A SeedGenerator gives new ones at every use. Without a seed one is
   * drawn when the initializer is made; `setRandomSeed` settles which.
   */
  seed?: Seed;
}

/** Base class of the initializers that draw. */
export abstract class RandomInitializer extends Initializer {
  private readonly given: Seed;
  private readonly seed: number | SeedGenerator;

  constructor(owner: string, options: RandomInitializerOptions, allowed: readonly string[]) {
    super();
    checkOptions(owner, options, ['seed', ...allowed]);
    const seed = fromConfig(options.seed ?? null);
    this.given = seed instanceof SeedGenerator ? seed : checkSeed(owner, seed);
    this.seed = this.given ?? drawSeed();
  }

  /** The stream of the next use. */
  protected key(): StreamKey {
    return typeof this.seed === 'number' ? streamKey(this.seed) : this.seed.next();
  }

  override getConfig(): Record<string, unknown> {
    const { given } = this;
    return { seed: given instanceof SeedGenerator ? { className: 'SeedGenerator', config: given.getConfig() } : given };
  }
}

/** A generator may come as the config that `getConfig` wrote. */
function fromConfig(seed: Seed | { className?: unknown; config?: unknown }): Seed {
  if (typeof seed !== 'object' || seed === null || seed instanceof SeedGenerator) return seed;
  return seed.className === 'SeedGenerator' ? new SeedGenerator(seed.config as { seed?: number }) : (seed as Seed);
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
  readonly minval: number;
  readonly maxval: number;

  constructor(options: RandomUniformOptions = {}) {
    super('RandomUniform', options, ['minval', 'maxval']);
    this.minval = checkNumber('RandomUniform', 'minval', options.minval ?? -0.05);
    this.maxval = checkNumber('RandomUniform', 'maxval', options.maxval ?? 0.05);
  }

  override get className(): string {
    return 'RandomUniform';
  }

  initialize(shape: readonly number[]): Float32Array {
    return drawUniform(elements('RandomUniform', shape), this.key(), this.minval, this.maxval);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), minval: this.minval, maxval: this.maxval };
  }
}

/** Options of RandomNormal and TruncatedNormal. */
export interface RandomNormalOptions extends RandomInitializerOptions {
  /** Default: 0. */
  mean?: number;
  /** Standard deviation. Default: 0.05. */
  stddev?: number;
}

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
  readonly mean: number;
  readonly stddev: number;

  constructor(options: RandomNormalOptions = {}) {
    super('RandomNormal', options, ['mean', 'stddev']);
    this.mean = checkNumber('RandomNormal', 'mean', options.mean ?? 0);
    this.stddev = checkNumber('RandomNormal', 'stddev', options.stddev ?? 0.05);
  }

  override get className(): string {
    return 'RandomNormal';
  }

  initialize(shape: readonly number[]): Float32Array {
    return drawNormal(elements('RandomNormal', shape), this.key(), this.mean, this.stddev);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), mean: this.mean, stddev: this.stddev };
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
  readonly mean: number;
  readonly stddev: number;

  constructor(options: RandomNormalOptions = {}) {
    super('TruncatedNormal', options, ['mean', 'stddev']);
    this.mean = checkNumber('TruncatedNormal', 'mean', options.mean ?? 0);
    this.stddev = checkNumber('TruncatedNormal', 'stddev', options.stddev ?? 0.05);
  }

  override get className(): string {
    return 'TruncatedNormal';
  }

  initialize(shape: readonly number[]): Float32Array {
    return drawTruncatedNormal(elements('TruncatedNormal', shape), this.key(), this.mean, this.stddev);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), mean: this.mean, stddev: this.stddev };
  }
}
