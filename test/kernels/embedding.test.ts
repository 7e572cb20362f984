import { describe, expect, it } from 'vitest';
import { type Buffer, random, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/embedding.ts';

const dims = [1, 2, 3, 4, 5, 7, 8, 12, 16, 31];
const counts = [0, 1, 2, 3, 40, 1000];
const patterns = ['random', 'same', 'last', 'descending', 'skewed'] as const;

function someIds(pattern: (typeof patterns)[number], n: number, bound: number): Int32Array {
  const next = random(n * 31 + bound);
  return Int32Array.from({ length: n }, (_, i) => {
    if (pattern === 'same') return bound >> 1;
    if (pattern === 'last') return bound - 1 - (i % 2 && bound > 1 ? 1 : 0);
    if (pattern === 'descending') return (bound * 7919 - i - 1) % bound;
    return Math.floor(bound * (pattern === 'skewed' ? next() ** 4 : next()));
  });
}

interface Sorted {
  ids: Buffer<Int32Array>;
  order: Buffer<Int32Array>;
  unique: Buffer<Int32Array>;
  start: Buffer<Int32Array>;
  count: Buffer<Int32Array>;
}

function sorted(box: Sandbox, values: Int32Array, bound: number, times = 1): Sorted {
  const n = values.length;
  const ids = box.int32(values);
  const [order, unique, start, count] = [box.int32(n), box.int32(n), box.int32(n + 1), box.int32(1)];
  const scratch = box.int32(2048 + 4 * n);
  const buffers = [ids, order, unique, start, count, scratch].map((b) => b.address) as [number, number, number, number, number, number];
  box.run(['sortIds', ...buffers, n, bound, times]);
  return { ids, order, unique, start, count };
}

describe('gather', () => {
  it.each(dims)('takes rows of %i', (dim) => {
    for (const count of counts) {
      const table = randoms(57 * dim, dim);
      table[3] = NaN;
      const ids = someIds('random', count, 57);
      const box = new Sandbox();
      const [t, i, out] = [box.float32(table, dim % 4 ? 4 : 0), box.int32(ids), box.float32(count * dim)];
      box.run(['gather', t.address, i.address, out.address, count, dim]);
      expect(out.read()).toEqual(reference.gather(table, ids, dim));
    }
  });
});

describe('limitIds', () => {
  it('takes 0 for ids outside the range', () => {
    for (const count of counts) {
      const ids = Int32Array.from({ length: count }, (_, i) => [0, 6, 7, -1, 3, -2147483648, 2147483647][i % 7]);
      const box = new Sandbox();
      const [i, out] = [box.int32(ids), box.int32(count)];
      box.run(['limitIds', i.address, out.address, count, 7]);
      expect(out.read()).toEqual(ids.map((id) => (id >= 0 && id < 7 ? id : 0)));
    }
  });
});

describe('gatherSum', () => {
  it.each(dims)('adds up rows of %i as reduceSum does', (dim) => {
    for (const [outer, n] of [
      [0, 3],
      [1, 1],
      [3, 2],
      [5, 64],
      [2, 131],
    ]) {
      const table = randoms(57 * dim, dim);
      const ids = someIds('random', outer * n, 57);
      const box = new Sandbox();
      const [t, i, out] = [box.float32(table, dim % 4 ? 4 : 0), box.int32(ids), box.float32(outer * dim)];
      const [rows, sums] = [box.float32(outer * n * dim), box.float32(outer * dim)];
      box.run(['gatherSum', t.address, i.address, out.address, outer, n, dim]);
      const exact = reference.gatherSum(table, ids, outer, n, dim);
      const found = out.read();
      for (const [k, value] of exact.entries()) expect(Math.abs(found[k] - value), `${outer} x ${n}`).toBeLessThan(1e-6 * n);
      if (dim === 1) continue;
      box.run(['gather', t.address, i.address, rows.address, outer * n, dim]);
      box.run(['reduceSum', rows.address, sums.address, outer, n, dim, 1]);
      expect(found, `${outer} x ${n}`).toEqual(sums.read());
    }
  });
});

describe('sortIds', () => {
  it.each([2, 3, 7, 1000])('gives rows that belong to %i ids each', (times) => {
    for (const n of [1, 5, 48, 49, 1000]) {
      const ids = someIds('skewed', n, 50);
      const { order, start } = sorted(new Sandbox(), ids, 50, times);
      const expected = reference.sortIds(ids);
      expect([...order.read()]).toEqual(expected.order.map((position) => Math.floor(position / times)));
      expect([...start.read().subarray(0, expected.start.length)]).toEqual(expected.start);
    }
  });

  const bounds = [1, 2, 3, 50, 256, 2048, 2049, 100_000, 1 << 22, (1 << 22) + 1, 2 ** 31 - 1];
  it.each(bounds)('sorts stably below %i', (bound) => {
    for (const n of [0, 1, 2, 3, 40, 48, 49, 1000]) {
      for (const pattern of patterns) {
        const ids = someIds(pattern, n, bound);
        const box = new Sandbox();
        const { order, unique, start, count } = sorted(box, ids, bound);
        const expected = reference.sortIds(ids);
        const found = count.read()[0];
        const what = `${n} ${pattern} ids`;
        expect(found, what).toBe(expected.unique.length);
        expect([...order.read()], what).toEqual(expected.order);
        expect([...unique.read().subarray(0, found)], what).toEqual(expected.unique);
        expect([...start.read().subarray(0, found + 1)], what).toEqual(expected.start);
      }
    }
  });
});

describe('sumRows and scatterRows', () => {
  it.each(dims)('sum the rows of equal ids, dim %i', (dim) => {
    for (const n of counts) {
      for (const pattern of patterns) {
        const vocabulary = 97;
        const ids = someIds(pattern, n, vocabulary);
        const values = randoms(n * dim, dim + n);
        if (n > 3) values.set([-0, NaN, Infinity].slice(0, dim), 0);
        const box = new Sandbox();
        const { order, unique, start, count } = sorted(box, ids, vocabulary);
        const found = count.read()[0];
        const [v, rows] = [box.float32(values, dim % 4 ? 4 : 0), box.float32(found * dim)];
        const out = box.float32(vocabulary * dim, dim % 4 ? 4 : 0);
        box.run(['sumRows', v.address, order.address, start.address, count.address, rows.address, dim]);
        const dense = reference.segmentSum(values, ids, dim, vocabulary);
        const summed = [...unique.read().subarray(0, found)].flatMap((id) => [...dense.subarray(id * dim, (id + 1) * dim)]);
        expect([...rows.read()], `${n} ${pattern} ids`).toEqual(summed);
        box.run(['scatterRows', rows.address, unique.address, count.address, out.address, vocabulary, dim]);
        expect(out.read(), `${n} ${pattern} ids`).toEqual(dense);
      }
    }
  });

  it('leaves a table without ids at 0', () => {
    const box = new Sandbox();
    const { unique, count } = sorted(box, new Int32Array(0), 9);
    const [rows, out] = [box.float32(0), box.float32(9 * 5)];
    box.run(['scatterRows', rows.address, unique.address, count.address, out.address, 9, 5]);
    expect([...out.read()]).toEqual(Array(45).fill(0));
  });
});
