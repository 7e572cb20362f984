// Functions that are straight lines on either side of 0, or flat beyond a limit.
import type { Value } from '../../graph/value.ts';
import { add, greater, multiply, select, subtract } from '../../primitives/binary.ts';
import { fill } from '../../primitives/layout.ts';
import * as u from '../../primitives/unary.ts';
import { toFloat, toInt } from '../../primitives/unary.ts';
import { op } from '../dispatch.ts';
import { asFloat, cast, isWhole } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { arithmetic, finite, float, number } from '../parameters.ts';
import type { Unary, UnaryWith } from '../signatures.ts';
import { nn } from './module.ts';

const one = { x: float } as const;
const alike = { x: arithmetic } as const;

/** x where it is above the threshold, else the value. Whole numbers need no kernels of theirs to be compared with 0 and the like. */
const above = (x: Value, threshold: number, value: number): Value => {
  const other = fill([], value);
  return select(greater(toFloat(x), fill([], threshold)), x, x.dtype === 'int32' ? toInt(other) : other);
};

/** max(x, 0), of whole numbers too. */
export const rectified = (x: Value): Value => (x.dtype === 'int32' ? above(x, 0, 0) : u.relu(x));

/** max(x, 0): `ops.relu([-1, 2])` is [0, 2]. */
export const relu: Unary = /* @__PURE__ */ op(nn, 'relu', alike, ({ x }) => rectified(x));
/** min(max(x, 0), 6): `ops.relu6([-1, 8])` is [0, 6]. */
export const relu6: Unary = /* @__PURE__ */ op(nn, 'relu6', alike, ({ x }) => cast(u.clip(toFloat(x), 0, 6), x.dtype));
/** x above 0, negativeSlope * x (default 0.2) below: `ops.leakyRelu([-1])` is [-0.2]. */
export const leakyRelu: UnaryWith<'negativeSlope', number> = /* @__PURE__ */ op(
  nn,
  'leakyRelu',
  { x: float, negativeSlope: [finite, 0.2] },
  ({ x, negativeSlope }) => u.leakyRelu(x, negativeSlope),
);
/** relu6(x + 3) / 6: `ops.hardSigmoid([0])` is [0.5]. Keras 2 had clip(0.2 x + 0.5, 0, 1). */
export const hardSigmoid: Unary = /* @__PURE__ */ op(nn, 'hardSigmoid', one, ({ x }) => u.hardSigmoid(x));
/** x * hardSigmoid(x): `ops.hardSilu([3])` is [3]. */
export const hardSilu: Unary = /* @__PURE__ */ op(nn, 'hardSilu', one, ({ x }) => multiply(x, u.hardSigmoid(x)));
/** Another name of {@link hardSilu}. */
export const hardSwish: Unary = hardSilu;
/** x limited to [-1, 1]: `ops.hardTanh([2])` is [1]. */
export const hardTanh: Unary = /* @__PURE__ */ op(nn, 'hardTanh', one, ({ x }) => u.clip(x, -1, 1));
/** x where |x| is above the threshold (default 0.5), else 0: `ops.hardShrink([0.4, 1])` is [0, 1]. */
export const hardShrink: UnaryWith<'threshold', number> = /* @__PURE__ */ op(
  nn,
  'hardShrink',
  { x: float, threshold: [finite, 0.5] },
  ({ x, threshold }) => select(greater(u.absolute(x), fill([], threshold)), x, fill([], 0)),
);
/** x drawn toward 0 by the threshold (default 0.5): `ops.softShrink([0.4, 1])` is [0, 0.5]. */
export const softShrink: UnaryWith<'threshold', number> = /* @__PURE__ */ op(
  nn,
  'softShrink',
  { x: float, threshold: [finite, 0.5] },
  // NaN is above no threshold, and 0 as in Keras.
  ({ x, threshold }) => select(greater(u.absolute(x), fill([], threshold)), subtract(x, u.clip(x, -threshold, threshold)), fill([], 0)),
);
/** x where it is above `threshold`, else `defaultValue`: `ops.threshold([0, 2], 1, -1)` is [-1, 2]. */
export const threshold: <A extends Operand>(x: A, threshold: number, defaultValue: number) => OpResult<A> = /* @__PURE__ */ op(
  nn,
  'threshold',
  { x: arithmetic, threshold: number, defaultValue: number },
  ({ x, threshold, defaultValue }) => above(isWhole(defaultValue) ? x : asFloat(x), threshold, defaultValue),
);
/** 0 up to -1, (x + 1)^2 / 4 up to 1, then x: `ops.sparsePlus([0])` is [0.25]. */
export const sparsePlus: Unary = /* @__PURE__ */ op(nn, 'sparsePlus', one, ({ x }) =>
  add(u.affine(u.square(u.affine(u.clip(x, -1, 1), 1, 1)), 0.25, 0), u.relu(u.affine(x, 1, -1))),
);
/** (x + 1) / 2 limited to [0, 1]: `ops.sparseSigmoid([0])` is [0.5]. */
export const sparseSigmoid: Unary = /* @__PURE__ */ op(nn, 'sparseSigmoid', one, ({ x }) => u.affine(u.clip(x, -1, 1), 0.5, 0.5));
