import { describe, expect, it } from 'vitest';
import { expectClose, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/random.ts';

const SIZES = [0, 1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 31, 64, 333];
const KEYS = [
  [0, 0, 0, 0],
  [0xffffffff, 0x80000001, 0xfffffffe, 0xffffffff],
  [123456789, 987654321, 5, 6],
];

describe.each(KEYS.map((key) => [key]))('with the key %j', (key) => {
  it.each(SIZES)('randomUniform draws %i numbers of the stream', (n) => {
    const box = new Sandbox();
    const y = box.float32(n);
    const low = Math.fround(-0.05);
    const range = Math.fround(0.1);
    box.run(['randomUniform', y.address, n, box.int32(key).address, low, range]);
    expect([...y.read()]).toEqual(reference.randomUniform(n, key, low, range));
  });

  it.each(SIZES)('dropout of %i elements drops what the stream says', (n) => {
    const box = new Sandbox();
    const x = randoms(n, 3);
    if (n > 4) x.set([NaN, Infinity, -0, 1e-42]);
    const y = box.float32(n);
    const rate = Math.fround(0.4);
    const scale = Math.fround(1 / 0.6);
    box.run(['dropout', box.float32(x, 4).address, y.address, n, box.int32(key).address, rate, scale]);
    expect([...y.read()]).toEqual(reference.dropout(x, key, rate, scale));
  });

  it.each(SIZES)('randomNormal draws %i numbers', (n) => {
    const box = new Sandbox();
    const y = box.float32(n);
    box.run(['randomNormal', y.address, n, box.int32(key).address, 0.5, 2]);
    expectClose(y.read(), reference.randomNormal(n, key, 0.5, 2), { relative: 1e-6, absolute: 2e-6 });
  });

  it.each(SIZES)('randomTruncatedNormal draws %i numbers', (n) => {
    const box = new Sandbox();
    const y = box.float32(n);
    box.run(['randomTruncatedNormal', y.address, n, box.int32(key).address, 0.5, 2]);
    expectClose(y.read(), reference.randomTruncatedNormal(n, key, 0.5, 2), { relative: 1e-6, absolute: 2e-6 });
    for (const value of y.read()) expect(Math.abs(value - 0.5)).toBeLessThan(4);
  });
});

describe('dropout', () => {
  const key = [1, 2, 3, 4];

  it('may write over its input', () => {
    const box = new Sandbox();
    const x = randoms(101);
    const xy = box.float32(x);
    const keys = box.int32(key);
    box.run(['dropout', xy.address, xy.address, 101, keys.address, 0.5, 2]);
    expect([...xy.read()]).toEqual(reference.dropout(x, key, 0.5, 2));
  });

  it('keeps all at rate 0 and nothing at rate 1', () => {
    const box = new Sandbox();
    const x = box.float32(randoms(50));
    const [all, none] = [box.float32(50), box.float32(50)];
    const keys = box.int32(key);
    box.run(
      ['dropout', x.address, all.address, 50, keys.address, 0, 1],
      ['dropout', x.address, none.address, 50, keys.address, 1, Infinity],
    );
    expect([...all.read()]).toEqual([...x.read()]);
    expect([...none.read()]).toEqual(Array(50).fill(0));
  });

  it('keeps its share of many', () => {
    const box = new Sandbox();
    const n = 100_000;
    const y = box.float32(n);
    const x = box.float32(new Float32Array(n).fill(1));
    box.kernels.dropout(x.address, y.address, n, box.int32(key).address, 0.3, 1, 0, 1);
    const kept = y.read().reduce((sum, v) => sum + v, 0) / n;
    expect(Math.abs(kept - 0.7)).toBeLessThan(0.005);
  });
});

describe('Philox', () => {
  // The known answers of the authors' Random123 library (tests/kat_vectors, philox4x32 10).
  it('gives the known answers', () => {
    expect(reference.philox(0n, 0, 0)).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]);
    expect(reference.philox((1n << 128n) - 1n, 0xffffffff, 0xffffffff)).toEqual([0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]);
  });
});
