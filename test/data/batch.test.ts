import { describe, expect, test } from 'vitest';
import { Dataset, type PaddedBatchOptions } from '../../src/data/index.ts';
import { SubwordTextEncoder } from '../../src/preprocessing/subword-encoder.ts';
import { MersenneTwister } from '../../src/random/mt19937.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';
import golden from '../fixtures/subword.json';

// biome-ignore lint/suspicious/noExplicitAny: what comes out is what is tested.
const first = async (dataset: Dataset<any>): Promise<any> => (await dataset.toArray())[0];
const batch = (...elements: unknown[]) => first(Dataset.from(elements).batch(elements.length));
const padded = (elements: unknown[], options?: PaddedBatchOptions) => first(Dataset.from(elements).paddedBatch(elements.length, options));
const told = (t: Tensor) => ({ dtype: t.dtype, shape: t.shape, rows: t.array() });

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

describe('paddedBatch', () => {
  test('fills up rows at their ends', async () => {
    expect(told(await padded([[1], [2, 3, 4, 5], []]))).toEqual({
      dtype: 'int32',
      shape: [3, 4],
      rows: [
        [1, 0, 0, 0],
        [2, 3, 4, 5],
        [0, 0, 0, 0],
      ],
    });
    const [ids, label] = await padded([
      [[5, 2, 7], 1],
      [[3], 0],
    ]);
    expect(told(ids).rows).toEqual([
      [5, 2, 7],
      [3, 0, 0],
    ]);
    expect(told(label)).toEqual({ dtype: 'int32', shape: [2], rows: [1, 0] });
    expect(told(await padded([[], []]))).toEqual({ dtype: 'int32', shape: [2, 0], rows: [[], []] });
    expect((await padded([[[], 1]])).map(told)).toEqual([
      { dtype: 'int32', shape: [1, 0], rows: [[]] },
      { dtype: 'int32', shape: [1], rows: [1] },
    ]);
  });

  test('every axis, arrays, typed arrays and tensors alike', async () => {
    const rows = [
      [
        [1, 2, 0],
        [3, 0, 0],
      ],
      [
        [4, 5, 6],
        [0, 0, 0],
      ],
    ];
    const tables = [
      [[[1, 2], [3]], 0],
      [[[4, 5, 6]], 0],
    ];
    expect(told((await padded(tables))[0]).rows).toEqual(rows);
    expect(
      told(
        (
          await padded([
            [[Int8Array.of(1, 2), [3]], 0],
            [tensor([[4, 5, 6]]), 0],
          ])
        )[0],
      ),
    ).toEqual({ dtype: 'float32', shape: [2, 2, 3], rows });
  });

  test('lengths and values by component', async () => {
    const elements = [
      [[1, 2], 1],
      [[3], 0],
    ];
    const [ids] = await padded(elements, { paddedShapes: [[4], []], paddingValues: [-1, 0] });
    expect(told(ids).rows).toEqual([
      [1, 2, -1, -1],
      [3, -1, -1, -1],
    ]);
    const [halves] = await padded(elements, { paddedShapes: [[null], null], paddingValues: 0.5 });
    expect(told(halves)).toEqual({
      dtype: 'float32',
      shape: [2, 2],
      rows: [
        [1, 2],
        [3, 0.5],
      ],
    });
    const { a, b } = await padded(
      [
        { a: [1], b: [true] },
        { a: [1, 2], b: [true, true] },
      ],
      { paddedShapes: { a: [3] } },
    );
    expect(told(a).rows).toEqual([
      [1, 0, 0],
      [1, 2, 0],
    ]);
    expect(told(b).rows).toEqual([
      [true, false],
      [true, true],
    ]);
    expect((await padded([[1, 2, 3, 4], [1]], { paddedShapes: [5] })).shape).toEqual([2, 5]);
    await expect(padded(elements, { paddedShapes: [[1], []] })).rejects.toThrow(
      'Dataset.paddedBatch: component 0: expected elements of at most 1 entries (paddedShapes), got one of 2.',
    );
    await expect(padded(elements, { paddedShapes: [4] })).rejects.toThrow(
      /component 1: expected paddedShapes with a length for each of the 0 axes/,
    );
    await expect(padded(elements, { paddingValues: ['x'] as never })).rejects.toThrow(
      /expected paddingValues to be a number.*'x' for component 0/,
    );
  });

  test('is padding with any rows', async () => {
    const random = new MersenneTwister(5);
    for (let round = 0; round < 50; round++) {
      const rows = Array.from({ length: random.randint(1, 9) }, () =>
        Array.from({ length: random.below(12) }, () => random.randint(-9, 9)),
      );
      const labels = rows.map(() => random.below(2));
      const longest = Math.max(...rows.map((row) => row.length));
      const [x, y] = await padded(rows.map((row, i) => [row, labels[i]]));
      expect(x.array()).toEqual(rows.map((row) => [...row, ...new Array(longest - row.length).fill(0)]));
      expect(y.array()).toEqual(labels);
    }
  });

  test('the last batch may be smaller, each batch has its own length', async () => {
    const rows = Dataset.from([[1, 2], [1], [1, 2, 3], [], [1]].map((row) => [row, row.length]));
    const shapes = async (options?: PaddedBatchOptions) => (await rows.paddedBatch(2, options).toArray()).map(([ids]) => ids.shape);
    expect(await shapes()).toEqual([
      [2, 2],
      [2, 3],
      [1, 1],
    ]);
    expect(await shapes({ dropRemainder: true })).toEqual([
      [2, 2],
      [2, 3],
    ]);
  });
});

test('reviews as batches of ids and labels, the same in every run', async () => {
  const { reviews } = golden.corpora;
  const encoder = SubwordTextEncoder.buildFromCorpus(reviews, { targetVocabSize: 400 });
  const examples = reviews.map((text, i) => [encoder.encode(text), (i + 1) % 2]);
  const batches = () => Dataset.from(examples.slice(0, 65)).shuffle(1000, { seed: 1 }).paddedBatch(10);
  const seen: string[] = [];
  for (const dataset of [batches(), batches()]) {
    let count = 0;
    let digest = '';
    for await (const [batch, target] of dataset) {
      expect(batch.shape[0]).toBe(Math.min(10, 65 - count));
      expect(target.shape).toEqual([batch.shape[0]]);
      expect(batch.dtype).toBe('int32');
      if (count < 60) expect(batch.array<number[][]>().some((row) => row.at(-1) === 0)).toBe(true);
      expect(batch.array<number[][]>().some((row) => row.at(-1) !== 0)).toBe(true);
      batch.array<number[][]>().forEach((row, i) => {
        expect(examples).toContainEqual([row.filter((id) => id !== 0), target.at(i)]);
      });
      count += batch.shape[0];
      digest += String(batch.data);
    }
    expect(count).toBe(65);
    seen.push(digest);
  }
  expect(seen[1]).toBe(seen[0]);
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

test('promises come only where something is awaited: a large dataset is quick', async () => {
  const start = performance.now();
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
  expect(performance.now() - start).toBeLessThan(5000);
});
