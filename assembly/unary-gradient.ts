// dx[i] = dy[i] f'(x[i]), from x or from y = f(x), whichever is cheaper; dx may be any of the inputs.
import * as op from './gradient-rules';
import { lightGradient, mapGradient } from './gradient-loop';

/** 2x dy */
export function squareGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  lightGradient(op.SQUARE, x, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy / 2y */
export function sqrtGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  lightGradient(op.SQRT, y, dy, dx, n, 0, 0, 0, thread, threads);
}

/** -dy y^3 / 2 */
export function rsqrtGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.RSQRT, y, dy, dx, n, 0, 0, 0, thread, threads);
}

/** -dy y^2 */
export function reciprocalGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.RECIPROCAL, y, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy sign(x), 0 at 0 */
export function absoluteGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.ABSOLUTE, x, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy y */
export function expGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  lightGradient(op.EXP, y, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy (y + 1) */
export function expm1Gradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.EXPM1, y, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy / x */
export function logGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  lightGradient(op.LOG, x, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy / (1 + x) */
export function log1pGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.LOG1P, x, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy (1 - y^2) = dy (1 - y) (1 + y), which keeps the digits of a y near 1 */
export function tanhGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  lightGradient(op.TANH, y, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy y (1 - y) */
export function sigmoidGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  lightGradient(op.SIGMOID, y, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy 2 / sqrt(pi) e^(-x^2) */
export function erfGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.ERF, x, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy where low <= x <= high */
export function clipGradient(x: usize, dy: usize, dx: usize, n: i32, low: f32, high: f32, thread: i32, threads: i32): void {
  lightGradient(op.CLIP, x, dy, dx, n, low, high, 0, thread, threads);
}
