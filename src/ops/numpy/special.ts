// Functions of elements that few programs have: roots, powers of two, tests of numbers, bits.
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import * as i from '../../primitives/integer.ts';
import { fill } from '../../primitives/layout.ts';
import * as f from '../../primitives/mathematics.ts';
import { sum as sumAll } from '../../primitives/reduce.ts';
import * as u from '../../primitives/unary.ts';
import { relabel } from '../../primitives/views.ts';
import { op } from '../dispatch.ts';
import { asFloat, asTruth, cast } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype, arithmetic, boolean, common, finite, float, number } from '../parameters.ts';
import type { Binary, Unary } from '../signatures.ts';
import { numpy } from './module.ts';

const one = { x: float } as const;
const two = { x1: float, x2: float } as const;
const alike = { x1: common, x2: common } as const;
const number0 = (value: number): Value => fill([], value);
const not = (x: Value): Value => relabel(u.affine(x, -1, 1), 'bool');
/** Whether x is a number. */
const isOrdered = (x: Value): Value => b.equal(x, x);
const isNaNOf = (x: Value): Value => not(isOrdered(x));

/** The cube root: `ops.cbrt([8, -27])` is [2, -3]. */
export const cbrt: Unary = /* @__PURE__ */ op(numpy, 'cbrt', one, ({ x }) => f.cbrt(x));
/** 2 to the power x: `ops.exp2([1, 3])` is [2, 8]. */
export const exp2: Unary = /* @__PURE__ */ op(numpy, 'exp2', one, ({ x }) => f.exp2(x));
/** The modified Bessel function of order 0: `ops.i0([0, 1])` is [1, 1.2661]. It has no gradient. */
export const i0: Unary = /* @__PURE__ */ op(numpy, 'i0', one, ({ x }) => f.i0(x));
/** log2(2^x1 + 2^x2) without overflow: `ops.logaddexp2([1], [1])` is [2]. */
export const logaddexp2: Binary = /* @__PURE__ */ op(numpy, 'logaddexp2', two, ({ x1, x2 }) => {
  const less = u.affine(u.absolute(b.subtract(x1, x2)), -1, 0);
  return b.add(b.maximum(x1, x2), u.affine(u.log1p(f.exp2(less)), 1 / Math.LN2, 0));
});
/** |x| as float32: `ops.fabs([1, -2])` is [1, 2]. */
export const fabs: Unary = /* @__PURE__ */ op(numpy, 'fabs', one, ({ x }) => u.absolute(x));
/** x1 * 2^x2: `ops.ldexp([3], [2])` is [12]. */
export const ldexp: Binary = /* @__PURE__ */ op(numpy, 'ldexp', two, ({ x1, x2 }) => f.ldexp(x1, x2));
/** The float32 after x1 on the way to x2: `ops.nextafter([1], [2])` is [1.0000001]. */
export const nextafter: Binary = /* @__PURE__ */ op(numpy, 'nextafter', two, ({ x1, x2 }) => f.nextafter(x1, x2));
/** 0 below 0, x2 at 0, 1 above: `ops.heaviside([-1, 0, 2], 0.5)` is [0, 0.5, 1]. */
export const heaviside: Binary = /* @__PURE__ */ op(numpy, 'heaviside', two, ({ x1, x2 }) => {
  const step = b.select(b.greater(x1, number0(0)), number0(1), number0(0));
  return b.select(isNaNOf(x1), x1, b.select(b.equal(x1, number0(0)), x2, step));
});

/** The larger one; of a number and NaN the number: `ops.fmax([1, NaN], 0)` is [1, 0]. */
export const fmax: Binary = /* @__PURE__ */ op(numpy, 'fmax', alike, (of) => among(of, i.maximum, b.maximum));
/** The smaller one; of a number and NaN the number: `ops.fmin([1, NaN], 0)` is [0, 0]. */
export const fmin: Binary = /* @__PURE__ */ op(numpy, 'fmin', alike, (of) => among(of, i.minimum, b.minimum));

interface Two {
  readonly x1: Value;
  readonly x2: Value;
}

function among({ x1, x2 }: Two, ints: b.Binary, floats: b.Binary): Value {
  if (x1.dtype === 'int32') return ints(x1, x2);
  if (x1.dtype === 'bool') return relabel(floats(relabel(x1, 'float32'), relabel(x2, 'float32')), 'bool');
  return b.select(isNaNOf(x1), x2, b.select(isNaNOf(x2), x1, floats(x1, x2)));
}

/** What is left of x1 after whole x2, with the sign of x1: `ops.fmod([-7], 3)` is [-1]. */
export const fmod: Binary = /* @__PURE__ */ op(numpy, 'fmod', { x1: arithmetic, x2: arithmetic }, ({ x1, x2 }) => {
  if (x1.dtype !== 'int32') return b.multiply(u.sign(x1), i.moduloFloat(u.absolute(x1), u.absolute(x2)));
  return i.multiply(i.sign(x1), i.modulo(i.absolute(x1), i.absolute(x2)));
});

/** Whether x is negative, -0 among them: `ops.signbit([-1, 2])` is [true, false]. */
export const signbit: Unary = /* @__PURE__ */ op(numpy, 'signbit', { x: anyDtype }, ({ x }) => {
  if (x.dtype === 'int32') return i.less(x, i.whole(0));
  const numbers = asFloat(x);
  // 1 / -0 is below 0.
  return b.less(b.select(b.equal(numbers, number0(0)), u.reciprocal(numbers), numbers), number0(0));
});
/** Whether x is infinite and above 0: `ops.isposinf([Infinity, 1])` is [true, false]. */
export const isposinf: Unary = /* @__PURE__ */ op(numpy, 'isposinf', one, ({ x }) => b.equal(x, number0(Infinity)));
/** Whether x is infinite and below 0: `ops.isneginf([-Infinity, 1])` is [true, false]. */
export const isneginf: Unary = /* @__PURE__ */ op(numpy, 'isneginf', one, ({ x }) => b.equal(x, number0(-Infinity)));
/** True everywhere: there are no other numbers here. */
export const isreal: Unary = /* @__PURE__ */ op(numpy, 'isreal', { x: anyDtype }, ({ x }) => relabel(fill(x.shape, 1), 'bool'));
/** x itself: numbers here are real. */
export const real: Unary = /* @__PURE__ */ op(numpy, 'real', { x: anyDtype }, ({ x }) => x);
/** 0 everywhere: numbers here are real. */
export const imag: Unary = /* @__PURE__ */ op(numpy, 'imag', { x: anyDtype }, ({ x }) => cast(fill(x.shape, 0), x.dtype));
/** x itself: numbers here are real. */
export const conjugate: Unary = /* @__PURE__ */ op(numpy, 'conjugate', { x: anyDtype }, ({ x }) => x);
/** Another name of {@link conjugate}. */
export const conj: Unary = conjugate;
/** 0 for numbers from 0, pi for those below: `ops.angle([1, -1])` is [0, 3.1416]. */
export const angle: Unary = /* @__PURE__ */ op(numpy, 'angle', one, ({ x }) =>
  b.select(isNaNOf(x), x, b.select(b.less(x, number0(0)), number0(Math.PI), number0(0))),
);
/** x as a tensor of its own: `ops.copy([1, 2])` is [1, 2]. */
export const copy: Unary = /* @__PURE__ */ op(numpy, 'copy', { x: anyDtype }, ({ x }) => x);

interface Closeness {
  rtol?: number;
  atol?: number;
  equalNan?: boolean;
}

/** How `isclose` is called. */
type Close = <A extends Operand, B extends Operand>(
  x1: A,
  x2: B,
  rtol?: number | Closeness,
  atol?: number | Closeness,
  equalNan?: boolean | Closeness,
) => OpResult<A | B>;

const placed = { ...finite, inCall: true, isPlaced: true };
const tolerances = {
  rtol: [placed, 1e-5],
  atol: [placed, 1e-8],
  equalNan: [boolean, false],
} as const;

/**
 * Whether |x1 - x2| <= atol + rtol |x2|: `ops.isclose([1, 2], [1.000001, 2.1])` is [true, false].
 *
 * `rtol` default 1e-5, `atol` 1e-8; `equalNan`: whether NaN is close to NaN, default false.
 */
export const isclose: Close = /* @__PURE__ */ op(numpy, 'isclose', { x1: float, x2: float, ...tolerances }, closeOf);
/** Whether all elements are close, as {@link isclose} says: `ops.allclose([1], [1.000001])` is true. */
export const allclose: Close = /* @__PURE__ */ op(
  numpy,
  'allclose',
  { x1: float, x2: float, rtol: [finite, 1e-5], atol: [finite, 1e-8], equalNan: [boolean, false] },
  (of) => relabel(b.lessEqual(countOf(not(closeOf(of))), number0(0)), 'bool'),
  { className: 'AllClose' },
);

function countOf(truths: Value): Value {
  return sumAll(relabel(truths, 'float32'));
}

function closeOf(of: { x1: Value; x2: Value; rtol: number; atol: number; equalNan: boolean }): Value {
  const { x1, x2, rtol, atol, equalNan } = of;
  const limit = u.affine(u.absolute(x2), rtol, atol);
  const isFinite2 = b.less(u.absolute(x2), number0(Infinity));
  const near = b.lessEqual(u.absolute(b.subtract(x1, x2)), limit);
  const close = b.maximum(relabel(b.equal(x1, x2), 'float32'), b.multiply(relabel(near, 'float32'), relabel(isFinite2, 'float32')));
  if (!equalNan) return relabel(close, 'bool');
  const both = b.multiply(relabel(isNaNOf(x1), 'float32'), relabel(isNaNOf(x2), 'float32'));
  return relabel(b.maximum(close, both), 'bool');
}

interface NanOptions {
  nan?: number;
  posinf?: number | null;
  neginf?: number | null;
}

/**
 * x with numbers in the place of NaN and infinities: `ops.nanToNum([NaN, 1])` is [0, 1].
 *
 * `nan` (default 0), `posinf` and `neginf` (default: the largest and smallest float32).
 */
export const nanToNum: <A extends Operand>(
  x: A,
  nan?: number | NanOptions,
  posinf?: number | null | NanOptions,
  neginf?: number | null | NanOptions,
) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'nanToNum',
  { x: anyDtype, nan: [number, 0], posinf: [number, null], neginf: [number, null] },
  ({ x, nan, posinf, neginf }) => {
    if (x.dtype !== 'float32') return x;
    const finiteOrNaN = b.select(b.equal(x, number0(Infinity)), number0(posinf ?? LARGEST), x);
    const rest = b.select(b.equal(x, number0(-Infinity)), number0(neginf ?? -LARGEST), finiteOrNaN);
    return b.select(isNaNOf(x), number0(nan), rest);
  },
);

const LARGEST = 3.4028234663852886e38;

type Whole = (x: Value, y: Value) => Value;

/** Bits of whole numbers; of truth values the same by `truths`. */
const bits = (name: string, ints: Whole, truths?: Whole): (<A extends Operand, B extends Operand>(x: A, y: B) => OpResult<A | B>) =>
  op(numpy, name, { x: common, y: common }, ({ x, y }) => {
    if (x.dtype === 'bool' && truths) return asTruth(truths(relabel(x, 'float32'), relabel(y, 'float32')));
    return ints(cast(x, 'int32'), cast(y, 'int32'));
  });

/** Bits that both have: `ops.bitwiseAnd([6], [3])` is [2]. Floats are cut to whole numbers. */
export const bitwiseAnd: Bits = /* @__PURE__ */ bits('bitwiseAnd', f.and, b.multiply);
/** Bits that one has: `ops.bitwiseOr([6], [3])` is [7]. */
export const bitwiseOr: Bits = /* @__PURE__ */ bits('bitwiseOr', f.or, b.maximum);
/** Bits that one has and the other has not: `ops.bitwiseXor([6], [3])` is [5]. */
export const bitwiseXor: Bits = /* @__PURE__ */ bits('bitwiseXor', f.xor, (x, y) => u.absolute(b.subtract(x, y)));
/** Bits moved up by y places: `ops.bitwiseLeftShift([3], [2])` is [12]. */
export const bitwiseLeftShift: Bits = /* @__PURE__ */ bits('bitwiseLeftShift', f.leftShift);
/** Bits moved down by y places, the sign kept: `ops.bitwiseRightShift([-8], [1])` is [-4]. */
export const bitwiseRightShift: Bits = /* @__PURE__ */ bits('bitwiseRightShift', f.rightShift);
/** Another name of {@link bitwiseLeftShift}. */
export const leftShift: Bits = /* @__PURE__ */ bits('leftShift', f.leftShift);
/** Another name of {@link bitwiseRightShift}. */
export const rightShift: Bits = /* @__PURE__ */ bits('rightShift', f.rightShift);
type Bits = <A extends Operand, B extends Operand>(x: A, y: B) => OpResult<A | B>;

const inverted = ({ x }: { readonly x: Value }): Value => (x.dtype === 'bool' ? not(x) : i.subtract(i.whole(-1), cast(x, 'int32')));
/** All bits turned around, -1 - x: `ops.bitwiseNot([0, 5])` is [-1, -6]. */
export const bitwiseNot: Unary = /* @__PURE__ */ op(numpy, 'bitwiseNot', { x: anyDtype }, inverted);
/** Another name of {@link bitwiseNot}. */
export const bitwiseInvert: Unary = /* @__PURE__ */ op(numpy, 'bitwiseInvert', { x: anyDtype }, inverted);

/** The greatest common divisor: `ops.gcd([12], [18])` is [6]. */
export const gcd: Binary = /* @__PURE__ */ op(numpy, 'gcd', alike, ({ x1, x2 }) => f.gcd(cast(x1, 'int32'), cast(x2, 'int32')));
/** The least common multiple: `ops.lcm([4], [6])` is [12]. */
export const lcm: Binary = /* @__PURE__ */ op(numpy, 'lcm', alike, ({ x1, x2 }) => f.lcm(cast(x1, 'int32'), cast(x2, 'int32')));
