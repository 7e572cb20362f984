// What an activation and its gradient share.
import * as math from './math';

export const SELU_SCALE: f32 = 1.05070099;
export const SELU_SCALE_ALPHA: f32 = 1.75809934;

/** -1, 0 or 1; NaN for NaN. */
// @ts-ignore: decorator
@inline
export function signOf(x: v128): v128 {
  const zero = f32x4.splat(0);
  const one = v128.or(v128.and(x, f32x4.splat(-0)), f32x4.splat(1));
  return v128.bitselect(one, v128.andnot(x, f32x4.eq(x, zero)), v128.or(f32x4.gt(x, zero), f32x4.lt(x, zero)));
}

/** 2 sqrt(2 / pi) (x + 0.044715 x^3) */
// @ts-ignore: decorator
@inline
export function geluTanhArgument(x: v128): v128 {
  const square = f32x4.mul(x, x);
  return f32x4.mul(x, f32x4.add(f32x4.mul(square, f32x4.splat(0.0713548163)), f32x4.splat(1.59576912)));
}

/** s + a s (1 - s) with s = sigmoid(x); 1 - s is not subtracted but taken from e^-|x|. */
// @ts-ignore: decorator
@inline
export function sigmoidProduct(x: v128, a: v128): v128 {
  const e = math.expNegative(x);
  const large = f32x4.div(f32x4.splat(1), f32x4.add(e, f32x4.splat(1)));
  const small = f32x4.mul(e, large);
  const s = v128.bitselect(small, large, f32x4.lt(x, f32x4.splat(0)));
  return f32x4.add(s, f32x4.mul(f32x4.mul(a, large), small));
}
