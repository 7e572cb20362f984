// y[i] = f(x[i]); y may be x. NaN gives NaN.
import * as math from './math';
import { load4, shareEnd, shareStart, store4 } from './unary-loop';
import { signOf } from './unary-parts';

export * from './activation';
export * from './activation-gradient';
export * from './unary-gradient';

/** x^2 */
export function square(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, f32x4.mul(v, v));
    i += 4;
  } while (i < end);
}

/** the square root; NaN below 0 */
export function sqrt(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, f32x4.sqrt(v));
    i += 4;
  } while (i < end);
}

/** 1 / sqrt(x) */
export function rsqrt(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, f32x4.div(f32x4.splat(1), f32x4.sqrt(v)));
    i += 4;
  } while (i < end);
}

/** 1 / x */
export function reciprocal(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, f32x4.div(f32x4.splat(1), v));
    i += 4;
  } while (i < end);
}

/** |x| */
export function absolute(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, f32x4.abs(v));
    i += 4;
  } while (i < end);
}

/** -1, 0 or 1 */
export function sign(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, signOf(v));
    i += 4;
  } while (i < end);
}

/** the next integer below */
export function floor(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, f32x4.floor(v));
    i += 4;
  } while (i < end);
}

/** 1 for a number, 0 for an infinity or NaN */
export function isFinite(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, v128.and(f32x4.lt(f32x4.abs(v), f32x4.splat(Infinity)), f32x4.splat(1)));
    i += 4;
  } while (i < end);
}

/** e^x */
export function exp(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, math.exp(v));
    i += 4;
  } while (i < end);
}

/** e^x - 1 */
export function expm1(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, math.expm1(v));
    i += 4;
  } while (i < end);
}

/** log x */
export function log(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, math.log(v));
    i += 4;
  } while (i < end);
}

/** log(1 + x) */
export function log1p(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, math.log1p(v));
    i += 4;
  } while (i < end);
}

/** tanh x */
export function tanh(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, math.tanh(v));
    i += 4;
  } while (i < end);
}

/** 1 / (1 + e^-x) */
export function sigmoid(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, math.sigmoid(v));
    i += 4;
  } while (i < end);
}

/** erf x */
export function erf(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, math.erf(v));
    i += 4;
  } while (i < end);
}

/** low where x < low, high where x > high, else x */
export function clip(x: usize, y: usize, n: i32, low: f32, high: f32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, f32x4.pmin(f32x4.pmax(v, f32x4.splat(low)), f32x4.splat(high)));
    i += 4;
  } while (i < end);
}

/** x scale + shift, rounded twice */
export function affine(x: usize, y: usize, n: i32, scale: f32, shift: f32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, f32x4.add(f32x4.mul(v, f32x4.splat(scale)), f32x4.splat(shift)));
    i += 4;
  } while (i < end);
}
