// Seeds. Keras draws the seed of everything unseeded from Python's global generator when the object is
// constructed; `setRandomSeed` sets that generator, and so everything that follows.
import { mismatch } from '../common/errors.ts';
import { checkOptions, describe } from '../common/options.ts';
import { MersenneTwister } from './mt19937.ts';
import type { StreamKey } from './philox.ts';
import { streamKey } from './philox.ts';

let generator: MersenneTwister | undefined;
let seedOfProcess: number | undefined;

/**
 * Makes everything random that follows repeatable: initial weights, dropout, the order of samples.
 *
 * ```ts
 * setRandomSeed(42);
 * const model = new Sequential([new layers.Dense(2)]); // the weights Keras gives after keras.utils.set_random_seed(42)
 * ```
 * As in Keras 3 on TensorFlow, `fit` then shuffles every epoch into the same order.
 * @param seed a whole number, 0 <= seed < 2^32
 * @throws ValueError for any other seed
 */
export function setRandomSeed(seed: number): void {
  if (!Number.isInteger(seed) || seed < 0 || seed >= 4294967296) {
    throw mismatch('setRandomSeed', 'a whole number from 0 to 4294967295', describe(seed), 'Pass such a number.');
  }
  generator = new MersenneTwister(seed);
  seedOfProcess = seed;
}

/** The seed given to `setRandomSeed`, if it was called. */
export function randomSeed(): number | undefined {
  return seedOfProcess;
}

/** The process's generator, Python's `random` module: seeded by `setRandomSeed`, unpredictable without. */
export function globalRandom(): MersenneTwister {
  generator ??= new MersenneTwister(entropy(8));
  return generator;
}

/** Unpredictable words. Engines seed `Math.random` from the system's entropy; Node takes 5 ms to load `crypto`, a tenth of a start. */
export function entropy(words: number): Uint32Array {
  return Uint32Array.from({ length: words }, () => Math.random() * 4294967296);
}

/** The seed of something unseeded: 1 to 10^9. */
export function drawSeed(): number {
  return globalRandom().randint(1, 1_000_000_000);
}

/** What a `seed` option takes: a whole number, a generator (new values at every use), or nothing (a seed is drawn). */
export type Seed = number | SeedGenerator | null;

/** Options of a SeedGenerator. */
export interface SeedGeneratorOptions {
  /** A whole number; drawn from the process's generator when left out. */
  seed?: number | null;
}

/**
 * A seed that gives another stream of random numbers at every use.
 *
 * ```ts
 * const seed = new SeedGenerator(42);
 * const a = new initializers.RandomNormal({ seed }).call([2, 3]);
 * const b = new initializers.RandomNormal({ seed }).call([2, 3]); // other values than a
 * ```
 * @throws ValueError when the seed is not a whole number
 */
export class SeedGenerator {
  /** The seed as given, null when it was drawn. */
  readonly initialSeed: number | null;
  /** The seed in use. */
  readonly seed: number;
  /** How many draws were made. */
  draws = 0;

  constructor(seed?: number | null | SeedGeneratorOptions) {
    const options = typeof seed === 'object' && seed !== null ? seed : { seed };
    checkOptions('SeedGenerator', options, ['seed', 'name']);
    this.initialSeed = checkSeed('SeedGenerator', options.seed ?? null);
    this.seed = this.initialSeed ?? drawSeed();
  }

  /** The pair [seed, draws], Keras's state. */
  get state(): [seed: number, draws: number] {
    return [this.seed, this.draws];
  }

  /** The key of the next draw, for the random kernels. */
  next(): StreamKey {
    return streamKey(this.seed, this.draws++);
  }

  getConfig(): { seed: number | null } {
    return { seed: this.initialSeed };
  }
}

/** `seed` if it is a whole number or null; a ValueError otherwise. */
export function checkSeed(owner: string, seed: number | null): number | null {
  if (seed === null || Number.isSafeInteger(seed)) return seed;
  throw mismatch(owner, 'seed to be a whole number', describe(seed), 'Pass one such as 42, or leave it out.');
}
