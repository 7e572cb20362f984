// Stacks of matrices [count, m, n] in factors, and triangular systems of equations.
import { mismatch } from '../common/errors.ts';
import { shapeText } from '../graph/shape.ts';
import { add1, addNode } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import { useFunctionKernels } from '../kernels/function-kernels.ts';
import * as b from './binary.ts';
import { concatenate, fill, slice, transpose } from './layout.ts';
import { matmul } from './matmul.ts';
import { cumulate } from './order.ts';
import { affine, negative } from './unary.ts';

/** x^T of each matrix. */
export const adjoint = (x: Value): Value => transpose(x, [0, 2, 1]);

/** The numbers of rows [n, 1] and columns [1, n], from 1. */
const places = (m: number, n: number): readonly [Value, Value] => [
  cumulate(fill([m, 1], 1), 0, false),
  cumulate(fill([1, n], 1), 1, false),
];

/** 1 at and below the diagonal of a matrix [n, n]. */
export const lowerMask = (n: number): Value => b.greaterEqual(...places(n, n));
/** 1 on the diagonal of a matrix [m, n]. */
export const identity = (m: number, n: number): Value => b.equal(...places(m, n));

/** The lower half, half of the diagonal. */
export const lowerHalf = (x: Value): Value => {
  const n = x.shape[2];
  return b.multiply(x, b.subtract(lowerMask(n), affine(identity(n, n), 0.5, 0)));
};

const choleskyOp: Op<null> = {
  name: 'cholesky',
  inferTypes: ([x]) => [{ shape: x.shape, dtype: 'float32' }],
  // Murray, Differentiation of the Cholesky decomposition, eq. 8.
  gradient: (node, [dy]) => {
    if (!dy) return [];
    const [l] = node.outputs;
    const inner = lowerHalf(matmul(l, dy, true));
    const half = solveTriangle(l, adjoint(solveTriangle(l, inner, { isTransposed: true })), { isTransposed: true });
    return [affine(b.add(half, adjoint(half)), 0.5, 0)];
  },
  flops: (node) => node.inputs[0].size * node.inputs[0].shape[2],
  lower: ({ node, inputs: [x], outputs: [y] }) => {
    const [count, n] = node.inputs[0].shape;
    return [['choleskyRows', x, y, count, n]];
  },
};

/** L of L L^T, NaN for what is not positive definite. */
export function cholesky(x: Value): Value {
  useFunctionKernels();
  return add1(choleskyOp, [x], null);
}

const luOp: Op<null> = {
  name: 'lu',
  inferTypes: ([x]) => [
    { shape: x.shape, dtype: 'float32' },
    { shape: x.shape.slice(0, 2), dtype: 'int32' },
    { shape: x.shape.slice(0, 1), dtype: 'float32' },
  ],
  flops: (node) => node.inputs[0].size * node.inputs[0].shape[2],
  lower: ({ node, inputs: [x], outputs: [y, order, sign] }) => {
    const [count, n] = node.inputs[0].shape;
    return [['luRows', x, y, order, sign, count, n]];
  },
};

/** L and U in one matrix, which row of x stands where, and 1 or -1 for the exchanges. Nothing of it has a gradient. */
export function lu(x: Value): readonly [factors: Value, order: Value, sign: Value] {
  useFunctionKernels();
  const [factors, order, sign] = addNode(luOp, [x], null);
  return [factors, order, sign];
}

/** What is solved by a triangle. */
interface Triangle {
  readonly isUpper?: boolean;
  /** Its transpose in its place. */
  readonly isTransposed?: boolean;
  /** Ones on the diagonal, whatever stands there. */
  readonly isUnit?: boolean;
}

const triangleOp: Op<Triangle> = {
  name: 'solveTriangle',
  inferTypes: ([, y]) => [{ shape: y.shape, dtype: 'float32' }],
  gradient: (node, [dy]) => {
    const [a] = node.inputs;
    const { isUpper = false, isTransposed = false } = node.attributes;
    if (!dy) return [];
    const db = solveTriangle(a, dy, { ...node.attributes, isTransposed: !isTransposed });
    const [y] = node.outputs;
    const da = negative(isTransposed ? matmul(y, db, false, true) : matmul(db, y, false, true));
    const below = lowerMask(a.shape[2]);
    const mask = isUpper ? transpose(below, [1, 0]) : below;
    return [b.multiply(da, mask), db];
  },
  flops: (node) => node.inputs[1].size * node.inputs[0].shape[2],
  lower: ({ node, inputs: [a, from, order = 0], outputs: [y] }) => {
    const { isUpper, isTransposed, isUnit } = node.attributes;
    const [count, n, k] = node.outputs[0].shape;
    return [['solveTriangles', a, from, order, y, count, n, k, (isUpper ? 1 : 0) + (isTransposed ? 2 : 0) + (isUnit ? 4 : 0)]];
  },
};

/** y of a y = b, a lower triangle unless it is said otherwise. `order`: which row of b stands where; then there is no gradient. */
export function solveTriangle(a: Value, b: Value, triangle: Triangle = {}, order?: Value): Value {
  useFunctionKernels();
  return add1(triangleOp, order ? [a, b, order] : [a, b], triangle);
}

const qrOp: Op<number> = {
  name: 'qr',
  inferTypes: ([{ shape }], columns) => [
    { shape: [shape[0], shape[1], columns], dtype: 'float32' },
    { shape: [shape[0], columns, shape[2]], dtype: 'float32' },
  ],
  gradient: (node, [dq, dr]) => {
    const [x] = node.inputs;
    const [q, r] = node.outputs;
    const [count, m, n] = x.shape;
    if (node.attributes > n) {
      throw mismatch('qr', 'reduced mode where gradients are taken', `${shapeText([m, n])} in complete mode`, "Pass mode: 'reduced'.");
    }
    const [p, s] = [dq ?? fill(q.shape, 0), dr ?? fill(r.shape, 0)];
    if (m >= n) return [qrGradient(q, r, p, s)];
    // Of a wide matrix the first columns are a square one, and the others are q times those of r.
    const cut = (of: Value, from: number, to: number) => slice(of, [0, 0, from], [count, m, to - from]);
    const rest = cut(s, m, n);
    const square = qrGradient(q, cut(r, 0, m), b.add(p, matmul(cut(x, m, n), rest, false, true)), cut(s, 0, m));
    return [concatenate([square, matmul(q, rest)], 2)];
  },
  scratch: (node) => {
    const [count, m, n] = node.inputs[0].shape;
    return count * (m * n + m * node.attributes + 2 * n + m) * 8;
  },
  flops: (node) => 4 * node.inputs[0].size * node.inputs[0].shape[2],
  lower: ({ node, inputs: [x], outputs: [q, r], scratch }) => {
    const [count, m, n] = node.inputs[0].shape;
    return [['qrRows', x, q, r, scratch, count, m, n, node.attributes]];
  },
};

/** Of a square or tall matrix (Walter and Lehmann, Algorithmic differentiation of linear algebra functions, 2010). */
function qrGradient(q: Value, r: Value, dq: Value, dr: Value): Value {
  const throughR = (y: Value) => adjoint(solveTriangle(r, adjoint(y), { isUpper: true }));
  const qdq = matmul(q, dq, true);
  const rdr = matmul(r, dr, false, true);
  const whole = b.add(b.subtract(qdq, adjoint(qdq)), b.subtract(rdr, adjoint(rdr)));
  const lower = b.multiply(whole, lowerMask(whole.shape[2]));
  return b.add(matmul(q, b.add(dr, throughR(lower))), throughR(b.subtract(dq, matmul(q, qdq))));
}

/** q [count, m, columns] and r [count, columns, n]; `columns` is m, or the smaller of m and n. */
export function qr(x: Value, columns: number): readonly [q: Value, r: Value] {
  useFunctionKernels();
  const [q, r] = addNode(qrOp, [x], columns);
  return [q, r];
}
