import { describe, expect, it } from 'vitest';
import { random, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/encoding.ts';

describe('bucketize', () => {
  it.each([0, 1, 2, 3, 5, 31, 200])('finds the bins of %i numbers', (n) => {
    for (const count of [0, 1, 2, 3, 8, 31]) {
      const box = new Sandbox();
      const bounds = box.float32(randoms(count, 2, -4, 4).map(Math.round).sort(), 4);
      const x = box.float32(randoms(n, 3, -5, 5).map((v, i) => (i % 2 ? v : Math.round(v))));
      const y = box.int32(n, 4);
      box.run(['bucketize', x.address, bounds.address, y.address, n, count]);
      expect([...y.read()]).toEqual(reference.bucketize(x.read(), bounds.read()));
    }
  });

  it('puts what is on a bound above it, and NaN last', () => {
    const box = new Sandbox();
    const [bounds, x, y] = [box.float32([-1, 0, 0, 1e-40]), box.float32([-Infinity, -1, -0, 1e-40, Infinity, NaN]), box.int32(6)];
    box.run(['bucketize', x.address, bounds.address, y.address, 6, 4]);
    expect([...y.read()]).toEqual([0, 1, 3, 4, 4, 4]);
  });
});

describe.each([
  ['multi-hot', 0],
  ['counts', 1],
] as const)('encodeIds as %s', (_, counts) => {
  it.each([
    [0, 3, 4],
    [3, 0, 4],
    [1, 1, 1],
    [5, 7, 3],
    [9, 31, 33],
  ])('agrees with the reference on [%i, %i] of %i', (rows, length, tokens) => {
    const box = new Sandbox();
    const next = random(5);
    // Some ids on both sides of the range.
    const ids = box.int32(
      Array.from({ length: rows * length }, () => Math.floor(next() * (tokens + 2)) - 1),
      4,
    );
    const y = box.float32(rows * tokens, 4);
    box.run(['encodeIds', ids.address, y.address, rows, length, tokens, counts]);
    expect([...y.read()]).toEqual(reference.encodeIds(ids.read(), rows, length, tokens, counts === 1));
  });
});
