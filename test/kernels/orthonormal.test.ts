import { describe, expect, it } from 'vitest';
import { expectClose, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/orthonormal.ts';

function orthonormalize(matrix: Float32Array | number[], m: number, n: number): Float32Array {
  const n4 = Math.ceil(n / 4) * 4;
  const box = new Sandbox();
  const a = box.float32(matrix);
  const work = box.float32((m + n4 + 4) * n4 * 2);
  box.run(['orthonormalize', a.address, work.address, m, n]);
  return a.read() as Float32Array;
}

/** The largest element of Q^T Q - 1. */
function errorOf(q: ArrayLike<number>, m: number, n: number): number {
  let worst = 0;
  for (let a = 0; a < n; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = a === b ? -1 : 0;
      for (let i = 0; i < m; i++) sum += q[i * n + a] * q[i * n + b];
      worst = Math.max(worst, Math.abs(sum));
    }
  }
  return worst;
}

describe('orthonormalize', () => {
  it.each([
    [1, 1],
    [2, 1],
    [2, 2],
    [3, 2],
    [4, 4],
    [5, 3],
    [8, 5],
    [17, 9],
    [40, 12],
    [33, 33],
    [128, 32],
  ])('gives the Q of a matrix [%i, %i]', (m, n) => {
    const matrix = randoms(m * n, m + n);
    const q = orthonormalize(matrix, m, n);
    expectClose(q, reference.orthonormalize(matrix, m, n), { relative: 1e-6, absolute: 1e-7 });
    expect(errorOf(q, m, n)).toBeLessThan(3e-7);
  });

  it('of nothing is nothing', () => expect(orthonormalize([], 0, 0)).toHaveLength(0));

  // The last column is the first, but for a part of it.
  it.each([1e-2, 1e-4, 1e-6])('is orthonormal where a column depends on others up to %f', (part) => {
    const [m, n] = [20, 6];
    const matrix = Array.from(randoms(m * n, 5));
    for (let i = 0; i < m; i++) matrix[i * n + 5] = matrix[i * n] + part * matrix[i * n + 5];
    const rounded = Float32Array.from(matrix);
    const q = orthonormalize(rounded, m, n);
    expect(errorOf(q, m, n)).toBeLessThan(3e-7);
    expectClose(q, reference.orthonormalize(rounded, m, n), { relative: 1e-5, absolute: 1e-6 });
  });

  it('is finite for columns that are the same', () => {
    const [m, n] = [10, 3];
    const q = orthonormalize(
      Array.from({ length: m * n }, (_, at) => Math.floor(at / n) - 4.5),
      m,
      n,
    );
    expect(q.every(Number.isFinite)).toBe(true);
  });
});
