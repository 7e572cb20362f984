// Keras's core ops: dtypes, blocks, constants.
import { mismatch } from '../common/errors.ts';
import { isKnown, shapeText } from '../graph/shape.ts';
import type { Value } from '../graph/value.ts';
import * as l from '../primitives/layout.ts';
import { stopGradient as stop } from '../primitives/views.ts';
import { type DType, toTensor } from '../tensor/index.ts';
import { checkAxis, without } from './axes.ts';
import { listOp, op } from './dispatch.ts';
import { cast as castTo, saturated } from './dtypes.ts';
import type { Length } from './lengths.ts';
import type { Operand, OpResult } from './operand.ts';
import { anyDtype, axis, begin, blockShape, dtype, off, positive } from './parameters.ts';
import type { Setting, Unary } from './signatures.ts';

const core = 'keras.src.ops.core';

/** x as another dtype; fractions are cut toward 0 for int32, all but 0 is true: `ops.cast([1.5], 'int32')` is [1]. */
export const cast: <A extends Operand>(x: A, dtype: DType) => OpResult<A> = /* @__PURE__ */ op(
  core,
  'cast',
  { x: anyDtype, dtype },
  ({ x, dtype }) => castTo(x, dtype),
);

/** x in a dtype, cut to what that can hold: `ops.saturateCast([3e9], 'int32')` is [2147483647]. */
export const saturateCast: <A extends Operand>(x: A, dtype: DType) => OpResult<A> = /* @__PURE__ */ op(
  core,
  'saturateCast',
  { x: anyDtype, dtype },
  ({ x, dtype }) => saturated(x, dtype),
);

interface ConvertOptions {
  dtype?: DType | null;
  sparse?: false | null;
  ragged?: false | null;
}

/**
 * A Tensor of nested arrays, a typed array or a number: `ops.convertToTensor([1, 2]).shape` is [2]. Values and symbolic tensors
 * stay what they are. `dtype`: by default that of x.
 */
export const convertToTensor: <A extends Operand>(x: A, dtype?: DType | null | ConvertOptions) => OpResult<A> = /* @__PURE__ */ op(
  core,
  'convertToTensor',
  { x: anyDtype, dtype: [dtype, null], sparse: [off, null], ragged: [off, null] },
  ({ x, dtype }) => (dtype === null ? x : castTo(x, dtype)),
  { onData: ({ x, dtype }) => toTensor('convertToTensor', x, (dtype as DType | null) ?? undefined) },
);

/** The block of a shape that starts at a place; -1 in the shape takes the rest: `ops.slice([1, 2, 3], [1], [2])` is [2, 3]. */
export const slice: <A extends Operand>(inputs: A, startIndices: readonly number[], shape: readonly Length[]) => OpResult<A> =
  /* @__PURE__ */ op(core, 'slice', { inputs: anyDtype, startIndices: begin, shape: blockShape }, (of) => {
    const { inputs: x, startIndices: begin, shape } = of;
    const size = shape.map((length, i) => (length === -1 ? x.shape[i] - begin[i] : length));
    const fits =
      begin.length === x.shape.length &&
      size.length === begin.length &&
      !size.some((length, i) => length < 0 || begin[i] + length > x.shape[i]);
    if (fits) return l.slice(x, begin, size);
    throw mismatch(
      'slice',
      `a block inside ${shapeText(x.shape)}`,
      `${shapeText(shape)} from ${shapeText(begin)}`,
      'Give a start and a length for each axis.',
    );
  });

/** x, which counts as a constant in gradients: `ops.multiply(x, ops.stopGradient(x))` has the gradient x, not 2x. */
export const stopGradient: Unary = /* @__PURE__ */ op(core, 'stopGradient', { variable: anyDtype }, ({ variable }) => stop(variable));

/** How `unstack` is called. */
interface Unstack {
  <A extends Operand>(x: A, num?: number | null, axis?: Setting<'axis', number>): OpResult<A>[];
  <A extends Operand>(x: A, options: { num?: number | null; axis?: number }): OpResult<A>[];
}

/**
 * The parts of x along `axis` (default 0), which goes: `ops.unstack([[1, 2], [3, 4]])` is two Tensors [1, 2] and [3, 4].
 *
 * `num`: how many there are, for those who want it checked.
 */
export const unstack: Unstack = /* @__PURE__ */ listOp(core, 'unstack', { x: anyDtype, num: [positive, null], axis: [axis, 0] }, (of) => {
  const { x, num } = of;
  const at = checkAxis('unstack', of.axis, x.shape);
  const count = isKnown(x.shape[at]) ? x.shape[at] : num;
  if (count === null) {
    throw mismatch('unstack', `a known length of axis ${at}`, `shape ${shapeText(x.shape)}`, 'Pass num.');
  }
  if (num !== null && num !== count) {
    throw mismatch('unstack', `${num} parts along axis ${at}`, `shape ${shapeText(x.shape)}`, 'Leave num out.');
  }
  return Array.from({ length: count }, (_, i) => l.reshape(part(x, at, i, 1), without(x.shape, [at])));
});

/** The elements from `start` on along an axis. */
export const part = (x: Value, axis: number, start: number, length: number): Value =>
  l.slice(
    x,
    x.shape.map((_, i) => (i === axis ? start : 0)),
    x.shape.map((dim, i) => (i === axis ? length : dim)),
  );
