// exp, log, tanh and their kin on four f32 at once: no branches, no tables, no relaxed instructions, so the same bits in
// every engine. An error bound is in units in the last place of the exact result, over every finite input whose result is
// normal. NaN gives NaN. A result in the denormal range may come out as 0.
//
// Each is a function that is called, because the copies would make up half of the module. Those named inline... are copies for
// loops that must be fast, and those named ...By take their constants as parameters: exponential-loops.ts says why.
//
// exp splits x into n ln2 + r as fdlibm's e_expf.c does, ln2 in two parts, the first short enough for n LN2_HIGH to be
// exact. The polynomials of exp, tanh, erf and normalTailRatio are minimax fits (iteratively reweighted least squares against
// 40 digits, coefficients rounded to f32 one after another); log's is the one of FreeBSD's e_logf.c.

export const LOG2E: f32 = 1.44269504;
export const LN2_HIGH: f32 = 0.693145752; // 15 bits
export const LN2_LOW: f32 = 1.42860677e-6;
export const ROUND: f32 = 12582912; // 1.5 * 2^23: adding it rounds to an integer and leaves that in the low bits
// e^r = 1 + r + E2 r^2 + ...
export const E2: f32 = 0.49999997;
export const E3: f32 = 0.16666545;
export const E4: f32 = 0.0416674465;
export const E5: f32 = 0.00836644694;
export const E6: f32 = 0.00138698414;
// The same with a relative error of 1.1e-7, where the result is a small part of a sum.
export const ROUGH2: f32 = 0.499992311;
export const ROUGH3: f32 = 0.166671142;
export const ROUGH4: f32 = 0.0418902002;
export const ROUGH5: f32 = 0.00831254851;
// tanh x = x + T3 x^3 + ... up to 0.625
export const T3: f32 = -0.333332777;
export const T5: f32 = 0.133313224;
export const T7: f32 = -0.0537293628;
export const T9: f32 = 0.0206042752;
export const T11: f32 = -0.00566503592;
export const EXP_MAX: f32 = 88.7228317; // the last x with a finite exp
export const EXP_MIN: f32 = -87.3365402; // the last x with a normal exp

// @ts-ignore: decorator
@inline
function horner(p: v128, x: v128, coefficient: f32): v128 {
  return f32x4.add(f32x4.mul(p, x), f32x4.splat(coefficient));
}

/** `y` with the sign of `x`, where y is positive or has that sign already. */
// @ts-ignore: decorator
@inline
function withSign(y: v128, x: v128): v128 {
  return v128.or(y, v128.and(x, f32x4.splat(-0)));
}

/** x / ln2 + ROUND: its low bits are n, the integer nearest to x / ln2. */
// @ts-ignore: decorator
@inline
function quotient(x: v128): v128 {
  return f32x4.add(f32x4.mul(x, f32x4.splat(LOG2E)), f32x4.splat(ROUND));
}

/** x - n ln2, between -0.347 and 0.347. */
// @ts-ignore: decorator
@inline
function remainder(x: v128, quotient: v128): v128 {
  return remainderBy(x, quotient, f32x4.splat(ROUND), f32x4.splat(LN2_HIGH), f32x4.splat(LN2_LOW));
}

// @ts-ignore: decorator
@inline
function remainderBy(x: v128, quotient: v128, round: v128, high: v128, low: v128): v128 {
  const n = f32x4.sub(quotient, round);
  return f32x4.sub(f32x4.sub(x, f32x4.mul(n, high)), f32x4.mul(n, low));
}

/** e^r - 1 for a remainder r (relative error of e^r by the polynomial: 1.4e-8), in Estrin's order: Horner's waits longer. */
// @ts-ignore: decorator
@inline
function expm1Remainder(r: v128): v128 {
  return expm1RemainderBy(r, f32x4.splat(E2), f32x4.splat(E3), f32x4.splat(E4), f32x4.splat(E5), f32x4.splat(E6));
}

// @ts-ignore: decorator
@inline
function expm1RemainderBy(r: v128, e2: v128, e3: v128, e4: v128, e5: v128, e6: v128): v128 {
  const square = f32x4.mul(r, r);
  const first = f32x4.add(f32x4.mul(e3, r), e2);
  const second = f32x4.add(f32x4.mul(e5, r), e4);
  const third = f32x4.add(f32x4.mul(square, e6), second);
  const p = f32x4.add(f32x4.mul(square, third), first);
  return f32x4.add(f32x4.mul(square, p), r);
}

/** 2^n; 0 for n = -127, Infinity for n = 128. */
// @ts-ignore: decorator
@inline
function power2(quotient: v128): v128 {
  return i32x4.add(i32x4.shl(quotient, 23), i32x4.splat(0x3f800000));
}

/** e^x for x from -88.2 to 88.3; up to -87.68 the power of 2, and so the result, is 0. */
// @ts-ignore: decorator
@inline
function inlineExpInRange(x: v128): v128 {
  const q = quotient(x);
  return f32x4.mul(f32x4.add(expm1Remainder(remainder(x, q)), f32x4.splat(1)), power2(q));
}

/** e^-|x|, within 1.05 ulp; 0 where it is below 2^-126.5. */
// @ts-ignore: decorator
@inline
export function inlineExpNegative(x: v128): v128 {
  return inlineExpInRange(f32x4.pmax(v128.or(x, f32x4.splat(-0)), f32x4.splat(-88)));
}

function expInRange(x: v128): v128 {
  return inlineExpInRange(x);
}

export function expNegative(x: v128): v128 {
  return inlineExpNegative(x);
}

/** e^x, within 1.05 ulp. Above 88.7228317 Infinity, below -87.3365402 (a denormal result) 0. */
// @ts-ignore: decorator
@inline
export function expBy(
  x: v128, log2e: v128, round: v128, high: v128, low: v128, e2: v128, e3: v128, e4: v128, e5: v128, e6: v128, one: v128,
  infinity: v128, most: v128, least: v128
): v128 {
  const q = f32x4.add(f32x4.mul(x, log2e), round);
  const p = f32x4.add(expm1RemainderBy(remainderBy(x, q, round, high, low), e2, e3, e4, e5, e6), one);
  // n goes into p's exponent, not into a factor: 2^128 is not a float, 2^128 * 0.9 is.
  const y = i32x4.add(p, i32x4.shl(q, 23));
  const finite = v128.bitselect(y, f32x4.mul(x, infinity), f32x4.le(x, most));
  return v128.andnot(finite, f32x4.lt(x, least));
}

// @ts-ignore: decorator
@inline
export function inlineExp(x: v128): v128 {
  return expBy(
    x, f32x4.splat(LOG2E), f32x4.splat(ROUND), f32x4.splat(LN2_HIGH), f32x4.splat(LN2_LOW), f32x4.splat(E2), f32x4.splat(E3),
    f32x4.splat(E4), f32x4.splat(E5), f32x4.splat(E6), f32x4.splat(1), f32x4.splat(Infinity), f32x4.splat(EXP_MAX), f32x4.splat(EXP_MIN)
  );
}

export function exp(x: v128): v128 {
  return inlineExp(x);
}

/** e^x - 1, within 1.8 ulp. */
export function expm1(x: v128): v128 {
  const z = f32x4.pmin(f32x4.pmax(x, f32x4.splat(-20)), f32x4.splat(89));
  const q = quotient(z);
  // Half of the power, doubled at the end: 2^128 is not a float.
  const half = i32x4.add(i32x4.shl(q, 23), i32x4.splat(0x3f000000));
  const y = f32x4.add(f32x4.mul(half, expm1Remainder(remainder(z, q))), f32x4.sub(half, f32x4.splat(0.5)));
  return withSign(f32x4.add(y, y), x);
}

/**
 * tanh x, within 1.9 ulp: with e = e^(2|x|), 1 - 2 / (e + 1) from 0.625 (its square is `split`) on; before it, where that cancels,
 * x + x^3 p(x^2) with a minimax p (relative error 4.8e-9). From 9.01 on it is 1, so that |x| may end at `most`.
 */
// @ts-ignore: decorator
@inline
export function tanhBy(
  x: v128, log2e: v128, round: v128, high: v128, low: v128, r2: v128, r3: v128, r4: v128, r5: v128, one: v128, two: v128, most: v128,
  t3: v128, t5: v128, t7: v128, t9: v128, t11: v128, split: v128, sign: v128
): v128 {
  const a = f32x4.pmin(v128.andnot(x, sign), most);
  const twice = f32x4.add(a, a);
  const q = f32x4.add(f32x4.mul(twice, log2e), round);
  const r = remainderBy(twice, q, round, high, low);
  const square = f32x4.mul(r, r);
  const rough = f32x4.add(f32x4.mul(square, f32x4.add(f32x4.mul(r5, r), r4)), f32x4.add(f32x4.mul(r3, r), r2));
  const p = f32x4.add(f32x4.add(f32x4.mul(square, rough), r), one);
  const e = i32x4.add(p, i32x4.shl(q, 23));
  const large = f32x4.sub(one, f32x4.div(two, f32x4.add(e, one)));
  const z = f32x4.mul(x, x);
  let t = f32x4.add(f32x4.mul(t11, z), t9);
  t = f32x4.add(f32x4.mul(t, z), t7);
  t = f32x4.add(f32x4.mul(t, z), t5);
  t = f32x4.add(f32x4.mul(t, z), t3);
  const small = f32x4.add(f32x4.mul(f32x4.mul(t, z), x), x);
  // NaN goes through the polynomial: the power loses it.
  return v128.or(v128.bitselect(large, small, f32x4.ge(z, split)), v128.and(x, sign));
}

export function tanh(x: v128): v128 {
  return tanhBy(
    x, f32x4.splat(LOG2E), f32x4.splat(ROUND), f32x4.splat(LN2_HIGH), f32x4.splat(LN2_LOW), f32x4.splat(ROUGH2), f32x4.splat(ROUGH3),
    f32x4.splat(ROUGH4), f32x4.splat(ROUGH5), f32x4.splat(1), f32x4.splat(2), f32x4.splat(10), f32x4.splat(T3), f32x4.splat(T5),
    f32x4.splat(T7), f32x4.splat(T9), f32x4.splat(T11), f32x4.splat(0.390625), f32x4.splat(-0)
  );
}

/**
 * 1 / (1 + e^-x), within 1.95 ulp: with e = e^-|x| and q = e / (1 + e), 1 - q from 0 on and e - e q before it, since q alone
 * is off by up to 2.4 ulp. As e is at most 1, the greater of it and a 1 that is there from 0 on is what q is taken from.
 * |x| ends at -`least`, 88, where e is 0.
 */
// @ts-ignore: decorator
@inline
export function sigmoidBy(
  x: v128, log2e: v128, round: v128, high: v128, low: v128, e2: v128, e3: v128, e4: v128, e5: v128, e6: v128, one: v128, least: v128,
  sign: v128
): v128 {
  const negative = f32x4.pmax(v128.or(x, sign), least);
  const q = f32x4.add(f32x4.mul(negative, log2e), round);
  const p = f32x4.add(expm1RemainderBy(remainderBy(negative, q, round, high, low), e2, e3, e4, e5, e6), one);
  // `one` is the power of 2 for n = 0.
  const e = f32x4.mul(p, i32x4.add(i32x4.shl(q, 23), one));
  const ratio = f32x4.div(e, f32x4.add(e, one));
  const s = f32x4.pmax(e, v128.andnot(one, i32x4.shr_s(x, 31)));
  return f32x4.sub(s, f32x4.mul(s, ratio));
}

export function sigmoid(x: v128): v128 {
  return sigmoidBy(
    x, f32x4.splat(LOG2E), f32x4.splat(ROUND), f32x4.splat(LN2_HIGH), f32x4.splat(LN2_LOW), f32x4.splat(E2), f32x4.splat(E3),
    f32x4.splat(E4), f32x4.splat(E5), f32x4.splat(E6), f32x4.splat(1), f32x4.splat(-88), f32x4.splat(-0)
  );
}

/** log(u) + c for a positive, normal, finite u and a c so small that it is the same as log(u + u c). */
function logNormal(u: v128, c: v128, exponentBias: v128): v128 {
  const sqrtHalf = i32x4.splat(0x3f3504f3);
  const i = i32x4.add(i32x4.sub(u, sqrtHalf), i32x4.splat(0x3f800000));
  const k = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(i, 23), exponentBias));
  const f = f32x4.sub(i32x4.add(v128.and(i, i32x4.splat(0x007fffff)), sqrtHalf), f32x4.splat(1));
  const s = f32x4.div(f, f32x4.add(f, f32x4.splat(2)));
  const z = f32x4.mul(s, s);
  let p = horner(f32x4.splat(0.242790788), z, 0.284987867);
  p = horner(p, z, 0.400009722);
  p = horner(p, z, 0.666666627);
  const square = f32x4.mul(f32x4.mul(f, f), f32x4.splat(0.5));
  const low = f32x4.add(f32x4.mul(k, f32x4.splat(LN2_LOW)), c);
  const tail = f32x4.sub(f32x4.add(f32x4.mul(s, f32x4.add(square, f32x4.mul(p, z))), low), square);
  return f32x4.add(f32x4.add(tail, f), f32x4.mul(k, f32x4.splat(LN2_HIGH)));
}

/** `y`, except where log(x) is no number of logNormal's: Infinity and NaN stay, 0 gives -Infinity, below 0 gives NaN. */
// @ts-ignore: decorator
@inline
function logSpecial(x: v128, y: v128): v128 {
  const zero = f32x4.splat(0);
  const upper = v128.bitselect(y, x, f32x4.lt(x, f32x4.splat(Infinity)));
  const lower = v128.or(i32x4.splat(0xff800000), i32x4.shl(f32x4.lt(x, zero), 22));
  return v128.bitselect(lower, upper, f32x4.le(x, zero));
}

/** log x, within 0.85 ulp, also for a denormal x. */
export function log(x: v128): v128 {
  const tiny = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  const u = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, tiny);
  const bias = i32x4.add(i32x4.splat(127), v128.and(tiny, i32x4.splat(23)));
  return logSpecial(x, logNormal(u, f32x4.splat(0), bias));
}

/** log(1 + x), within 0.9 ulp: log of the sum as rounded + what the rounding lost, as FreeBSD's s_log1pf.c. */
export function log1p(x: v128): v128 {
  const u = f32x4.add(x, f32x4.splat(1));
  const lost = f32x4.div(f32x4.sub(x, f32x4.sub(u, f32x4.splat(1))), u);
  return withSign(logSpecial(u, logNormal(u, lost, i32x4.splat(127))), x);
}

/** log(1 + e^-|x|), within 1.75 ulp. */
export function softplusNegative(x: v128): v128 {
  const e = expNegative(x);
  const u = f32x4.add(e, f32x4.splat(1));
  const lost = f32x4.div(f32x4.sub(e, f32x4.sub(u, f32x4.splat(1))), u);
  return logNormal(u, lost, i32x4.splat(127));
}

/** log(1 + e^x), within 1.75 ulp: max(x, 0) + log(1 + e^-|x|). */
export function softplus(x: v128): v128 {
  return f32x4.add(f32x4.pmax(x, f32x4.splat(0)), softplusNegative(x));
}

/**
 * erf x, within 1.2 ulp: x + x p(x^2) up to 0.9, beyond it 1 - e^p(|x|), a form of N. Juffa's, which is 1 from 3.93 on. Both p are
 * minimax (relative error of erf 1.4e-8 and 3.1e-9).
 */
export function erf(x: v128): v128 {
  const a = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  let s = horner(f32x4.splat(-0.000604028173), z, 0.00500245532);
  s = horner(s, z, -0.0267725997);
  s = horner(s, z, 0.112819694);
  s = horner(s, z, -0.376125067);
  s = horner(s, z, 0.128379151);
  const t = f32x4.pmin(a, f32x4.splat(4));
  let l = horner(f32x4.splat(0.000214869215), t, -0.00322220963);
  l = horner(l, t, 0.0229131151);
  l = horner(l, t, -0.105297782);
  l = horner(l, t, -0.635691166);
  l = horner(l, t, -0.128522351);
  const large = f32x4.sub(f32x4.splat(1), expInRange(f32x4.sub(f32x4.mul(l, t), t)));
  const small = f32x4.add(f32x4.mul(x, s), x);
  return v128.bitselect(small, withSign(large, x), f32x4.lt(a, f32x4.splat(0.9)));
}

/** e^(-x^2 scale), x^2 in two parts, since rounding it would cost x^2 scale times its rounding error; 0 from `limit` on. */
export function expMinusSquare(x: v128, scale: f32, limit: f32): v128 {
  const a = f32x4.pmin(f32x4.abs(x), f32x4.splat(limit));
  const high = v128.and(a, i32x4.splat(0xfffff000));
  const factor = f32x4.splat(-scale);
  const low = f32x4.mul(f32x4.mul(f32x4.sub(a, high), f32x4.add(a, high)), factor);
  const main = f32x4.mul(f32x4.mul(high, high), factor);
  const q = quotient(main);
  const r = f32x4.add(remainder(main, q), low);
  return f32x4.mul(f32x4.add(expm1Remainder(r), f32x4.splat(1)), power2(q));
}

/** e^(-x^2 / 2) */
export function gaussian(x: v128): v128 {
  return expMinusSquare(x, 0.5, 13.25);
}

/** The normal distribution's share below -|x|, divided by gaussian(x): a minimax fit (relative error 4.9e-8) up to 13.25. */
export function normalTailRatio(x: v128): v128 {
  const a = f32x4.pmin(f32x4.abs(x), f32x4.splat(13.25));
  let p = horner(f32x4.splat(0.00403698208), a, 0.0400979556);
  p = horner(p, a, 0.181645527);
  p = horner(p, a, 0.436145842);
  p = horner(p, a, 0.5);
  let q = horner(f32x4.splat(0.010119074), a, 0.100517876);
  q = horner(q, a, 0.465274394);
  q = horner(q, a, 1.19589496);
  q = horner(q, a, 1.67017663);
  q = horner(q, a, 1);
  return f32x4.div(p, q);
}
