import { describe } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import { add } from '../../src/primitives/binary.ts';
import * as ops from '../../src/primitives/factors.ts';
import { matmul } from '../../src/primitives/matmul.ts';
import * as reference from '../kernels/reference/linalg.ts';
import { type Nd, nd } from './nd.ts';
import { check, expectSamples, floats, type Sample, values } from './samples.ts';

/** A function of one matrix, of each of a stack. */
const each =
  (f: (...matrices: number[][][]) => number[][]) =>
  (...stacks: Nd[]): Nd => {
    const [count] = stacks[0].shape;
    const results = Array.from({ length: count }, (_, k) =>
      f(...stacks.map(({ shape, data }) => reference.matrixOf(data, shape[1], shape[2], k))),
    );
    return { shape: [count, results[0].length, results[0][0].length], data: Float64Array.from(results.flat(2)) };
  };

const square = floats([2, 3, 3], -1, 1, 5);
const right = floats([2, 3, 2], -1, 1, 6);
const diagonalOf3 = values(
  [2, 3, 3],
  square.data.map((x, i) => x + (i % 9 === 0 || i % 9 === 4 || i % 9 === 8 ? 2 : 0)),
);
const triangle = (a: number[][], isUpper: boolean, isUnit: boolean) =>
  a.map((row, i) => row.map((x, j) => (i === j ? (isUnit ? 1 : x) : j < i === isUpper ? 0 : x)));
const withUnits = (a: number[][]) => reference.times(a, reference.transposed(a)).map((row, i) => row.map((x, j) => x + Number(i === j)));
const close = { relative: 1e-5, absolute: 1e-5 };

const samples: Record<string, readonly Sample[]> = {
  adjoint: [{ name: 'adjoint', inputs: [right], graph: ops.adjoint, reference: each(reference.transposed) }],
  identity: [
    {
      name: 'identity',
      inputs: [],
      graph: () => ops.identity(2, 3),
      reference: () => nd([2, 3], ([i, j]) => Number(i === j)),
      dtype: 'bool',
    },
  ],
  lowerMask: [
    {
      name: 'lowerMask',
      inputs: [],
      graph: () => ops.lowerMask(3),
      reference: () => nd([3, 3], ([i, j]) => Number(i >= j)),
      dtype: 'bool',
    },
  ],
  lowerHalf: [
    {
      name: 'lowerHalf',
      inputs: [square],
      graph: ops.lowerHalf,
      reference: each((a) => a.map((row, i) => row.map((x, j) => (i === j ? x / 2 : i > j ? x : 0)))),
    },
  ],
  cholesky: [
    {
      name: 'cholesky',
      inputs: [square],
      graph: (x) => ops.cholesky(add(matmul(x, x, false, true), ops.identity(3, 3))),
      reference: each((a) => reference.cholesky(withUnits(a))),
      ...close,
    },
  ],
  lu: [
    {
      name: 'lu',
      inputs: [square, right],
      graph: (a, b) => {
        const [factors, order] = ops.lu(a);
        return ops.solveTriangle(factors, ops.solveTriangle(factors, b, { isUnit: true }, order), { isUpper: true });
      },
      reference: each(reference.solve),
      wrt: [],
      relative: 1e-4,
      absolute: 1e-4,
    },
  ],
  solveTriangle: [false, true].flatMap((isUpper) =>
    [false, true].flatMap((isTransposed) =>
      [false, true].map((isUnit) => ({
        name: `solveTriangle, upper ${isUpper}, transposed ${isTransposed}, unit ${isUnit}`,
        inputs: [diagonalOf3, right],
        graph: (a: Value, b: Value) => ops.solveTriangle(a, b, { isUpper, isTransposed, isUnit }),
        reference: each((a, b) => {
          const own = triangle(a, isUpper, isUnit);
          return reference.solve(isTransposed ? reference.transposed(own) : own, b);
        }),
        wrt: isUnit ? [1] : [0, 1],
        ...close,
      })),
    ),
  ),
  qr: [
    [3, 3],
    [4, 2],
    [2, 4],
  ].map(([m, n]) => ({
    name: `qr of [${m}, ${n}]`,
    inputs: [floats([2, m, n], -2, 2, 3)],
    graph: (x: Value) => ops.qr(x, Math.min(m, n)),
    reference: (x: Nd) => [
      each((a) => reference.qr(a)[0].map((row) => row.slice(0, Math.min(m, n))))(x),
      each((a) => reference.qr(a)[1].slice(0, Math.min(m, n)))(x),
    ],
    relative: 1e-4,
    absolute: 1e-4,
  })),
};

describe('factors', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());
});
