// y[i] = f(x[i]); y may be x. NaN gives NaN.
import * as op from './unary-rules';
import { EXP, exponentialLoop, SIGMOID, TANH } from './exponential-loops';
import { light, map } from './unary-loop';

export * from './activation';
export * from './activation-gradient';
export * from './unary-gradient';

/** x^2 */
export function square(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  light(op.SQUARE, x, y, n, 0, 0, 0, thread, threads);
}

/** the square root; NaN below 0 */
export function sqrt(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  light(op.SQRT, x, y, n, 0, 0, 0, thread, threads);
}

/** 1 / sqrt(x) */
export function rsqrt(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  light(op.RSQRT, x, y, n, 0, 0, 0, thread, threads);
}

/** 1 / x */
export function reciprocal(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  light(op.RECIPROCAL, x, y, n, 0, 0, 0, thread, threads);
}

/** |x| */
export function absolute(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  light(op.ABSOLUTE, x, y, n, 0, 0, 0, thread, threads);
}

/** -1, 0 or 1 */
export function sign(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.SIGN, x, y, n, 0, 0, 0, thread, threads);
}

/** the next integer below */
export function floor(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  light(op.FLOOR, x, y, n, 0, 0, 0, thread, threads);
}

/** 1 for a number, 0 for an infinity or NaN */
export function isFinite(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.IS_FINITE, x, y, n, 0, 0, 0, thread, threads);
}

/** e^x */
export function exp(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  exponentialLoop(EXP, x, y, n, thread, threads);
}

/** e^x - 1 */
export function expm1(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.EXPM1, x, y, n, 0, 0, 0, thread, threads);
}

/** log x */
export function log(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.LOG, x, y, n, 0, 0, 0, thread, threads);
}

/** log(1 + x) */
export function log1p(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.LOG1P, x, y, n, 0, 0, 0, thread, threads);
}

/** tanh x */
export function tanh(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  exponentialLoop(TANH, x, y, n, thread, threads);
}

/** 1 / (1 + e^-x) */
export function sigmoid(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  exponentialLoop(SIGMOID, x, y, n, thread, threads);
}

/** erf x */
export function erf(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.ERF, x, y, n, 0, 0, 0, thread, threads);
}

/** low where x < low, high where x > high, else x */
export function clip(x: usize, y: usize, n: i32, low: f32, high: f32, thread: i32, threads: i32): void {
  light(op.CLIP, x, y, n, low, high, 0, thread, threads);
}

/** x scale + shift, rounded twice */
export function affine(x: usize, y: usize, n: i32, scale: f32, shift: f32, thread: i32, threads: i32): void {
  light(op.AFFINE, x, y, n, scale, shift, 0, thread, threads);
}
