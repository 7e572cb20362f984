// Python's `random.Random`: the Mersenne Twister MT19937 (Matsumoto and Nishimura 1998, mt19937ar.c) and the methods Keras
// calls, so that a seed gives what it gives there (CPython 3.11, Modules/_randommodule.c and Lib/random.py).

const N = 624;
const M = 397;

/**
 * The generator behind Python's `random`.
 *
 * ```ts
 * const random = new MersenneTwister(42);
 * random.randint(1, 1e9); // 686579304
 * ```
 * @param seed a whole number (its size counts, not its sign, as in Python), or the words of a key
 */
export class MersenneTwister {
  readonly #state = new Uint32Array(N);
  #index = N;

  constructor(seed: number | Uint32Array) {
    this.#fill(typeof seed === 'number' ? words(Math.abs(seed)) : seed);
  }

  /** mt19937ar's init_by_array. */
  #fill(key: ArrayLike<number>): void {
    const mt = this.#state;
    mt[0] = 19650218;
    for (let i = 1; i < N; i++) mt[i] = Math.imul(1812433253, mt[i - 1] ^ (mt[i - 1] >>> 30)) + i;
    let i = 1;
    const step = () => {
      if (++i < N) return;
      mt[0] = mt[N - 1];
      i = 1;
    };
    for (let k = 0, j = 0; k < Math.max(N, key.length); k++, j = (j + 1) % key.length) {
      mt[i] = (mt[i] ^ Math.imul(mt[i - 1] ^ (mt[i - 1] >>> 30), 1664525)) + key[j] + j;
      step();
    }
    for (let k = 1; k < N; k++) {
      mt[i] = (mt[i] ^ Math.imul(mt[i - 1] ^ (mt[i - 1] >>> 30), 1566083941)) - i;
      step();
    }
    mt[0] = 0x80000000;
  }

  #twist(): void {
    const mt = this.#state;
    for (let i = 0; i < N; i++) {
      const y = (mt[i] & 0x80000000) | (mt[(i + 1) % N] & 0x7fffffff);
      mt[i] = mt[(i + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#index = 0;
  }

  /** The next 32 bits. */
  next(): number {
    if (this.#index === N) this.#twist();
    let y = this.#state[this.#index++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** A whole number of `bits` random bits, 1 to 53. */
  getrandbits(bits: number): number {
    if (bits <= 32) return this.next() >>> (32 - bits);
    const low = this.next();
    return (this.next() >>> (64 - bits)) * 4294967296 + low;
  }

  /** A whole number from 0 to n - 1. */
  below(n: number): number {
    const bits = n < 4294967296 ? 32 - Math.clz32(n) : 64 - Math.clz32(Math.floor(n / 4294967296));
    let r = this.getrandbits(bits);
    while (r >= n) r = this.getrandbits(bits);
    return r;
  }

  /** A whole number from a to b, both included. */
  randint(a: number, b: number): number {
    return a + this.below(b - a + 1);
  }
}

/** Python's `random.random()`: a number in [0, 1) with 53 random bits. */
export function fraction(random: MersenneTwister): number {
  const high = random.next() >>> 5;
  return (high * 67108864 + (random.next() >>> 6)) / 9007199254740992;
}

/** Python's `random.shuffle`: shuffles in place. */
export function shuffleList<T>(random: MersenneTwister, list: T[] | { [index: number]: T; readonly length: number }): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const item = list[i];
    list[i] = list[j];
    list[j] = item;
  }
}

/** The 32-bit words of a whole number, lowest first. */
function words(n: number): number[] {
  const high = Math.floor(n / 4294967296);
  return high > 0 ? [n >>> 0, high] : [n >>> 0];
}
