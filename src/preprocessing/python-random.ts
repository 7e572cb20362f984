// Python's random module: MT19937 seeded by init_by_array, and the draws that CPython's Lib/random.py makes of it.

const SIZE = 624;
const SHIFT = 397;

/** The Mersenne Twister of Matsumoto and Nishimura (mt19937ar.c), seeded by an array of words as Python seeds it. */
class PythonTwister {
  private readonly state = new Uint32Array(SIZE);
  private place = SIZE;

  constructor(key: readonly number[]) {
    const { state } = this;
    state[0] = 19650218;
    for (let i = 1; i < SIZE; i++) state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    let i = 1;
    const step = (factor: number, add: number): void => {
      state[i] = (state[i] ^ Math.imul(state[i - 1] ^ (state[i - 1] >>> 30), factor)) + add;
      if (++i < SIZE) return;
      state[0] = state[SIZE - 1];
      i = 1;
    };
    for (let k = 0; k < Math.max(SIZE, key.length); k++) step(1664525, key[k % key.length] + (k % key.length));
    for (let k = 1; k < SIZE; k++) step(1566083941, -i);
    state[0] = 0x80000000;
  }

  next32(): number {
    if (this.place === SIZE) this.twist();
    let word = this.state[this.place++];
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  private twist(): void {
    const { state } = this;
    for (let i = 0; i < SIZE; i++) {
      const word = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7fffffff);
      state[i] = state[(i + SHIFT) % SIZE] ^ (word >>> 1) ^ (word & 1 ? 0x9908b0df : 0);
    }
    this.place = 0;
  }
}

/** Python's `random.Random(seed)` for whole numbers from 0 to 2^53 - 1: the same draws in the same order. */
export class PythonRandom {
  private readonly twister: PythonTwister;

  constructor(seed: number) {
    const high = Math.floor(seed / 2 ** 32);
    this.twister = new PythonTwister(high ? [seed >>> 0, high] : [seed >>> 0]);
  }

  /** A number in [0, 1) with 53 random bits. */
  random(): number {
    const high = this.twister.next32() >>> 5;
    return (high * 67108864 + (this.twister.next32() >>> 6)) / 9007199254740992;
  }

  /** A whole number from `low` to `high`, both possible; less than 2^32 apart. */
  randint(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  /** Shuffles in place. */
  shuffle(values: unknown[]): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [values[i], values[j]] = [values[j], values[i]];
    }
  }

  private below(count: number): number {
    const unused = Math.clz32(count);
    let drawn = this.twister.next32() >>> unused;
    while (drawn >= count) drawn = this.twister.next32() >>> unused;
    return drawn;
  }
}
