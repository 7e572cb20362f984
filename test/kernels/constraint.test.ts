import { describe, expect, it } from 'vitest';
import { expectClose, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/optimizer.ts';

const sizes = [0, 1, 2, 3, 4, 5, 7, 8, 31, 1000];

describe('scaleBy', () => {
  it.each(sizes)('multiplies %i values by a factor in memory', (n) => {
    const x = randoms(n, 2);
    const box = new Sandbox();
    const [from, to, factor] = [box.float32(x, 4), box.float32(n), box.float32([0.3])];
    box.run(['scaleBy', from.address, to.address, factor.address, n]);
    expect(to.read()).toEqual(x.map((v) => v * Math.fround(0.3)));
    box.run(['scaleBy', from.address, from.address, factor.address, n]);
    expect(from.read()).toEqual(to.read());
  });
});

describe('clipFactor', () => {
  const factorOf = (squaredNorms: number[], limit: number) => {
    const box = new Sandbox();
    const [norms, factor] = [box.float32(squaredNorms), box.float32(1)];
    box.run(['clipFactor', norms.address, factor.address, squaredNorms.length, limit]);
    return factor.read()[0];
  };

  it.each([
    [[4], 0.5],
    [[1, 2, 6], 1],
    [[1e30, 1e30], 3],
    [[3e38, 3e38], 1],
    [[2], 0.1],
  ])('clips the norm of %j to %f', (squaredNorms, limit) => {
    expectClose([factorOf(squaredNorms, limit)], [reference.clipFactor(squaredNorms, limit)], { relative: 2e-7, absolute: 0 });
  });

  it('is exactly 1 at and under the limit', () => {
    for (const limit of [0.1, 0.3, 1, 7])
      expect([factorOf([], limit), factorOf([0], limit), factorOf([limit * limit * 0.99], limit)]).toEqual([1, 1, 1]);
  });

  it('shows a norm that is no number', () => {
    expect(factorOf([1, NaN], 1)).toBeNaN();
    expect(factorOf([Infinity], 1)).toBe(0);
  });
});

describe('lerpInto', () => {
  it.each(sizes)('mixes %i values', (n) => {
    const [x, y] = [randoms(n, 2), randoms(n, 3)];
    const box = new Sandbox();
    const [from, to] = [box.float32(x), box.float32(y, 4)];
    box.run(['lerpInto', from.address, to.address, n, 0.99, 0.01]);
    expectClose(
      to.read(),
      y.map((v, i) => v * 0.99 + x[i] * 0.01),
      { relative: 1e-6, absolute: 1e-7 },
    );
  });
});

describe('nonNegative', () => {
  it.each(sizes)('clips %i values, NaN stays', (n) => {
    const w = randoms(n, 2);
    if (n > 4) w.set([-0, NaN, -Infinity, Infinity], 1);
    const box = new Sandbox();
    const weight = box.float32(w, 4);
    box.run(['nonNegative', weight.address, n]);
    expect(weight.read()).toEqual(w.map((v) => Math.max(v, 0)));
  });
});

describe('norms over the middle axis', () => {
  const shapes = [
    [1, 5, 3],
    [1, 1000, 4],
    [1, 300, 1],
    [3, 2, 7],
    [5, 31, 1],
    [7, 3, 1],
    [2, 4, 8],
    [1, 1, 9],
    [4, 1, 1],
    [1, 8, 31],
    [0, 3, 2],
    [2, 3, 0],
  ];
  it.each(shapes)('bring [%i, %i, %i] within their bounds', (outer, n, inner) => {
    const w = randoms(outer * n * inner, 7, -1.5, 1.5);
    w.fill(0, 0, Math.min(1, w.length));
    const applied = (run: (box: Sandbox, address: number) => void) => {
      const box = new Sandbox();
      const weight = box.float32(w, inner % 4 ? 4 : 0);
      run(box, weight.address);
      return weight.read();
    };
    const close = { relative: 2e-6, absolute: 1e-9 };
    expectClose(
      applied((box, at) => box.run(['maxNorm', at, outer, n, inner, 2])),
      reference.minMaxNorm(w, n, inner, 0, 2, 1),
      close,
    );
    expectClose(
      applied((box, at) => box.run(['unitNorm', at, outer, n, inner])),
      reference.minMaxNorm(w, n, inner, 1, 1, 1),
      close,
    );
    const args = [0.5, 1.25, 0.75] as const;
    expectClose(
      applied((box, at) => box.run(['minMaxNorm', at, outer, n, inner, ...args])),
      reference.minMaxNorm(w, n, inner, ...args),
      close,
    );
  });

  it('leaves zeros at 0', () => {
    const box = new Sandbox();
    const weight = box.float32([0, 0, 0, 0, 0, 0]);
    box.run(['unitNorm', weight.address, 1, 3, 2]);
    expect([...weight.read()]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
