// Whole numbers: int32 values, which float32 holds exactly up to 2^24 only. Sums and products wrap around. None has a gradient
// but the remainder of float32, which is here for its kernel's sake.
import { sizeOf } from '../graph/shape.ts';
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import { useIntegerKernels } from '../kernels/integer-kernels.ts';
import {
  applyBinary,
  type Binary,
  binaryOp,
  broadcastShape,
  broadcastTo,
  divide as divideFloat,
  equalInt,
  multiply as multiplyFloat,
} from './binary.ts';
import { fill, reshape } from './layout.ts';
import { type Axes, type Cut, reduceWith } from './reduce.ts';
import { floor, negative as negativeFloat, toInt } from './unary.ts';

/** The function of a kernel of two operands. */
function binary(op: ReturnType<typeof binaryOp>): Binary {
  return (a, b) => {
    useIntegerKernels();
    return applyBinary(op, a, b);
  };
}

export const add = /* @__PURE__ */ binary(/* @__PURE__ */ binaryOp('addInt', 'int32'));
export const subtract = /* @__PURE__ */ binary(/* @__PURE__ */ binaryOp('subtractInt', 'int32'));
export const multiply = /* @__PURE__ */ binary(/* @__PURE__ */ binaryOp('multiplyInt', 'int32'));
export const maximum = /* @__PURE__ */ binary(/* @__PURE__ */ binaryOp('maximumInt', 'int32'));
export const minimum = /* @__PURE__ */ binary(/* @__PURE__ */ binaryOp('minimumInt', 'int32'));
/** a / b rounded down, 0 where b is 0. */
export const floorDivide = /* @__PURE__ */ binary(/* @__PURE__ */ binaryOp('floorDivideInt', 'int32'));
/** What is left of a after whole b, with the sign of b; 0 where b is 0. */
export const modulo = /* @__PURE__ */ binary(/* @__PURE__ */ binaryOp('moduloInt', 'int32'));
/** The same of float32, exact as C's fmod: NaN where b is 0 or a is infinite. */
export const moduloFloat: Binary = /* @__PURE__ */ binary(
  /* @__PURE__ */ binaryOp('modulo', 'float32', (dy, a, b) => [dy, negativeFloat(multiplyFloat(dy, floor(divideFloat(a, b))))]),
);
/** a to the power b; what a negative b gives is cut toward 0. */
export const power = /* @__PURE__ */ binary(/* @__PURE__ */ binaryOp('powerInt', 'int32'));
export const less = /* @__PURE__ */ binary(/* @__PURE__ */ binaryOp('lessInt', 'bool'));
export const lessEqual = /* @__PURE__ */ binary(/* @__PURE__ */ binaryOp('lessEqualInt', 'bool'));

export function equal(a: Value, b: Value): Value {
  const shape = broadcastShape(a.shape, b.shape, 'equal');
  return equalInt(broadcastTo(a, shape), broadcastTo(b, shape));
}

/** A whole number; one that float32 does not hold is put together of two that it does. */
export function whole(value: number): Value {
  const low = value % 65536;
  return Math.fround(value) === value || Number.isNaN(value) ? toInt(fill([], value)) : add(whole(value - low), whole(low));
}

export const negative = (x: Value): Value => subtract(whole(0), x);
/** |x|; the smallest int32 is its own. */
export const absolute = (x: Value): Value => maximum(x, negative(x));
export const sign = (x: Value): Value => maximum(minimum(x, whole(1)), whole(-1));

type Reduction = 'reduceSumInt' | 'reduceMaxInt' | 'reduceMinInt' | 'argMaxInt';

const reduceOp = (name: string, kernel: Reduction): Op<Cut> => ({
  name,
  inferTypes: (_, { shape }) => [{ shape, dtype: 'int32' }],
  lower: ({ node, inputs: [x], outputs: [y] }) => [[kernel, x, y, node.attributes.outer, node.attributes.n, node.attributes.inner]],
});

function reduction(op: Op<Cut>): (x: Value, axes?: Axes, keepdims?: boolean) => Value {
  return (x, axes, keepdims) => {
    useIntegerKernels();
    return reduceWith(op, x, axes, keepdims);
  };
}

export const sum = /* @__PURE__ */ reduction(/* @__PURE__ */ reduceOp('sumInt', 'reduceSumInt'));
export const max = /* @__PURE__ */ reduction(/* @__PURE__ */ reduceOp('maxInt', 'reduceMaxInt'));
export const min = /* @__PURE__ */ reduction(/* @__PURE__ */ reduceOp('minInt', 'reduceMinInt'));
/** The position of the first of the largest along one axis. */
export const argMax = /* @__PURE__ */ reduction(/* @__PURE__ */ reduceOp('argMax', 'argMaxInt'));

const matmulOp: Op<null> = {
  name: 'matmulInt',
  inferTypes: ([a, b]) => [{ shape: [...a.shape.slice(0, -1), b.shape[b.shape.length - 1]], dtype: 'int32' }],
  flops: (node) => 2 * node.inputs[0].size * node.outputs[0].shape[node.outputs[0].shape.length - 1],
  lower: ({ node, inputs: [a, b], outputs: [y] }) => {
    const [left, right] = node.inputs;
    const [m, k] = left.shape.slice(-2);
    const n = right.shape[right.shape.length - 1];
    const strideB = right.shape.length === 2 ? 0 : k * n;
    return [['matmulInt', a, b, y, sizeOf(left.shape.slice(0, -2)), m, k, n, m * k, strideB]];
  },
};

/** a [..., m, k] times b [k, n] or [..., k, n]. */
export function matmul(a: Value, b: Value): Value {
  useIntegerKernels();
  return add1(matmulOp, [a, b], null);
}

/** a's last axis through a matrix b [k, n], for a of any rank. */
export function dense(a: Value, b: Value): Value {
  const rows = a.shape.slice(0, -1);
  return reshape(matmul(reshape(a, [sizeOf(rows), b.shape[0]]), b), [...rows, b.shape[1]]);
}
