import { describe, expect, it } from 'vitest';
import * as layers from '../../../src/layers/index.ts';
import { Sequential } from '../../../src/models/sequential.ts';
import { tensor } from '../../../src/tensor/index.ts';

describe('CategoryEncoding', () => {
  it('has three modes', () => {
    const ids = tensor([[0, 2, 2]], undefined, 'int32');
    expect(new layers.CategoryEncoding(4).apply(ids).array()).toEqual([[1, 0, 1, 0]]);
    expect(new layers.CategoryEncoding(4, 'count').apply(ids).array()).toEqual([[1, 0, 2, 0]]);
    expect(new layers.CategoryEncoding(3, 'one_hot').apply(ids).array()).toEqual([
      [
        [1, 0, 0],
        [0, 0, 1],
        [0, 0, 1],
      ],
    ]);
    expect(new layers.CategoryEncoding(3, 'one_hot').apply(tensor([[2], [0]], undefined, 'int32')).array()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
  });

  it('refuses ids out of range, and names its option', () => {
    const layer = new layers.CategoryEncoding(4, { name: 'encoding' });
    expect(() => layer.apply([[0, 4]])).toThrow(
      'encoding: expected whole ids in [0, 4), got 4 at position [0, 1] of its input. Raise numTokens to at least 5',
    );
    expect(() => layer.apply([[-1]])).toThrow('got -1 at position [0, 0]');
    expect(() => new layers.CategoryEncoding(4, 'binary' as never)).toThrow(
      "expected outputMode to be 'one_hot' or 'multi_hot' or 'count'",
    );
  });

  it('feeds a classifier of bags of words', async () => {
    const model = new Sequential([new layers.CategoryEncoding(8, { inputShape: [3] }), new layers.Dense(1, { activation: 'sigmoid' })]);
    model.compile({ optimizer: 'adam', loss: 'binary_crossentropy' });
    const ids = Array.from({ length: 16 }, (_, i) => [i % 8, (i * 3) % 8, (i * 5 + 1) % 8]);
    const { history } = await model.fit(
      ids,
      ids.map((row) => [Number(row.includes(2))]),
      { epochs: 80, batchSize: 4, verbose: 0 },
    );
    expect((history.loss as number[]).at(-1)).toBeLessThan((history.loss as number[])[0]);
  });
});

describe('Discretization', () => {
  /** The numbers that Keras's functions were given. */
  function drawn(): number[] {
    let state = 1;
    return Array.from({ length: 1000 }, () => {
      state = (state * 16807) % 2147483647;
      return (state % 2000) / 100 - 10;
    });
  }

  it.each([
    ['few', [1, 2, 3, 4], 2, 0.5, [2]],
    ['ten', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 4, 0.01, [2.5, 5, 7.5]],
    ['a thousand', drawn(), 5, 0.01, [-5.630004405975342, -1.800004005432129, 2.2799980640411377, 6.219997406005859]],
    ['coarse', drawn(), 3, 0.1, [-2.9599993228912354, 3.5533342361450195]],
    ['one', [5], 2, 0.01, []],
  ])("finds Keras's bounds: %s", (_, data, numBins, epsilon, bounds) => {
    const layer = new layers.Discretization({ numBins, epsilon });
    layer.adapt(data);
    expect(layer.binBoundaries?.length).toBe(bounds.length);
    for (const [i, bound] of bounds.entries()) expect(layer.binBoundaries?.[i]).toBeCloseTo(bound, 5);
    const again = new layers.Discretization(layer.getConfig() as never);
    expect(again.binBoundaries).toEqual(layer.binBoundaries);
  });

  it('encodes the bins and goes on to other layers', () => {
    const layer = new layers.Discretization([0, 1], { outputMode: 'count' });
    expect(layer.apply([[-1, 0.5, 0.25]]).array()).toEqual([[1, 2, 0]]);
    const model = new Sequential([
      new layers.Discretization([0, 1], { inputShape: [2] }),
      new layers.CategoryEncoding(3, 'one_hot'),
      new layers.Dense(2),
    ]);
    expect(model.predict([[-5, 5]]).shape).toEqual([1, 2, 2]);
  });

  it('wants bounds or numBins, and data before use', () => {
    expect(() => new layers.Discretization({} as never)).toThrow('expected binBoundaries or numBins, got neither');
    expect(() => new layers.Discretization([1, 0])).toThrow('expected binBoundaries to be ascending numbers, got [1, 0]');
    expect(() => new layers.Discretization({ numBins: 3 }).apply([1])).toThrow(
      'expected bounds between the bins, got none. Call adapt(data)',
    );
    expect(() => new layers.Discretization([0]).adapt([1])).toThrow('expected a layer made with numBins');
  });
});

describe('Rescaling', () => {
  it('takes numbers and arrays', () => {
    expect(new layers.Rescaling(0.5, 1).apply([2, 4]).array()).toEqual([2, 3]);
    expect(new layers.Rescaling([1, 10], [0, 5]).apply([[2, 4]]).array()).toEqual([[2, 45]]);
    expect(new layers.Rescaling([2, 3], -1).apply([[1, 1]]).array()).toEqual([[1, 2]]);
    expect(() => new layers.Rescaling('2' as never)).toThrow("expected scale to be a number, got '2'");
  });
});
