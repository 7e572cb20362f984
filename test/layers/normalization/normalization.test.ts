import { describe, expect, it } from 'vitest';
import * as layers from '../../../src/layers/index.ts';
import { Sequential } from '../../../src/models/sequential.ts';
import { setRandomSeed } from '../../../src/random/seed.ts';
import { eager } from '../../../src/runtime/eager.ts';
import { type Tensor, tensor } from '../../../src/tensor/index.ts';
import { expectClose, randoms } from '../../kernels/harness.ts';
import { columnMeans, columnVariances } from '../../kernels/reference/normalization.ts';

/** The layer on data with a mask. */
const masked = (layer: layers.Layer, x: Tensor, mask: Tensor, training: boolean): Tensor =>
  eager(
    [x, mask],
    ([value, given]) => {
      value.mask = given;
      return [layer.invoke(value, training)];
    },
    { training },
  )[0];

describe('BatchNormalization', () => {
  const data = randoms(60, 1, -2, 3);
  const x = tensor(data, [4, 5, 3]);

  it('normalizes by the batch while training, and moves its averages towards it', () => {
    const layer = new layers.BatchNormalization({ momentum: 0.75, epsilon: 0.01 });
    const y = layer.apply(x, { training: true });
    const [mean, variance] = [columnMeans(data, 3), columnVariances(data, 3, columnMeans(data, 3))];
    expectClose(
      y.data,
      Array.from(data, (v, i) => (v - mean[i % 3]) / Math.sqrt(variance[i % 3] + 0.01)),
      { relative: 1e-5, absolute: 1e-5 },
    );
    const [, , movingMean, movingVariance] = layer.getWeights();
    expectClose(
      movingMean.data,
      mean.map((v) => 0.25 * v),
    );
    expectClose(
      movingVariance.data,
      variance.map((v) => 0.75 + 0.25 * v),
    );
    const after = layer.apply(x);
    const [m, v] = [movingMean.data, movingVariance.data];
    expectClose(
      after.data,
      Array.from(data, (one, i) => (one - m[i % 3]) / Math.sqrt(v[i % 3] + 0.01)),
      { relative: 1e-5, absolute: 1e-5 },
    );
  });

  it('uses its averages and leaves them alone when it is not trainable', () => {
    const layer = new layers.BatchNormalization({ trainable: false });
    const y = layer.apply(x, { training: true });
    expect(y).toEqual(layer.apply(x));
    expect(layer.getWeights().map((w) => [...w.data])).toEqual([
      [1, 1, 1],
      [0, 0, 0],
      [0, 0, 0],
      [1, 1, 1],
    ]);
  });

  it('counts the real steps alone', () => {
    const layer = new layers.BatchNormalization({ momentum: 0 });
    const mask = tensor(
      Float32Array.from({ length: 20 }, (_, i) => Number(i % 3 !== 1)),
      [4, 5],
    );
    const y = masked(layer, x, mask, true);
    const real = data.filter((_, i) => mask.data[Math.floor(i / 3)]);
    const [mean, variance] = [columnMeans(real, 3), columnVariances(real, 3, columnMeans(real, 3))];
    const [, , movingMean, movingVariance] = layer.getWeights();
    expectClose(movingMean.data, mean, { relative: 1e-5 });
    expectClose(movingVariance.data, variance, { relative: 1e-5 });
    expectClose(
      y.data,
      Array.from(data, (v, i) => (v - mean[i % 3]) / Math.sqrt(variance[i % 3] + 0.001)),
      { relative: 1e-5, absolute: 1e-5 },
    );
    expect(() => masked(new layers.BatchNormalization({ axis: 1 }), x, mask, true)).toThrow('expected a mask for all axes but the last');
  });

  it('learns in a model, where evaluation uses the averages', async () => {
    setRandomSeed(7);
    const model = new Sequential([
      new layers.Dense(4, { inputShape: [3], activation: 'relu' }),
      new layers.BatchNormalization({ momentum: 0.5 }),
      new layers.Dense(1),
    ]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    const inputs = tensor(randoms(96, 7, -2, 3), [32, 3]);
    const targets = tensor(
      Float32Array.from({ length: 32 }, (_, i) => inputs.data[3 * i] - inputs.data[3 * i + 1]),
      [32, 1],
    );
    const history = await model.fit(inputs, targets, { epochs: 30, verbose: 0, shuffle: false });
    const losses = history.history.loss as number[];
    expect(losses.at(-1)).toBeLessThan(losses[0] / 2);
    const [, , movingMean] = model.layers[1].getWeights();
    expect([...movingMean.data].some((v) => v !== 0)).toBe(true);
    const before = model.layers[1].getWeights();
    await model.evaluate(inputs, targets, { verbose: 0 });
    expect(model.layers[1].getWeights()).toEqual(before);
  });

  it('refuses what it cannot do', () => {
    expect(() => new layers.BatchNormalization({ renorm: true as never })).toThrow('expected renorm to be false, got true');
    expect(() => new layers.BatchNormalization({ axis: 3 }).apply(x)).toThrow('expected axes of an input with 3 axes, each once, got 3');
    const layer = new layers.BatchNormalization();
    layer.apply(x);
    expect(() => layer.apply([[1, 2]])).toThrow('expected inputs whose axis -1 has length 3, got shape [1, 2]');
    expect(() => new Sequential([new layers.BatchNormalization({ axis: 1, inputShape: [null, 3] })])).toThrow(
      'expected a known length of axis 1',
    );
  });
});

describe('Normalization', () => {
  it('takes mean and variance from data', () => {
    const layer = new layers.Normalization();
    layer.adapt([
      [1, 10],
      [3, 30],
    ]);
    expect(layer.apply([[2, 30]]).array()).toEqual([[0, 1]]);
    expect(layer.getWeights().map((w) => [...w.data])).toEqual([[2, 20], [1, 100], [0]]);
    layer.adapt([[5, 5]]);
    // A variance of 0 counts as 1e-14.
    expect(layer.apply([[5, 5]]).array()).toEqual([[0, 0]]);
  });

  it('keeps any axes, or none, and inverts', () => {
    const data = tensor(randoms(24, 3, -4, 5), [2, 3, 4]);
    for (const axis of [null, 1, [1, 2], [0, 2]] as const) {
      const layer = new layers.Normalization({ axis });
      layer.adapt(data);
      const back = new layers.Normalization({ axis, invert: true });
      back.adapt(data);
      const y = layer.apply(data);
      expectClose(back.apply(y).data, data.data, { relative: 1e-5, absolute: 1e-5 });
    }
    const whole = new layers.Normalization(null);
    whole.adapt(data);
    const y = Array.from(whole.apply(data).data);
    expect(y.reduce((a, b) => a + b, 0) / 24).toBeCloseTo(0, 5);
    expect(y.reduce((a, b) => a + b * b, 0) / 24).toBeCloseTo(1, 5);
  });

  it('takes both or neither of mean and variance', () => {
    expect(() => new layers.Normalization({ mean: 1 })).toThrow('expected mean and variance, got the mean alone');
    expect(() => new layers.Normalization({ mean: 1, variance: 2 }).adapt([[1]])).toThrow('expected a layer without mean and variance');
    expect(() => new layers.Normalization({ mean: [1, 2], variance: [1, 2] }).apply([[1, 2, 3]])).toThrow(
      'expected mean of shape [3], got [2]',
    );
    expect(() => new layers.Normalization().adapt([])).toThrow('expected data, got none');
    expect(new layers.Normalization({ mean: [1, 2], variance: [4, 9] }).apply([[3, 8]]).array()).toEqual([[1, 2]]);
  });
});

describe('LayerNormalization', () => {
  it('normalizes several axes together', () => {
    const x = tensor(randoms(24, 5), [2, 3, 4]);
    const y = new layers.LayerNormalization({ axis: [1, 2], epsilon: 0 }).apply(x);
    const flat = new layers.LayerNormalization({ epsilon: 0 }).apply(tensor(x.data, [2, 12]));
    expect([...y.data]).toEqual([...flat.data]);
    expect(() => new layers.LayerNormalization({ axis: [1, -2] }).apply(x)).toThrow('each once, got [1, -2]');
    expect(() => new layers.LayerNormalization({ rmsScaling: true as never })).toThrow('expected rmsScaling to be false');
  });
});
