import { describe, expect, it } from 'vitest';
import * as ops from '../../src/primitives/pooling-steps.ts';
import * as reference from '../kernels/reference/pooling.ts';
import type { Nd } from './nd.ts';
import { check, expectSamples, floats, gradientsOfSum, type Sample, values } from './samples.ts';

/** [shape, windows, size, stride, left] */
const shapes: [number[], number, number, number, number][] = [
  [[2, 7, 3], 3, 2, 2, 0],
  [[2, 5, 4], 5, 3, 1, 1],
  [[1, 8, 5], 3, 2, 3, 0],
  [[3, 1, 1], 1, 4, 4, 1],
  [[0, 4, 2], 2, 2, 2, 0],
];

const samplesOf = (name: string, pool: typeof ops.maxPool, expected: typeof reference.maxPoolSteps): Sample[] =>
  shapes.map(([shape, windows, size, stride, left]) => {
    const [batch, steps, dim] = shape;
    const sizes = { batch, steps, dim, windows, size, stride, left };
    return {
      name: `${name} [${shape}] in ${windows} windows of ${size}, stride ${stride}, left ${left}`,
      inputs: [floats(shape)],
      graph: (x) => pool(x, { size, stride, left, windows }),
      reference: (x: Nd) => ({ shape: [batch, windows, dim], data: Float64Array.from(expected(x.data, sizes)) }),
    };
  });

const samples: Record<string, readonly Sample[]> = {
  maxPool: samplesOf('maxPool', ops.maxPool, reference.maxPoolSteps),
  averagePool: samplesOf('averagePool', ops.averagePool, reference.averagePoolSteps),
};

describe('pooling of steps', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());

  it('gives the gradient of equal elements to the first', () => {
    const [dx] = gradientsOfSum(
      [values([1, 4, 1], [2, 2, 0, 2])],
      (x) => ops.maxPool(x, { size: 2, stride: 1, left: 0, windows: 3 }),
      values([1, 3, 1], [1, 10, 100]),
    );
    expect([...dx.data]).toEqual([1, 10, 0, 100]);
  });
});
