import { describe } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import * as ops from '../../src/primitives/mathematics.ts';
import { ofOne, ofTwo, ofWhole } from '../kernels/reference/mathematics.ts';
import { map, type Nd, zip } from './nd.ts';
import { check, expectSamples, floats, ints, type Sample } from './samples.ts';

const ranges: Record<string, [low: number, high: number]> = {
  tan: [-1.2, 1.2],
  arcsin: [-0.9, 0.9],
  arccos: [-0.9, 0.9],
  arccosh: [1.2, 4],
  arctanh: [-0.9, 0.9],
  cbrt: [0.2, 4],
  erfinv: [-0.9, 0.9],
};
const flat = ['sinc', 'i0'];

const one = Object.entries(ofOne).map(([name, f]): [string, Sample[]] => [
  name,
  [[3, 5], [], [0, 2]].map((shape) => ({
    name: `${name} [${shape}]`,
    inputs: [floats(shape, ...(ranges[name] ?? [-2, 2]))],
    graph: (x: Value) => (ops as unknown as Record<string, (x: Value) => Value>)[name](x),
    reference: (x: Nd) => map(x, f),
    relative: 1e-5,
    ...(flat.includes(name) && { wrt: [] }),
  })),
]);

const two = Object.entries(ofTwo).map(([name, f]): [string, Sample[]] => [
  name,
  [
    [
      [3, 5],
      [3, 5],
    ],
    [[2, 3], [3]],
    [[], [4]],
  ].map(([p, q]) => ({
    name: `${name} [${p}] [${q}]`,
    inputs: [floats(p, 0.5, 2), floats(q, -2, -0.5)],
    graph: (a: Value, b: Value) => (ops as unknown as Record<string, (a: Value, b: Value) => Value>)[name](a, b),
    reference: (a: Nd, b: Nd) => zip([a, b], f),
    relative: 1e-5,
    ...(name === 'nextafter' && { wrt: [] }),
  })),
]);

const whole = Object.entries(ofWhole).map(([name, f]): [string, Sample[]] => [
  name,
  [
    {
      name,
      inputs: [ints([2, 3], [6, 12, -9, 0, 5, 7]), ints([3], [4, 3, 2])],
      graph: (a: Value, b: Value) => (ops as unknown as Record<string, (a: Value, b: Value) => Value>)[name](a, b),
      reference: (a: Nd, b: Nd) => zip([a, b], f),
      dtype: 'int32',
    },
  ],
]);

const samples: Record<string, readonly Sample[]> = Object.fromEntries([...one, ...two, ...whole]);

describe('functions of few models', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());
});
