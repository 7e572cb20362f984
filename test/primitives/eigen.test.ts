import { describe } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import { add, multiply } from '../../src/primitives/binary.ts';
import * as ops from '../../src/primitives/eigen.ts';
import { adjoint } from '../../src/primitives/factors.ts';
import { fill } from '../../src/primitives/layout.ts';
import { matmul } from '../../src/primitives/matmul.ts';
import { cumulate } from '../../src/primitives/order.ts';
import * as reference from '../kernels/reference/linalg.ts';
import type { Nd } from './nd.ts';
import { check, expectSamples, floats, type Sample } from './samples.ts';

/** Columns times 1, 2, 3, ...: what the sign of a vector does not change is made of two. */
const counted = (x: Value): Value => multiply(x, cumulate(fill([1, x.shape[2]], 1), 1, false));
const countedRows = (x: reference.Matrix): number[][] => x.map((row) => row.map((v, k) => v * (k + 1)));

const stacked = ({ shape, data }: Nd, f: (a: number[][]) => number[][]): Nd => {
  const results = Array.from({ length: shape[0] }, (_, k) => f(reference.matrixOf(data, shape[1], shape[2], k)));
  return { shape: [shape[0], results[0].length, results[0][0].length], data: Float64Array.from(results.flat(2)) };
};

const symmetric = (a: reference.Matrix) => a.map((row, i) => row.map((x, j) => x + a[j][i]));

/** u diag(1, 2, ...) v^T, by the eigenvectors of a^T a, or of a a^T. */
function turned(a: number[][]): number[][] {
  if (a.length < a[0].length) return reference.transposed(turned(reference.transposed(a)));
  const [squares, vectors] = reference.eigen(reference.times(reference.transposed(a), a));
  const v = vectors.map((row) => [...row].reverse());
  const u = reference.times(a, v).map((row) => row.map((x, k) => x / Math.sqrt([...squares].reverse()[k])));
  return reference.times(countedRows(u), reference.transposed(v));
}

const singular = (a: number[][]): number[] => {
  const tall = a.length < a[0].length ? reference.transposed(a) : a;
  return reference
    .eigen(reference.times(reference.transposed(tall), tall))[0]
    .reverse()
    .map(Math.sqrt);
};

const flat = (x: Nd): Nd => ({ shape: [x.shape[0], x.shape[2]], data: x.data });
const loose = { relative: 2e-4, absolute: 2e-4 };

const samples: Record<string, readonly Sample[]> = {
  eigen: [
    {
      name: 'eigen',
      inputs: [floats([2, 4, 4], -1, 1, 3)],
      graph: (x) => {
        const [values, vectors] = ops.eigen(add(x, adjoint(x)));
        return [values, matmul(counted(vectors), vectors, false, true)];
      },
      reference: (x) => [
        flat(stacked(x, (a) => [reference.eigen(symmetric(a))[0]])),
        stacked(x, (a) => {
          const [, v] = reference.eigen(symmetric(a));
          return reference.times(countedRows(v), reference.transposed(v));
        }),
      ],
      ...loose,
    },
  ],
  svd: [
    [3, 3],
    [4, 2],
    [2, 4],
  ].flatMap(([m, n]) =>
    [false, true].map((isFull) => ({
      name: `svd of [${m}, ${n}], full ${isFull}`,
      inputs: [floats([2, m, n], -2, 2, 7)],
      graph: (x: Value) => {
        const [s, u, v] = ops.svd(x, isFull);
        return isFull ? [s] : [s, matmul(counted(u), v)];
      },
      reference: (x: Nd) => [flat(stacked(x, (a) => [singular(a)])), ...(isFull ? [] : [stacked(x, turned)])],
      ...loose,
    })),
  ),
};

describe('eigenvalues and singular values', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());
});
