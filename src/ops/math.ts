// Keras's ops of mathematics that NumPy has not.

import { mismatch } from '../common/errors.ts';
import { shapeText } from '../graph/shape.ts';
import type { Value } from '../graph/value.ts';
import * as b from '../primitives/binary.ts';
import { concatenate, expandDims, fill, reshape, transpose } from '../primitives/layout.ts';
import * as f from '../primitives/mathematics.ts';
import * as m from '../primitives/matmul.ts';
import * as r from '../primitives/reduce.ts';
import * as u from '../primitives/unary.ts';
import { stopGradient } from '../primitives/views.ts';
import { checkAxes, without } from './axes.ts';
import { part } from './core.ts';
import { op } from './dispatch.ts';
import type { Operand, OpResult } from './operand.ts';
import { anyDtype, axes, boolean, float, positive } from './parameters.ts';
import type { Reduction, Unary } from './signatures.ts';

const math = 'keras.src.ops.math';

/** The error function: `ops.erf([0, 1])` is [0, 0.8427]. */
export const erf: Unary = /* @__PURE__ */ op(math, 'erf', { x: float }, ({ x }) => u.erf(x));
/** 1 - erf(x), exact where that is small: `ops.erfc([0, 3])` is [1, 0.0000221]. */
export const erfc: Unary = /* @__PURE__ */ op(math, 'erfc', { x: float }, ({ x }) => f.erfc(x));
/** What `erf` came from, NaN beyond [-1, 1]: `ops.erfinv([0, 0.5])` is [0, 0.4769]. */
export const erfinv: Unary = /* @__PURE__ */ op(math, 'erfinv', { x: float }, ({ x }) => f.erfinv(x));
/** 1 over the square root: `ops.rsqrt([4, 16])` is [0.5, 0.25]. */
export const rsqrt: Unary = /* @__PURE__ */ op(math, 'rsqrt', { x: float }, ({ x }) => u.rsqrt(x));

/** log(sum(exp(x))) over `axis` (default all), without overflow: `ops.logsumexp([0, 0])` is 0.6931. */
export const logsumexp: Reduction = /* @__PURE__ */ op(
  math,
  'logsumexp',
  { x: float, axis: [axes, null], keepdims: [boolean, false] },
  ({ x, axis, keepdims }) => {
    const along = checkAxes('logsumexp', axis, x.shape);
    const y = logOfSum(x, along);
    return keepdims ? y : reshape(y, without(x.shape, along));
  },
);

/** Over axes that stay with length 1. */
function logOfSum(x: Value, axes: readonly number[]): Value {
  const top = r.max(x, axes, true);
  // An infinite maximum is left out: subtracting it from itself would give NaN.
  const finite = b.less(u.absolute(top), fill([], Infinity));
  const shift = stopGradient(b.select(finite, top, fill([], 0)));
  return b.add(u.log(r.sum(u.exp(b.subtract(x, shift)), axes, true)), shift);
}

/** Euclidean distances of the rows of x and y: `ops.cdist([[0, 0]], [[3, 4]])` is [[5]]. */
export const cdist: Distances = /* @__PURE__ */ op(
  math,
  'cdist',
  { x: float, y: float },
  ({ x, y }) => {
    if (x.shape.length < 2 || y.shape.length < 2)
      throw mismatch('cdist', 'rows of numbers', `${shapeText(x.shape)} and ${shapeText(y.shape)}`, 'Give both two axes.');
    const [p, q] = [r.sum(u.square(x), -1, true), r.sum(u.square(y), -1, true)];
    const swapped = (z: Value): Value => transpose(z, [...z.shape.map((_, k) => k).slice(0, -2), z.shape.length - 1, z.shape.length - 2]);
    const products = x.shape.length === 2 && y.shape.length === 2 ? m.dense(x, swapped(y)) : m.matmul(x, y, false, true);
    const squares = b.add(b.subtract(p, u.affine(products, 2, 0)), swapped(q));
    return u.sqrt(b.maximum(squares, fill([], 0)));
  },
  { className: 'CDist' },
);
type Distances = <A extends Operand, B extends Operand>(x: A, y: B) => OpResult<A | B>;

/**
 * Windows of `sequenceLength` elements of the last axis, each `sequenceStride` further: `ops.extractSequences([1, 2, 3], 2, 1)` is
 * [[1, 2], [2, 3]].
 */
export const extractSequences: <A extends Operand>(x: A, sequenceLength: number, sequenceStride: number) => OpResult<A> =
  /* @__PURE__ */ op(
    math,
    'extractSequences',
    { x: anyDtype, sequenceLength: positive, sequenceStride: positive },
    ({ x, sequenceLength, sequenceStride }) => {
      const axis = x.shape.length - 1;
      const count = Math.floor((x.shape[axis] - sequenceLength) / sequenceStride) + 1;
      if (axis < 0 || !(count > 0))
        throw mismatch('extractSequences', `at least ${sequenceLength} elements`, shapeText(x.shape), 'Pass more.');
      const windows = Array.from({ length: count }, (_, k) => expandDims(part(x, axis, k * sequenceStride, sequenceLength), axis));
      return concatenate(windows, axis);
    },
  );
