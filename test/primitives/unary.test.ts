import { describe, expect, it } from 'vitest';
import { Trace, tracing } from '../../src/graph/trace.ts';
import type { Value } from '../../src/graph/value.ts';
import * as ops from '../../src/primitives/unary.ts';
import { forward } from '../kernels/reference/unary.ts';
import { map, type Nd } from './nd.ts';
import { check, compute, expectSamples, floats, ints, type Sample, values } from './samples.ts';

type Function1 = (x: number) => number;

const sample = (name: string, graph: (x: Value) => Value, f: Function1, low = -2, high = 2, extra: Partial<Sample> = {}): Sample[] =>
  [[3, 7], [], [0, 4], [2, 1, 3, 1, 2]].map((shape) => ({
    name: `${name} [${shape}]`,
    inputs: [floats(shape, low, high)],
    graph,
    reference: (x: Nd) => map(x, f),
    ...extra,
  }));

const withoutGradient: Partial<Sample> = { wrt: [] };
const wide = { relative: 4e-6 };

const samples: Record<string, readonly Sample[]> = {
  relu: sample('relu', ops.relu, forward.relu),
  sigmoid: sample('sigmoid', ops.sigmoid, forward.sigmoid, -6, 6),
  tanh: sample('tanh', ops.tanh, forward.tanh),
  square: sample('square', ops.square, forward.square),
  sqrt: sample('sqrt', ops.sqrt, forward.sqrt, 0.1, 4),
  rsqrt: sample('rsqrt', ops.rsqrt, forward.rsqrt, 0.1, 4),
  reciprocal: sample('reciprocal', ops.reciprocal, forward.reciprocal, -4, -0.3),
  absolute: sample('absolute', ops.absolute, forward.absolute),
  sign: sample('sign', ops.sign, forward.sign, -2, 2, withoutGradient),
  floor: sample('floor', ops.floor, forward.floor, -9, 9, withoutGradient),
  exp: sample('exp', ops.exp, forward.exp, -5, 5),
  expm1: sample('expm1', ops.expm1, forward.expm1),
  log: sample('log', ops.log, forward.log, 0.1, 9),
  log1p: sample('log1p', ops.log1p, forward.log1p, -0.8, 3),
  erf: sample('erf', ops.erf, forward.erf),
  softplus: sample('softplus', ops.softplus, forward.softplus, -5, 5),
  softsign: sample('softsign', ops.softsign, forward.softsign, -5, 5),
  gelu: sample('gelu', ops.gelu, forward.gelu, -3, 3, wide),
  geluTanh: sample('geluTanh', ops.geluTanh, forward.geluTanh, -3, 3, wide),
  silu: sample('silu', ops.silu, forward.silu, -3, 3, wide),
  mish: sample('mish', ops.mish, forward.mish, -3, 3, wide),
  hardSigmoid: sample('hardSigmoid', ops.hardSigmoid, forward.hardSigmoid, -4, 4),
  selu: sample('selu', ops.selu, forward.selu),
  logSigmoid: sample('logSigmoid', ops.logSigmoid, forward.logSigmoid, -5, 5),
  elu: [
    ...sample(
      'elu',
      (x) => ops.elu(x),
      (x) => forward.elu(x, 1),
    ),
    ...sample(
      'elu 0.5',
      (x) => ops.elu(x, 0.5),
      (x) => forward.elu(x, 0.5),
    ),
  ],
  leakyRelu: [
    ...sample(
      'leakyRelu',
      (x) => ops.leakyRelu(x),
      (x) => forward.leakyRelu(x, 0.2),
    ),
    ...sample(
      'leakyRelu of a negative slope',
      (x) => ops.leakyRelu(x, -0.5),
      (x) => forward.leakyRelu(x, -0.5),
    ),
  ],
  clip: [
    ...sample(
      'clip',
      (x) => ops.clip(x, -1, 0.5),
      (x) => forward.clip(x, -1, 0.5),
    ),
    ...sample(
      'clip from below alone',
      (x) => ops.clip(x, 0.25, Infinity),
      (x) => forward.clip(x, 0.25, Infinity),
    ),
  ],
  reluGeneral: sample(
    'reluGeneral',
    (x) => ops.reluGeneral(x, 0.1, 1.5, 0.5),
    (x) => forward.reluGeneral(x, 0.1, 1.5, 0.5),
  ),
  affine: [
    ...sample(
      'affine',
      (x) => ops.affine(x, 2.5, -1),
      (x) => 2.5 * x - 1,
    ),
    // As large as the numbers that stand for addresses in a plan.
    ...[2e12, 4e15, 2 ** 40, 2 ** 53, 1e17, 1e30].flatMap((scale) =>
      sample(
        `affine ${scale}`,
        (x) => ops.affine(ops.affine(x, scale, 0), 1 / scale, 0),
        (x) => x,
      ),
    ),
  ],
  negative: sample('negative', ops.negative, (x) => -x),
  toFloat: [
    { name: 'toFloat', inputs: [ints([2, 3], [1, -2, 3, 0, 16777216, -7])], graph: (x) => ops.toFloat(x), reference: (x) => x },
    ...sample('toFloat of floats', ops.toFloat, (x) => x),
  ],
  toInt: [
    ...sample('toInt', ops.toInt, Math.trunc, -9, 9, { dtype: 'int32' }),
    { name: 'toInt of ints', inputs: [ints([2], [1, -2])], graph: (x) => ops.toInt(x), reference: (x) => x, dtype: 'int32' },
  ],
  differsFrom: [
    {
      name: 'differsFrom',
      inputs: [ints([5], [0, 3, 0, -1, 0])],
      graph: (x) => ops.differsFrom(x, 0),
      reference: (x) => map(x, (v) => Number(v !== 0)),
      dtype: 'bool',
    },
    {
      name: 'differsFrom of floats',
      inputs: [values([3], [2, 0, 1])],
      graph: (x) => ops.differsFrom(x, 2),
      reference: (x) => map(x, (v) => Number(v !== 2)),
      dtype: 'bool',
    },
  ],
};

describe('unary ops', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());

  it('give the same where an input is read afterwards and where it is not', () => {
    const x = floats([37]);
    const [alone] = compute([x], (v) => ops.tanh(ops.relu(v)));
    const [both] = compute([x], (v) => {
      const y = ops.relu(v);
      return [ops.tanh(y), y, v];
    });
    expect(both.data).toEqual(alone.data);
  });

  it('affine by 1 and 0 adds no node', () => {
    tracing(new Trace(), () => {
      const x = ops.affine(floatsValue(), 2, 0);
      expect(ops.affine(x, 1, 0)).toBe(x);
      expect(ops.toFloat(x)).toBe(x);
    });
  });
});

const floatsValue = (): Value => new Trace().input({ shape: [2], dtype: 'float32' });
