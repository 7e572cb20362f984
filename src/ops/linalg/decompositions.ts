// Matrices as products of orthogonal ones and simple ones.

import { eigen } from '../../primitives/eigen.ts';
import { qr as factors } from '../../primitives/factors.ts';
import { reshape } from '../../primitives/layout.ts';
import { listOp } from '../dispatch.ts';
import type { Operand, OpResult } from '../operand.ts';
import { choice, float } from '../parameters.ts';
import type { Setting } from '../signatures.ts';
import { linalg, outer, squares, stack } from './stacks.ts';

/**
 * q and r of x = q r: orthonormal columns and an upper triangle, of the matrices in the last two axes: `ops.qr([[3], [4]])` is [[-0.6], [-0.8]] and
 * [[-5]].
 *
 * `mode`: 'reduced' (the default: as many columns as x has rows or columns, whichever are fewer) or 'complete' (as many as rows; without a
 * gradient for tall matrices, as in TensorFlow). Signs are those of LAPACK.
 */
export const qr: <A extends Operand>(x: A, mode?: Setting<'mode', 'reduced' | 'complete'>) => OpResult<A>[] = /* @__PURE__ */ listOp(
  linalg,
  'qr',
  { x: float, mode: [choice('reduced', 'complete'), 'reduced'] },
  ({ x, mode }) => {
    const matrices = stack('qr', x);
    const [, m, n] = matrices.shape;
    return factors(matrices, mode === 'complete' ? m : Math.min(m, n)).map((y) => reshape(y, [...outer(x), ...y.shape.slice(1)]));
  },
);

/**
 * Eigenvalues in ascending order, and eigenvectors as columns, of the symmetric matrices in the last two axes, of which the lower halves
 * are read: `ops.eigh([[2, 0], [0, 1]])` is [1, 2] and [[0, 1], [1, 0]], each column up to its sign.
 */
export const eigh: <A extends Operand>(x: A) => OpResult<A>[] = /* @__PURE__ */ listOp(linalg, 'eigh', { x: float }, ({ x }) => {
  const [values, vectors] = eigen(squares('eigh', x));
  return [reshape(values, x.shape.slice(0, -1)), reshape(vectors, x.shape)];
});
