import { describe, expect, it } from 'vitest';
import { expectClose, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/linalg.ts';

const COUNT = 3;
/** Columns on the right. */
const RIGHT = 6;
const SIZES = [1, 2, 3, 5, 8, 17];

/** Symmetric matrices with eigenvalues above 1. */
const positive = (n: number): Float32Array => {
  const x = randoms(COUNT * n * n, n);
  const each = Array.from({ length: COUNT }, (_, k) => {
    const a = reference.matrixOf(x, n, n, k);
    return reference.times(a, reference.transposed(a)).map((row, i) => row.map((v, j) => v + Number(i === j)));
  });
  return Float32Array.from(each.flat(2));
};

describe('choleskyRows', () => {
  it.each(SIZES)('of matrices of %i rows', (n) => {
    const data = positive(n);
    const box = new Sandbox();
    const [x, y] = [box.float32(data), box.float32(data.length)];
    box.run(['choleskyRows', x.address, y.address, COUNT, n]);
    const expected = Array.from({ length: COUNT }, (_, k) => reference.cholesky(reference.matrixOf(data, n, n, k)));
    expectClose(y.read(), expected.flat(2), { relative: 1e-5, absolute: 1e-6, name: 'L' });
  });

  it('gives NaN for what is not positive definite', () => {
    const box = new Sandbox();
    const [x, y] = [box.float32([1, 2, 2, 1]), box.float32(4)];
    box.run(['choleskyRows', x.address, y.address, 1, 2]);
    expect([...y.read()]).toEqual([1, 0, 2, Number.NaN]);
  });
});

describe('luRows and solveTriangles', () => {
  it.each(SIZES)('solve systems of %i equations', (n) => {
    const [a, b] = [randoms(COUNT * n * n, n), randoms(COUNT * n * RIGHT, n + 1)];
    const box = new Sandbox();
    const [x, lu, right, half, y] = [box.float32(a), box.float32(a.length), box.float32(b), box.float32(b.length), box.float32(b.length)];
    const [order, sign] = [box.int32(COUNT * n), box.float32(COUNT)];
    box.run(
      ['luRows', x.address, lu.address, order.address, sign.address, COUNT, n],
      ['solveTriangles', lu.address, right.address, order.address, half.address, COUNT, n, RIGHT, 4],
      ['solveTriangles', lu.address, half.address, 0, y.address, COUNT, n, RIGHT, 1],
    );
    const expected = Array.from({ length: COUNT }, (_, k) =>
      reference.solve(reference.matrixOf(a, n, n, k), reference.matrixOf(b, n, RIGHT, k)),
    );
    expectClose(y.read(), expected.flat(2), { relative: 1e-3, absolute: 1e-4, name: 'y' });
    expect([...sign.read()].every((one) => Math.abs(one) === 1)).toBe(true);
    for (let k = 0; k < COUNT; k++) {
      const rows = order.read().slice(k * n, k * n + n);
      expect([...rows].sort((p, q) => p - q)).toEqual(rows.length === 0 ? [] : Array.from(rows, (_, i) => i));
      const factors = reference.matrixOf(lu.read(), n, n, k);
      const [l, u] = [
        reference.make(n, n, (i, j) => (i === j ? 1 : j < i ? factors[i][j] : 0)),
        reference.make(n, n, (i, j) => (j < i ? 0 : factors[i][j])),
      ];
      const whole = reference.matrixOf(a, n, n, k);
      const exchanged = Array.from(rows, (row) => whole[row]);
      expectClose(reference.times(l, u).flat(), exchanged.flat(), { relative: 1e-5, absolute: 1e-6, name: 'L U' });
    }
  });

  it('leave a column that depends on others', () => {
    const box = new Sandbox();
    const [x, lu, order, sign] = [box.float32([1, 2, 2, 4]), box.float32(4), box.int32(2), box.float32(1)];
    box.run(['luRows', x.address, lu.address, order.address, sign.address, 1, 2]);
    expect([...lu.read(), ...order.read(), ...sign.read()]).toEqual([2, 4, 0.5, 0, 1, 0, -1]);
  });
});

describe('qrRows', () => {
  it.each([
    [1, 1],
    [1, 4],
    [4, 1],
    [3, 3],
    [5, 3],
    [3, 5],
    [17, 9],
  ])('of matrices [%i, %i]', (m, n) => {
    const data = randoms(COUNT * m * n, m + n);
    for (const columns of new Set([m, Math.min(m, n)])) {
      const box = new Sandbox();
      const [x, q, r] = [box.float32(data), box.float32(COUNT * m * columns), box.float32(COUNT * columns * n)];
      const work = box.float32(COUNT * (m * n + m * columns + 2 * n + m) * 2);
      box.run(['qrRows', x.address, q.address, r.address, work.address, COUNT, m, n, columns]);
      const expected = Array.from({ length: COUNT }, (_, k) => reference.qr(reference.matrixOf(data, m, n, k)));
      const allQ = expected.map(([one]) => one.map((row) => row.slice(0, columns)));
      const allR = expected.map(([, one]) => one.slice(0, columns));
      expectClose(q.read(), allQ.flat(2), { relative: 1e-5, absolute: 1e-6, name: 'Q' });
      expectClose(r.read(), allR.flat(2), { relative: 1e-5, absolute: 1e-6, name: 'R' });
    }
  });
});
