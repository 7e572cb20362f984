import { describe, expect, it } from 'vitest';
import { expectClose, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/pooling.ts';

const references = { ...reference };

type Seven = readonly [batch: number, steps: number, dim: number, windows: number, size: number, stride: number, left: number];

const shapes: Seven[] = [
  [0, 4, 3, 2, 2, 2, 0],
  [1, 1, 1, 1, 1, 1, 0],
  [2, 5, 0, 2, 2, 2, 0],
  [2, 7, 3, 3, 2, 2, 0],
  [3, 5, 5, 5, 3, 1, 1],
  [1, 8, 31, 3, 2, 3, 0],
  [2, 9, 16, 4, 3, 2, 0],
  [2, 4, 37, 4, 7, 1, 3],
  [5, 2, 7, 1, 3, 3, 0],
];
const sizesOf = ([batch, steps, dim, windows, size, stride, left]: Seven): reference.Sizes => ({
  batch,
  steps,
  dim,
  windows,
  size,
  stride,
  left,
});

describe.each(shapes)('pooling [%i, %i, %i] into %i windows of %i, stride %i, left %i', (...shape) => {
  const sizes = sizesOf(shape);
  const { batch, steps, dim, windows } = sizes;
  // Few different values, so that windows have ties.
  const data = randoms(batch * steps * dim, 3, -4, 4).map(Math.round);

  it.each(['maxPoolSteps', 'averagePoolSteps'] as const)('%s', (name) => {
    const box = new Sandbox();
    const x = box.float32(data, 4);
    const y = box.float32(batch * windows * dim);
    box.run([name, x.address, y.address, ...shape]);
    expectClose(y.read(), references[name](x.read(), sizes), { relative: 1e-6, absolute: 1e-6, name });
  });

  it('maxPoolStepsGradient', () => {
    const box = new Sandbox();
    const [x, y] = [box.float32(data), box.float32(reference.maxPoolSteps(data, sizes), 4)];
    const dy = box.float32(randoms(batch * windows * dim, 5), 8);
    const dx = box.float32(batch * steps * dim, 4);
    box.run(['maxPoolStepsGradient', x.address, y.address, dy.address, dx.address, ...shape]);
    expectClose(dx.read(), reference.maxPoolStepsGradient(data, dy.read(), sizes), { relative: 1e-6, absolute: 1e-6 });
  });

  it('averagePoolStepsGradient', () => {
    const box = new Sandbox();
    const dy = box.float32(randoms(batch * windows * dim, 5), 8);
    const dx = box.float32(batch * steps * dim, 4);
    box.run(['averagePoolStepsGradient', dy.address, dx.address, ...shape]);
    expectClose(dx.read(), reference.averagePoolStepsGradient(dy.read(), sizes), { relative: 1e-6, absolute: 1e-6 });
  });
});

describe('maxPoolSteps', () => {
  it('hands on NaN and infinities', () => {
    const box = new Sandbox();
    const x = box.float32([NaN, 1, -Infinity, -Infinity, Infinity, 3, -1e-40, -2e-40]);
    const y = box.float32(4);
    box.run(['maxPoolSteps', x.address, y.address, 1, 8, 1, 4, 2, 2, 0]);
    expect([...y.read()]).toEqual([NaN, -Infinity, Infinity, Math.fround(-1e-40)]);
  });
});
