import { describe, expect, test } from 'vitest';
import * as activations from '../../src/activations/index.ts';
import { gradientsOf } from '../../src/primitives/arithmetic.ts';
import { multiply } from '../../src/primitives/binary.ts';
import { densify } from '../../src/primitives/embedding.ts';
import { fill } from '../../src/primitives/layout.ts';
import { sum } from '../../src/primitives/reduce.ts';
import { eager } from '../../src/runtime/eager.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';
import { expectClose } from '../kernels/harness.ts';

const points = Float32Array.of(-4, -2.5, -1.3, -0.7, -0.2, 0.3, 0.8, 1.6, 2.7, 7.5);
const x = tensor(points, [1, 10]);

const apply = (activation: activations.Activation, input: Tensor): Tensor => eager([input], ([v]) => [activation(v)])[0];

function gradient(activation: activations.Activation, input: Tensor, weights: Tensor): Tensor {
  return eager([input, weights], ([v, w]) => {
    const [g] = gradientsOf(sum(multiply(activation(v), w)), [v]);
    return [g ? densify(g) : fill(v.shape, 0)];
  })[0];
}

const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));
const softplus = (v: number): number => Math.log1p(Math.exp(v));
const clip = (v: number, low: number, high: number): number => Math.min(Math.max(v, low), high);
/** The integral of the normal density by Simpson's rule. */
function normal(v: number): number {
  const n = 2000;
  const density = (t: number) => Math.exp((-t * t) / 2) / Math.sqrt(2 * Math.PI);
  let total = density(0) + density(v);
  for (let i = 1; i < n; i++) total += density((v * i) / n) * (i % 2 ? 4 : 2);
  return 0.5 + (total * v) / n / 3;
}

const table: [string, activations.Activation, (v: number) => number][] = [
  ['linear', activations.linear, (v) => v],
  ['relu', activations.relu, (v) => Math.max(v, 0)],
  ['relu6', activations.relu6, (v) => clip(v, 0, 6)],
  ['sigmoid', activations.sigmoid, sigmoid],
  ['tanh', activations.tanh, Math.tanh],
  ['softplus', activations.softplus, softplus],
  ['softsign', activations.softsign, (v) => v / (1 + Math.abs(v))],
  ['elu', activations.elu, (v) => (v > 0 ? v : Math.expm1(v))],
  ['celu', activations.celu, (v) => (v > 0 ? v : Math.expm1(v))],
  ['selu', activations.selu, (v) => 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * Math.expm1(v))],
  ['gelu', activations.gelu, (v) => v * normal(v)],
  ['silu', activations.silu, (v) => v * sigmoid(v)],
  ['swish', activations.swish, (v) => v * sigmoid(v)],
  ['leaky_relu', activations.leakyRelu, (v) => (v > 0 ? v : 0.2 * v)],
  ['hard_sigmoid', activations.hardSigmoid, (v) => clip(v / 6 + 0.5, 0, 1)],
  ['hard_silu', activations.hardSilu, (v) => v * clip(v / 6 + 0.5, 0, 1)],
  ['hard_swish', activations.hardSwish, (v) => v * clip(v / 6 + 0.5, 0, 1)],
  ['hard_tanh', activations.hardTanh, (v) => clip(v, -1, 1)],
  ['hard_shrink', activations.hardShrink, (v) => (Math.abs(v) > 0.5 ? v : 0)],
  ['soft_shrink', activations.softShrink, (v) => Math.sign(v) * Math.max(Math.abs(v) - 0.5, 0)],
  ['tanh_shrink', activations.tanhShrink, (v) => v - Math.tanh(v)],
  ['mish', activations.mish, (v) => v * Math.tanh(softplus(v))],
  ['exponential', activations.exponential, Math.exp],
  ['log_sigmoid', activations.logSigmoid, (v) => -softplus(-v)],
  ['squareplus', activations.squareplus, (v) => (v + Math.sqrt(v * v + 4)) / 2],
  ['sparse_plus', activations.sparsePlus, (v) => (v <= -1 ? 0 : v < 1 ? (v + 1) ** 2 / 4 : v)],
  ['sparse_sigmoid', activations.sparseSigmoid, (v) => clip((v + 1) / 2, 0, 1)],
];

const slope = (f: (v: number) => number, v: number): number => (f(v + 1e-5) - f(v - 1e-5)) / 2e-5;

describe('element by element', () => {
  test.each(table)('%s', (name, activation, reference) => {
    expect(apply(activations.get(name), x).data).toEqual(apply(activation, x).data);
    expectClose(apply(activation, x).data, Array.from(points, reference), { relative: 1e-5, absolute: 1e-6 });
    const ones = tensor(new Float32Array(10).fill(1), [1, 10]);
    const slopes = Array.from(points, (v) => slope(reference, v));
    expectClose(gradient(activation, x, ones).data, slopes, { relative: 1e-4, absolute: 1e-5, name: 'gradient' });
  });

  test.each<[string, activations.Activation, (v: number) => number]>([
    [
      'relu with options',
      (v) => activations.relu(v, { negativeSlope: 0.1, maxValue: 2, threshold: 0.5 }),
      (v) => (v >= 2 ? 2 : v >= 0.5 ? v : 0.1 * (v - 0.5)),
    ],
    ['elu, alpha', (v) => activations.elu(v, 2), (v) => (v > 0 ? v : 2 * Math.expm1(v))],
    ['celu, alpha', (v) => activations.celu(v, 2), (v) => (v > 0 ? v : 2 * Math.expm1(v / 2))],
    ['leakyRelu, slope', (v) => activations.leakyRelu(v, 0.5), (v) => (v > 0 ? v : 0.5 * v)],
    [
      'gelu, approximate',
      (v) => activations.gelu(v, true),
      (v) => 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3))),
    ],
    ['threshold', (v) => activations.threshold(v, 0.5, 3), (v) => (v > 0.5 ? v : 3)],
    ['hardShrink, limit', (v) => activations.hardShrink(v, 1), (v) => (Math.abs(v) > 1 ? v : 0)],
  ])('%s', (_, activation, reference) => {
    expectClose(apply(activation, x).data, Array.from(points, reference), { relative: 1e-5, absolute: 1e-6 });
  });
});

describe('along an axis', () => {
  const rows = tensor([
    [1, 2, 4, 0],
    [-3, 0, 2, 2],
  ]);

  test('softmax and its logarithm', () => {
    const softmax = (row: number[]) => row.map((v) => Math.exp(v) / row.reduce((s, u) => s + Math.exp(u), 0));
    const expected = [softmax([1, 2, 4, 0]), softmax([-3, 0, 2, 2])].flat();
    expectClose(apply(activations.get('softmax'), rows).data, expected);
    expectClose(apply(activations.get('log_softmax'), rows).data, expected.map(Math.log));
    expectClose(apply((v) => activations.softmax(v, 0), rows).data.slice(0, 1), [softmax([1, -3])[0]]);
  });

  test('threshold wants its numbers', () => {
    expect(() => apply(activations.threshold as activations.Activation, x)).toThrow(
      'threshold: expected threshold, got nothing. Pass it in its place or by name.',
    );
  });

  test('glu', () => {
    expectClose(apply(activations.glu, rows).data, [sigmoid(4), 2 * sigmoid(0), -3 * sigmoid(2), 0]);
    expectClose(apply((v) => activations.glu(v, 0), rows).data, [sigmoid(-3), 2 * 0.5, 4 * sigmoid(2), 0]);
    expect(() => apply(activations.glu, tensor([[1, 2, 3]]))).toThrow('glu: expected an even length of axis -1, got shape [1, 3]');
  });

  test('sparsemax', () => {
    /** By sorting, as it is defined. */
    const reference = (row: number[]): number[] => {
      const sorted = [...row].sort((a, b) => b - a);
      const sums = sorted.map((_, k) => sorted.slice(0, k + 1).reduce((a, b) => a + b, 0));
      const k = sorted.filter((v, i) => 1 + (i + 1) * v > sums[i]).length;
      return row.map((v) => Math.max(v - (sums[k - 1] - 1) / k, 0));
    };
    const cases = [
      [0.5, 0.2, 0.1, -1],
      [1, 1, 1, 1],
      [3, 3, 0, -2],
      [-4, 0.3, 0.6, 0.4],
    ];
    expectClose(apply(activations.sparsemax, tensor(cases)).data, cases.flatMap(reference), { relative: 1e-6, absolute: 1e-6 });
    const columns = cases[0].map((_, j) => reference(cases.map((row) => row[j])));
    const expected = cases.flatMap((_, i) => columns.map((column) => column[i]));
    expectClose(apply((v) => activations.sparsemax(v, 0), tensor(cases)).data, expected, { relative: 1e-6, absolute: 1e-6 });
    // A gradient counts where the output is above 0, less the mean there.
    const [row, upstream] = [tensor([[0.5, 0.2, 0.1, -1]]), tensor([[1, 2, 6, 9]])];
    expectClose(gradient(activations.sparsemax, row, upstream).data, [-2, -1, 3, 0], { absolute: 1e-6 });
  });

  test('sigmoid and softmax say what went in', () => {
    eager([rows], ([v]) => {
      expect(activations.sigmoid(v).logits).toBe(v);
      expect(activations.softmax(v).logits).toBe(v);
      expect(activations.softmax(v, 0).logits).toBeUndefined();
      return [v];
    });
  });
});

describe('names', () => {
  test('back and forth', () => {
    for (const [name] of table)
      if (!['swish', 'hard_swish'].includes(name)) expect(activations.serialize(activations.get(name))).toBe(name);
    expect(activations.serialize(activations.swish)).toBe('silu');
    expect(
      activations.serialize(function mine(v) {
        return v;
      }),
    ).toEqual({ className: 'function', config: 'mine' });
    expect(activations.serialize(null)).toBe('linear');
    expect(activations.get('leakyRelu')).toBe(activations.leakyRelu);
    expect(activations.get(null)).toBe(activations.linear);
  });

  test('errors', () => {
    expect(() => activations.get('sigmod')).toThrow("activation: expected a known name, got 'sigmod'. Did you mean 'sigmoid'?");
    expect(() => activations.get(5 as never)).toThrow('activation: expected a name, an instance');
    expect(() => apply((v) => activations.relu(v, { slope: 1 } as never), x)).toThrow("relu: expected an option it has, got 'slope'");
  });
});
