// dx[i] = dy[i] f'(x[i]), from x or from y = f(x), whichever is cheaper; dx may be any of the inputs.
import * as math from './math';
import { load4, shareEnd, shareStart, store4 } from './unary-loop';
import { signOf } from './unary-parts';

/** 2x dy */
export function squareGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.mul(d, f32x4.add(v, v)));
    i += 4;
  } while (i < end);
}

/** dy / 2y */
export function sqrtGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(y, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.div(f32x4.mul(d, f32x4.splat(0.5)), v));
    i += 4;
  } while (i < end);
}

/** -dy y^3 / 2 */
export function rsqrtGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(y, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.mul(f32x4.mul(d, f32x4.splat(-0.5)), f32x4.mul(v, f32x4.mul(v, v))));
    i += 4;
  } while (i < end);
}

/** -dy y^2 */
export function reciprocalGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(y, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.neg(f32x4.mul(d, f32x4.mul(v, v))));
    i += 4;
  } while (i < end);
}

/** dy sign(x), 0 at 0 */
export function absoluteGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.mul(d, signOf(v)));
    i += 4;
  } while (i < end);
}

/** dy y */
export function expGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(y, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.mul(d, v));
    i += 4;
  } while (i < end);
}

/** dy (y + 1) */
export function expm1Gradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(y, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.mul(d, f32x4.add(v, f32x4.splat(1))));
    i += 4;
  } while (i < end);
}

/** dy / x */
export function logGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.div(d, v));
    i += 4;
  } while (i < end);
}

/** dy / (1 + x) */
export function log1pGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.div(d, f32x4.add(v, f32x4.splat(1))));
    i += 4;
  } while (i < end);
}

/** dy (1 - y^2) = dy (1 - y) (1 + y), which keeps the digits of a y near 1 */
export function tanhGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(y, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.mul(d, f32x4.mul(f32x4.sub(f32x4.splat(1), v), f32x4.add(v, f32x4.splat(1)))));
    i += 4;
  } while (i < end);
}

/** dy y (1 - y) */
export function sigmoidGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(y, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.mul(d, f32x4.mul(v, f32x4.sub(f32x4.splat(1), v))));
    i += 4;
  } while (i < end);
}

/** dy 2 / sqrt(pi) e^(-x^2) */
export function erfGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.mul(d, f32x4.mul(math.expMinusSquare(v, 1, 9.375), f32x4.splat(1.12837917))));
    i += 4;
  } while (i < end);
}

/** dy where low <= x <= high */
export function clipGradient(x: usize, dy: usize, dx: usize, n: i32, low: f32, high: f32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, v128.and(d, v128.and(f32x4.ge(v, f32x4.splat(low)), f32x4.le(v, f32x4.splat(high)))));
    i += 4;
  } while (i < end);
}
