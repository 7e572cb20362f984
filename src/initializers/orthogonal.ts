// Orthogonal matrices, by a QR decomposition of normal numbers.
import { mismatch } from '../common/errors.ts';
import { number } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import { drawNormal } from '../random/draw.ts';
import { checkShape, Tensor } from '../tensor/tensor.ts';
import type { RandomInitializerOptions } from './random.ts';
import { RandomInitializer } from './random.ts';

const options = {
  /** Factor of the matrix. Default: 1. */
  gain: [number, 1],
} as const satisfies Options;

/** Options of Orthogonal. */
export interface OrthogonalOptions extends RandomInitializerOptions, OptionsOf<typeof options> {}

export interface Orthogonal extends ValuesOf<typeof options> {}

/**
 * A random matrix with orthonormal columns, or rows where it has fewer of them (Saxe et al. 2014). Further axes in front
 * count as rows.
 *
 * ```ts
 * new initializers.Orthogonal({ seed: 42 }).call([5, 4]);
 * ```
 * A seed gives Keras's values within 1e-6: the same draw, but decomposed in float64 here and in float32 there.
 * @throws ValueError for a misspelt option, a gain that is not a number, a seed that is not whole and, on use, a shape of
 * fewer than two axes
 */
export class Orthogonal extends RandomInitializer {
  static override readonly spec: Spec = { keras: 'keras.initializers.Orthogonal', options };

  constructor(options?: OrthogonalOptions) {
    super(options);
  }

  call(shape: readonly number[]): Tensor {
    const count = checkShape(this.className, shape);
    if (shape.length < 2) {
      throw mismatch('Orthogonal', 'a shape of at least two axes', `[${shape.join(', ')}]`, 'Use another initializer for this weight.');
    }
    if (count === 0) return new Tensor(new Float32Array(0), shape);
    const columns = shape[shape.length - 1];
    const rows = count / columns;
    const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
    const vectors = orthonormal(drawNormal(count, this.key(), 0, 1), long, short);
    const values = new Float32Array(count);
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        values[i * columns + j] = this.gain * Math.fround(rows < columns ? vectors[i][j] : vectors[j][i]);
      }
    }
    return new Tensor(values, shape);
  }
}

/**
 * The columns of Q of a matrix of `m` rows and `n` <= m columns, their signs such that R's diagonal is not negative:
 * Householder reflections (Golub and Van Loan, Matrix Computations, 5.2.2), which keep Q orthogonal to the last bits.
 */
function orthonormal(matrix: Float32Array, m: number, n: number): Float64Array[] {
  const mirrors: Float64Array[] = [];
  const signs: number[] = [];
  for (let k = 0; k < n; k++) {
    const v = new Float64Array(m);
    for (let i = 0; i < m; i++) v[i] = matrix[i * n + k];
    for (let j = 0; j < k; j++) reflect(v, mirrors[j], j);
    v.fill(0, 0, k);
    const length = Math.sqrt(dot(v, v, k));
    // The diagonal element of R is -length for a column that starts with a positive number, and the other way round.
    const sign = v[k] < 0 ? -1 : 1;
    signs.push(-sign * (length > 0 ? 1 : 0));
    v[k] += sign * length;
    const scale = length > 0 ? Math.sqrt(2 / dot(v, v, k)) : 0;
    for (let i = k; i < m; i++) v[i] *= scale;
    mirrors.push(v);
  }
  return signs.map((sign, j) => {
    const q = new Float64Array(m);
    q[j] = sign;
    // Later mirrors leave q alone: they are zero where it is not.
    for (let k = j; k >= 0; k--) reflect(q, mirrors[k], k);
    return q;
  });
}

/** x -= v (v x), where v v = 2 and v is zero before `start`. */
function reflect(x: Float64Array, v: Float64Array, start: number): void {
  const factor = dot(v, x, start);
  for (let i = start; i < x.length; i++) x[i] -= factor * v[i];
}

/** Four sums at once, because each addition waits for the one before. */
function dot(a: Float64Array, b: Float64Array, start: number): number {
  const { length } = a;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = start;
  for (; i + 4 <= length; i += 4) {
    s0 += a[i] * b[i];
    s1 += a[i + 1] * b[i + 1];
    s2 += a[i + 2] * b[i + 2];
    s3 += a[i + 3] * b[i + 3];
  }
  for (; i < length; i++) s0 += a[i] * b[i];
  return s0 + s1 + (s2 + s3);
}
