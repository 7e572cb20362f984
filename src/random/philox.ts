// The Philox4x32-10 generator (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011) for the few words the
// host needs itself; the kernels in assembly/random.ts compute whole tensors.

/** Four u32: two key words and the two upper words of the counter. What the random kernels take as `key`. */
export type StreamKey = Uint32Array;

/** The upper 32 bits of a product of two u32. */
function multiplyHigh(a: number, b: number): number {
  const [aLow, aHigh, bLow, bHigh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16);
  const carry = (middle & 0xffff) + Math.imul(aLow, bHigh);
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) >>> 0;
}

/** One block: four words from a counter of four words and a key of two. */
export function philox(counter: ArrayLike<number>, key0: number, key1: number): Uint32Array {
  let [c0, c1, c2, c3] = [counter[0], counter[1], counter[2], counter[3]];
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low0 = Math.imul(0xd2511f53, c0) >>> 0;
    const low1 = Math.imul(0xcd9e8d57, c2) >>> 0;
    [c0, c1, c2, c3] = [(high1 ^ c1 ^ key0) >>> 0, low1, (high0 ^ c3 ^ key1) >>> 0, low0];
    key0 = (key0 + 0x9e3779b9) >>> 0;
    key1 = (key1 + 0xbb67ae85) >>> 0;
  }
  return Uint32Array.of(c0, c1, c2, c3);
}

/** The words of a stream one after another. */
export class PhiloxStream {
  private readonly key: StreamKey;
  private block = 0;
  private words: Uint32Array = new Uint32Array(4);
  private used = 4;

  constructor(key: StreamKey) {
    this.key = key;
  }

  /** The stream TensorFlow's stateful operations draw from, given their pair of non-negative seeds. */
  static fromSeeds(seed: number, seed2: number): PhiloxStream {
    return new PhiloxStream(Uint32Array.of(low(seed), high(seed), low(seed2), high(seed2)));
  }

  /** The next word, from 0 to 2^32 - 1. */
  next(): number {
    if (this.used === 4) {
      const [key0, key1, counter2, counter3] = this.key;
      this.words = philox([low(this.block), high(this.block), counter2, counter3], key0, key1);
      this.block++;
      this.used = 0;
    }
    return this.words[this.used++];
  }

  /** Drops what is left of the current block of four words. */
  endBlock(): void {
    this.used = 4;
  }
}

const low = (n: number): number => n >>> 0;
const high = (n: number): number => Math.floor(n / 4294967296) >>> 0;

/** TensorFlow's modulus of seeds: the largest int32 less one. */
const SEEDS = 2147483646;
const reduced = (seed: number): number => ((seed % SEEDS) + SEEDS) % SEEDS;

/**
 * The stream that Keras on TensorFlow draws from for the seed pair [seed, draw], where `draw` counts the earlier draws of
 * the same generator: both are scrambled by one Philox block.
 */
export function streamKey(seed: number, draw = 0): StreamKey {
  const [m0, m1, m2, m3] = philox([reduced(seed), 0, reduced(draw), 0], 0x3ec8f720, 0x02461e29);
  return Uint32Array.of(m0, m1, m2, m3);
}
