import { describe, expect, it } from 'vitest';
import type { IndexedSlices, Value } from '../../src/graph/value.ts';
import { isIndexedSlices } from '../../src/graph/value.ts';
import { gradientsFrom } from '../../src/primitives/arithmetic.ts';
import { add, multiply } from '../../src/primitives/binary.ts';
import * as ops from '../../src/primitives/embedding.ts';
import { random } from '../kernels/harness.ts';
import { type Index, type Nd, nd, sizeOf } from './nd.ts';
import { check, compute, expectSamples, floats, type Input, ints, type Sample, values } from './samples.ts';

/** Ids with many repetitions. */
const someIds = (shape: Index, vocabulary: number, seed = 5): Input => {
  const next = random(seed);
  return ints(
    shape,
    Array.from({ length: sizeOf(shape) }, () => Math.floor(next() ** 2 * vocabulary)),
  );
};

const cases: [ids: Index, vocabulary: number, dim: number][] = [
  [[1], 1, 1],
  [[4], 3, 5],
  [[3, 5], 10, 4],
  [[2, 3, 4], 6, 3],
  [[40], 4, 1],
  [[], 3, 2],
  [[0], 3, 2],
  [[2, 0], 3, 2],
  [[300], 5000, 7],
];

const rowsOf = (table: Nd, ids: Nd): Nd =>
  nd(
    [...ids.shape, table.shape[1]],
    (index) => table.data[ids.data[flatten(index.slice(0, -1), ids.shape)] * table.shape[1] + index[index.length - 1]],
  );

const flatten = (index: Index, shape: Index): number => index.reduce((flat, v, i) => flat * shape[i] + v, 0);

function scattered(ids: Nd, rows: Nd, shape: Index): Nd {
  const data = new Float64Array(sizeOf(shape));
  const dim = shape[1];
  for (const [i, id] of ids.data.entries()) for (let c = 0; c < dim; c++) data[id * dim + c] += rows.data[i * dim + c];
  return { shape, data };
}

const sparse = (ids: Value, values: Value, vocabulary: number): IndexedSlices => ({ ids, values, shape: [vocabulary, values.shape[1]] });

const sparseCases = cases.filter(([ids]) => ids.length === 1);

const samples: Record<string, readonly Sample[]> = {
  gather: cases.map(([shape, vocabulary, dim]) => ({
    name: `gather [${shape}] of [${vocabulary},${dim}]`,
    inputs: [floats([vocabulary, dim]), someIds(shape, vocabulary)],
    graph: ops.gather,
    reference: rowsOf,
    wrt: [0],
  })),
  limitIds: [
    {
      name: 'limitIds of ids from an input',
      inputs: [values([3], [0, 4, 2])],
      graph: (ids) => ops.limitIds(ids, 3),
      reference: (ids) => ids,
      dtype: 'int32',
      wrt: [],
    },
    {
      name: 'limitIds of ids that are computed',
      inputs: [values([6], [0, 1, 1.25, 1.5, -0.5, Number.NaN])],
      graph: (ids) => ops.limitIds(add(ids, ids), 3),
      reference: () => nd([6], ([i]) => [0, 2, 2, 0, 0, 0][i]),
      dtype: 'int32',
      wrt: [],
    },
  ],
  densify: sparseCases.map(([[n], vocabulary, dim]) => ({
    name: `densify ${n} rows of [${vocabulary},${dim}]`,
    inputs: [someIds([n], vocabulary), floats([n, dim])],
    graph: (ids, values) => ops.densify(sparse(ids, values, vocabulary)),
    reference: (ids, values) => scattered(ids, values, [vocabulary, dim]),
    wrt: [],
  })),
  coalesce: sparseCases.map(([[n], vocabulary, dim]) => ({
    name: `coalesce of ${n} in ${vocabulary}`,
    inputs: [someIds([n], vocabulary), floats([n, dim])],
    graph: (ids, values) => ops.coalesce(sparse(ids, values, vocabulary), { clear: true }).rows,
    reference: (ids, values) => {
      const dense = scattered(ids, values, [vocabulary, dim]);
      const unique = [...new Set(ids.data)].sort((a, b) => a - b);
      return nd([n, dim], ([i, c]) => (i < unique.length ? dense.data[unique[i] * dim + c] : 0));
    },
    wrt: [],
  })),
  concatenateSlices: sparseCases.map(([[n], vocabulary, dim]) => ({
    name: `concatenateSlices ${n} and 3 rows of [${vocabulary},${dim}]`,
    inputs: [someIds([n], vocabulary), floats([n, dim]), someIds([3], vocabulary, 9), floats([3, dim], -2, 2, 4)],
    graph: (a, x, b, y) => ops.densify(ops.concatenateSlices([sparse(a, x, vocabulary), sparse(b, y, vocabulary)])),
    reference: (a, x, b, y) => {
      const [first, second] = [scattered(a, x, [vocabulary, dim]), scattered(b, y, [vocabulary, dim])];
      return { shape: first.shape, data: first.data.map((v, i) => v + second.data[i]) };
    },
    wrt: [],
  })),
};

describe('embedding ops', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());

  it('unique ids ascend, each once, with their number', () => {
    const [ids, count] = compute([ints([6], [4, 0, 4, 2, 0, 4]), floats([6, 2])], (given, rows) => {
      const unique = ops.coalesce(sparse(given, rows, 5));
      return [unique.ids, unique.count];
    });
    expect(count.data[0]).toBe(3);
    expect([...ids.data.slice(0, 3)]).toEqual([0, 2, 4]);
  });

  it('the gradient of a table that is read twice stays sparse', () => {
    const kinds: boolean[] = [];
    const [g] = compute([floats([4, 2]), ints([3], [1, 1, 3]), ints([2], [0, 1])], (table, a, b) => {
      const [x, y] = [ops.gather(table, a), ops.gather(table, b)];
      const [gradient] = gradientsFrom([x, y], [add(multiply(x, x), multiply(x, x)), y], [table]);
      kinds.push(isIndexedSlices(gradient as IndexedSlices));
      return ops.densify(gradient as IndexedSlices);
    });
    expect(kinds).toEqual([true]);
    const table = floats([4, 2]).data;
    const expected = Array.from(table, (v, i) => [v, v + 4 * v * v, 0, 2 * v * v][Math.floor(i / 2)]);
    for (const [i, v] of expected.entries()) expect(g.data[i]).toBeCloseTo(v, 5);
  });

  it('a sparse and a dense gradient of one table add up', () => {
    const [g] = compute([floats([3, 2]), ints([2], [2, 2])], (table, ids) => {
      const rows = ops.gather(table, ids);
      const doubled = add(table, table);
      const [gradient] = gradientsFrom([rows, doubled], [rows, table], [table]);
      return ops.densify(gradient as Value);
    });
    const table = floats([3, 2]).data;
    for (const [i, v] of table.entries()) expect(g.data[i]).toBeCloseTo(i < 4 ? 2 * v : 4 * v, 5);
  });
});
