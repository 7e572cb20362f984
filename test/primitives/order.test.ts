import { describe } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import * as ops from '../../src/primitives/order.ts';
import { scan, sortRow } from '../kernels/reference/mathematics.ts';
import type { Nd } from './nd.ts';
import { check, expectSamples, floats, ints, type Sample } from './samples.ts';

const rowsOf = ({ shape, data }: Nd): number[][] => {
  const n = shape[shape.length - 1];
  return Array.from({ length: data.length / n }, (_, r) => Array.from(data.slice(r * n, (r + 1) * n)));
};

const cumulated =
  (axis: number, isProduct: boolean) =>
  (x: Nd): Nd => {
    const size = (dims: readonly number[]) => dims.reduce((a, b) => a * b, 1);
    const sizes = [size(x.shape.slice(0, axis)), x.shape[axis], size(x.shape.slice(axis + 1))];
    return { shape: x.shape, data: Float64Array.from(scan(x.data, sizes, isProduct, (v) => v)) };
  };

const samples: Record<string, readonly Sample[]> = {
  order: [false, true].flatMap((isDescending) =>
    [2, 5].map((k) => ({
      name: `order of ${k}, descending ${isDescending}`,
      inputs: [floats([2, 3, 5])],
      graph: (x) => ops.order(x, k, isDescending),
      reference: (x: Nd) => ({ shape: [2, 3, k], data: Float64Array.from(rowsOf(x).flatMap((row) => sortRow(row, k, isDescending))) }),
      dtype: 'int32',
    })),
  ),
  cumulate: [
    ...[0, 1, 2].flatMap((axis) =>
      [false, true].map((isProduct) => ({
        name: `cumulate along ${axis}, products ${isProduct}`,
        inputs: [floats([2, 4, 3], 0.5, 1.5)],
        graph: (x: Value) => ops.cumulate(x, axis, isProduct),
        reference: cumulated(axis, isProduct),
        relative: 1e-5,
      })),
    ),
    {
      name: 'cumulate whole numbers',
      inputs: [ints([2, 3], [1, 2, 3, 4, 5, 6])],
      graph: (x) => ops.cumulate(x, 1, false),
      reference: cumulated(1, false),
      dtype: 'int32',
    },
  ],
};

describe('order and sums so far', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());
});
