import { describe, expect, it } from 'vitest';
import { expectClose, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/linalg.ts';

const COUNT = 3;
const close = { relative: 1e-5, absolute: 3e-6 };
const diagonal = (values: ArrayLike<number>, m = values.length, n = m): number[][] =>
  reference.make(m, n, (i, j) => (i === j ? values[i] : 0));
const products = (a: reference.Matrix): number[] => reference.times(reference.transposed(a), a).flat();

describe('eigenRows', () => {
  const run = (data: ArrayLike<number>, n: number) => {
    const box = new Sandbox();
    const [x, values, vectors] = [box.float32(data), box.float32(COUNT * n), box.float32(COUNT * n * n)];
    const work = box.float32(COUNT * (2 * n + 4) * n * 2);
    box.run(['eigenRows', x.address, values.address, vectors.address, work.address, COUNT, n]);
    return [values.read(), vectors.read()] as const;
  };

  it.each([1, 2, 3, 4, 8, 20])('of matrices of %i rows', (n) => {
    const data = randoms(COUNT * n * n, n, -3, 3);
    const [values, vectors] = run(data, n);
    for (let k = 0; k < COUNT; k++) {
      const given = reference.matrixOf(data, n, n, k);
      const whole = reference.make(n, n, (i, j) => (j <= i ? given[i][j] : given[j][i]));
      const own = values.slice(k * n, k * n + n);
      expectClose(own, reference.eigen(whole)[0], { relative: 1e-5, absolute: 1e-5, name: 'values' });
      const v = reference.matrixOf(vectors, n, n, k);
      expectClose(products(v), reference.unit(n).flat(), { ...close, name: 'products' });
      const again = reference.times(reference.times(v, diagonal(own)), reference.transposed(v));
      expectClose(again.flat(), whole.flat(), { relative: 1e-5, absolute: 1e-5, name: 'matrix' });
    }
  });

  it('of zeros, and ends with what is not finite', () => {
    expect([...run(new Float32Array(COUNT * 4), 2)[0]]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(run(new Float32Array(COUNT * 9).fill(Number.NaN), 3)[0].every(Number.isNaN)).toBe(true);
    run(new Float32Array(COUNT * 9).fill(Infinity), 3);
  });
});

describe('singularRows', () => {
  const run = (data: ArrayLike<number>, m: number, n: number, isFull: boolean) => {
    const [p, q] = [Math.max(m, n), Math.min(m, n)];
    const [left, right] = isFull ? [m, n] : [q, q];
    const box = new Sandbox();
    const [x, s, u, v] = [data, COUNT * q, COUNT * m * left, COUNT * right * n].map((one) => box.float32(one));
    const work = box.float32(COUNT * (p * Math.max(left, right) + q * q + q) * 2);
    box.run(['singularRows', x.address, s.address, u.address, v.address, work.address, COUNT, m, n, left, right]);
    return { s: s.read(), u: u.read(), v: v.read(), left, right, q };
  };

  const expectFactors = (data: ArrayLike<number>, m: number, n: number, isFull: boolean) => {
    const { s, u, v, left, right, q } = run(data, m, n, isFull);
    for (let k = 0; k < COUNT; k++) {
      const whole = reference.matrixOf(data, m, n, k);
      const own = s.slice(k * q, k * q + q);
      const squares = reference.times(reference.transposed(whole), whole);
      const expected = reference.eigen(squares)[0].reverse().slice(0, q);
      expectClose(
        own,
        expected.map((value) => Math.sqrt(Math.max(0, value))),
        { relative: 1e-5, absolute: 1e-6, name: 'values' },
      );
      const [a, b] = [reference.matrixOf(u, m, left, k), reference.matrixOf(v, right, n, k)];
      expectClose(products(a), reference.unit(left).flat(), { ...close, name: 'u' });
      expectClose(products(reference.transposed(b)), reference.unit(right).flat(), { ...close, name: 'v' });
      const again = reference.times(reference.times(a, diagonal(own, left, right)), b);
      expectClose(again.flat(), whole.flat(), { ...close, name: 'matrix' });
    }
  };

  it.each([
    [1, 1],
    [1, 3],
    [3, 1],
    [4, 4],
    [6, 4],
    [4, 6],
    [12, 9],
  ])('of matrices [%i, %i]', (m, n) => {
    for (const isFull of [false, true]) expectFactors(randoms(COUNT * m * n, m * n, -2, 2), m, n, isFull);
  });

  it('of matrices of lower rank', () => {
    for (const isFull of [false, true]) {
      expectFactors(new Float32Array(COUNT * 6), 3, 2, isFull);
      expectFactors(
        Float32Array.from({ length: COUNT * 12 }, (_, i) => ((i % 3) + 1) * (Math.floor(i / 3) + 1)),
        4,
        3,
        isFull,
      );
    }
  });

  it('ends with what is not finite', () => {
    expect(run(new Float32Array(COUNT * 4).fill(Number.NaN), 2, 2, true).s.every(Number.isNaN)).toBe(true);
  });
});
