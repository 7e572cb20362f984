// The order in which samples are visited: TensorFlow's random_shuffle on a Philox stream.
import { PhiloxStream } from './philox.ts';
import { entropy, randomSeed } from './seed.ts';

/** Shuffles `list[start]` to `list[end - 1]` in place; the next shuffle starts at the stream's next block. */
export function shuffleInPlace<T>(list: { [index: number]: T }, stream: PhiloxStream, start: number, end: number): void {
  for (let i = start; i < end - 1; i++) {
    const j = i + (stream.next() % (end - i));
    const item = list[i];
    list[i] = list[j];
    list[j] = item;
  }
  stream.endBlock();
}

/** The stream of an operation seeded by `seed` alone; by `setRandomSeed`, or unpredictable, when there is none. */
export function shuffleStream(seed: number | undefined = randomSeed()): PhiloxStream {
  if (seed === undefined) return new PhiloxStream(entropy(4));
  const first = ((seed % 2147483647) + 2147483647) % 2147483647;
  // TensorFlow reserves the pair (0, 0) for "no seed".
  return PhiloxStream.fromSeeds(first, first === 0 ? 2147483647 : 0);
}

/**
 * The order in which `fit` visits `n` samples in one epoch: after `setRandomSeed` the same at every call, as in Keras 3 on
 * TensorFlow; another one at every call otherwise.
 *
 * ```ts
 * setRandomSeed(42);
 * shuffledIndices(10); // [3, 8, 7, 5, 2, 0, 1, 6, 9, 4]
 * ```
 * @param batchSize when given (fit's `shuffle: 'batch'`), samples stay in their batch and only change places within it
 */
export function shuffledIndices(n: number, batchSize = n): Int32Array {
  const indices = Int32Array.from({ length: n }, (_, i) => i);
  const stream = shuffleStream();
  for (let start = 0; start < n; start += batchSize) shuffleInPlace(indices, stream, start, Math.min(start + batchSize, n));
  return indices;
}

/**
 * A copy of `items` in random order.
 *
 * ```ts
 * shuffled(['a', 'b', 'c'], 1); // the same order for the same seed
 * ```
 * @param seed a whole number; without it the order follows `setRandomSeed`, or is new at every call
 */
export function shuffled<T>(items: Iterable<T>, seed?: number): T[] {
  const copy = [...items];
  shuffleInPlace(copy, shuffleStream(seed), 0, copy.length);
  return copy;
}
