import { describe, expect, test } from 'vitest';
import { Dataset } from '../../src/data/index.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';
import { failure, later, slow, upTo } from './elements.ts';

describe('sources', () => {
  test.each<[string, () => unknown]>([
    ['an array', () => [3, 1, 2]],
    ['a set', () => new Set([3, 1, 2])],
    ['a typed array', () => Int32Array.of(3, 1, 2)],
    ['a tensor', () => tensor([3, 1, 2])],
    [
      'a generator function',
      () =>
        function* () {
          yield* [3, 1, 2];
        },
    ],
    ['an async generator function', () => () => slow([3, 1, 2])],
    ['a function that returns an array', () => () => [3, 1, 2]],
    ['a function that promises an iterable', () => async () => new Set([3, 1, 2])],
    ["an iterable of one's own", () => ({ [Symbol.iterator]: () => [3, 1, 2].values() })],
    ["an async iterable of one's own", () => ({ [Symbol.asyncIterator]: () => slow([3, 1, 2]) })],
    ['promises', () => [later(3), 1, Promise.resolve(2)]],
    ['a dataset', () => Dataset.from([3, 1, 2])],
  ])('%s, as often as one likes', async (_, make) => {
    const dataset = Dataset.from(make() as number[]);
    for (let i = 0; i < 3; i++) expect(await dataset.toArray()).toEqual([3, 1, 2]);
  });

  test.each<[string, () => unknown]>([
    ['a generator object', () => upTo(3).values()],
    ['an async generator object', () => slow(upTo(3))],
    [
      'a stream',
      () =>
        new ReadableStream({
          start(controller) {
            for (const i of upTo(3)) controller.enqueue(i);
            controller.close();
          },
        }),
    ],
  ])('%s is read once; a cache keeps it', async (_, make) => {
    const once = Dataset.from(make() as Iterable<number>);
    expect(await once.toArray()).toEqual([0, 1, 2]);
    expect(await failure(() => once.toArray())).toMatch(/^Dataset\.from: expected a source that can be read again, got .*\.cache\(\)/);
    const kept = Dataset.from(make() as Iterable<number>).cache();
    expect(kept.cardinality()).toBeUndefined();
    for (let i = 0; i < 3; i++) expect(await kept.toArray()).toEqual([0, 1, 2]);
    expect(kept.cardinality()).toBe(3);
  });

  test('what is none is refused', async () => {
    expect(await failure(() => Dataset.from('abc'))).toMatch(/got 'abc'.*textLines/);
    expect(await failure(() => Dataset.from({ x: [1] } as never))).toMatch(/fromTensorSlices/);
    expect(await failure(() => Dataset.from(5 as never))).toMatch(/got 5/);
    expect(await failure(() => Dataset.from((() => 5) as never).toArray())).toMatch(/got 5 from .*generator function/);
  });

  test('range counts like Python', async () => {
    expect(await Dataset.range(4).toArray()).toEqual([0, 1, 2, 3]);
    expect(await Dataset.range(2, 5).toArray()).toEqual([2, 3, 4]);
    expect(await Dataset.range(5, -2, -3).toArray()).toEqual([5, 2, -1]);
    expect(await Dataset.range(3, 3).toArray()).toEqual([]);
    expect(await failure(() => Dataset.range(1, 2, 0))).toMatch(/step/);
  });

  test('slices of columns', async () => {
    expect(await Dataset.fromTensorSlices([5, 6, 7]).toArray()).toEqual([5, 6, 7]);
    expect(
      await Dataset.fromTensorSlices([
        [1, 2],
        [3, 4],
      ]).toArray(),
    ).toEqual([
      [1, 3],
      [2, 4],
    ]);
    const rows = await Dataset.fromTensorSlices(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    ).toArray();
    expect((rows as Tensor[]).map((row) => row.array())).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(await Dataset.fromTensorSlices({ a: [1, 2], b: { c: ['x', 'y'] } }).toArray()).toEqual([
      { a: 1, b: { c: 'x' } },
      { a: 2, b: { c: 'y' } },
    ]);
    const [x, y] = (
      await Dataset.fromTensorSlices([[[1], [2], [3]], Float32Array.of(0, 1, 0)])
        .batch(3)
        .toArray()
    )[0];
    expect([x.shape, y.shape]).toEqual([[3, 1], [3]]);
    expect(await failure(() => Dataset.fromTensorSlices([[1, 2], [3]]))).toMatch(/lengths 2, 1/);
    expect(await failure(() => Dataset.fromTensorSlices(5 as never))).toMatch(/got 5/);
  });
});
