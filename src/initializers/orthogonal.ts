// Orthogonal matrices, by a QR decomposition of normal numbers.
import { mismatch } from '../common/errors.ts';
import { number } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import { kernels } from '../kernels/kernels.ts';
import { allocate, float32At, free } from '../kernels/memory.ts';
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
        values[i * columns + j] = this.gain * vectors[rows < columns ? j * short + i : i * short + j];
      }
    }
    return new Tensor(values, shape);
  }
}

/** Q of a matrix of `m` rows and `n` <= m columns, with signs such that R's diagonal is positive. */
function orthonormal(matrix: Float32Array, m: number, n: number): Float32Array {
  const n4 = (n + 3) & ~3;
  const address = allocate(m * n * 4);
  try {
    const work = allocate((m + n4 + 4) * n4 * 8);
    try {
      float32At(address, m * n).set(matrix);
      kernels().orthonormalize(address, work, m, n, 0, 1);
      return float32At(address, m * n).slice();
    } finally {
      free(work);
    }
  } finally {
    free(address);
  }
}
