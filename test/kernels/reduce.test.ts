import { describe, expect, it } from 'vitest';
import { expectClose, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/reduce.ts';

const shapes: [outer: number, n: number, inner: number][] = [
  [0, 3, 1],
  [0, 3, 5],
  [3, 4, 0],
  [3, 8, 7],
  [2, 7, 3],
];
for (const outer of [1, 3]) {
  for (const n of [1, 2, 31, 130]) {
    for (const inner of [1, 2, 4, 5, 16, 23, 33]) shapes.push([outer, n, inner]);
  }
}

/** Few different numbers, so that there are ties, and some that are special. */
function withTies(n: number, seed: number, special: number[] = []): Float32Array {
  const values = randoms(n, seed, -3, 3).map(Math.round);
  for (let i = 0; i < special.length && n > 0; i++) values[(i * 7919 + seed) % n] = special[i];
  return values;
}

describe('reduceSum', () => {
  it('sums every shape', () => {
    for (const [outer, n, inner] of [...shapes, [2, 0, 1], [2, 0, 5], [1, 9001, 1], [1, 700, 18]]) {
      const box = new Sandbox();
      const x = box.float32(randoms(outer * n * inner, 7, -1, 2), 4);
      const y = box.float32(outer * inner);
      box.run(['reduceSum', x.address, y.address, outer, n, inner, 0.3]);
      const name = `sum of ${[outer, n, inner]}`;
      expectClose(y.read(), reference.reduceSum(x.read(), outer, n, inner, 0.3), { relative: 2e-6, absolute: 2e-5, name });
    }
  });

  it('hands on NaN and infinities', () => {
    const box = new Sandbox();
    const x = box.float32([NaN, 1, 2, Infinity, 1, 1, Infinity, -Infinity, 0]);
    const y = box.float32(3);
    box.run(['reduceSum', x.address, y.address, 3, 3, 1, 1]);
    expect([...y.read()]).toEqual([NaN, Infinity, NaN]);
    box.run(['reduceSum', x.address, y.address, 1, 3, 3, 1]);
    expect([...y.read()]).toEqual([NaN, -Infinity, 3]);
  });

  it('sums a million equal numbers to a million', () => {
    const box = new Sandbox();
    const x = box.float32(new Float32Array(1_000_000).fill(1));
    const y = box.float32(1);
    box.run(['reduceSum', x.address, y.address, 1, 1_000_000, 1, 1]);
    expect(y.read()[0]).toBe(1_000_000);
  });
});

describe.each(['reduceMax', 'reduceMin'] as const)('%s', (name) => {
  it('reduces every shape, NaN and infinities too', () => {
    for (const [outer, n, inner] of shapes) {
      for (const special of [[], [Infinity, NaN, -Infinity]]) {
        const box = new Sandbox();
        const x = box.float32(withTies(outer * n * inner, n, special), 8);
        const y = box.float32(outer * inner, 4);
        box.run([name, x.address, y.address, outer, n, inner]);
        const expected = reference[name](x.read(), outer, n, inner);
        expectClose(y.read(), expected, { relative: 0, absolute: 0, name: `${name} of ${[outer, n, inner]}` });
      }
    }
  });
});

describe('argMax', () => {
  it('gives the first of the largest, and NaN counts as largest', () => {
    for (const [outer, n, inner] of shapes) {
      for (const special of [[], [NaN, Infinity, NaN, -Infinity]]) {
        const box = new Sandbox();
        const x = box.float32(withTies(outer * n * inner, n + 1, special), 4);
        const y = box.int32(outer * inner);
        box.run(['argMax', x.address, y.address, outer, n, inner]);
        expect([...y.read()], `${[outer, n, inner]}`).toEqual(reference.argMax(x.read(), outer, n, inner));
      }
    }
  });

  it('gives 0 of a row of -Infinity', () => {
    const box = new Sandbox();
    const x = box.float32(Array(6).fill(-Infinity));
    const y = box.int32(2);
    box.run(['argMax', x.address, y.address, 1, 6, 1]);
    expect(y.read()[0]).toBe(0);
    box.run(['argMax', x.address, y.address, 1, 3, 2]);
    expect([...y.read()]).toEqual([0, 0]);
  });
});

describe('reduceMaxGradient', () => {
  it.each(['reduceMax', 'reduceMin'] as const)('shares the gradient of %s among ties', (name) => {
    for (const [outer, n, inner] of shapes) {
      const box = new Sandbox();
      const x = box.float32(withTies(outer * n * inner, n + 2), 4);
      const y = box.float32(outer * inner);
      const dy = box.float32(randoms(outer * inner, 5));
      const dx = box.float32(outer * n * inner);
      box.run([name, x.address, y.address, outer, n, inner]);
      box.run(['reduceMaxGradient', x.address, y.address, dy.address, dx.address, outer, n, inner]);
      const expected = reference.reduceMaxGradient(x.read(), y.read(), dy.read(), outer, n, inner);
      expectClose(dx.read(), expected, { relative: 3e-7, absolute: 0, name: `${name} of ${[outer, n, inner]}` });
    }
  });

  it('counts no element past the end of a row, where the maximum is 0', () => {
    const box = new Sandbox();
    const x = box.float32([-1, 0, -2, 0, -3]);
    const y = box.float32([0]);
    const dy = box.float32([6]);
    const dx = box.float32(5);
    box.run(['reduceMaxGradient', x.address, y.address, dy.address, dx.address, 1, 5, 1]);
    expect([...dx.read()]).toEqual([0, 3, 0, 3, 0]);
  });

  it('makes NaN of the gradients where the maximum is NaN', () => {
    const box = new Sandbox();
    const x = box.float32([1, NaN, 3, 4, 4, 2]);
    const y = box.float32([NaN, 4]);
    const dy = box.float32([1, 3]);
    const dx = box.float32(6);
    box.run(['reduceMaxGradient', x.address, y.address, dy.address, dx.address, 2, 3, 1]);
    expect([...dx.read()]).toEqual([NaN, NaN, NaN, 1.5, 1.5, 0]);
  });
});

describe('sumBlocks and sumSquaresBlocks', () => {
  it.each([0, 1, 3, 4095, 4096, 4097, 12301, 40000])('cut %i elements into blocks of 4096', (n) => {
    const box = new Sandbox();
    const x = box.float32(randoms(n, 3, -1, 3), 4);
    const partial = box.float32(Math.ceil(n / 4096));
    box.run(['sumBlocks', x.address, partial.address, n]);
    expectClose(partial.read(), reference.sumBlocks(x.read()), { relative: 2e-6 });
    box.run(['sumSquaresBlocks', x.address, partial.address, n]);
    expectClose(partial.read(), reference.sumBlocks(x.read().map((v) => v * v)), { relative: 2e-6 });
  });
});

describe('maskedMeanSteps', () => {
  it('averages the steps that the mask lets through, and gives NaN of none', () => {
    for (const [batch, steps, dim] of shapes) {
      const box = new Sandbox();
      const x = box.float32(randoms(batch * steps * dim, 9), 4);
      const mask = box.float32(randoms(batch * steps, 8).map((v, i) => Number(v > 0 && i >= steps)));
      const y = box.float32(batch * dim);
      const name = `mean of ${[batch, steps, dim]}`;
      box.run(['maskedMeanSteps', x.address, mask.address, y.address, batch, steps, dim]);
      expectClose(y.read(), reference.maskedMeanSteps(x.read(), mask.read(), batch, steps, dim), { relative: 2e-6, name });
      const dy = box.float32(randoms(batch * dim, 10));
      const dx = box.float32(batch * steps * dim, 8);
      box.run(['maskedMeanStepsGradient', dy.address, mask.address, dx.address, batch, steps, dim]);
      expectClose(dx.read(), reference.maskedMeanStepsGradient(dy.read(), mask.read(), batch, steps, dim), { relative: 2e-6, name });
    }
  });
});
