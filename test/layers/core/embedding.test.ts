// Ids of an Embedding: what is read of an input is checked, and nothing else; ids may be computed.
import { beforeEach, describe, expect, it } from 'vitest';
import type { SymbolicTensor } from '../../../src/index.ts';
import { clearSession, Input, layers, Model, ops, Sequential, setRandomSeed } from '../../../src/index.ts';

beforeEach(() => clearSession());

/** Rows 0, 10, 20, ... */
const table = (rows: number) =>
  new layers.Embedding(rows, 1, { name: 'rows', weights: Array.from({ length: rows }, (_, row) => [row * 10]) });

type Case = readonly [name: string, read: (x: SymbolicTensor) => SymbolicTensor, good: number[][], rows: number[][], bad: number[][]];

/** Of five rows: what is read, ids that are in range where it reads, the rows they give, and ids that are not. */
const cases: readonly Case[] = [
  ['the first column', (x) => ops.slice(x, [0, 0], [-1, 1]), [[4, 99, -1]], [[40]], [[5, 0, 0]]],
  ['the last columns', (x) => ops.slice(x, [0, 1], [-1, 2]), [[99, 4, 1]], [[40, 10]], [[0, 0, 5]]],
  ['a slice of a slice', (x) => ops.slice(ops.slice(x, [0, 1], [-1, 2]), [0, 1], [-1, 1]), [[99, 99, 3]], [[30]], [[0, 0, 9]]],
  ['a column without its axis', (x) => ops.squeeze(ops.slice(x, [0, 2], [-1, 1]), 1), [[99, 99, 2]], [[20]], [[0, 0, 5]]],
  ['a slice from behind', (x) => ops.slice(ops.flip(x, 1), [0, 0], [-1, 1]), [[99, 99, 3]], [[30]], [[0, 0, 5]]],
  ['a part of a split', (x) => ops.split(x, 3, 1)[1], [[99, 2, 99]], [[20]], [[0, 5, 0]]],
  ['a quotient', (x) => ops.floorDivide(x, 10), [[49, 9, 10]], [[40, 0, 10]], [[0, 50, 0]]],
  ['a remainder', (x) => ops.mod(x, 7), [[4, 8, 18]], [[40, 10, 40]], [[0, 0, 5]]],
  ['a remainder of a slice', (x) => ops.mod(ops.slice(x, [0, 1], [-1, 1]), 7), [[99, 8, 99]], [[10]], [[0, 6, 0]]],
  ['the place of the largest', (x) => ops.argmax(x, 1), [[4, 8, 18]], [[20]], [[]]],
  [
    'slices and what is computed, side by side',
    (x) => ops.concatenate([ops.slice(x, [0, 0], [-1, 1]), ops.mod(x, 5)], 1),
    [[4, 99, -1]],
    [[40, 40, 40, 40]],
    [[5, 0, 0]],
  ],
];

describe.each(['int32', 'float32'] as const)('ids of an input of %s', (dtype) => {
  it.each(cases)('%s', (_, read, good, rows, bad) => {
    const x = Input({ shape: [3], dtype });
    const model = new Model(x, ops.reshape(table(5).apply(read(x)), [-1, rows[0].length]));
    expect(model.predict(good).array()).toEqual(rows);
    // Rows that no batch of the first size has are checked as well.
    expect(model.predict([good[0], good[0], good[0]], { batchSize: 2 }).array()).toEqual([rows[0], rows[0], rows[0]]);
    if (bad[0].length === 0) return;
    expect(() => model.predict(bad)).toThrow('rows: expected whole ids in [0, 5), got ');
    expect(() => model.predict([good[0], good[0], bad[0]], { batchSize: 2 })).toThrow('rows: expected whole ids in [0, 5), got ');
  });
});

it('ids of an axis that was moved are checked where they came from', () => {
  const x = Input({ shape: [3, 2], dtype: 'int32' });
  const model = new Model(x, table(5).apply(ops.slice(ops.transpose(x, [0, 2, 1]), [0, 1, 0], [-1, 1, 2])));
  const ids = [
    [99, 4],
    [99, 1],
    [99, 99],
  ];
  expect(model.predict([ids]).array()).toEqual([[[[40], [10]]]]);
  expect(() =>
    model.predict([
      [
        [0, 0],
        [0, 5],
        [0, 0],
      ],
    ]),
  ).toThrow('got 5 at position [0, 0, 1] of the output of slice');
});

describe('a model of users and films', () => {
  const ids = [
    [0, 90],
    [2, 10],
    [1, 50],
    [2, 99],
  ];

  it('trains on the columns of one input', async () => {
    setRandomSeed(1);
    const x = Input({ shape: [2], dtype: 'int32' });
    const column = (k: number, rows: number) => new layers.Embedding(rows, 2, { name: `e${k}` }).apply(ops.slice(x, [0, k], [-1, 1]));
    const model = new Model(x, new layers.Flatten().apply(ops.multiply(column(0, 3), column(1, 100))));
    model.compile({ loss: 'mse' });
    const { history } = await model.fit(
      ids,
      [
        [1, 1],
        [0, 0],
        [1, 1],
        [0, 0],
      ],
      { epochs: 2, batchSize: 2, verbose: 0 },
    );
    expect(history.loss).toHaveLength(2);
    await expect(model.fit([[3, 0]], [[1, 1]], { verbose: 0 })).rejects.toThrow(
      'e0: expected whole ids in [0, 3), got 3 at position [0, 0]',
    );
  });

  it('trains on ids that are computed', async () => {
    const x = Input({ shape: [1], dtype: 'int32' });
    const model = new Model(x, new layers.Flatten().apply(new layers.Embedding(3, 1, { name: 'e' }).apply(ops.mod(x, 4))));
    model.compile({ loss: 'mse' });
    await model.fit([[1], [6]], [[1], [2]], { verbose: 0 });
    await expect(model.fit([[1], [7]], [[1], [2]], { verbose: 0 })).rejects.toThrow(
      'e: expected whole ids in [0, 3), got 3 at position [1, 0]',
    );
  });

  it('takes the ids that a layer before it computed', () => {
    const model = new Sequential([Input({ shape: [2] }), new layers.Rescaling(2), table(5)]);
    expect(model.predict([[1, 2]]).array()).toEqual([[[20], [40]]]);
    expect(() => model.predict([[1, 1.25]])).toThrow('rows: expected whole ids in [0, 5), got 2.5');
  });
});

it('a CategoryEncoding checks the ids that it reads, and those that are computed', () => {
  const x = Input({ shape: [2], dtype: 'int32' });
  const encoded = (read: (x: SymbolicTensor) => SymbolicTensor) =>
    new Model(x, new layers.CategoryEncoding({ numTokens: 3, name: 'c' }).apply(read(x)));
  const column = encoded((ids) => ops.slice(ids, [0, 0], [-1, 1]));
  expect(column.predict([[2, 9]]).array()).toEqual([[0, 0, 1]]);
  expect(() => column.predict([[3, 0]])).toThrow('c: expected whole ids in [0, 3), got 3 at position [0, 0] of the output of slice');
  expect(() => encoded((ids) => ops.add(ids, 1)).predict([[0, 2]])).toThrow('c: expected whole ids in [0, 3), got 3 at position [0, 1]');
});
