import { describe, expect, it } from 'vitest';
import golden from '../fixtures/losses.json';
import { expectClose, randoms, Sandbox } from './harness.ts';
import { crossentropy, crossentropyGradient, losses, oneHot } from './reference/losses.ts';

const names = [
  'binaryCrossentropy',
  'binaryCrossentropyLogits',
  'squaredError',
  'absoluteError',
  'absolutePercentageError',
  'squaredLogarithmicError',
  'logCosh',
  'hinge',
  'squaredHinge',
  'poisson',
  'klDivergence',
] as const;
const probabilities = ['binaryCrossentropy', 'poisson', 'klDivergence'];

type Numbers = ArrayLike<number>;

function elementwise(name: (typeof names)[number] | 'huber', target: Numbers, prediction: Numbers, dout: Numbers, delta = 1) {
  const box = new Sandbox();
  const n = target.length;
  const [y, p, g] = [box.float32(target), box.float32(prediction, 4), box.float32(dout, 8)];
  const [out, dp] = [box.float32(n), box.float32(n, 12)];
  if (name === 'huber') {
    box.run(['huber', y.address, p.address, out.address, n, delta]);
    box.run(['huberGradient', y.address, p.address, g.address, dp.address, n, delta]);
  } else {
    box.run([name, y.address, p.address, out.address, n]);
    box.run([`${name}Gradient`, y.address, p.address, g.address, dp.address, n]);
  }
  const [value, slope] = losses[name];
  const steps = Array.from(p.read(), (_, i) => [y.read()[i], p.read()[i], Math.fround(delta)] as const);
  return {
    out: out.read(),
    gradient: dp.read(),
    expectedOut: steps.map((s) => value(...s)),
    expectedGradient: steps.map((s, i) => g.read()[i] * slope(...s)),
  };
}

describe.each([...names, 'huber'] as const)('%s', (name) => {
  it.each([0, 1, 2, 3, 4, 5, 7, 8, 31, 100])('agrees with the reference on %i elements', (n) => {
    const low = probabilities.includes(name) ? 0.01 : -2;
    const high = probabilities.includes(name) ? 0.99 : 3;
    const { out, gradient, expectedOut, expectedGradient } = elementwise(
      name,
      randoms(n, 1, low, high),
      randoms(n, 2, low, high),
      randoms(n, 3),
      0.7,
    );
    expectClose(out, expectedOut, { relative: 3e-6, absolute: 1e-6, name });
    expectClose(gradient, expectedGradient, { relative: 3e-6, absolute: 1e-6, name: `gradient of ${name}` });
  });

  it('agrees at corners and far out', () => {
    const numbers = [0, 1, -1, 0.5, 2, 1e-7, 1 - 2 ** -23, 20, -20];
    const cases = numbers.flatMap((y) => numbers.map((p) => [y, p])).filter(([, p]) => name !== 'poisson' || p >= 0);
    const { out, gradient, expectedOut, expectedGradient } = elementwise(
      name,
      cases.map(([y]) => y),
      cases.map(([, p]) => p),
      cases.map((_, i) => 1 + (i % 3)),
      1,
    );
    expectClose(out, expectedOut, { relative: 3e-6, absolute: 2e-6, name });
    expectClose(gradient, expectedGradient, { relative: 3e-6, absolute: 2e-6, name: `gradient of ${name}` });
  });

  it('hands on NaN', () => {
    expect([...elementwise(name, [1, NaN], [NaN, 0.5], [1, 1]).out]).toEqual([NaN, NaN]);
  });
});

type Golden = (typeof golden)[number];
const kernels: Record<string, (typeof names)[number] | 'huber'> = {
  BinaryCrossentropy: 'binaryCrossentropy',
  MeanSquaredError: 'squaredError',
  MeanAbsoluteError: 'absoluteError',
  MeanAbsolutePercentageError: 'absolutePercentageError',
  MeanSquaredLogarithmicError: 'squaredLogarithmicError',
  LogCosh: 'logCosh',
  Hinge: 'hinge',
  SquaredHinge: 'squaredHinge',
  Poisson: 'poisson',
  KLDivergence: 'klDivergence',
  Huber: 'huber',
};
const config = (entry: Golden) => entry.config as { from_logits?: boolean; label_smoothing?: number; reduction: string };

describe('Keras on elements', () => {
  it.each(golden.filter((entry) => entry.class_name in kernels))('$name', (entry) => {
    const { from_logits: fromLogits, label_smoothing: smoothing = 0, reduction } = config(entry);
    const name = fromLogits ? 'binaryCrossentropyLogits' : kernels[entry.class_name];
    const [rows, columns] = entry.y_pred.shape;
    let target = entry.y_true.data.map((y) => Math.fround(y * (1 - smoothing) + smoothing / 2));
    if (name.toLowerCase().endsWith('hinge') && target.every((y) => y === 0 || y === 1)) target = target.map((y) => 2 * y - 1);
    const rowShare = reduction === 'sum' ? 1 : 1 / rows;
    const weights = target.map((_, i) => {
      const sample = entry.sample_weight?.data[Math.floor(i / columns)] ?? 1;
      return (sample * rowShare) / (name === 'klDivergence' ? 1 : columns);
    });
    // A config does not tell Huber's delta; the recorded slopes end at 0.7.
    const { out, gradient } = elementwise(name, target, entry.y_pred.data, weights, 0.7);
    const loss = out.reduce((total, value, i) => total + value * weights[i], 0);
    expectClose([loss], entry.loss.data, { relative: 2e-6, name: 'loss' });
    expectClose(gradient, entry.gradient.data, { relative: 5e-6, absolute: 1e-7, name: 'gradient' });
  });
});

describe('crossentropy', () => {
  const shapes = [
    [0, 3],
    [1, 1],
    [2, 2],
    [5, 3],
    [3, 4],
    [7, 5],
    [2, 31],
    [1, 9001],
  ];

  it.each(shapes)('agrees with the reference on %i x %i', (rows, columns) => {
    const box = new Sandbox();
    const x = box.float32(randoms(rows * columns, 1, -5, 5), 4);
    const t = box.float32(randoms(rows * columns, 2, 0, 1), 8);
    const g = box.float32(randoms(rows, 3));
    const [out, dx] = [box.float32(rows), box.float32(rows * columns, 4)];
    box.run(['crossentropy', t.address, x.address, out.address, rows, columns]);
    expectClose(out.read(), crossentropy(t.read(), x.read(), columns), { relative: 3e-6 });
    box.run(['crossentropyGradient', t.address, x.address, g.address, dx.address, rows, columns]);
    expectClose(dx.read(), crossentropyGradient(t.read(), x.read(), g.read(), columns), { relative: 3e-6, absolute: 1e-6 });
    box.run(['crossentropyGradient', t.address, x.address, g.address, x.address, rows, columns]);
    expect(x.read()).toEqual(dx.read());
  });

  it.each(shapes)('takes labels, and leaves out those outside, on %i x %i', (rows, columns) => {
    const box = new Sandbox();
    const x = box.float32(randoms(rows * columns, 4, -5, 5), 4);
    const labels = box.int32(Array.from({ length: rows }, (_, r) => [columns - 1, -1, 0, columns, columns >> 1][r % 5]));
    const g = box.float32(randoms(rows, 3));
    const [out, dx] = [box.float32(rows), box.float32(rows * columns, 4)];
    const target = oneHot(labels.read(), columns);
    box.run(['sparseCrossentropy', labels.address, x.address, out.address, rows, columns]);
    expectClose(out.read(), crossentropy(target, x.read(), columns), { relative: 3e-6 });
    box.run(['sparseCrossentropyGradient', labels.address, x.address, g.address, dx.address, rows, columns]);
    expectClose(dx.read(), crossentropyGradient(target, x.read(), g.read(), columns), { relative: 3e-6, absolute: 1e-6 });
    box.run(['sparseCrossentropyGradient', labels.address, x.address, g.address, x.address, rows, columns]);
    expect(x.read()).toEqual(dx.read());
  });

  it('takes logits of -Infinity and large ones', () => {
    const box = new Sandbox();
    const x = box.float32([0, -Infinity, 1, 1e30, -1e30, 0]);
    const t = box.float32([0.5, 0, 0.5, 1, 0, 0]);
    const g = box.float32([1, 1]);
    const [out, dx] = [box.float32(2), box.float32(6)];
    box.run(['crossentropy', t.address, x.address, out.address, 2, 3]);
    expectClose(out.read(), crossentropy(t.read(), x.read(), 3), { relative: 1e-6 });
    box.run(['crossentropyGradient', t.address, x.address, g.address, dx.address, 2, 3]);
    expectClose(dx.read(), crossentropyGradient(t.read(), x.read(), g.read(), 3), { relative: 1e-6 });
  });
});

describe('Keras on rows', () => {
  it.each(golden.filter((entry) => entry.class_name.endsWith('CategoricalCrossentropy')))('$name', (entry) => {
    const { from_logits: fromLogits, label_smoothing: smoothing = 0 } = config(entry);
    const columns = entry.y_pred.shape.at(-1) as number;
    const rows = entry.y_pred.data.length / columns;
    const box = new Sandbox();
    // The recorded probabilities lie inside the clipping bounds and sum to 1: their logs are logits.
    const x = box.float32(entry.y_pred.data.map((p) => (fromLogits ? p : Math.log(p))));
    const isIndexedSlices = entry.y_true.dtype === 'int32';
    const smoothed = entry.y_true.data.map((y) => y * (1 - smoothing) + smoothing / columns);
    const t = isIndexedSlices ? box.int32(entry.y_true.data) : box.float32(smoothed);
    const g = box.float32(Array(rows).fill(1 / rows));
    const [out, dx] = [box.float32(rows), box.float32(rows * columns)];
    box.run([isIndexedSlices ? 'sparseCrossentropy' : 'crossentropy', t.address, x.address, out.address, rows, columns]);
    expectClose([out.read().reduce((a, b) => a + b) / rows], entry.loss.data, { relative: 2e-6, name: 'loss' });
    box.run([
      isIndexedSlices ? 'sparseCrossentropyGradient' : 'crossentropyGradient',
      t.address,
      x.address,
      g.address,
      dx.address,
      rows,
      columns,
    ]);
    const gradient = Array.from(dx.read(), (v, i) => (fromLogits ? v : v / entry.y_pred.data[i]));
    expectClose(gradient, entry.gradient.data, { relative: 5e-6, absolute: 5e-7, name: 'gradient' });
  });
});
