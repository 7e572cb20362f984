// Eigenvalues of symmetric matrices and singular values of all, of stacks [count, m, n].
import { addNode } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import { useFunctionKernels } from '../kernels/function-kernels.ts';
import * as b from './binary.ts';
import { adjoint, identity, lowerHalf } from './factors.ts';
import { expandDims, fill, slice } from './layout.ts';
import { matmul } from './matmul.ts';

/** 1 / (x_j - x_i) in row i and column j, 0 where both are the same. */
const differences = (x: Value): Value => {
  const gaps = b.subtract(expandDims(x, 1), expandDims(x, 2));
  return b.divideNoNan(fill([], 1), gaps);
};

/** A matrix with x [count, n] on the diagonal, as far as a product needs it: columns scaled. */
const scaleColumns = (a: Value, x: Value): Value => b.multiply(a, expandDims(x, 1));

const eigenOp: Op<null> = {
  name: 'eigen',
  inferTypes: ([{ shape }]) => [
    { shape: shape.slice(0, 2), dtype: 'float32' },
    { shape, dtype: 'float32' },
  ],
  optional: [1],
  // As in TensorFlow, all goes to the lower half, which alone is read.
  gradient: (node, [de, dv]) => {
    const [e, v] = node.outputs;
    const n = e.shape[1];
    const inner: Value[] = [];
    if (de) inner.push(b.multiply(expandDims(de, 1), identity(n, n)));
    if (dv) inner.push(b.multiply(differences(e), matmul(v, dv, true)));
    if (inner.length === 0) return [];
    const whole = matmul(matmul(v, inner.reduce(b.add)), v, false, true);
    return [lowerHalf(b.add(whole, adjoint(whole)))];
  },
  scratch: (node) => {
    const [count, n] = node.inputs[0].shape;
    return count * (2 * n + 4) * n * 8;
  },
  flops: (node) => 9 * node.inputs[0].size * node.inputs[0].shape[2],
  lower: ({ node, inputs: [x], outputs: [values, vectors], scratch }) => {
    const [count, n] = node.inputs[0].shape;
    return [['eigenRows', x, values, vectors, scratch, count, n]];
  },
};

/** Eigenvalues [count, n] in ascending order, and eigenvectors as columns, of matrices whose lower halves are read. */
export function eigen(x: Value): readonly [values: Value, vectors: Value] {
  useFunctionKernels();
  const [values, vectors] = addNode(eigenOp, [x], null);
  return [values, vectors];
}

/** Whether u and v^T are square. */
const svdOp: Op<boolean> = {
  name: 'svd',
  inferTypes: ([{ shape }], isFull) => {
    const [count, m, n] = shape;
    const k = Math.min(m, n);
    return [
      { shape: [count, k], dtype: 'float32' },
      { shape: [count, m, isFull ? m : k], dtype: 'float32' },
      { shape: [count, isFull ? n : k, n], dtype: 'float32' },
    ];
  },
  gradient: (node, [ds, du, dv]) => {
    const [count, m, n] = node.inputs[0].shape;
    const [s, wholeU, wholeV] = node.outputs;
    const k = s.shape[1];
    // Vectors beyond the singular values may be any, and have no gradient.
    const [u, gu] = [wholeU, du].map((one) => one && slice(one, [0, 0, 0], [count, m, k])) as [Value, Value | undefined];
    const [v, gv] = [wholeV, dv].map((one) => one && adjoint(slice(one, [0, 0, 0], [count, k, n]))) as [Value, Value | undefined];
    const gaps = differences(b.multiply(s, s));
    const inverse = b.divideNoNan(fill([], 1), s);
    const middle: Value[] = [];
    const rest: Value[] = [];
    if (ds) middle.push(b.multiply(expandDims(ds, 1), identity(k, k)));
    // Townsend, Differentiating the singular value decomposition, 2016.
    if (gu) {
      const inner = matmul(u, gu, true);
      middle.push(scaleColumns(b.multiply(gaps, b.subtract(inner, adjoint(inner))), s));
      if (m > k) rest.push(matmul(scaleColumns(b.subtract(gu, matmul(u, inner)), inverse), v, false, true));
    }
    if (gv) {
      const inner = matmul(v, gv, true);
      middle.push(b.multiply(expandDims(s, 2), b.multiply(gaps, b.subtract(inner, adjoint(inner)))));
      if (n > k) rest.push(matmul(scaleColumns(u, inverse), b.subtract(gv, matmul(v, inner)), false, true));
    }
    if (middle.length === 0) return [];
    return [[matmul(matmul(u, middle.reduce(b.add)), v, false, true), ...rest].reduce(b.add)];
  },
  scratch: (node) => {
    const [count, m, n] = node.inputs[0].shape;
    const [p, q] = [Math.max(m, n), Math.min(m, n)];
    return count * (p * (node.attributes ? p : q) + q * q + q) * 8;
  },
  optional: [1, 2],
  flops: (node) => 20 * node.inputs[0].size * Math.min(node.inputs[0].shape[1], node.inputs[0].shape[2]),
  lower: ({ node, inputs: [x], outputs: [s, u, v], scratch }) => {
    const [count, m, n] = node.inputs[0].shape;
    const [left, right] = [node.outputs[1].shape[2], node.outputs[2].shape[1]];
    return [['singularRows', x, s, u, v, scratch, count, m, n, left, right]];
  },
};

/** Singular values in descending order, u and v^T; these are square where `isFull`. */
export function svd(x: Value, isFull: boolean): readonly [s: Value, u: Value, v: Value] {
  useFunctionKernels();
  const [s, u, v] = addNode(svdOp, [x], isFull);
  return [s, u, v];
}
