import { describe, expect, it, test } from 'vitest';
import { Dataset } from '../../src/data/index.ts';
import * as layers from '../../src/layers/index.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';
import { first, told } from './told.ts';

const batch = (...elements: unknown[]) => first(Dataset.from(elements).batch(elements.length));

describe('batch', () => {
  test.each<[string, unknown[], string, unknown]>([
    ['whole numbers', [1, 2, -3], 'int32', [1, 2, -3]],
    ['a fraction among them', [1, 2.5], 'float32', [1, 2.5]],
    ['numbers beyond int32', [1, 2 ** 40], 'float32', [1, 2 ** 40]],
    ['not a number', [1, NaN], 'float32', [1, NaN]],
    ['booleans', [true, false], 'bool', [true, false]],
    ['booleans and numbers', [true, 3], 'int32', [1, 3]],
    ['big integers', [1n, 2n], 'int32', [1, 2]],
    [
      'rows',
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      'int32',
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      'pairs of numbers',
      [
        [1, 2],
        [4, 5],
      ],
      'int32',
      [
        [1, 2],
        [4, 5],
      ],
    ],
    [
      'typed integers',
      [Uint8Array.of(1, 2), Uint8Array.of(3, 4)],
      'int32',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'typed floats',
      [Float64Array.of(1, 2), Float64Array.of(3, 4)],
      'float32',
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      'tensors',
      [tensor([[1], [2]]), tensor([[3], [4]])],
      'float32',
      [
        [[1], [2]],
        [[3], [4]],
      ],
    ],
    ['tables of four rows', [[[1], [2], [3], [4]]], 'int32', [[[1], [2], [3], [4]]]],
  ])('%s', async (_, elements, dtype, rows) => {
    expect(told(await batch(...elements))).toEqual({ dtype, shape: tensor(rows as number[]).shape, rows });
  });

  test('texts stay texts', async () => {
    expect(await batch('a', 'b')).toEqual(['a', 'b']);
    const [texts, labels] = await batch(['a', 1], ['b', 0]);
    expect(texts).toEqual(['a', 'b']);
    expect(labels.array()).toEqual([1, 0]);
  });

  test('tuples and objects by component', async () => {
    const [x, y, weight] = await batch([[1, 2], 1, 0.5], [[3, 4], 0, 1]);
    expect([x, y, weight].map(told)).toEqual([
      {
        dtype: 'int32',
        shape: [2, 2],
        rows: [
          [1, 2],
          [3, 4],
        ],
      },
      { dtype: 'int32', shape: [2], rows: [1, 0] },
      { dtype: 'float32', shape: [2], rows: [0.5, 1] },
    ]);
    const [inputs, label] = await batch([{ a: [1], b: 0.5 }, 1], [{ b: 1.5, a: [2] }, 0]);
    expect(told(inputs.a).rows).toEqual([[1], [2]]);
    expect(told(inputs.b).rows).toEqual([0.5, 1.5]);
    expect(told(label).rows).toEqual([1, 0]);
    expect(Object.keys(await batch({ b: 1, a: 2 }))).toEqual(['b', 'a']);
  });

  test('zip, slices and enumerate give tuples even of plain numbers', async () => {
    for (const pairs of [
      Dataset.zip(Dataset.range(3), Dataset.range(3)),
      Dataset.range(3).enumerate(),
      Dataset.fromTensorSlices([
        [0, 1, 2],
        [0, 1, 2],
      ]),
    ]) {
      const [x, y] = await first(
        pairs
          .shuffle(1)
          .repeat(1)
          .skip(0)
          .take(9)
          .filter(() => true)
          .cache()
          .prefetch(1)
          .batch(3),
      );
      expect([x.array(), y.array()]).toEqual([
        [0, 1, 2],
        [0, 1, 2],
      ]);
    }
    expect(
      (
        await first(
          Dataset.range(3)
            .enumerate()
            .map(([i, x]) => [i, x])
            .batch(3),
        )
      ).shape,
    ).toEqual([3, 2]);
  });

  test('elements that do not fit together are named', async () => {
    await expect(batch([1, 2, 3, 4], [1])).rejects.toThrow(
      'Dataset.batch: expected elements of one shape, got shapes from [1] to [4]. Use paddedBatch, which fills up the shorter ones.',
    );
    await expect(batch([[1, 2], 0], [[1], 0])).rejects.toThrow('Dataset.batch: component 0: expected elements of one shape');
    await expect(batch(1, [1, 2, 3, 4])).rejects.toThrow(/expected elements alike, got .*single numbers|arrays of numbers/);
    await expect(batch([[1], 0], [[1], 0, 1])).rejects.toThrow('expected elements of 2 components');
    await expect(batch({ a: 1 }, { b: 1 })).rejects.toThrow(/expected objects with a, .* at place 1/);
    await expect(batch(1, 'a')).rejects.toThrow(/expected numbers, got 'a'\. Turn text/);
    await expect(batch(null)).rejects.toThrow(/expected numbers, got null/);
    await expect(batch([[1], [[2]], [3], [4]])).rejects.toThrow(/expected elements alike/);
  });
});
describe('rows of texts', () => {
  it('are rows, and no tuples', async () => {
    for (const width of [1, 2, 3, 4]) {
      const rows = [0, 1, 2].map((i) => Array.from({ length: width }, (_, j) => `${i}${j}`));
      expect(await Dataset.from(rows).batch(2).toArray()).toEqual([rows.slice(0, 2), rows.slice(2)]);
      // Beside labels they are the first component.
      const pairs = rows.map((row, i): [string[], number] => [row, i]);
      const [[texts, labels]] = (await Dataset.from(pairs).batch(3).toArray()) as unknown as [[string[][], Tensor]];
      expect(texts).toEqual(rows);
      expect([...labels.data]).toEqual([0, 1, 2]);
    }
  });

  it('of several lengths are filled up by paddedBatch alone', async () => {
    const ragged = Dataset.from([['a', 'b', 'c', 'd'], ['e']]);
    await expect(ragged.batch(2).toArray()).rejects.toThrow(
      'Dataset.batch: expected elements of one shape, got rows of texts of several lengths',
    );
    expect(await ragged.paddedBatch(2).toArray()).toEqual([
      [
        ['a', 'b', 'c', 'd'],
        ['e', '', '', ''],
      ],
    ]);
    await expect(
      Dataset.from<unknown>([['a', 'b'], 'c'])
        .batch(2)
        .toArray(),
    ).rejects.toThrow(/elements alike|components/);
  });

  it('count as such for layers that learn from them', async () => {
    const lookup = new layers.StringLookup();
    await lookup.adapt(
      Dataset.from([
        ['b', 'a'],
        ['b', 'c'],
      ]).batch(2),
    );
    expect(lookup.getVocabulary()).toEqual(['[UNK]', 'b', 'c', 'a']);
    expect(lookup.apply([['a', 'b']]).array()).toEqual([[3, 1]]);
  });
});

test('a pass over what is in memory has no promise in it', () => {
  const dataset = Dataset.from([
    [[1, 2], 1],
    [[3], 0],
    [[4], 1],
  ])
    .map(([ids, label]) => [ids, label])
    .filter(() => true)
    .shuffle(3, { seed: 1 })
    .cache()
    .repeat(2)
    .paddedBatch(2)
    .prefetch(2)
    .take(2);
  const pass = dataset.open();
  for (let i = 0; i < 3; i++) expect(pass.next()).not.toBeInstanceOf(Promise);
});

test('every element of a large dataset comes through all stages', async () => {
  let sum = 0;
  await Dataset.range(200_000)
    .map((x) => x + 1)
    .filter((x) => x % 2 === 0)
    .shuffle(1000, { seed: 1 })
    .batch(32)
    .forEach((x) => {
      sum += x.size;
    });
  expect(sum).toBe(100_000);
});
