// dx[i] = dy[i] f'(x[i]) for activation functions, from x or from y = f(x), whichever is cheaper; dx may be any of the inputs.
import * as math from './math';
import { load4, shareEnd, shareStart, store4 } from './unary-loop';
import { SELU_SCALE, SELU_SCALE_ALPHA, geluTanhArgument, sigmoidProduct } from './unary-parts';

/** dy sigmoid(x) */
export function softplusGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.mul(d, math.sigmoid(v)));
    i += 4;
  } while (i < end);
}

/** dy sigmoid(-x) */
export function logSigmoidGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.mul(d, math.sigmoid(f32x4.neg(v))));
    i += 4;
  } while (i < end);
}

/** dy / (1 + |x|)^2 */
export function softsignGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    const b = f32x4.add(f32x4.abs(v), f32x4.splat(1));
    store4(dx, i, end, f32x4.div(d, f32x4.mul(b, b)));
    i += 4;
  } while (i < end);
}

/** dy where y > 0 */
export function reluGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(y, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, v128.and(d, f32x4.gt(v, f32x4.splat(0))));
    i += 4;
  } while (i < end);
}

/** dy (share below x + x density(x)); left of 0 both are e^(-x^2 / 2) times something, right of 0 it is 1 - the value at -x */
export function geluGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    const a = f32x4.pmin(f32x4.abs(v), f32x4.splat(13.25));
    const density = f32x4.mul(a, f32x4.splat(0.398942280));
    const left = f32x4.mul(math.gaussian(v), f32x4.sub(math.normalTailRatio(v), density));
    store4(dx, i, end, f32x4.mul(d, v128.bitselect(left, f32x4.sub(f32x4.splat(1), left), f32x4.lt(v, f32x4.splat(0)))));
    i += 4;
  } while (i < end);
}

/** dy (s + x s (1 - s) u') with s = sigmoid(u), u = geluTanhArgument(x) */
export function geluTanhGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    // Beyond 16 s is 0 or 1 in f32 and a' would overflow.
    const x1 = f32x4.pmin(f32x4.pmax(v, f32x4.splat(-16)), f32x4.splat(16));
    const u = geluTanhArgument(x1);
    const slope = f32x4.add(f32x4.mul(f32x4.mul(x1, x1), f32x4.splat(0.214064893)), f32x4.splat(1.59576912));
    const a = f32x4.mul(x1, slope);
    store4(dx, i, end, f32x4.mul(d, sigmoidProduct(u, a)));
    i += 4;
  } while (i < end);
}

/** dy (s + x s (1 - s)) with s = sigmoid(x) */
export function siluGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, f32x4.mul(d, sigmoidProduct(v, v)));
    i += 4;
  } while (i < end);
}

/** with t = tanh(softplus(x)): dy (t + x (1 - t^2) sigmoid(x)), in the terms of the kernel mish */
export function mishGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    const e = math.expNegative(v);
    const negative = f32x4.lt(v, f32x4.splat(0));
    const square = f32x4.mul(e, e);
    const e1 = f32x4.add(e, f32x4.splat(1));
    const top = f32x4.add(f32x4.add(e, e), v128.bitselect(square, f32x4.splat(1), negative));
    const part = v128.bitselect(f32x4.splat(1), square, negative);
    const bottom = f32x4.add(top, f32x4.add(part, part));
    // (1 - t^2) sigmoid(x) = 4 (1 + e) w / bottom^2 with w = e left of 0 and e^2 right of it
    const w = f32x4.mul(f32x4.mul(e1, f32x4.splat(4)), v128.bitselect(e, square, negative));
    const second = f32x4.div(f32x4.mul(v, w), f32x4.mul(bottom, bottom));
    store4(dx, i, end, f32x4.mul(d, f32x4.add(f32x4.div(top, bottom), second)));
    i += 4;
  } while (i < end);
}

/** dy / 6 where 0 < y < 1 */
export function hardSigmoidGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(y, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, v128.and(f32x4.div(d, f32x4.splat(6)), v128.and(f32x4.gt(v, f32x4.splat(0)), f32x4.lt(v, f32x4.splat(1)))));
    i += 4;
  } while (i < end);
}

/** dy scale from 0 on, dy (y + scale alpha) below */
export function seluGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(y, i, end);
    const d = load4(dy, i, end);
    const below = f32x4.add(v, f32x4.splat(SELU_SCALE_ALPHA));
    store4(dx, i, end, f32x4.mul(d, v128.bitselect(below, f32x4.splat(SELU_SCALE), f32x4.lt(v, f32x4.splat(0)))));
    i += 4;
  } while (i < end);
}

/** dy above 0, dy (y + alpha) up to 0; alpha must not be negative, or y does not tell the side */
export function eluGradient(y: usize, dy: usize, dx: usize, n: i32, alpha: f32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(y, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, v128.bitselect(d, f32x4.mul(d, f32x4.add(v, f32x4.splat(alpha))), f32x4.gt(v, f32x4.splat(0))));
    i += 4;
  } while (i < end);
}

/** dy above 0, slope dy up to 0; slope must not be negative, or y does not tell the side */
export function leakyReluGradient(y: usize, dy: usize, dx: usize, n: i32, slope: f32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(y, i, end);
    const d = load4(dy, i, end);
    store4(dx, i, end, v128.bitselect(d, f32x4.mul(d, f32x4.splat(slope)), f32x4.gt(v, f32x4.splat(0))));
    i += 4;
  } while (i < end);
}

/** 0 from maxValue on, dy from threshold on, below it negativeSlope dy */
export function reluGeneralGradient(
  x: usize, dy: usize, dx: usize, n: i32, negativeSlope: f32, maxValue: f32, threshold: f32, thread: i32, threads: i32,
): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const d = load4(dy, i, end);
    const inside = v128.bitselect(d, f32x4.mul(d, f32x4.splat(negativeSlope)), f32x4.ge(v, f32x4.splat(threshold)));
    store4(dx, i, end, v128.andnot(inside, f32x4.ge(v, f32x4.splat(maxValue))));
    i += 4;
  } while (i < end);
}
