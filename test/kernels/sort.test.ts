import { describe, expect, it } from 'vitest';
import { randoms, Sandbox } from './harness.ts';
import { scan, sortRow } from './reference/mathematics.ts';

describe('sortRows', () => {
  const cases = [0, 1, 2, 3, 5, 8, 17, 100].flatMap((n) =>
    [n, Math.min(3, n)].flatMap((k) => [false, true].map((down) => [n, k, down] as const)),
  );

  it.each(cases)('of %i elements the first %i, descending %s', (n, k, isDescending) => {
    const rows = 4;
    const floats = randoms(rows * n, n + k, -3, 3).map((x) => Math.round(x * 2) / 2);
    if (n > 4) floats.set([Number.NaN, -0, 0, Infinity, -Infinity], n);
    const ints = Int32Array.from(floats, (x) => (Number.isFinite(x) ? x * 1e9 : 7));
    for (const [data, isInt] of [
      [floats, 0],
      [ints, 1],
    ] as const) {
      const box = new Sandbox();
      const x = isInt ? box.int32(data) : box.float32(data);
      const y = box.int32(rows * k);
      box.run(['sortRows', x.address, y.address, rows, n, k, isInt, isDescending ? -1 : 0]);
      const expected = Array.from({ length: rows }, (_, r) => sortRow(Array.from(data.slice(r * n, (r + 1) * n)), k, isDescending));
      expect([...y.read()]).toEqual(expected.flat());
    }
  });
});

describe('scanColumns', () => {
  it.each([
    [1, 1, 1],
    [2, 5, 3],
    [3, 7, 1],
    [1, 4, 9],
    [0, 3, 2],
    [2, 0, 2],
  ])('[%i, %i, %i]', (outer, n, inner) => {
    const sizes = [outer, n, inner];
    const floats = randoms(outer * n * inner, 5, -2, 2);
    const ints = Int32Array.from(floats, (x) => x * 1e5);
    for (const isProduct of [false, true]) {
      const box = new Sandbox();
      const [x, y] = [box.float32(floats), box.float32(floats.length)];
      box.run(['scanColumns', x.address, y.address, outer, n, inner, isProduct ? 1 : 0, 0]);
      expect([...y.read()]).toEqual(scan(floats, sizes, isProduct, Math.fround));
      const whole = new Sandbox();
      const [p, q] = [whole.int32(ints), whole.int32(ints.length)];
      whole.run(['scanColumns', p.address, q.address, outer, n, inner, isProduct ? 1 : 0, 1]);
      const wrapped = scan(ints, sizes, false, (v) => v | 0);
      if (!isProduct) expect([...q.read()]).toEqual(wrapped);
    }
  });
});
