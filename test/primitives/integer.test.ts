import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import * as ops from '../../src/primitives/integer.ts';
import { random } from '../kernels/harness.ts';
import { functions } from '../kernels/reference/integer.ts';
import { at, map, type Nd, nd, reduce, sizeOf, total, zip } from './nd.ts';
import { check, compute, expectSamples, floats, type Input, ints, type Sample } from './samples.ts';

/** Whole numbers that float32 does not hold. */
function large(shape: readonly number[], seed = 1, size = 2 ** 31): Input {
  const next = random(seed);
  return ints(
    shape,
    Array.from({ length: sizeOf(shape) }, () => Math.floor((next() - 0.5) * 2 * size)),
  );
}

const exactly = { dtype: 'int32', relative: 0, absolute: 0, wrt: [] } as const;
const wrap = (x: number): number => Number(BigInt.asIntN(32, BigInt(x)));

const pairs: [number[], number[]][] = [
  [[], []],
  [[5], []],
  [[], [3, 4]],
  [
    [3, 4],
    [3, 4],
  ],
  [[3, 4], [4]],
  [
    [3, 1],
    [1, 4],
  ],
  [
    [2, 3, 4],
    [3, 1],
  ],
  [[0, 3], [3]],
];

const binary = (name: string, kernel: string, graph: (a: Value, b: Value) => Value, dtype: 'int32' | 'bool' = 'int32'): Sample[] =>
  pairs.map(([a, b]) => ({
    ...exactly,
    dtype,
    name: `${name} [${a}] [${b}]`,
    inputs: [large(a, 3), large(b, 4, kernel === 'powerInt' ? 40 : 2 ** 31)],
    graph,
    reference: (x, y) => zip([x, y], functions[kernel]),
  }));

const reduction = (name: string, graph: (x: Value, axes?: number[], keepdims?: boolean) => Value, f: (row: number[]) => number): Sample[] =>
  [undefined, [0], [2], [0, 1], [0, 2]].flatMap((axes) =>
    [false, true].map((keepdims) => ({
      ...exactly,
      name: `${name} over ${axes ?? 'all'}${keepdims ? ', kept' : ''}`,
      inputs: [large([2, 3, 5])],
      graph: (x: Value) => graph(x, axes, keepdims),
      reference: (x: Nd) => reduce(x, axes, keepdims, f),
    })),
  );

const unary = (name: string, graph: (x: Value) => Value, f: (v: number) => number): Sample[] => [
  { ...exactly, name, inputs: [ints([4], [3, -2, 0, 2147483647])], graph, reference: (x) => map(x, f) },
];

/** a [..., m, k] times b [..., k, n]. */
const product = (a: Nd, b: Nd): Nd =>
  nd([...a.shape.slice(0, -1), b.shape.at(-1) as number], (index) => {
    const [row, column] = [index.slice(0, -1), index.at(-1) as number];
    const k = a.shape.at(-1) as number;
    return wrap(total(Array.from({ length: k }, (_, j) => at(a, [...row, j]) * at(b, [...row.slice(0, -1), j, column]))));
  });

const samples: Record<string, readonly Sample[]> = {
  add: binary('add', 'addInt', ops.add),
  subtract: binary('subtract', 'subtractInt', ops.subtract),
  multiply: binary('multiply', 'multiplyInt', ops.multiply),
  maximum: binary('maximum', 'maximumInt', ops.maximum),
  minimum: binary('minimum', 'minimumInt', ops.minimum),
  floorDivide: binary('floorDivide', 'floorDivideInt', ops.floorDivide),
  modulo: binary('modulo', 'moduloInt', ops.modulo),
  moduloFloat: pairs
    .filter(([a]) => !a.includes(0))
    .map(([a, b]) => ({
      name: `moduloFloat [${a}] [${b}]`,
      inputs: [floats(a, -3, 3, 5), floats(b, 0.9, 2.1, 6)],
      graph: ops.moduloFloat,
      reference: (x: Nd, y: Nd) => zip([x, y], (p, q) => p - q * Math.floor(p / q)),
    })),
  power: binary('power', 'powerInt', ops.power),
  less: binary('less', 'lessInt', ops.less, 'bool'),
  lessEqual: binary('lessEqual', 'lessEqualInt', ops.lessEqual, 'bool'),
  equal: [
    {
      ...exactly,
      dtype: 'bool',
      name: 'equal',
      inputs: [ints([2, 2], [16777217, 16777216, 5, -5]), ints([2], [16777217, -5])],
      graph: ops.equal,
      reference: (x, y) => zip([x, y], (a, b) => Number(a === b)),
    },
  ],
  whole: [16777216, 16777217, -2147483648, 2147483647, 0, -1].map((value) => ({
    ...exactly,
    name: `whole ${value}`,
    inputs: [],
    graph: () => ops.whole(value),
    reference: () => nd([], () => value),
  })),
  negative: unary('negative', ops.negative, (v) => -v),
  absolute: unary('absolute', ops.absolute, Math.abs),
  sign: unary('sign', ops.sign, Math.sign),
  sum: reduction('sum', ops.sum, (row) => wrap(total(row))),
  max: reduction('max', ops.max, (row) => Math.max(...row)),
  min: reduction('min', ops.min, (row) => Math.min(...row)),
  argMax: [0, 1, 2].map((axis) => ({
    ...exactly,
    name: `argMax over ${axis}`,
    inputs: [large([2, 3, 5])],
    graph: (x) => ops.argMax(x, axis),
    reference: (x: Nd) => reduce(x, [axis], false, (row) => row.indexOf(Math.max(...row))),
  })),
  matmul: [
    { ...exactly, name: 'matmul', inputs: [large([3, 4], 1, 4000), large([4, 2], 2, 4000)], graph: ops.matmul, reference: product },
    {
      ...exactly,
      name: 'matmul of stacks',
      inputs: [large([2, 3, 4], 1, 4000), large([2, 4, 2], 2, 4000)],
      graph: ops.matmul,
      reference: product,
    },
  ],
  dense: [
    {
      ...exactly,
      name: 'dense',
      inputs: [large([2, 3, 4], 1, 4000), large([4, 2], 2, 4000)],
      graph: ops.dense,
      reference: (a, b) =>
        product(
          a,
          nd([2, 4, 2], ([, j, c]) => at(b, [j, c])),
        ),
    },
  ],
};

describe('whole numbers', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());

  it('argMax over one element is its place', () => {
    expect(compute([ints([2, 1], [5, 6])], (x) => ops.argMax(x, 1))[0].array()).toEqual([0, 0]);
  });
});
