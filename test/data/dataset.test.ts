import { describe, expect, test } from 'vitest';
import { Dataset } from '../../src/data/index.ts';
import { setRandomSeed } from '../../src/random/seed.ts';
import { failure, later, upTo } from './elements.ts';

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
