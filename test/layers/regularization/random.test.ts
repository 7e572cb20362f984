import { describe, expect, it } from 'vitest';
import * as layers from '../../../src/layers/index.ts';
import { streamKey } from '../../../src/random/philox.ts';
import { tensor } from '../../../src/tensor/index.ts';
import { expectClose, randoms } from '../../kernels/harness.ts';
import { randomNormal, uniforms } from '../../kernels/reference/random.ts';

const data = randoms(24, 2, -2, 2);
const x = tensor(data, [2, 3, 4]);
const SEED = 42;
/** The key of the n-th call. */
const key = (n: number) => Array.from(streamKey(SEED, n));

describe('noise of Keras streams, call after call', () => {
  it('GaussianNoise adds', () => {
    const layer = new layers.GaussianNoise(0.5, { seed: SEED });
    for (const call of [0, 1]) {
      const noise = randomNormal(24, key(call), 0, 0.5);
      expectClose(
        layer.apply(x, { training: true }).data,
        noise.map((v, i) => v + data[i]),
        { relative: 1e-6 },
      );
    }
    expect(layer.apply(x)).toEqual(x);
  });

  it('GaussianDropout multiplies', () => {
    const layer = new layers.GaussianDropout(0.2, { seed: SEED });
    const noise = randomNormal(24, key(0), 1, 0.5);
    expectClose(
      layer.apply(x, { training: true }).data,
      noise.map((v, i) => v * data[i]),
      { relative: 1e-6 },
    );
    expect(() => new layers.GaussianDropout(1)).toThrow('expected rate to be below 1, got 1');
  });

  it('AlphaDropout drops to the lowest value of selu and keeps mean and variance', () => {
    const [rate, alpha] = [0.3, -1.6732632423543772 * 1.0507009873554805];
    const a = ((1 - rate) * (1 + rate * alpha ** 2)) ** -0.5;
    const layer = new layers.AlphaDropout(rate, { seed: SEED });
    const drawn = uniforms(24, key(0));
    expectClose(
      layer.apply(x, { training: true }).data,
      drawn.map((u, i) => a * (u >= rate ? data[i] : alpha) - a * alpha * rate),
      { relative: 1e-5 },
    );
    const many = Array.from(
      new layers.AlphaDropout(rate, { seed: 1 }).apply([...randomNormal(20000, key(0), 0, 1)], { training: true }).data,
    );
    const mean = many.reduce((sum, v) => sum + v, 0) / 20000;
    const square = many.reduce((sum, v) => sum + v * v, 0) / 20000;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(square - 1)).toBeLessThan(0.05);
  });

  it('SpatialDropout1D drops a feature at all steps of a sample', () => {
    const drawn = uniforms(8, key(0));
    const y = new layers.SpatialDropout1D(0.5, { seed: SEED }).apply(x, { training: true });
    for (let b = 0; b < 2; b++) {
      for (let t = 0; t < 3; t++) {
        for (let c = 0; c < 4; c++) expect(y.at(b, t, c) === (drawn[b * 4 + c] >= 0.5 ? 2 * (x.at(b, t, c) as number) : 0)).toBe(true);
      }
    }
    expect(() => new layers.SpatialDropout1D(0.5).apply([[1, 2]], { training: true })).toThrow(
      'expected inputs of three axes, got shape [1, 2]',
    );
  });
});
