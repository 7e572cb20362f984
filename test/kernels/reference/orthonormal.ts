// The naive form of assembly/orthonormal.ts.

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => Array.from(a, (x, i) => x * b[i]).reduce((s, x) => s + x, 0);

/** Q of a matrix [m, n] with a positive diagonal of R: Householder reflections (Golub and Van Loan, Matrix Computations, 5.2.2). */
export function orthonormalize(matrix: ArrayLike<number>, m: number, n: number): number[] {
  const mirrors: Float64Array[] = [];
  const signs: number[] = [];
  const reflect = (x: Float64Array, v: Float64Array) => {
    const factor = dot(v, x);
    for (let i = 0; i < m; i++) x[i] -= factor * v[i];
  };
  for (let k = 0; k < n; k++) {
    const v = Float64Array.from({ length: m }, (_, i) => matrix[i * n + k]);
    for (const mirror of mirrors) reflect(v, mirror);
    v.fill(0, 0, k);
    const length = Math.sqrt(dot(v, v));
    // The diagonal element of R is -length for a column that starts with a positive number, and the other way round.
    const sign = v[k] < 0 ? -1 : 1;
    signs.push(-sign);
    v[k] += sign * length;
    const scale = Math.sqrt(2 / dot(v, v));
    mirrors.push(v.map((x) => x * scale));
  }
  const columns = signs.map((sign, j) => {
    const q = new Float64Array(m);
    q[j] = sign;
    for (let k = n - 1; k >= 0; k--) reflect(q, mirrors[k]);
    return q;
  });
  return Array.from({ length: m * n }, (_, at) => columns[at % n][Math.floor(at / n)]);
}
