// Arithmetic and functions of each element. Truth values and whole numbers are taken as float32, and so are the results.
import type { Value } from '../graph/value.ts';
import * as b from '../primitives/binary.ts';
import { fill } from '../primitives/layout.ts';
import * as u from '../primitives/unary.ts';
import { stopGradient as stop } from '../primitives/views.ts';
import { asFloat, binary, run, unary } from './dispatch.ts';
import type { Operand, OpResult } from './operand.ts';

/** x1 + x2, shapes broadcast as in NumPy: `ops.add([1, 2], 3)` is [4, 5]. */
export const add = /* @__PURE__ */ binary('add', b.add);
/** x1 - x2: `ops.subtract([1, 2], 3)` is [-2, -1]. */
export const subtract = /* @__PURE__ */ binary('subtract', b.subtract);
/** x1 * x2, element by element: `ops.multiply([1, 2], 3)` is [3, 6]. */
export const multiply = /* @__PURE__ */ binary('multiply', b.multiply);
/** x1 / x2: `ops.divide([1, 2], 2)` is [0.5, 1]. */
export const divide = /* @__PURE__ */ binary('divide', b.divide);
/** Another name of {@link divide}. */
export const trueDivide = /* @__PURE__ */ binary('trueDivide', b.divide);
/** x1 / x2, and 0 where x2 is 0: `ops.divideNoNan([1, 2], [0, 2])` is [0, 1]. */
export const divideNoNan = /* @__PURE__ */ binary('divideNoNan', b.divideNoNan);
/** The whole number at or below x1 / x2: `ops.floorDivide([7, -7], 2)` is [3, -4]. */
export const floorDivide = /* @__PURE__ */ binary('floorDivide', (x, y) => u.floor(b.divide(x, y)));
/** What is left of x1 after whole x2, with the sign of x2: `ops.mod([7, -7], 4)` is [3, 1]. */
export const mod = /* @__PURE__ */ binary('mod', (x, y) => b.subtract(x, b.multiply(y, u.floor(b.divide(x, y)))));
/** x1 to the power x2: `ops.power([2, 3], 2)` is [4, 9]. */
export const power = /* @__PURE__ */ binary('power', b.power);
/** The larger of the two: `ops.maximum([1, 5], 3)` is [3, 5]. Ties send the gradient to x1. */
export const maximum = /* @__PURE__ */ binary('maximum', b.maximum);
/** The smaller of the two: `ops.minimum([1, 5], 3)` is [1, 3]. Ties send the gradient to x1. */
export const minimum = /* @__PURE__ */ binary('minimum', b.minimum);
/** log(exp(x1) + exp(x2)) without overflow: `ops.logaddexp(0, 0)` is 0.6931. */
export const logaddexp = /* @__PURE__ */ binary('logaddexp', (x, y) =>
  b.add(b.maximum(x, y), u.log1p(u.exp(u.negative(u.absolute(b.subtract(x, y)))))),
);

/** -x: `ops.negative([1, -2])` is [-1, 2]. */
export const negative = /* @__PURE__ */ unary('negative', u.negative);
/** |x|: `ops.absolute([1, -2])` is [1, 2]. */
export const absolute = /* @__PURE__ */ unary('absolute', u.absolute);
/** Another name of {@link absolute}. */
export const abs = absolute;
/** -1, 0 or 1: `ops.sign([-3, 0, 2])` is [-1, 0, 1]. */
export const sign = /* @__PURE__ */ unary('sign', u.sign);
/** The whole number at or below x: `ops.floor([1.5, -1.5])` is [1, -2]. Its gradient is 0. */
export const floor = /* @__PURE__ */ unary('floor', u.floor);
/** The whole number at or above x: `ops.ceil([1.5, -1.5])` is [2, -1]. Its gradient is 0. */
export const ceil = /* @__PURE__ */ unary('ceil', (x) => u.negative(u.floor(u.negative(x))));
/** x without its fraction: `ops.trunc([1.5, -1.5])` is [1, -1]. Its gradient is 0. */
export const trunc = /* @__PURE__ */ unary('trunc', (x) => b.multiply(stop(u.sign(x)), u.floor(u.absolute(x))));
/** 1 / x: `ops.reciprocal([2, 4])` is [0.5, 0.25]. */
export const reciprocal = /* @__PURE__ */ unary('reciprocal', u.reciprocal);
/** x * x: `ops.square([2, 3])` is [4, 9]. */
export const square = /* @__PURE__ */ unary('square', u.square);
/** The square root: `ops.sqrt([4, 9])` is [2, 3]. */
export const sqrt = /* @__PURE__ */ unary('sqrt', u.sqrt);
/** 1 over the square root: `ops.rsqrt([4, 16])` is [0.5, 0.25]. */
export const rsqrt = /* @__PURE__ */ unary('rsqrt', u.rsqrt);
/** e to the power x: `ops.exp([0, 1])` is [1, 2.7183]. */
export const exp = /* @__PURE__ */ unary('exp', u.exp);
/** exp(x) - 1, accurate near 0: `ops.expm1([0, 1])` is [0, 1.7183]. */
export const expm1 = /* @__PURE__ */ unary('expm1', u.expm1);
/** The natural logarithm: `ops.log([1, Math.E])` is [0, 1]. */
export const log = /* @__PURE__ */ unary('log', u.log);
/** log(1 + x), accurate near 0: `ops.log1p([0, 1])` is [0, 0.6931]. */
export const log1p = /* @__PURE__ */ unary('log1p', u.log1p);
/** The logarithm to base 2: `ops.log2([1, 8])` is [0, 3]. */
export const log2 = /* @__PURE__ */ unary('log2', (x) => u.affine(u.log(x), Math.LOG2E, 0));
/** The logarithm to base 10: `ops.log10([1, 100])` is [0, 2]. */
export const log10 = /* @__PURE__ */ unary('log10', (x) => u.affine(u.log(x), Math.LOG10E, 0));
/** The error function: `ops.erf([0, 1])` is [0, 0.8427]. */
export const erf = /* @__PURE__ */ unary('erf', u.erf);

/** From here on float32 holds whole numbers only. */
const WHOLE = 8388608;

/** The nearest whole number, halves to the even one: `ops.round([0.5, 1.5, -1.2])` is [0, 2, -1]. Its gradient is 0. */
export const round = /* @__PURE__ */ unary('round', (x) => {
  const size = u.absolute(x);
  // Adding 2^23 leaves no bit for a fraction, and rounds halves to even.
  const near = u.affine(u.affine(size, 1, WHOLE), 1, -WHOLE);
  return stop(b.multiply(u.sign(x), b.select(b.less(size, fill([], WHOLE)), near, size)));
});

/** x limited to [xMin, xMax]: `ops.clip([1, 5, 9], 2, 6)` is [2, 5, 6]. The limits are numbers. */
export const clip = <A extends Operand>(x: A, xMin: number, xMax: number): OpResult<A> =>
  run('clip', [x], (v) => u.clip(asFloat(v), xMin, xMax), { xMin, xMax });

/** x, which counts as a constant in gradients: `ops.multiply(x, ops.stopGradient(x))` has the gradient x, not 2x. */
export const stopGradient = <A extends Operand>(variable: A): OpResult<A> => run('stopGradient', [variable], (v: Value) => stop(v));
