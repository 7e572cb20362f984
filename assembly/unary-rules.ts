// What the functions of one variable do to four numbers. The codes below choose among them.
import * as math from './math';
import { SELU_SCALE, SELU_SCALE_ALPHA, geluTanhArgument, signOf } from './unary-parts';

export const SQUARE: i32 = 0;
export const SQRT: i32 = 1;
export const RSQRT: i32 = 2;
export const RECIPROCAL: i32 = 3;
export const ABSOLUTE: i32 = 4;
export const SIGN: i32 = 5;
export const FLOOR: i32 = 6;
export const IS_FINITE: i32 = 7;
export const CLIP: i32 = 8;
export const AFFINE: i32 = 9;
export const SOFTSIGN: i32 = 10;
export const RELU: i32 = 11;
export const HARD_SIGMOID: i32 = 12;
export const LEAKY_RELU: i32 = 13;
export const RELU_GENERAL: i32 = 14;
export const EXP: i32 = 15;
export const TANH: i32 = 16;
export const SIGMOID: i32 = 17;
export const EXPM1: i32 = 18;
export const LOG: i32 = 19;
export const LOG1P: i32 = 20;
export const ERF: i32 = 21;
export const SOFTPLUS: i32 = 22;
export const LOG_SIGMOID: i32 = 23;
export const GELU: i32 = 24;
export const GELU_TANH: i32 = 25;
export const SILU: i32 = 26;
export const MISH: i32 = 27;
export const SELU: i32 = 28;
export const ELU: i32 = 29;

/** The functions that are a few instructions; `op` is a constant where speed matters, so that only one is compiled. */
// @ts-ignore: decorator
@inline
export function light(op: i32, x: v128, p: v128, q: v128, r: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  if (op == SQUARE) return f32x4.mul(x, x);
  if (op == SQRT) return f32x4.sqrt(x);
  if (op == RSQRT) return f32x4.div(one, f32x4.sqrt(x));
  if (op == RECIPROCAL) return f32x4.div(one, x);
  if (op == ABSOLUTE) return f32x4.abs(x);
  if (op == SIGN) return signOf(x);
  if (op == FLOOR) return f32x4.floor(x);
  if (op == IS_FINITE) return v128.and(f32x4.lt(f32x4.abs(x), f32x4.splat(Infinity)), one);
  if (op == CLIP) return f32x4.pmin(f32x4.pmax(x, p), q);
  if (op == AFFINE) return f32x4.add(f32x4.mul(x, p), q);
  if (op == SOFTSIGN) return f32x4.div(x, f32x4.add(f32x4.abs(x), one));
  if (op == RELU) return v128.andnot(x, f32x4.le(x, zero));
  if (op == HARD_SIGMOID) {
    const six = f32x4.splat(6);
    return f32x4.div(f32x4.pmin(f32x4.pmax(f32x4.add(x, f32x4.splat(3)), zero), six), six);
  }
  if (op == LEAKY_RELU) return v128.bitselect(x, f32x4.mul(x, p), f32x4.gt(x, zero));
  // RELU_GENERAL
  const y = v128.bitselect(x, f32x4.mul(f32x4.sub(x, r), p), f32x4.ge(x, r));
  return v128.bitselect(q, y, f32x4.ge(x, q));
}

/**
 * max(x, 0) - |x| share(-|x|), the share being that of the normal distribution below: nothing is lost to cancellation.
 * Relative error under 1e-6; 0 below -13.25.
 */
// @ts-ignore: decorator
@inline
function gelu(x: v128): v128 {
  const tail = f32x4.mul(math.gaussian(x), math.normalTailRatio(x));
  // From 13.25 on the tail is 0, which must not meet an infinity.
  const a = f32x4.pmin(f32x4.abs(x), f32x4.splat(13.25));
  return f32x4.sub(f32x4.pmax(x, f32x4.splat(0)), f32x4.mul(a, tail));
}

/** With w = e^x, tanh(log(1 + w)) = (w^2 + 2w) / (w^2 + 2w + 2); for x > 0 both sides are multiplied by e^-2x. */
// @ts-ignore: decorator
@inline
function mish(x: v128): v128 {
  const one = f32x4.splat(1);
  const e = math.expNegative(x);
  const negative = f32x4.lt(x, f32x4.splat(0));
  const square = f32x4.mul(e, e);
  const top = f32x4.add(f32x4.add(e, e), v128.bitselect(square, one, negative));
  const part = v128.bitselect(one, square, negative);
  return f32x4.div(f32x4.mul(x, top), f32x4.add(top, f32x4.add(part, part)));
}

/** Any of the functions. */
export function apply(op: i32, x: v128, p: v128, q: v128, r: v128): v128 {
  const zero = f32x4.splat(0);
  switch (op) {
    case EXP: return math.exp(x);
    case TANH: return math.tanh(x);
    case SIGMOID: return math.sigmoid(x);
    case EXPM1: return math.expm1(x);
    case LOG: return math.log(x);
    case LOG1P: return math.log1p(x);
    case ERF: return math.erf(x);
    case SOFTPLUS: return math.softplus(x);
    case LOG_SIGMOID: return f32x4.sub(f32x4.pmin(x, zero), math.softplusNegative(x));
    case GELU: return gelu(x);
    case GELU_TANH: return f32x4.mul(x, math.sigmoid(geluTanhArgument(x)));
    case SILU: return f32x4.mul(x, math.sigmoid(x));
    case MISH: return mish(x);
    case SELU: {
      const below = f32x4.mul(math.expm1(x), f32x4.splat(SELU_SCALE_ALPHA));
      return v128.bitselect(f32x4.mul(x, f32x4.splat(SELU_SCALE)), below, f32x4.gt(x, zero));
    }
    case ELU: return v128.bitselect(x, f32x4.mul(math.expm1(x), p), f32x4.gt(x, zero));
    default: return light(op, x, p, q, r);
  }
}
