// The gradients of functions of one variable, d = dy times the slope at x or at y = f(x), of four numbers. The codes below
// choose among them.
import * as math from './math';
import { SELU_SCALE, SELU_SCALE_ALPHA, geluTanhArgument, sigmoidProduct, signOf } from './unary-parts';

export const SQUARE: i32 = 0;
export const SQRT: i32 = 1;
export const RSQRT: i32 = 2;
export const RECIPROCAL: i32 = 3;
export const ABSOLUTE: i32 = 4;
export const EXP: i32 = 5;
export const EXPM1: i32 = 6;
export const LOG: i32 = 7;
export const LOG1P: i32 = 8;
export const TANH: i32 = 9;
export const SIGMOID: i32 = 10;
export const CLIP: i32 = 11;
export const SOFTSIGN: i32 = 12;
export const RELU: i32 = 13;
export const HARD_SIGMOID: i32 = 14;
export const SELU: i32 = 15;
export const ELU: i32 = 16;
export const LEAKY_RELU: i32 = 17;
export const RELU_GENERAL: i32 = 18;
export const ERF: i32 = 19;
export const SOFTPLUS: i32 = 20;
export const LOG_SIGMOID: i32 = 21;
export const GELU: i32 = 22;
export const GELU_TANH: i32 = 23;
export const SILU: i32 = 24;
export const MISH: i32 = 25;

/** The gradients that are a few instructions; `op` is a constant where speed matters, so that only one is compiled. */
// @ts-ignore: decorator
@inline
export function light(op: i32, v: v128, d: v128, p: v128, q: v128, r: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (op == SQUARE) return f32x4.mul(d, f32x4.add(v, v));
  if (op == SQRT) return f32x4.div(f32x4.mul(d, f32x4.splat(0.5)), v);
  if (op == RSQRT) return f32x4.mul(f32x4.mul(d, f32x4.splat(-0.5)), f32x4.mul(v, f32x4.mul(v, v)));
  if (op == RECIPROCAL) return f32x4.neg(f32x4.mul(d, f32x4.mul(v, v)));
  if (op == ABSOLUTE) return f32x4.mul(d, signOf(v));
  if (op == EXP) return f32x4.mul(d, v);
  if (op == EXPM1) return f32x4.mul(d, f32x4.add(v, one));
  if (op == LOG) return f32x4.div(d, v);
  if (op == LOG1P) return f32x4.div(d, f32x4.add(v, one));
  if (op == TANH) return f32x4.mul(d, f32x4.mul(f32x4.sub(one, v), f32x4.add(v, one)));
  if (op == SIGMOID) return f32x4.mul(d, f32x4.mul(v, f32x4.sub(one, v)));
  if (op == CLIP) return v128.and(d, v128.and(f32x4.ge(v, p), f32x4.le(v, q)));
  if (op == SOFTSIGN) {
    const b = f32x4.add(f32x4.abs(v), one);
    return f32x4.div(d, f32x4.mul(b, b));
  }
  if (op == RELU) return v128.and(d, f32x4.gt(v, zero));
  if (op == HARD_SIGMOID) return v128.and(f32x4.div(d, f32x4.splat(6)), v128.and(f32x4.gt(v, zero), f32x4.lt(v, one)));
  if (op == SELU) {
    const below = f32x4.add(v, f32x4.splat(SELU_SCALE_ALPHA));
    return f32x4.mul(d, v128.bitselect(below, f32x4.splat(SELU_SCALE), f32x4.lt(v, zero)));
  }
  if (op == ELU) return v128.bitselect(d, f32x4.mul(d, f32x4.add(v, p)), f32x4.gt(v, zero));
  if (op == LEAKY_RELU) return v128.bitselect(d, f32x4.mul(d, p), f32x4.gt(v, zero));
  // RELU_GENERAL
  return v128.andnot(v128.bitselect(d, f32x4.mul(d, p), f32x4.ge(v, r)), f32x4.ge(v, q));
}

/** share below x + x density(x); left of 0 both are e^(-x^2 / 2) times something, right of 0 it is 1 - the value at -x */
// @ts-ignore: decorator
@inline
function geluSlope(x: v128): v128 {
  const a = f32x4.pmin(f32x4.abs(x), f32x4.splat(13.25));
  const density = f32x4.mul(a, f32x4.splat(0.398942280));
  const left = f32x4.mul(math.gaussian(x), f32x4.sub(math.normalTailRatio(x), density));
  return v128.bitselect(left, f32x4.sub(f32x4.splat(1), left), f32x4.lt(x, f32x4.splat(0)));
}

/** s + x s (1 - s) u' with s = sigmoid(u), u = geluTanhArgument(x) */
// @ts-ignore: decorator
@inline
function geluTanhSlope(x: v128): v128 {
  // Beyond 16 s is 0 or 1 in f32 and u' would overflow.
  const x1 = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-16)), f32x4.splat(16));
  const slope = f32x4.add(f32x4.mul(f32x4.mul(x1, x1), f32x4.splat(0.214064893)), f32x4.splat(1.59576912));
  return sigmoidProduct(geluTanhArgument(x1), f32x4.mul(x1, slope));
}

/** with t = tanh(softplus(x)): t + x (1 - t^2) sigmoid(x), in the terms of the kernel mish */
// @ts-ignore: decorator
@inline
function mishSlope(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = math.expNegative(x);
  const negative = f32x4.lt(x, f32x4.splat(0));
  const square = f32x4.mul(e, e);
  const top = f32x4.add(f32x4.add(e, e), v128.bitselect(square, one, negative));
  const part = v128.bitselect(one, square, negative);
  const bottom = f32x4.add(top, f32x4.add(part, part));
  // (1 - t^2) sigmoid(x) = 4 (1 + e) w / bottom^2 with w = e left of 0 and e^2 right of it
  const w = f32x4.mul(f32x4.mul(f32x4.add(e, one), f32x4.splat(4)), v128.bitselect(e, square, negative));
  return f32x4.add(f32x4.div(top, bottom), f32x4.div(f32x4.mul(x, w), f32x4.mul(bottom, bottom)));
}

// @ts-ignore: decorator
@inline
function slope(op: i32, v: v128): v128 {
  switch (op) {
    case ERF: return f32x4.mul(math.expMinusSquare(v, 1, 9.375), f32x4.splat(1.12837917));
    case SOFTPLUS: return math.sigmoid(v);
    case LOG_SIGMOID: return math.sigmoid(f32x4.neg(v));
    case GELU: return geluSlope(v);
    case GELU_TANH: return geluTanhSlope(v);
    case SILU: return sigmoidProduct(v, v);
    default: return mishSlope(v);
  }
}

/** Any of the gradients. */
export function apply(op: i32, v: v128, d: v128, p: v128, q: v128, r: v128): v128 {
  return op < ERF ? light(op, v, d, p, q, r) : f32x4.mul(d, slope(op, v));
}
