import { describe, expect, test } from 'vitest';
import { Dataset } from '../../src/data/index.ts';
import { later, slow, upTo } from './elements.ts';

/** The same elements from a source that answers at once and from one that makes one wait. */
const both = (n: number): [string, Dataset<number>][] => [
  ['at once', Dataset.range(n)],
  ['awaited', Dataset.from(() => slow(upTo(n)))],
];

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
