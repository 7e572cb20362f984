// Systems of linear equations, and the factors that solve them.
import type { Value } from '../../graph/value.ts';
import { broadcastTo } from '../../primitives/binary.ts';
import * as f from '../../primitives/factors.ts';
import { reshape } from '../../primitives/layout.ts';
import { matmul } from '../../primitives/matmul.ts';
import { order as orderOf } from '../../primitives/order.ts';
import { negative } from '../../primitives/unary.ts';
import { withGradient } from '../../primitives/views.ts';
import { listOp, op } from '../dispatch.ts';
import type { Operand, OpResult } from '../operand.ts';
import { boolean, float } from '../parameters.ts';
import type { Setting, Unary, UnaryWith } from '../signatures.ts';
import { checked, linalg, outer, rightSide, squares } from './stacks.ts';

const POSITIVE = 'a symmetric matrix with positive eigenvalues';
const REGULAR = 'a matrix that has an inverse';

/** L of stacks of symmetric matrices, or what comes after L in L L^T. */
export function factorOf(owner: string, x: Value, upper: boolean): Value {
  const l = f.cholesky(squares(owner, x));
  return reshape(upper ? f.adjoint(l) : l, x.shape);
}

const choleskyBody = ({ x, upper }: { x: Value; upper: boolean }): Value => factorOf('cholesky', x, upper);

/**
 * L of x = L L^T, or L^T where `upper` (default false): `ops.cholesky([[4, 2], [2, 2]])` is [[2, 0], [1, 1]].
 *
 * x: symmetric matrices in the last two axes, of which the lower halves are read.
 * @throws ValueError for data that are not positive definite; a graph gives NaN for them.
 */
export const cholesky: UnaryWith<'upper', boolean> = /* @__PURE__ */ op(
  linalg,
  'cholesky',
  { x: float, upper: [boolean, false] },
  choleskyBody,
  { onData: /* @__PURE__ */ checked('cholesky', ['x'], POSITIVE, choleskyBody) },
);

/** The inverse of L L^T, of L, or of L^T where `upper` (default false): `ops.choleskyInverse([[2]])` is [[0.25]]. */
export const choleskyInverse: UnaryWith<'upper', boolean> = /* @__PURE__ */ op(
  linalg,
  'choleskyInverse',
  { x: float, upper: [boolean, false] },
  ({ x, upper }) => {
    const l = squares('choleskyInverse', x);
    const inverse = f.solveTriangle(l, units(l), { isUpper: upper });
    return reshape(upper ? matmul(inverse, inverse, false, true) : matmul(inverse, inverse, true), x.shape);
  },
);

/** Identity matrices of the same shape. */
const units = (x: Value): Value => broadcastTo(f.identity(x.shape[1], x.shape[1]), x.shape);

/** y of a y = b, of stacks. */
function solved(a: Value, b: Value): Value {
  const [factors, order] = f.lu(a);
  const half = f.solveTriangle(factors, b, { isUnit: true }, order);
  const y = f.solveTriangle(factors, half, { isUpper: true });
  return withGradient(y, [a, b], (dy) => {
    const db = solved(f.adjoint(a), dy);
    return [negative(matmul(db, y, false, true)), db];
  });
}

/** The inverses of a stack of matrices. */
export const inverseOf = (x: Value): Value => solved(x, units(x));

const invBody = ({ x }: { x: Value }): Value => reshape(inverseOf(squares('inv', x)), x.shape);

/**
 * The inverse of the matrices in the last two axes: `ops.inv([[2, 0], [0, 4]])` is [[0.5, 0], [0, 0.25]].
 * @throws ValueError for data without an inverse; a graph gives numbers that are not finite.
 */
export const inv: Unary = /* @__PURE__ */ op(linalg, 'inv', { x: float }, invBody, {
  onData: /* @__PURE__ */ checked('inv', ['x'], REGULAR, invBody),
});

const solveBody = ({ a, b }: { a: Value; b: Value }): Value => {
  const matrices = squares('solve', a);
  return reshape(solved(matrices, rightSide('solve', a, b)), b.shape);
};

/**
 * x of a x = b: `ops.solve([[2, 0], [0, 4]], [2, 2])` is [1, 0.5].
 *
 * a: square matrices [..., n, n]. b: one column [..., n], or several [..., n, k].
 * @throws ValueError for data of which a has no inverse; a graph gives numbers that are not finite.
 */
export const solve: <A extends Operand, B extends Operand>(a: A, b: B) => OpResult<A | B> = /* @__PURE__ */ op(
  linalg,
  'solve',
  { a: float, b: float },
  solveBody,
  { onData: /* @__PURE__ */ checked('solve', ['a', 'b'], REGULAR, solveBody) },
);

/** x of a x = b, of a only what lies at and above the diagonal, or, where `lower` (default false), below: `ops.solveTriangular([[2]], [4])` is [2]. */
export const solveTriangular: <A extends Operand, B extends Operand>(a: A, b: B, lower?: Setting<'lower', boolean>) => OpResult<A | B> =
  /* @__PURE__ */ op(linalg, 'solveTriangular', { a: float, b: float, lower: [boolean, false] }, ({ a, b, lower }) => {
    const matrices = squares('solveTriangular', a);
    return reshape(f.solveTriangle(matrices, rightSide('solveTriangular', a, b), { isUpper: !lower }), b.shape);
  });

/**
 * L and U of x with its rows in another order, in one matrix, and where each row of x went, as Keras on TensorFlow gives it:
 * `ops.luFactor([[1, 2], [4, 4]])` is [[4, 4], [0.25, 1]] and [1, 0]. Without a gradient.
 */
export const luFactor: <A extends Operand>(x: A) => OpResult<A>[] = /* @__PURE__ */ listOp(linalg, 'luFactor', { x: float }, ({ x }) => {
  const [factors, order] = f.lu(squares('luFactor', x));
  const n = x.shape[x.shape.length - 1];
  return [reshape(factors, x.shape), reshape(orderOf(order, n, false), [...outer(x), n])];
});
