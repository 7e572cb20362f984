import { describe, expect, test } from 'vitest';
import { Dataset } from '../../src/data/index.ts';
import { ValueError } from '../../src/errors.ts';
import { setRandomSeed } from '../../src/random/seed.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';

const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), 0));

async function* slow<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield await later(item);
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** The same elements from a source that answers at once and from one that makes one wait. */
const both = (n: number): [string, Dataset<number>][] => [
  ['at once', Dataset.range(n)],
  ['awaited', Dataset.from(() => slow(upTo(n)))],
];

async function failure(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(ValueError);
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

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

describe.each(both(10))('stages on a source %s', (_, numbers) => {
  test.each<[string, (d: Dataset<number>) => Dataset<unknown>, unknown[]]>([
    ['map', (d) => d.map((x, i) => x * 10 + i), upTo(10).map((x) => x * 11)],
    ['async map', (d) => d.map((x) => later(-x)), upTo(10).map((x) => -x)],
    ['filter', (d) => d.filter((x) => x % 3 === 0), [0, 3, 6, 9]],
    ['async filter', (d) => d.filter((x) => later(x % 4 === 1)), [1, 5, 9]],
    ['sometimes async filter', (d) => d.filter((x) => (x % 2 ? later(x > 4) : x > 4)), [5, 6, 7, 8, 9]],
    ['take', (d) => d.take(3), [0, 1, 2]],
    ['take none', (d) => d.take(0), []],
    ['take more than there are', (d) => d.take(30), upTo(10)],
    ['skip', (d) => d.skip(8), [8, 9]],
    ['skip none', (d) => d.skip(0), upTo(10)],
    ['skip all', (d) => d.skip(10), []],
    ['skip more than there are', (d) => d.skip(11), []],
    ['repeat', (d) => d.skip(7).repeat(3), [7, 8, 9, 7, 8, 9, 7, 8, 9]],
    ['repeat without end', (d) => d.repeat().skip(18).take(4), [8, 9, 0, 1]],
    ['repeat no times', (d) => d.repeat(0), []],
    [
      'repeat nothing',
      (d) =>
        d
          .take(0)
          .repeat()
          .filter(() => true),
      [],
    ],
    [
      'repeat what a filter left empty',
      (d) =>
        d
          .filter(() => false)
          .repeat()
          .filter(() => true),
      [],
    ],
    ['concatenate', (d) => d.take(2).concatenate(Dataset.from(['a']), d.skip(9)), [0, 1, 'a', 9]],
    [
      'zip',
      (d) => d.zip(Dataset.from(['a', 'b', 'c'])),
      [
        [0, 'a'],
        [1, 'b'],
        [2, 'c'],
      ],
    ],
    [
      'enumerate',
      (d) => d.skip(8).enumerate(5),
      [
        [5, 8],
        [6, 9],
      ],
    ],
    ['prefetch', (d) => d.prefetch(3), upTo(10)],
    ['prefetch of an async map', (d) => d.map((x) => (x % 3 ? x : later(x))).prefetch(2), upTo(10)],
    ['cache', (d) => d.cache(), upTo(10)],
    [
      'a chain',
      (d) =>
        d
          .filter((x) => x > 1)
          .map((x) => x * x)
          .skip(1)
          .prefetch(2)
          .take(3)
          .repeat(2),
      [9, 16, 25, 9, 16, 25],
    ],
  ])('%s', async (_name, build, expected) => {
    const dataset = build(numbers);
    expect(await dataset.toArray()).toEqual(expected);
    expect(await dataset.toArray()).toEqual(expected);
    const seen: unknown[] = [];
    for await (const element of dataset) seen.push(element);
    expect(seen).toEqual(expected);
    const count = dataset.cardinality();
    if (count !== undefined) expect(expected.length).toBe(count);
  });

  test('shuffle gives every element once, by the seed alone', async () => {
    for (const size of [1, 3, 9, 10, 1000]) {
      const shuffled = numbers.shuffle(size, { seed: 5 });
      const orders = [await shuffled.toArray(), await shuffled.toArray(), await shuffled.toArray()];
      for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual(upTo(10));
      const again = Dataset.range(10).shuffle(size, { seed: 5 });
      for (const order of orders) expect(await again.toArray()).toEqual(order);
      if (size === 1) expect(orders[0]).toEqual(upTo(10));
      else expect(new Set(orders.map(String)).size).toBe(3);
      // An element leaves the buffer only after it came in.
      for (const order of orders) expect(order.every((x, i) => x < i + size)).toBe(true);
    }
  });

  test('shuffle without reshuffling keeps its order', async () => {
    const shuffled = numbers.shuffle(10, { seed: 3, reshuffleEachIteration: false });
    const order = await shuffled.toArray();
    expect(order).not.toEqual(upTo(10));
    expect(await shuffled.toArray()).toEqual(order);
    expect(await numbers.shuffle(10, { seed: 4, reshuffleEachIteration: false }).toArray()).not.toEqual(order);
  });

  test('batches of numbers', async () => {
    const batches = await numbers.batch(4).toArray();
    expect(batches.map((batch) => batch.array())).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9],
    ]);
    expect(
      await numbers
        .batch(4, { dropRemainder: true })
        .map((batch) => batch.shape[0])
        .toArray(),
    ).toEqual([4, 4]);
    expect(
      await numbers
        .batch(5)
        .map((batch) => batch.size)
        .toArray(),
    ).toEqual([5, 5]);
    expect(await numbers.take(0).batch(4).toArray()).toEqual([]);
    expect((await numbers.take(9).batch(3).batch(2).toArray())[0].array()).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
  });

  test('forEach waits and counts', async () => {
    const seen: number[][] = [];
    await numbers.take(3).forEach(async (x, i) => {
      await later(0);
      seen.push([x, i]);
    });
    expect(seen).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });
});

test('cardinality', () => {
  const ten = Dataset.range(10);
  const some = ten.filter(() => true);
  expect(ten.batch(4).cardinality()).toBe(3);
  expect(ten.batch(4, { dropRemainder: true }).cardinality()).toBe(2);
  expect(ten.repeat().cardinality()).toBe(Infinity);
  expect(ten.repeat().batch(2).take(3).cardinality()).toBe(3);
  expect(ten.repeat().concatenate(some).cardinality()).toBe(Infinity);
  expect(ten.concatenate(some).cardinality()).toBeUndefined();
  expect(some.repeat().cardinality()).toBe(Infinity);
  expect(some.repeat(2).cardinality()).toBeUndefined();
  expect(some.repeat(0).cardinality()).toBe(0);
  expect(Dataset.zip(ten, ten.take(3)).cardinality()).toBe(3);
  expect(Dataset.zip(ten, some).cardinality()).toBeUndefined();
  expect(Dataset.from(new Map([[1, 2]])).cardinality()).toBe(1);
  expect(Dataset.from([1, 2]).map(String).shuffle(3).prefetch(1).enumerate().cache().cardinality()).toBe(2);
});

test('a filter that keeps little of a long awaited source', async () => {
  async function* long() {
    for (let i = 0; i <= 50_000; i++) yield i;
  }
  expect(
    await Dataset.from(long)
      .filter((x) => x % 50_000 === 0)
      .toArray(),
  ).toEqual([0, 50_000]);
  expect(
    await Dataset.range(50_001)
      .filter(async (x) => x % 50_000 === 0)
      .toArray(),
  ).toEqual([0, 50_000]);
});

test('after setRandomSeed unseeded shuffles repeat', async () => {
  const orders = async () => {
    setRandomSeed(7);
    const dataset = Dataset.range(50).shuffle(50);
    return [await dataset.toArray(), await dataset.toArray()];
  };
  const [first, second] = await orders();
  expect(first).not.toEqual(second);
  expect(await orders()).toEqual([first, second]);
});

test('a full buffer shuffles evenly', async () => {
  const counts = upTo(4).map(() => new Array<number>(4).fill(0));
  const shuffled = Dataset.range(4).shuffle(4, { seed: 11 });
  for (let i = 0; i < 2000; i++) for (const [at, x] of (await shuffled.toArray()).entries()) counts[at][x]++;
  for (const count of counts.flat()) expect(Math.abs(count - 500)).toBeLessThan(100);
});

describe('closing', () => {
  const watched = (async: boolean) => {
    const log: string[] = [];
    const dataset = async
      ? Dataset.from(async function* () {
          log.push('open');
          try {
            for (let i = 0; ; i++) yield i;
          } finally {
            log.push('close');
          }
        })
      : Dataset.from(function* () {
          log.push('open');
          try {
            for (let i = 0; ; i++) yield i;
          } finally {
            log.push('close');
          }
        });
    return { log, dataset };
  };

  test.each([false, true])('a source is closed once it is not needed (async: %s)', async (async) => {
    const { log, dataset } = watched(async);
    const chain = dataset
      .shuffle(5, { seed: 1 })
      .map((x) => x + 1)
      .filter((x) => x % 2 === 0)
      .batch(2)
      .prefetch(2);
    for await (const batch of chain) {
      expect(batch.shape).toEqual([2]);
      break;
    }
    expect(log).toEqual(['open', 'close']);
    expect(await chain.take(2).toArray()).toHaveLength(2);
    expect(await Dataset.zip(dataset, Dataset.range(2)).toArray()).toHaveLength(2);
    await expect(dataset.map((x) => (x === 3 ? Promise.reject(new Error('three')) : x)).toArray()).rejects.toThrow('three');
    const three = dataset.map((x) => {
      if (x === 3) throw new Error('three');
      return x;
    });
    await expect(three.toArray()).rejects.toThrow('three');
    await expect(
      (async () => {
        for await (const x of three) expect(x).toBeLessThan(3);
      })(),
    ).rejects.toThrow('three');
    expect(log).toEqual(new Array(6).fill(['open', 'close']).flat());
  });

  test('prefetch works ahead, not further than told, and gives errors in their place', async () => {
    let made = 0;
    const source = Dataset.from(async function* () {
      for (;;) yield made++;
    });
    const ahead = source.prefetch(3)[Symbol.asyncIterator]();
    expect((await ahead.next()).value).toBe(0);
    await later(0);
    await later(0);
    expect(made).toBeGreaterThanOrEqual(3);
    expect(made).toBeLessThanOrEqual(5);
    await ahead.return(undefined);
    const seen: number[] = [];
    const failing = Dataset.range(9)
      .map(async (x) => (x === 4 ? Promise.reject(new Error('four')) : x))
      .prefetch(8);
    await expect(failing.forEach((x) => void seen.push(x))).rejects.toThrow('four');
    expect(seen).toEqual([0, 1, 2, 3]);
  });
});

test('misuse is named', async () => {
  const ten = Dataset.range(10);
  expect(await failure(() => ten.batch(0))).toMatch(/^Dataset\.batch: expected batchSize to be a positive integer, got 0/);
  expect(await failure(() => ten.shuffle(10, { sead: 1 } as never))).toMatch(/Did you mean seed\?/);
  expect(await failure(() => ten.shuffle(10, { seed: 1.5 }))).toMatch(/seed/);
  expect(await failure(() => ten.map(5 as never))).toMatch(/^Dataset\.map: expected a function, got 5/);
  expect(await failure(() => ten.take(-1))).toMatch(/^Dataset\.take: expected count/);
  expect(await failure(() => ten.concatenate([1] as never))).toMatch(/^Dataset\.concatenate: expected datasets/);
  expect(await failure(() => Dataset.zip())).toMatch(/got none/);
  expect(await failure(() => ten.repeat().toArray())).toMatch(/take\(n\)/);
  expect(await failure(() => ten.batch(2, { drop_remainder: true } as never))).toMatch(/dropRemainder/);
});
