// Functions of each element. Whole numbers stay whole where the results are.
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import * as i from '../../primitives/integer.ts';
import { fill } from '../../primitives/layout.ts';
import * as u from '../../primitives/unary.ts';
import { stopGradient as stop } from '../../primitives/views.ts';
import { tensor } from '../../tensor/index.ts';
import { constant } from '../constant.ts';
import { op } from '../dispatch.ts';
import { asFloat, cast, isWhole } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype, arithmetic, float, integer, number } from '../parameters.ts';
import type { Unary, UnaryWith } from '../signatures.ts';
import { numpy } from './module.ts';

const one = { x: float } as const;
const alike = { x: arithmetic } as const;
const same = { x: anyDtype } as const;

type Function = (x: Value) => Value;

/** One function for whole numbers and one for float32. */
const either =
  (ints: Function, floats: Function) =>
  ({ x }: { readonly x: Value }): Value =>
    (x.dtype === 'int32' ? ints : floats)(x);

/** What truth values stay under, and other numbers need not. */
const magnitude = ({ x }: { readonly x: Value }): Value => (x.dtype === 'bool' ? x : x.dtype === 'int32' ? i.absolute(x) : u.absolute(x));

/** -x: `ops.negative([1, -2])` is [-1, 2]. */
export const negative: Unary = /* @__PURE__ */ op(numpy, 'negative', alike, /* @__PURE__ */ either(i.negative, u.negative));
/** |x|: `ops.absolute([1, -2])` is [1, 2]. */
export const absolute: Unary = /* @__PURE__ */ op(numpy, 'absolute', same, magnitude);
/** Another name of {@link absolute}. */
export const abs: Unary = absolute;
/** -1, 0 or 1: `ops.sign([-3, 0, 2])` is [-1, 0, 1]. */
export const sign: Unary = /* @__PURE__ */ op(numpy, 'sign', alike, /* @__PURE__ */ either(i.sign, u.sign));
/** The whole number at or below x: `ops.floor([1.5, -1.5])` is [1, -2]. Its gradient is 0. */
export const floor: Unary = /* @__PURE__ */ op(numpy, 'floor', one, ({ x }) => u.floor(x));
/** The whole number at or above x: `ops.ceil([1.5, -1.5])` is [2, -1]. Its gradient is 0. */
export const ceil: Unary = /* @__PURE__ */ op(numpy, 'ceil', one, ({ x }) => u.negative(u.floor(u.negative(x))));
/** x without its fraction: `ops.trunc([1.5, -1.5])` is [1, -1]. Its gradient is 0. */
export const trunc: Unary = /* @__PURE__ */ op(numpy, 'trunc', same, ({ x }) =>
  x.dtype === 'float32' ? b.multiply(stop(u.sign(x)), u.floor(u.absolute(x))) : x,
);
/** 1 / x: `ops.reciprocal([2, 4])` is [0.5, 0.25]. */
export const reciprocal: Unary = /* @__PURE__ */ op(numpy, 'reciprocal', one, ({ x }) => u.reciprocal(x));
/** x * x: `ops.square([2, 3])` is [4, 9]. */
export const square: Unary = /* @__PURE__ */ op(
  numpy,
  'square',
  alike,
  /* @__PURE__ */ either((x) => i.multiply(x, x), u.square),
);
/** The square root: `ops.sqrt([4, 9])` is [2, 3]. */
export const sqrt: Unary = /* @__PURE__ */ op(numpy, 'sqrt', one, ({ x }) => u.sqrt(x));
/** e to the power x: `ops.exp([0, 1])` is [1, 2.7183]. */
export const exp: Unary = /* @__PURE__ */ op(numpy, 'exp', one, ({ x }) => u.exp(x));
/** exp(x) - 1, accurate near 0: `ops.expm1([0, 1])` is [0, 1.7183]. */
export const expm1: Unary = /* @__PURE__ */ op(numpy, 'expm1', one, ({ x }) => u.expm1(x));
/** The natural logarithm: `ops.log([1, Math.E])` is [0, 1]. */
export const log: Unary = /* @__PURE__ */ op(numpy, 'log', one, ({ x }) => u.log(x));
/** log(1 + x), accurate near 0: `ops.log1p([0, 1])` is [0, 0.6931]. */
export const log1p: Unary = /* @__PURE__ */ op(numpy, 'log1p', one, ({ x }) => u.log1p(x));
/** The logarithm to base 2: `ops.log2([1, 8])` is [0, 3]. */
export const log2: Unary = /* @__PURE__ */ op(numpy, 'log2', one, ({ x }) => u.affine(u.log(x), Math.LOG2E, 0));
/** The logarithm to base 10: `ops.log10([1, 100])` is [0, 2]. */
export const log10: Unary = /* @__PURE__ */ op(numpy, 'log10', one, ({ x }) => u.affine(u.log(x), Math.LOG10E, 0));
/** The hyperbolic tangent: `ops.tanh([0, 1])` is [0, 0.7616]. */
export const tanh: Unary = /* @__PURE__ */ op(numpy, 'tanh', one, ({ x }) => u.tanh(x));

/** From here on float32 holds whole numbers only. */
const WHOLE = 8388608;

/** The nearest whole number, halves to the even one. */
function nearest(x: Value): Value {
  const size = u.absolute(x);
  // Adding 2^23 leaves no bit for a fraction, and rounds halves to even.
  const near = u.affine(u.affine(size, 1, WHOLE), 1, -WHOLE);
  return b.multiply(u.sign(x), b.select(b.less(size, fill([], WHOLE)), near, size));
}

/**
 * The nearest number of so many `decimals` (default 0), halves to the even one: `ops.round([0.5, 1.5, -1.2])` is [0, 2, -1].
 * Its gradient is 0.
 */
export const round: UnaryWith<'decimals', number> = /* @__PURE__ */ op(numpy, 'round', { x: anyDtype, decimals: [integer, 0] }, (of) => {
  const { x, decimals } = of;
  if (x.dtype !== 'float32' && decimals >= 0) return x;
  if (decimals === 0) return stop(nearest(x));
  const scale = fill([], Number(`1e${decimals}`));
  return cast(stop(b.divide(nearest(b.multiply(asFloat(x), scale)), scale)), x.dtype);
});

/** x limited to [xMin, xMax]: `ops.clip([1, 5, 9], 2, 6)` is [2, 5, 6]. The limits are numbers. */
export const clip: <A extends Operand>(x: A, xMin: number, xMax: number) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'clip',
  { x: arithmetic, xMin: number, xMax: number },
  ({ x, xMin, xMax }) => {
    const bounds = [xMin, xMax].map((bound) => Math.min(Math.max(bound, MIN_INT), MAX_INT));
    if (x.dtype !== 'int32' || !bounds.every(isWhole)) return u.clip(asFloat(x), xMin, xMax);
    const [low, high] = bounds.map((bound) => constant(tensor(bound, undefined, 'int32')));
    return i.minimum(i.maximum(x, low), high);
  },
);

const MIN_INT = -2147483648;
const MAX_INT = 2147483647;
