// What each optimizer does to `count` (1 to 4) weights w with gradients g: it updates the slots, whose addresses it is given,
// and returns the new weights. Formulas and their order are those of Keras 3.
//
// A slot that decays would end among the denormals, where arithmetic is many times slower and wasm has no flush to zero.
// So it is stored rounded to a multiple of a grain that depends on epsilon, under which it becomes 0: a gradient's average
// to epsilon * 2^-76 (1e-30 for Keras's 1e-7), a square's to epsilon^2 * 2^-60 (9e-33). The one costs a weight at most
// 2^-77 learning rates, the other is far under the rounding of the sum with epsilon.
import { exp, log } from './math';
import { loadTail, storeTail } from './simd';

// @ts-ignore: decorator
@inline
export function get(pointer: usize, count: i32): v128 {
  return count == 4 ? v128.load(pointer) : loadTail(pointer, count);
}

// @ts-ignore: decorator
@inline
export function put(pointer: usize, v: v128, count: i32): void {
  if (count == 4) v128.store(pointer, v);
  else storeTail(pointer, v, count);
}

/**
 * x rounded to a multiple of the last place of `bias` (2^23 times that place), so that tiny slots become 0 and not denormal.
 * Two additions, as comparing costs Adam 7 % more; NaN and Infinity stay.
 */
// @ts-ignore: decorator
@inline
function flushTiny(x: v128, bias: v128): v128 {
  return f32x4.sub(f32x4.add(x, bias), bias);
}

/** `bias` for an average of gradients. To be called outside of the loop: not every engine moves it there. */
// @ts-ignore: decorator
@inline
export function roundingBias(epsilon: v128): v128 {
  return f32x4.mul(epsilon, f32x4.splat(1.11022302e-16)); // 2^-53
}

/** `bias` for an average of squares. */
// @ts-ignore: decorator
@inline
export function roundingBiasOfSquares(epsilon: v128): v128 {
  return f32x4.mul(f32x4.mul(epsilon, epsilon), f32x4.splat(7.27595761e-12)); // 2^-37
}

/** x + (target - x) * rate, the form and so the rounding of Keras's Adam. */
// @ts-ignore: decorator
@inline
function approach(x: v128, target: v128, rate: v128): v128 {
  return f32x4.add(x, f32x4.mul(f32x4.sub(target, x), rate));
}

/** a * x + b * y */
// @ts-ignore: decorator
@inline
function blend(a: v128, x: v128, b: v128, y: v128): v128 {
  return f32x4.add(f32x4.mul(a, x), f32x4.mul(b, y));
}

// @ts-ignore: decorator
@inline
export function momentumRule(w: v128, g: v128, count: i32, momentum: usize, rate: v128, mu: v128, nesterov: v128, bias: v128): v128 {
  const step = f32x4.mul(rate, g);
  const m = f32x4.sub(f32x4.mul(get(momentum, count), mu), step);
  put(momentum, flushTiny(m, bias), count);
  const ahead = f32x4.sub(f32x4.mul(m, mu), step);
  return f32x4.add(w, v128.bitselect(ahead, m, f32x4.gt(nesterov, f32x4.splat(0))));
}

// @ts-ignore: decorator
@inline
export function adamRule(
  w: v128, g: v128, count: i32, momentum: usize, velocity: usize, peak: usize, alpha: v128, rate1: v128, rate2: v128, epsilon: v128,
  bias: v128, biasSquare: v128
): v128 {
  const m = approach(get(momentum, count), g, rate1);
  let v = approach(get(velocity, count), f32x4.mul(g, g), rate2);
  put(momentum, flushTiny(m, bias), count);
  put(velocity, flushTiny(v, biasSquare), count);
  if (peak) {
    v = f32x4.max(get(peak, count), v);
    put(peak, v, count);
  }
  return f32x4.sub(w, f32x4.div(f32x4.mul(m, alpha), f32x4.add(f32x4.sqrt(v), epsilon)));
}

// @ts-ignore: decorator
@inline
export function rmspropRule(
  w: v128, g: v128, count: i32, velocity: usize, mean: usize, momentum: usize, rate: v128, rho: v128, rest: v128, mu: v128,
  epsilon: v128, bias: v128, biasSquare: v128
): v128 {
  let v = blend(rho, get(velocity, count), rest, f32x4.mul(g, g));
  put(velocity, flushTiny(v, biasSquare), count);
  if (mean) {
    // Its square is what counts and must not be denormal either: a grain of epsilon * 2^-36 (1e-18 for 1e-7).
    const average = flushTiny(blend(rho, get(mean, count), rest, g), f32x4.mul(bias, f32x4.splat(1.09951163e12)));
    put(mean, average, count);
    v = f32x4.sub(v, f32x4.mul(average, average));
  }
  let step = f32x4.div(f32x4.mul(rate, g), f32x4.sqrt(f32x4.add(v, epsilon)));
  if (momentum) {
    step = f32x4.add(f32x4.mul(mu, get(momentum, count)), step);
    put(momentum, flushTiny(step, bias), count);
  }
  return f32x4.sub(w, step);
}

// @ts-ignore: decorator
@inline
export function adagradRule(w: v128, g: v128, count: i32, accumulator: usize, rate: v128, epsilon: v128): v128 {
  const a = f32x4.add(get(accumulator, count), f32x4.mul(g, g));
  put(accumulator, a, count);
  return f32x4.sub(w, f32x4.div(f32x4.mul(rate, g), f32x4.sqrt(f32x4.add(a, epsilon))));
}

// @ts-ignore: decorator
@inline
export function adadeltaRule(
  w: v128, g: v128, count: i32, squares: usize, deltas: usize, rate: v128, rho: v128, rest: v128, epsilon: v128, biasSquare: v128
): v128 {
  const a = blend(rho, get(squares, count), rest, f32x4.mul(g, g));
  put(squares, flushTiny(a, biasSquare), count);
  const d = get(deltas, count);
  const delta = f32x4.div(f32x4.mul(f32x4.sqrt(f32x4.add(d, epsilon)), g), f32x4.sqrt(f32x4.add(a, epsilon)));
  put(deltas, flushTiny(blend(rho, d, rest, f32x4.mul(delta, delta)), biasSquare), count);
  return f32x4.sub(w, f32x4.mul(rate, delta));
}

// @ts-ignore: decorator
@inline
export function adamaxRule(
  w: v128, g: v128, count: i32, momentum: usize, norm: usize, rate: v128, rate1: v128, beta2: v128, correction: v128, epsilon: v128,
  bias: v128
): v128 {
  const m = approach(get(momentum, count), g, rate1);
  const u = f32x4.max(f32x4.mul(beta2, get(norm, count)), f32x4.abs(g));
  put(momentum, flushTiny(m, bias), count);
  put(norm, flushTiny(u, bias), count);
  return f32x4.sub(w, f32x4.div(f32x4.mul(rate, m), f32x4.mul(correction, f32x4.add(u, epsilon))));
}

// @ts-ignore: decorator
@inline
export function nadamRule(
  w: v128, g: v128, count: i32, momentum: usize, velocity: usize, rate: v128, rate1: v128, rate2: v128, scaleM: v128, scaleG: v128,
  correction: v128, epsilon: v128, bias: v128, biasSquare: v128
): v128 {
  const m = approach(get(momentum, count), g, rate1);
  const v = approach(get(velocity, count), f32x4.mul(g, g), rate2);
  put(momentum, flushTiny(m, bias), count);
  put(velocity, flushTiny(v, biasSquare), count);
  const root = f32x4.add(f32x4.sqrt(f32x4.div(v, correction)), epsilon);
  return f32x4.sub(w, f32x4.div(f32x4.mul(blend(scaleM, m, scaleG, g), rate), root));
}

/** x ^ exponent for x >= 0 and exponent >= 0; 0 ^ 0 = 1. */
function power(x: v128, exponent: v128): v128 {
  if (f32x4.extract_lane(exponent, 0) == 0.5) return f32x4.sqrt(x);
  return exp(v128.andnot(f32x4.mul(exponent, log(x)), f32x4.eq(exponent, f32x4.splat(0))));
}

// @ts-ignore: decorator
@inline
export function ftrlRule(
  w: v128, g: v128, count: i32, accumulator: usize, linear: usize, rate: v128, exponent: v128, l1: v128, l2: v128, shrinkage: v128
): v128 {
  const before = get(accumulator, count);
  const after = f32x4.add(before, f32x4.mul(g, g));
  put(accumulator, after, count);
  const powered = power(after, exponent);
  const sigma = f32x4.div(f32x4.sub(powered, power(before, exponent)), rate);
  const shrunk = f32x4.add(g, f32x4.mul(shrinkage, w));
  const z = f32x4.add(get(linear, count), f32x4.sub(shrunk, f32x4.mul(sigma, w)));
  put(linear, z, count);
  const clipped = f32x4.pmin(f32x4.pmax(z, f32x4.neg(l1)), l1);
  return f32x4.div(f32x4.sub(clipped, z), f32x4.add(f32x4.div(powered, rate), l2));
}

// @ts-ignore: decorator
@inline
export function lionRule(
  w: v128, g: v128, count: i32, momentum: usize, rate: v128, beta1: v128, rest1: v128, beta2: v128, rest2: v128
): v128 {
  const m = get(momentum, count);
  const average = blend(beta2, m, rest2, g);
  // Only its sign counts, so the limit is that of the denormals, as in TensorFlow, whose threads flush them.
  put(momentum, v128.andnot(average, f32x4.lt(f32x4.abs(average), f32x4.splat(1.17549435e-38))), count);
  // 2^150 in two factors carries any number but 0 beyond 1, so that clipping gives the sign, and NaN for NaN.
  const huge = f32x4.splat(3.77789319e22); // 2^75
  const large = f32x4.mul(f32x4.mul(blend(beta1, m, rest1, g), huge), huge);
  const sign = f32x4.pmax(f32x4.pmin(large, f32x4.splat(1)), f32x4.splat(-1));
  return f32x4.sub(w, f32x4.mul(rate, sign));
}
