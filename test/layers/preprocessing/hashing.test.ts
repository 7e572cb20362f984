import { describe, expect, it } from 'vitest';
import { layers, tensor } from '../../../src/index.ts';
import { fingerprint64 } from '../../../src/layers/preprocessing/fingerprint.ts';
import { sipHash } from '../../../src/layers/preprocessing/siphash.ts';

const { Hashing } = layers;

/** Fingerprint64 of the bytes (37 i + 11 length + 5) mod 256, by the C++ source of FarmHash 1.1. */
const fingerprints: readonly [length: number, hash: string][] = [
  [0, '9ae16a3b2f90404f'],
  [1, '094935fd3040ca74'],
  [2, '9485c77eba8be34a'],
  [3, '55c0debf037bbfe6'],
  [4, 'ccb552f7a639ca75'],
  [5, 'bcf81a0443963e38'],
  [7, 'ddd692232259cb9c'],
  [8, '30cb579db4461cad'],
  [9, 'aa8af4d4e353e09a'],
  [12, 'e1afee156a26f9c1'],
  [16, 'b140b1dd3d865b19'],
  [17, '6b3df6e1db900c4c'],
  [20, '2961a4c12e412f9c'],
  [31, 'd3bc8aa04fb8daa3'],
  [32, '6bd7c0da67cb586a'],
  [33, 'f9c90c56c1803b61'],
  [40, 'e14b1787474cda4c'],
  [63, '78cfa26e9598bb0f'],
  [64, '684b9d40465ebc16'],
  [65, '36b435f64f276ed4'],
  [100, '668a347c054ffaa6'],
  [127, '043a4c9616bb753f'],
  [128, 'f17d2286e341840e'],
  [129, '10f03472deadf4e5'],
  [192, '25867fd054f2004c'],
  [193, 'cb47ab8461659961'],
  [300, '54de7064c9fb4edd'],
];

describe('fingerprint64', () => {
  it.each(fingerprints)('is that of FarmHash for %i bytes', (length, hash) => {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 37 + length * 11 + 5);
    expect(fingerprint64(bytes).toString(16).padStart(16, '0')).toBe(hash);
    const inside = new Uint8Array(length + 6).fill(9);
    inside.set(bytes, 3);
    expect(fingerprint64(inside.subarray(3, 3 + length))).toBe(fingerprint64(bytes));
  });
});

describe('sipHash', () => {
  it('gives the value worked out in the paper', () => {
    const bytes = Uint8Array.from({ length: 15 }, (_, i) => i);
    expect(sipHash(bytes, [0x0706050403020100n, 0x0f0e0d0c0b0a0908n])).toBe(0xa129ca6149be45e5n);
  });

  it('tells apart lengths, keys and bytes', () => {
    const key = [1n, 2n] as const;
    const hashes = [0, 1, 7, 8, 9, 16].map((length) => sipHash(new Uint8Array(length), key));
    const others = [sipHash(new Uint8Array(8), [2n, 1n]), sipHash(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 1), key)];
    expect(new Set([...hashes, ...others]).size).toBe(8);
  });
});

describe('Hashing', () => {
  const letters = [['A'], ['B'], ['C'], ['D'], ['E']];
  const names = ['omar', 'stringer', 'marlo', 'wire', 'skywalker'];

  it("gives the bins of Keras's documentation", () => {
    expect(new Hashing(3).apply(letters).array()).toEqual([[1], [0], [1], [1], [2]]);
    expect(new Hashing(3, { maskValue: '' }).apply([['A'], ['B'], [''], ['C'], ['D']]).array()).toEqual([[1], [1], [0], [2], [2]]);
    expect(new Hashing(3, { salt: [133, 137] }).apply(letters).array()).toEqual([[1], [2], [1], [0], [2]]);
    expect(new Hashing(3, { salt: 133 }).apply(letters).array()).toEqual([[0], [0], [2], [1], [0]]);
  });

  it("gives the bins of Keras's tests", () => {
    expect(new Hashing(2).apply(names).array()).toEqual([0, 0, 1, 0, 0]);
    expect(new Hashing(3, { maskValue: 'omar' }).apply(names).array()).toEqual([0, 1, 2, 1, 1]);
    expect(new Hashing(2, { salt: [133, 137] }).apply(names).array()).toEqual([0, 1, 0, 1, 0]);
    expect(new Hashing(2, { salt: [211, 137] }).apply(names).array()).toEqual([1, 0, 1, 0, 1]);
    expect(new Hashing(1).apply(letters).array()).toEqual([[0], [0], [0], [0], [0]]);
  });

  it('hashes integers by their digits and cuts fractions off', () => {
    const bins = [1, 0, 1, 0, 2];
    expect(new Hashing(3).apply([0, 1, 2, 3, 4]).array()).toEqual(bins);
    expect(new Hashing(3).apply(['0', '1', '2', '3', '4']).array()).toEqual(bins);
    expect(new Hashing(3).apply(Int32Array.of(0, 1, 2, 3, 4)).array()).toEqual(bins);
    expect(new Hashing(3).apply(tensor([-0.5, 1.5, 2.9, 3, 4])).array()).toEqual(bins);
    expect(new Hashing(3, { salt: [133, 137] }).apply([[0], [1], [2], [3], [4]]).array()).toEqual([[1], [1], [2], [0], [1]]);
    expect(new Hashing(1000).apply([2 ** 40]).array()).toEqual(new Hashing(1000).apply([`${2 ** 40}`]).array());
  });

  it('gives rows for values and for samples', () => {
    expect(new Hashing(3, { outputMode: 'one_hot' }).apply([0, 1, 4]).array()).toEqual([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]);
    expect(new Hashing(3, { outputMode: 'one_hot' }).apply([[0], [1]]).array()).toEqual([
      [0, 1, 0],
      [1, 0, 0],
    ]);
    expect(new Hashing(3, { outputMode: 'multi_hot' }).apply([[0, 1, 2, 3]]).array()).toEqual([[1, 1, 0]]);
    expect(new Hashing(3, { outputMode: 'count' }).apply([[0, 1, 2, 3, 4]]).array()).toEqual([[2, 2, 1]]);
    expect(new Hashing(3, { outputMode: 'count' }).apply([0, 1, 2, 3, 4]).array()).toEqual([2, 2, 1]);
  });

  it('names what is wrong', () => {
    const make =
      (...args: unknown[]) =>
      () =>
        new (Hashing as unknown as new (...args: unknown[]) => unknown)(...args);
    expect(make({})).toThrow('numBins to be a positive integer, got undefined');
    expect(make(0)).toThrow('expected numBins to be a positive integer, got 0');
    expect(make(2, { salt: [1] })).toThrow('expected salt to be a positive integer or two of them, got an array of shape [1]');
    expect(make(2, { salt: 'pepper' })).toThrow("got 'pepper'");
    expect(make(2, { maskValue: 1.5 })).toThrow('expected maskValue to be a text or an integer, got 1.5');
    expect(make(2, { outputMode: 'tf_idf' })).toThrow(
      "expected outputMode to be 'int' or 'one_hot' or 'multi_hot' or 'count', got 'tf_idf'",
    );
    expect(() => new Hashing(2, { name: 'h' }).apply([['a', NaN]])).toThrow('h: expected texts or integers, got NaN at position [0, 1]');
  });
});
