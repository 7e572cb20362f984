import { describe, expect, test } from 'vitest';
import * as constraints from '../../src/constraints/index.ts';
import { Trace, tracing } from '../../src/graph/trace.ts';
import type { Value } from '../../src/graph/value.ts';
import { Variable } from '../../src/graph/variable.ts';
import { affine } from '../../src/primitives/unary.ts';
import { assign } from '../../src/primitives/update.ts';
import { compileTrace } from '../../src/runtime/compile.ts';
import { expectClose, randoms } from '../kernels/harness.ts';

function constrained(constraint: constraints.Constraint, shape: number[], values: ArrayLike<number>): Float32Array {
  const weight = new Variable('kernel', shape, values);
  const trace = new Trace();
  tracing(trace, () => assign(weight, constraint.call(trace.read(weight))));
  const program = compileTrace(trace, []);
  program.run();
  return weight.view().slice();
}

/** Each vector along the middle axis of [outer, n, inner], rescaled by its length. */
function rescaled(values: ArrayLike<number>, outer: number, n: number, inner: number, scale: (length: number) => number): number[] {
  const result = Array.from(values);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const at = (k: number) => (o * n + k) * inner + i;
      const length = Math.hypot(...Array.from({ length: n }, (_, k) => values[at(k)]));
      for (let k = 0; k < n; k++) result[at(k)] *= scale(length) / (1e-7 + length);
    }
  }
  return result;
}

const values = randoms(24, 7, -2, 2);

describe('constraints', () => {
  test('NonNeg', () => {
    expect([...constrained(new constraints.NonNeg(), [5], [1, -1, 0, -0.5, 2])]).toEqual([1, 0, 0, 0, 2]);
  });

  test.each<[string, constraints.Constraint, number[], [number, number, number], (length: number) => number]>([
    ['MaxNorm', new constraints.MaxNorm(), [4, 6], [1, 4, 6], (l) => Math.min(l, 2)],
    ['MaxNorm of rows', new constraints.MaxNorm(1, { axis: 1 }), [4, 6], [4, 6, 1], (l) => Math.min(l, 1)],
    ['MaxNorm of several axes', new constraints.MaxNorm({ maxValue: 1.5, axis: [0, 1] }), [2, 3, 4], [1, 6, 4], (l) => Math.min(l, 1.5)],
    ['UnitNorm', new constraints.UnitNorm(), [4, 6], [1, 4, 6], () => 1],
    ['UnitNorm of the last axis', new constraints.UnitNorm({ axis: -1 }), [2, 3, 4], [6, 4, 1], () => 1],
    ['UnitNorm of a vector', new constraints.UnitNorm(0), [24], [1, 24, 1], () => 1],
    ['MinMaxNorm', new constraints.MinMaxNorm({ minValue: 2, maxValue: 2.5 }), [4, 6], [1, 4, 6], (l) => Math.min(Math.max(l, 2), 2.5)],
    [
      'MinMaxNorm, rate',
      new constraints.MinMaxNorm(2, 2.5, 0.5, 0),
      [4, 6],
      [1, 4, 6],
      (l) => 0.5 * Math.min(Math.max(l, 2), 2.5) + 0.5 * l,
    ],
  ])('%s', (_, constraint, shape, cut, scale) => {
    expectClose(constrained(constraint, shape, values), rescaled(values, ...cut, scale), { relative: 1e-5 });
  });

  test('a function', () => {
    const half = (w: Value): Value => affine(w, 0.5, 0);
    expect([...constrained(constraints.get(half) as constraints.Constraint, [2], [4, 6])]).toEqual([2, 3]);
    expect(constraints.serialize(half)).toEqual({ className: 'function', config: 'half' });
  });
});

test('names and configs', () => {
  expect(constraints.get('max_norm')).toEqual(new constraints.MaxNorm(2));
  expect(constraints.get('non_neg')).toBeInstanceOf(constraints.NonNeg);
  expect(constraints.get('UnitNorm')).toBeInstanceOf(constraints.UnitNorm);
  expect(constraints.get(undefined)).toBeUndefined();
  expect(constraints.serialize(null)).toBeNull();
  for (const one of [
    new constraints.MaxNorm(3, 1),
    new constraints.NonNeg(),
    new constraints.UnitNorm([0, 1]),
    new constraints.MinMaxNorm(1, 2, 0.5, 1),
  ]) {
    expect(constraints.get(one)).toBe(one);
    expect(constraints.get(constraints.serialize(one) as never)).toEqual(one);
  }
});

test.each<[string, () => unknown, string]>([
  ['name', () => constraints.get('maxnrm'), "constraint: expected a known name, got 'maxnrm'. Did you mean 'max_norm'?"],
  ['kind', () => constraints.get(1 as never), 'constraint: expected a name, an instance'],
  ['option', () => new constraints.MaxNorm({ max: 1 } as never), 'MaxNorm: expected an option it has'],
  ['value', () => new constraints.MaxNorm(-1), 'MaxNorm: expected maxValue to be a number of at least 0, got -1'],
  ['bounds', () => new constraints.MinMaxNorm(2, 1), 'MinMaxNorm: expected maxValue to be a number of at least 2, got 1'],
  [
    'axis',
    () => constrained(new constraints.UnitNorm(2), [4, 6], values),
    'UnitNorm: expected an axis of the weight or several neighbouring ones, got 2 for a weight of shape [4, 6]',
  ],
  [
    'axes',
    () => constrained(new constraints.UnitNorm([0, 2]), [2, 3, 4], values),
    'got an array of shape [2] for a weight of shape [2, 3, 4]',
  ],
  [
    'kind of axis',
    () => new constraints.MaxNorm(2, 'x' as never),
    "MaxNorm: expected axis to be an integer or a list of integers, got 'x'. Write it like [0, 1].",
  ],
  ['NonNeg', () => new constraints.NonNeg({ axis: 0 } as never), 'It takes no options.'],
])('%s', (_, make, message) => {
  expect(make).toThrow(message);
  expect(make).toThrow(expect.objectContaining({ name: 'ValueError' }));
});
