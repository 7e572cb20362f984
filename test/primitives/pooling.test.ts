import { describe, expect, it } from 'vitest';
import * as ops from '../../src/primitives/pooling.ts';
import { nd, sizeOf, total } from './nd.ts';
import { check, compute, expectSamples, floats, type Sample, values } from './samples.ts';

const mask = (shape: readonly number[]) =>
  values(
    shape,
    Array.from({ length: sizeOf(shape) }, (_, i) => Number(i % shape[1] === 0 || i % 3 === 1)),
  );

const samples: Record<string, readonly Sample[]> = {
  maskedMean: [
    [3, 4, 5],
    [1, 1, 1],
    [2, 7, 3],
    [0, 4, 2],
    [2, 5, 8],
  ].map(([batch, steps, dim]) => ({
    name: `maskedMean [${[batch, steps, dim]}]`,
    inputs: [floats([batch, steps, dim]), mask([batch, steps])],
    graph: ops.maskedMean,
    reference: (x, m) =>
      nd([batch, dim], ([b, c]) => {
        const real = Array.from({ length: steps }, (_, s) => s).filter((s) => m.data[b * steps + s]);
        return total(real.map((s) => x.data[(b * steps + s) * dim + c])) / real.length;
      }),
    wrt: [0],
  })),
};

describe('pooling', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());

  it('gives NaN where no step is real', () => {
    const [y] = compute([floats([2, 2, 2]), values([2, 2], [0, 0, 1, 0])], ops.maskedMean);
    expect([...y.data]).toEqual([NaN, NaN, ...floats([2, 2, 2]).data.slice(4, 6)]);
  });
});
