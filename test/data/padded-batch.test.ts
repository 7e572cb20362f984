import { describe, expect, test } from 'vitest';
import { Dataset, type PaddedBatchOptions } from '../../src/data/index.ts';
import { SubwordTextEncoder } from '../../src/preprocessing/subword-encoder.ts';
import { MersenneTwister } from '../../src/random/mt19937.ts';
import { tensor } from '../../src/tensor/index.ts';
import golden from '../fixtures/subword.json';
import { first, told } from './told.ts';

const padded = (elements: unknown[], options?: PaddedBatchOptions) => first(Dataset.from(elements).paddedBatch(elements.length, options));

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
