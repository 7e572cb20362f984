// Determinants, and their logarithms where they are too large or too small.
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import { adjoint, lu } from '../../primitives/factors.ts';
import { reshape } from '../../primitives/layout.ts';
import { cumulate } from '../../primitives/order.ts';
import { sum } from '../../primitives/reduce.ts';
import { absolute, affine, log, sign as signOf } from '../../primitives/unary.ts';
import { withGradient } from '../../primitives/views.ts';
import { part } from '../core.ts';
import { listOp, op } from '../dispatch.ts';
import type { Operand, OpResult } from '../operand.ts';
import { float } from '../parameters.ts';
import type { Unary } from '../signatures.ts';
import { checked, diagonals, linalg, outer, squares } from './stacks.ts';
import { factorOf, inverseOf } from './systems.ts';

/** The product along the last axis of x [count, n]. */
function product(x: Value): Value {
  const [count, n] = x.shape;
  return reshape(part(cumulate(x, 1, true), 1, n - 1, 1), [count]);
}

/** factor [count], times the inverse of x transposed. */
const alongInverse = (x: Value, factor: Value): Value => b.multiply(adjoint(inverseOf(x)), reshape(factor, [factor.size, 1, 1]));

/** The determinant of the matrices in the last two axes: `ops.det([[1, 2], [3, 4]])` is -2. */
export const det: Unary = /* @__PURE__ */ op(linalg, 'det', { x: float }, ({ x }) => {
  const matrices = squares('det', x);
  const [factors, , sign] = lu(matrices);
  const y = b.multiply(product(diagonals(factors)), sign);
  return reshape(
    withGradient(y, [matrices], (dy) => [alongInverse(matrices, b.multiply(dy, y))]),
    outer(x),
  );
});

/**
 * The sign of the determinant and the logarithm of its size, which may be beyond what float32 holds: `ops.slogdet([[1, 2], [3, 4]])` is -1
 * and 0.6931. 0 and -Infinity where it is 0. Gradients go through the logarithm.
 */
export const slogdet: <A extends Operand>(x: A) => OpResult<A>[] = /* @__PURE__ */ listOp(
  'keras.src.ops.numpy',
  'slogdet',
  { x: float },
  ({ x }) => {
    const matrices = squares('slogdet', x);
    const [factors, , sign] = lu(matrices);
    const diagonal = diagonals(factors);
    const size = withGradient(sum(log(absolute(diagonal)), 1), [matrices], (dy) => [alongInverse(matrices, dy)]);
    return [b.multiply(product(signOf(diagonal)), sign), size].map((one) => reshape(one, outer(x)));
  },
);

const logdetBody = ({ x }: { x: Value }): Value => {
  const diagonal = diagonals(squares('logdet', factorOf('logdet', x, false)));
  return reshape(affine(sum(log(diagonal), 1), 2, 0), outer(x));
};

/**
 * The logarithm of the determinant of symmetric matrices with positive eigenvalues: `ops.logdet([[2, 0], [0, 2]])` is 1.3863.
 * @throws ValueError for data that are not positive definite; a graph gives NaN for them.
 */
export const logdet: Unary = /* @__PURE__ */ op('keras.src.ops.math', 'logdet', { x: float }, logdetBody, {
  onData: /* @__PURE__ */ checked('logdet', ['x'], 'a symmetric matrix with positive eigenvalues', logdetBody),
});
