// y[i] = f(x[i]) for activation functions; y may be x. NaN gives NaN.
import * as math from './math';
import { load4, shareEnd, shareStart, store4 } from './unary-loop';
import { SELU_SCALE, SELU_SCALE_ALPHA, geluTanhArgument } from './unary-parts';

/** log(1 + e^x) */
export function softplus(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, math.softplus(v));
    i += 4;
  } while (i < end);
}

/** log sigmoid(x) = -softplus(-x) = min(x, 0) - log(1 + e^-|x|) */
export function logSigmoid(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, f32x4.sub(f32x4.pmin(v, f32x4.splat(0)), math.softplusNegative(v)));
    i += 4;
  } while (i < end);
}

/** x / (1 + |x|) */
export function softsign(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, f32x4.div(v, f32x4.add(f32x4.abs(v), f32x4.splat(1))));
    i += 4;
  } while (i < end);
}

/** max(x, 0) */
export function relu(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, v128.andnot(v, f32x4.le(v, f32x4.splat(0))));
    i += 4;
  } while (i < end);
}

/**
 * x times the normal distribution's share below x: max(x, 0) - |x| share(-|x|), which loses nothing to cancellation; relative
 * error under 1e-6. 0 below -13.25.
 */
export function gelu(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const tail = f32x4.mul(math.gaussian(v), math.normalTailRatio(v));
    // From 13.25 on the tail is 0, which must not meet an infinity.
    const a = f32x4.pmin(f32x4.abs(v), f32x4.splat(13.25));
    store4(y, i, end, f32x4.sub(f32x4.pmax(v, f32x4.splat(0)), f32x4.mul(a, tail)));
    i += 4;
  } while (i < end);
}

/**
 * 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) = x sigmoid of twice the argument of tanh; relative error 6e-7 plus 3e-7
 * times that argument.
 */
export function geluTanh(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, f32x4.mul(v, math.sigmoid(geluTanhArgument(v))));
    i += 4;
  } while (i < end);
}

/** x sigmoid(x) */
export function silu(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, f32x4.mul(v, math.sigmoid(v)));
    i += 4;
  } while (i < end);
}

/** x tanh(softplus(x)) */
export function mish(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    // With w = e^x, tanh(log(1 + w)) = (w^2 + 2w) / (w^2 + 2w + 2); for x > 0 both sides are multiplied by e^-2x.
    const e = math.expNegative(v);
    const negative = f32x4.lt(v, f32x4.splat(0));
    const square = f32x4.mul(e, e);
    const top = f32x4.add(f32x4.add(e, e), v128.bitselect(square, f32x4.splat(1), negative));
    const part = v128.bitselect(f32x4.splat(1), square, negative);
    const rest = f32x4.add(part, part);
    store4(y, i, end, f32x4.div(f32x4.mul(v, top), f32x4.add(top, rest)));
    i += 4;
  } while (i < end);
}

/** min(max(x + 3, 0), 6) / 6 */
export function hardSigmoid(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, f32x4.div(f32x4.pmin(f32x4.pmax(f32x4.add(v, f32x4.splat(3)), f32x4.splat(0)), f32x4.splat(6)), f32x4.splat(6)));
    i += 4;
  } while (i < end);
}

/** scale x above 0, scale alpha (e^x - 1) below (Klambauer et al. 2017) */
export function selu(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const negative = f32x4.mul(math.expm1(v), f32x4.splat(SELU_SCALE_ALPHA));
    store4(y, i, end, v128.bitselect(f32x4.mul(v, f32x4.splat(SELU_SCALE)), negative, f32x4.gt(v, f32x4.splat(0))));
    i += 4;
  } while (i < end);
}

/** x above 0, alpha (e^x - 1) below */
export function elu(x: usize, y: usize, n: i32, alpha: f32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, v128.bitselect(v, f32x4.mul(math.expm1(v), f32x4.splat(alpha)), f32x4.gt(v, f32x4.splat(0))));
    i += 4;
  } while (i < end);
}

/** x above 0, slope x below */
export function leakyRelu(x: usize, y: usize, n: i32, slope: f32, thread: i32, threads: i32): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    store4(y, i, end, v128.bitselect(v, f32x4.mul(v, f32x4.splat(slope)), f32x4.gt(v, f32x4.splat(0))));
    i += 4;
  } while (i < end);
}

/** maxValue from maxValue on, x from threshold on, below it negativeSlope (x - threshold) */
export function reluGeneral(
  x: usize, y: usize, n: i32, negativeSlope: f32, maxValue: f32, threshold: f32, thread: i32, threads: i32,
): void {
  let i = shareStart(n, thread, threads);
  const end = shareEnd(n, thread, threads);
  if (i >= end) return;
  do {
    const v = load4(x, i, end);
    const below = f32x4.mul(f32x4.sub(v, f32x4.splat(threshold)), f32x4.splat(negativeSlope));
    const y0 = v128.bitselect(v, below, f32x4.ge(v, f32x4.splat(threshold)));
    store4(y, i, end, v128.bitselect(f32x4.splat(maxValue), y0, f32x4.ge(v, f32x4.splat(maxValue))));
    i += 4;
  } while (i < end);
}
