// The naive forms of assembly/factors.ts, eigen.ts and singular.ts, of one matrix as an array of rows.

export type Matrix = readonly (readonly number[])[];

export const make = (m: number, n: number, f: (i: number, j: number) => number): number[][] =>
  Array.from({ length: m }, (_, i) => Array.from({ length: n }, (_, j) => f(i, j)));

/** Matrix `k` of a stack of matrices [m, n]. */
export const matrixOf = (data: ArrayLike<number>, m: number, n: number, k = 0): number[][] =>
  make(m, n, (i, j) => data[(k * m + i) * n + j]);

export const times = (a: Matrix, b: Matrix): number[][] =>
  make(a.length, b[0].length, (i, j) => b.reduce((sum, row, k) => sum + a[i][k] * row[j], 0));

export const transposed = (a: Matrix): number[][] => make(a[0].length, a.length, (i, j) => a[j][i]);

export const unit = (n: number): number[][] => make(n, n, (i, j) => Number(i === j));

/** L of a = L L^T, from the lower half. */
export function cholesky(a: Matrix): number[][] {
  const l = make(a.length, a.length, () => 0);
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j <= i; j++) {
      const rest = a[i][j] - l[i].slice(0, j).reduce((sum, x, k) => sum + x * l[j][k], 0);
      l[i][j] = i === j ? Math.sqrt(rest) : rest / l[j][j];
    }
  }
  return l;
}

/** y of a y = b, by Gauss and Jordan with exchanged rows. */
export function solve(a: Matrix, b: Matrix): number[][] {
  const n = a.length;
  const rows = a.map((row, i) => [...row, ...b[i]]);
  for (let j = 0; j < n; j++) {
    const best = rows.slice(j).reduce((top, row, k) => (Math.abs(row[j]) > Math.abs(rows[top][j]) ? j + k : top), j);
    [rows[j], rows[best]] = [rows[best], rows[j]];
    const pivot = rows[j][j];
    rows[j] = rows[j].map((x) => x / pivot);
    for (let i = 0; i < n; i++) {
      const factor = rows[i][j];
      if (i !== j) rows[i] = rows[i].map((x, k) => x - factor * rows[j][k]);
    }
  }
  return rows.map((row) => row.slice(n));
}

/** Q (square) and R of a, by reflections as whole matrices; the diagonal of R has the sign opposite to what was there. */
export function qr(a: Matrix): [q: number[][], r: number[][]] {
  const [m, n] = [a.length, a[0].length];
  let [q, r]: number[][][] = [unit(m), a.map((row) => [...row])];
  for (let j = 0; j < Math.min(m, n); j++) {
    const v = r.map((row, i) => (i < j ? 0 : row[j]));
    if (v.slice(j + 1).every((x) => x === 0)) continue;
    v[j] += (v[j] >= 0 ? 1 : -1) * Math.hypot(...v);
    const square = v.reduce((sum, x) => sum + x * x, 0);
    const mirror = make(m, m, (i, k) => Number(i === k) - (2 * v[i] * v[k]) / square);
    [q, r] = [times(q, mirror), times(mirror, r)];
  }
  return [q, r.map((row, i) => row.map((x, j) => (j < i ? 0 : x)))];
}

/** Eigenvalues in ascending order and eigenvectors as columns of a symmetric matrix, by rotations that make one element 0 after another. */
export function eigen(a: Matrix): [values: number[], vectors: number[][]] {
  const n = a.length;
  let [d, v]: number[][][] = [a.map((row) => [...row]), unit(n)];
  for (let sweep = 0; sweep < 60; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(d[p][q]) < 1e-300) continue;
        const angle = 0.5 * Math.atan2(2 * d[p][q], d[q][q] - d[p][p]);
        const turn = unit(n);
        turn[p][p] = turn[q][q] = Math.cos(angle);
        turn[p][q] = Math.sin(angle);
        turn[q][p] = -Math.sin(angle);
        [d, v] = [times(transposed(turn), times(d, turn)), times(v, turn)];
      }
    }
  }
  const order = d.map((_, i) => i).sort((i, k) => d[i][i] - d[k][k]);
  return [order.map((i) => d[i][i]), v.map((row) => order.map((i) => row[i]))];
}
