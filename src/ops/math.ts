// Keras's ops of mathematics that NumPy has not.
import type { Value } from '../graph/value.ts';
import * as b from '../primitives/binary.ts';
import { fill, reshape } from '../primitives/layout.ts';
import * as r from '../primitives/reduce.ts';
import * as u from '../primitives/unary.ts';
import { stopGradient } from '../primitives/views.ts';
import { checkAxes, without } from './axes.ts';
import { op } from './dispatch.ts';
import { axes, boolean, float } from './parameters.ts';
import type { Reduction, Unary } from './signatures.ts';

const math = 'keras.src.ops.math';

/** The error function: `ops.erf([0, 1])` is [0, 0.8427]. */
export const erf: Unary = /* @__PURE__ */ op(math, 'erf', { x: float }, ({ x }) => u.erf(x));
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
