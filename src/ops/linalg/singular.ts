// Singular values, and what is made of them: inverses and solutions where there is none, ranks.
import { mismatch } from '../../common/errors.ts';
import { fitsDim, shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import { svd as decompose } from '../../primitives/eigen.ts';
import { adjoint } from '../../primitives/factors.ts';
import { expandDims, fill, reshape } from '../../primitives/layout.ts';
import { matmul } from '../../primitives/matmul.ts';
import * as r from '../../primitives/reduce.ts';
import { affine } from '../../primitives/unary.ts';
import { listOp, type OpFunction, op } from '../dispatch.ts';
import { cast } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { boolean, finite, float } from '../parameters.ts';
import type { Setting, UnaryWith } from '../signatures.ts';
import { linalg, outer, stack } from './stacks.ts';

/** What float32 tells apart from 1. */
const EPSILON = 1.1920928955078125e-7;

interface SvdOptions {
  fullMatrices?: boolean;
  computeUv?: boolean;
}

/** How `svd` is called. */
interface Svd {
  <A extends Operand>(x: A, options: SvdOptions & { computeUv: false }): OpResult<A>;
  <A extends Operand>(x: A, fullMatrices?: boolean | SvdOptions, computeUv?: true | SvdOptions): OpResult<A>[];
  <A extends Operand>(x: A, fullMatrices: boolean, computeUv: false): OpResult<A>;
}

/** One for a list of one. */
function alone<F>(list: OpFunction): F {
  const apply = (...args: readonly unknown[]): unknown => {
    const results = list(...(args as never)) as readonly unknown[];
    return results.length > 1 ? results : results[0];
  };
  return Object.defineProperty(Object.assign(apply, { definition: list.definition }), 'name', { value: list.name }) as F;
}

/**
 * u, s and v^T of x = u diag(s) v^T, the singular values in descending order, of the matrices in the last two axes:
 * `ops.svd([[0, 2]])` is [[1]], [2] and [[0, 1], [-1, 0]], vectors up to their signs.
 *
 * `fullMatrices` (default true): whether u and v^T are square, with vectors that belong to no singular value. `computeUv` (default true):
 * otherwise s alone is given, which is no list then.
 */
export const svd: Svd = /* @__PURE__ */ alone(
  /* @__PURE__ */ listOp(
    linalg,
    'svd',
    { x: float, fullMatrices: [boolean, true], computeUv: [boolean, true] },
    ({ x, fullMatrices, computeUv }) => {
      const [s, u, v] = decompose(stack('svd', x), computeUv && fullMatrices);
      const all = computeUv ? [u, s, v] : [s];
      return all.map((y) => reshape(y, [...outer(x), ...y.shape.slice(1)]));
    },
    { className: 'SVD' },
  ),
);

/** The singular values of the matrices in the last two axes. */
export function singularValues(owner: string, x: Value): Value {
  const [s] = decompose(stack(owner, x), false);
  return reshape(s, [...outer(x), s.shape[1]]);
}

/** The pseudoinverses of a stack, without what the singular values up to `ratio` times the largest give; those at it stay where `isInclusive`. */
function pseudoinverse(x: Value, ratio: number, isInclusive: boolean): Value {
  const [s, u, v] = decompose(x, false);
  const limit = affine(r.max(s, 1, true), ratio, 0);
  const counts = (isInclusive ? b.greaterEqual : b.greater)(s, limit);
  const inverse = b.divideNoNan(counts, s);
  return matmul(b.multiply(adjoint(v), expandDims(inverse, 1)), u, false, true);
}

const largestLength = (x: Value): number => Math.max(...x.shape.slice(-2));

/**
 * The pseudoinverse of the matrices in the last two axes: `ops.pinv([[2, 0], [0, 0]])` is [[0.5, 0], [0, 0]].
 *
 * `rcond`: singular values up to this part of the largest count as 0. Default: 10 times the longer side times what float32 tells apart.
 */
export const pinv: UnaryWith<'rcond', number | null> = /* @__PURE__ */ op(
  linalg,
  'pinv',
  { x: float, rcond: [finite, null] },
  ({ x, rcond }) => {
    const y = pseudoinverse(stack('pinv', x), rcond ?? 10 * largestLength(x) * EPSILON, false);
    return reshape(y, [...outer(x), ...y.shape.slice(1)]);
  },
);

/**
 * x for which a x comes closest to b, the shortest of several: `ops.lstsq([[1], [1]], [1, 3])` is [2].
 *
 * a: one matrix [m, n]. b: one column [m], or several [m, k]. `rcond`: singular values below this part of the largest count as 0; by default
 * the longer side times what float32 tells apart, which alone stands for a negative one.
 */
export const lstsq: <A extends Operand, B extends Operand>(a: A, b: B, rcond?: Setting<'rcond', number | null>) => OpResult<A | B> =
  /* @__PURE__ */ op(linalg, 'lstsq', { a: float, b: float, rcond: [finite, null] }, (of) => {
    const { a, b: right, rcond } = of;
    const isVector = right.shape.length === 1;
    if (a.shape.length !== 2 || right.shape.length > 2 || right.shape.length === 0 || !fitsDim(a.shape[0], right.shape[0])) {
      const got = `${shapeText(a.shape)} and ${shapeText(right.shape)}`;
      throw mismatch('lstsq', 'a matrix and a column of as many rows, or several', got, 'Give a [m, n] and b [m] or [m, k].');
    }
    const ratio = rcond === null ? EPSILON * largestLength(a) : rcond < 0 ? EPSILON : rcond;
    const inverse = pseudoinverse(stack('lstsq', a), ratio, true);
    const columns = isVector ? reshape(right, [right.size, 1]) : right;
    const y = matmul(reshape(inverse, inverse.shape.slice(1)), columns);
    return isVector ? reshape(y, [y.size]) : y;
  });

/**
 * How many singular values of the matrices in the last two axes exceed `tol`: `ops.matrixRank([[1, 2], [2, 4]])` is 1.
 *
 * `tol`: by default the largest singular value times the longer side times what float32 tells apart.
 */
export const matrixRank: UnaryWith<'tol', number | null> = /* @__PURE__ */ op(
  linalg,
  'matrixRank',
  { x: float, tol: [finite, null] },
  ({ x, tol }) => {
    const s = singularValues('matrixRank', x);
    const limit = tol === null ? affine(r.max(s, -1, true), EPSILON * largestLength(x), 0) : fill([], tol);
    return cast(r.sum(b.greater(s, limit), -1), 'int32');
  },
);
