import { describe, expect, it } from 'vitest';
import { kernels } from '../../src/kernels/kernels.ts';
import { allocate, float32At, free, uint32At } from '../../src/kernels/memory.ts';
import * as scalar from '../../src/kernels/scalar.ts';
import { fraction, MersenneTwister, shuffleList } from '../../src/random/mt19937.ts';
import { PhiloxStream, philox, streamKey } from '../../src/random/philox.ts';
import { drawSeed, globalRandom, randomSeed, SeedGenerator, setRandomSeed } from '../../src/random/seed.ts';
import { shuffled, shuffledIndices, shuffleStream } from '../../src/random/shuffle.ts';
import dropoutCases from '../fixtures/dropout.json';
import shuffleCases from '../fixtures/shuffle.json';
import * as reference from '../kernels/reference/random.ts';

describe('without setRandomSeed', () => {
  it('seeds and orders are new every time', () => {
    expect(randomSeed()).toBeUndefined();
    const seeds = Array.from({ length: 20 }, drawSeed);
    expect(new Set(seeds).size).toBeGreaterThan(18);
    for (const seed of seeds) expect(seed >= 1 && seed <= 1e9 && Number.isInteger(seed)).toBe(true);
    const [a, b] = [shuffledIndices(100), shuffledIndices(100)];
    expect([...a]).not.toEqual([...b]);
    expect([...a].sort((x, y) => x - y)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});

describe('MersenneTwister', () => {
  // What Python 3.11's random.Random(seed) gives for the same calls.
  it.each([
    [
      0,
      [906691060, 413654000, 813847340, 955892129],
      [0.420571580830845, 0.25891675029296335],
      [1, 0, 4, 5, 6, 2, 3, 7],
      [1, 299088013, 1210484339, 4895170863, 5569769831322660],
      553189221793,
    ],
    [
      42,
      [686579304, 119540832, 26855093, 796233791],
      [0.27502931836911926, 0.22321073814882275],
      [3, 7, 2, 0, 4, 6, 5, 1],
      [0, 63989047, 402418010, 939042955, 5422501460899537],
      921463507190,
    ],
    [
      4294967295,
      [682209859, 665256254, 218184273, 231223275],
      [0.6073666030347188, 0.29133552762158776],
      [0, 6, 1, 4, 2, 7, 3, 5],
      [0, 465955573, 4171368493, 8410016936, 7734914569626944],
      1051425596106,
    ],
    [
      1099511627781,
      [541574218, 555040208, 288411819, 712747969],
      [0.9257865475671585, 0.530959239292452],
      [3, 5, 2, 4, 6, 7, 1, 0],
      [0, 1408757122, 3479373706, 5928196303, 7062812245460534],
      504887442097,
    ],
  ])('seeded with %i is Python', (seed, integers, fractions, list, bits, large) => {
    const random = new MersenneTwister(seed);
    expect([1, 2, 3, 4].map(() => random.randint(1, 1e9))).toEqual(integers);
    expect([1, 2].map(() => fraction(random))).toEqual(fractions);
    const items = [0, 1, 2, 3, 4, 5, 6, 7];
    shuffleList(random, items);
    expect(items).toEqual(list);
    expect([1, 31, 32, 33, 53].map((k) => random.getrandbits(k))).toEqual(bits);
    expect(random.randint(0, 2 ** 40)).toBe(large);
  });

  it('does not see the sign of a seed', () => {
    expect(new MersenneTwister(-42).next()).toBe(new MersenneTwister(42).next());
  });
});

describe('philox', () => {
  it('agrees with the naive form', () => {
    const counter = [0xfffffff0, 0x80000000, 3, 0xdeadbeef];
    const whole = counter.reduce((sum, word, i) => sum + (BigInt(word) << BigInt(32 * i)), 0n);
    expect([...philox(counter, 0x12345678, 0xffffffff)]).toEqual(reference.philox(whole, 0x12345678, 0xffffffff));
  });

  it('streams the words of block after block', () => {
    const stream = new PhiloxStream(Uint32Array.of(1, 2, 3, 4));
    const words = Array.from({ length: 6 }, () => stream.next());
    const base = (4n << 96n) + (3n << 64n);
    expect(words).toEqual([...reference.philox(base, 1, 2), ...reference.philox(base + 1n, 1, 2).slice(0, 2)]);
    stream.endBlock();
    expect(stream.next()).toBe(reference.philox(base + 2n, 1, 2)[0]);
  });

  it('reduces seeds as TensorFlow does', () => {
    expect([...streamKey(-5)]).toEqual([...streamKey(2147483641)]);
    expect([...streamKey(2147483647)]).toEqual([...streamKey(1)]);
  });
});

describe('dropout as Keras draws it', () => {
  it.each(dropoutCases.map((c) => [c.seed, c] as const))('with the seed %i', (seed, { rate, shape, calls }) => {
    const generator = new SeedGenerator(seed);
    const n = shape[0] * shape[1];
    const [x, key] = [allocate(n * 4), allocate(16)];
    for (const [i, call] of calls.entries()) {
      expect(generator.state).toEqual([seed, i]);
      float32At(x, n).fill(1);
      uint32At(key, 4).set(generator.next());
      kernels().dropout(x, x, n, key, rate, 1 / (1 - rate), 0, 1);
      expect([...float32At(x, n)]).toEqual(call.data);
    }
    free(x);
    free(key);
  });
});

describe('after setRandomSeed', () => {
  it.each(shuffleCases.map((c) => [c.seed, c.samples, c] as const))(
    'seed %i visits %i samples in the order of Keras',
    (seed, samples, { epochs, order }) => {
      setRandomSeed(seed);
      expect(Array.from({ length: epochs }, () => [...shuffledIndices(samples)]).flat()).toEqual(order);
    },
  );

  it('unseeded objects draw from the generator in turn', () => {
    setRandomSeed(42);
    expect(randomSeed()).toBe(42);
    expect(drawSeed()).toBe(686579304);
    expect(new SeedGenerator().seed).toBe(119540832);
    expect(new SeedGenerator({ seed: null }).getConfig()).toEqual({ seed: null });
    expect(globalRandom().randint(1, 1e9)).toBe(796233791);
    expect(new SeedGenerator(7).seed).toBe(7);
  });

  it("shuffles within batches for 'batch', each from the next block of four words", () => {
    setRandomSeed(42);
    const order = [...shuffledIndices(22, 7)];
    for (const [start, end] of [
      [0, 7],
      [7, 14],
      [14, 21],
      [21, 22],
    ]) {
      const batch = order.slice(start, end);
      expect(batch.sort((a, b) => a - b)).toEqual(Array.from({ length: end - start }, (_, i) => start + i));
    }
    const again = shuffledIndices(22, 7);
    const stream = shuffleStream(42);
    for (let i = 0; i < 8; i++) stream.next(); // six words of the first batch fill two blocks
    const second = [7, 8, 9, 10, 11, 12, 13];
    for (let i = 0; i < 6; i++) {
      const j = i + (stream.next() % (7 - i));
      [second[i], second[j]] = [second[j], second[i]];
    }
    expect([...again.slice(7, 14)]).toEqual(second);
    expect([...again.slice(0, 7)]).toEqual([...shuffledIndices(7)]);
  });

  it('zero is a seed of its own', () => {
    setRandomSeed(0);
    expect([...shuffledIndices(20)]).toEqual([...shuffledIndices(20)]);
    expect([...shuffledIndices(0)]).toEqual([]);
    expect([...shuffledIndices(1)]).toEqual([0]);
  });

  it.each([-1, 1.5, 2 ** 32, NaN, '42'])('refuses the seed %j', (seed) => {
    expect(() => setRandomSeed(seed as number)).toThrow(/^setRandomSeed: expected a whole number from 0 to 4294967295, got /);
  });
});

describe('shuffled', () => {
  it('gives one order per seed and leaves its input alone', () => {
    const items = [...'abcdefghij'];
    expect(shuffled(items, 42).join('')).toBe('dihfcabgje');
    expect(shuffled(items, 43)).not.toEqual(shuffled(items, 42));
    expect(items.join('')).toBe('abcdefghij');
    expect(shuffled(new Set([5]), 1)).toEqual([5]);
  });
});

describe('SeedGenerator', () => {
  it('names a wrong seed or option', () => {
    expect(() => new SeedGenerator(1.5)).toThrow('SeedGenerator: expected seed to be a whole number, got 1.5');
    expect(() => new SeedGenerator({ sed: 1 } as object)).toThrow('Did you mean seed?');
  });
});

describe('scalar functions of the host', () => {
  it('are those of the kernels', () => {
    expect(scalar.exp(1)).toBeCloseTo(Math.E, 14);
    expect(scalar.log(10)).toBeCloseTo(Math.LN10, 14);
    expect(scalar.log1p(1e-10)).toBeCloseTo(1e-10, 20);
    expect(scalar.sin(1) ** 2 + scalar.cos(1) ** 2).toBeCloseTo(1, 14);
    expect(scalar.pow(3, 4)).toBe(81);
  });
});
