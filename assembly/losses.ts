// Losses with a value per element (target y, prediction p); the caller averages and weighs them. Formulas are those of
// Keras, and where a gradient has a corner, TensorFlow's choice: clipping passes the gradient on at its bounds, max(x, 0)
// at x = 0. Losses with a value per row are in crossentropy.ts.
import { array, runsOn } from './check';
import { exp, log, log1p, sigmoid, softplus, tanh } from './math';
import { partition } from './partition';
import { at, loadSome, storeSome } from './rows';

export * from './crossentropy';

// The elementwise losses. The loss is chosen for each vector, which is small code, and a loss has few elements.
const BINARY_CROSSENTROPY: i32 = 0;
const BINARY_CROSSENTROPY_LOGITS: i32 = 1;
const SQUARED: i32 = 2;
const ABSOLUTE: i32 = 3;
const ABSOLUTE_PERCENTAGE: i32 = 4;
const SQUARED_LOGARITHMIC: i32 = 5;
const LOG_COSH: i32 = 6;
const HINGE: i32 = 7;
const SQUARED_HINGE: i32 = 8;
const POISSON: i32 = 9;
const KL_DIVERGENCE: i32 = 10;
const HUBER: i32 = 11;

// Keras's epsilon, and 1 - epsilon, in f32.
const EPSILON: f32 = 1e-7;
const ONE_LESS_EPSILON: f32 = 1 - 1e-7;

// @ts-ignore: decorator
@inline
function number(value: f32): v128 {
  return f32x4.splat(value);
}

// @ts-ignore: decorator
@inline
function square(v: v128): v128 {
  return f32x4.mul(v, v);
}

// @ts-ignore: decorator
@inline
function clip(v: v128, low: f32, high: f32): v128 {
  return f32x4.min(f32x4.max(v, number(low)), number(high));
}

/** `g` where v lies in [low, high] or is NaN, else 0. */
// @ts-ignore: decorator
@inline
function whereWithin(g: v128, v: v128, low: f32, high: f32): v128 {
  return v128.andnot(g, v128.or(f32x4.lt(v, number(low)), f32x4.gt(v, number(high))));
}

/** -1, 0 or 1, and NaN of NaN. */
function sign(v: v128): v128 {
  const one = v128.or(v128.and(v, i32x4.splat(i32.MIN_VALUE)), number(1));
  return v128.bitselect(one, v, f32x4.gt(f32x4.abs(v), number(0)));
}

/** log(max(v, epsilon) + 1) */
function logOfOneMore(v: v128): v128 {
  return log(f32x4.add(f32x4.max(v, number(EPSILON)), number(1)));
}

function valueOf(op: i32, y: v128, p: v128, delta: f32): v128 {
  const one = number(1);
  const e = f32x4.sub(p, y);
  if (op == BINARY_CROSSENTROPY) {
    const q = clip(p, EPSILON, ONE_LESS_EPSILON);
    const no = f32x4.mul(f32x4.sub(one, y), log(f32x4.sub(one, q)));
    return f32x4.neg(f32x4.add(f32x4.mul(y, log(q)), no));
  }
  if (op == BINARY_CROSSENTROPY_LOGITS) {
    const linear = f32x4.sub(f32x4.max(p, number(0)), f32x4.mul(p, y));
    return f32x4.add(linear, log1p(exp(f32x4.neg(f32x4.abs(p)))));
  }
  if (op == SQUARED) return square(e);
  if (op == ABSOLUTE) return f32x4.abs(e);
  if (op == ABSOLUTE_PERCENTAGE) {
    return f32x4.mul(number(100), f32x4.abs(f32x4.div(e, f32x4.max(f32x4.abs(y), number(EPSILON)))));
  }
  if (op == SQUARED_LOGARITHMIC) return square(f32x4.sub(logOfOneMore(p), logOfOneMore(y)));
  if (op == LOG_COSH) {
    return f32x4.sub(f32x4.add(e, softplus(f32x4.mul(e, number(-2)))), number(0.6931471805599453));
  }
  if (op == HINGE) return f32x4.max(f32x4.sub(one, f32x4.mul(y, p)), number(0));
  if (op == SQUARED_HINGE) return square(f32x4.max(f32x4.sub(one, f32x4.mul(y, p)), number(0)));
  if (op == POISSON) return f32x4.sub(p, f32x4.mul(y, log(f32x4.add(p, number(EPSILON)))));
  if (op == KL_DIVERGENCE) {
    const q = clip(y, EPSILON, 1);
    return f32x4.mul(q, log(f32x4.div(q, clip(p, EPSILON, 1))));
  }
  // HUBER
  const size = f32x4.abs(e);
  const far = f32x4.sub(f32x4.mul(number(delta), size), number(0.5 * delta * delta));
  return v128.bitselect(f32x4.mul(number(0.5), square(e)), far, f32x4.le(size, number(delta)));
}

function slopeOf(op: i32, y: v128, p: v128, delta: f32): v128 {
  const one = number(1);
  const e = f32x4.sub(p, y);
  if (op == BINARY_CROSSENTROPY) {
    const q = clip(p, EPSILON, ONE_LESS_EPSILON);
    const slope = f32x4.sub(f32x4.div(f32x4.sub(one, y), f32x4.sub(one, q)), f32x4.div(y, q));
    return whereWithin(slope, p, EPSILON, ONE_LESS_EPSILON);
  }
  if (op == BINARY_CROSSENTROPY_LOGITS) return f32x4.sub(sigmoid(p), y);
  if (op == SQUARED) return f32x4.add(e, e);
  if (op == ABSOLUTE) return sign(e);
  if (op == ABSOLUTE_PERCENTAGE) {
    return f32x4.div(f32x4.mul(number(100), sign(e)), f32x4.max(f32x4.abs(y), number(EPSILON)));
  }
  if (op == SQUARED_LOGARITHMIC) {
    const d = f32x4.sub(logOfOneMore(p), logOfOneMore(y));
    const slope = f32x4.div(f32x4.add(d, d), f32x4.add(p, one));
    return whereWithin(slope, p, EPSILON, Infinity);
  }
  if (op == LOG_COSH) return tanh(e);
  if (op == HINGE || op == SQUARED_HINGE) {
    const margin = f32x4.sub(one, f32x4.mul(y, p));
    const slope = op == HINGE ? f32x4.neg(y) : f32x4.mul(f32x4.mul(number(-2), margin), y);
    return whereWithin(slope, margin, 0, Infinity);
  }
  if (op == POISSON) return f32x4.sub(one, f32x4.div(y, f32x4.add(p, number(EPSILON))));
  if (op == KL_DIVERGENCE) {
    const slope = f32x4.neg(f32x4.div(clip(y, EPSILON, 1), clip(p, EPSILON, 1)));
    return whereWithin(slope, p, EPSILON, 1);
  }
  // HUBER
  return v128.bitselect(e, f32x4.mul(number(delta), sign(e)), f32x4.le(f32x4.abs(e), number(delta)));
}

function elementwise(op: i32, target: usize, prediction: usize, out: usize, n: i32, delta: f32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(target, n);
  array(prediction, n);
  array(out, n);
  const end = partition(n, 16, thread + 1, threads);
  for (let i = partition(n, 16, thread, threads); i < end; i += 4) {
    const left = end - i;
    storeSome(at(out, i), valueOf(op, loadSome(at(target, i), left), loadSome(at(prediction, i), left), delta), left);
  }
}

function elementwiseGradient(
  op: i32, target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, delta: f32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(target, n);
  array(prediction, n);
  array(dout, n);
  array(dprediction, n);
  const end = partition(n, 16, thread + 1, threads);
  for (let i = partition(n, 16, thread, threads); i < end; i += 4) {
    const left = end - i;
    const slope = slopeOf(op, loadSome(at(target, i), left), loadSome(at(prediction, i), left), delta);
    storeSome(at(dprediction, i), f32x4.mul(slope, loadSome(at(dout, i), left)), left);
  }
}

/** -(y log p + (1-y) log(1-p)), p a probability clipped to [1e-7, 1-1e-7]. */
export function binaryCrossentropy(target: usize, prediction: usize, out: usize, n: i32, thread: i32, threads: i32): void {
  elementwise(BINARY_CROSSENTROPY, target, prediction, out, n, 0, thread, threads);
}

export function binaryCrossentropyGradient(
  target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, thread: i32, threads: i32,
): void {
  elementwiseGradient(BINARY_CROSSENTROPY, target, prediction, dout, dprediction, n, 0, thread, threads);
}

/** max(x,0) - xy + log(1 + exp(-|x|)), x a logit. */
export function binaryCrossentropyLogits(target: usize, prediction: usize, out: usize, n: i32, thread: i32, threads: i32): void {
  elementwise(BINARY_CROSSENTROPY_LOGITS, target, prediction, out, n, 0, thread, threads);
}

export function binaryCrossentropyLogitsGradient(
  target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, thread: i32, threads: i32,
): void {
  elementwiseGradient(BINARY_CROSSENTROPY_LOGITS, target, prediction, dout, dprediction, n, 0, thread, threads);
}

/** (p-y)^2 */
export function squaredError(target: usize, prediction: usize, out: usize, n: i32, thread: i32, threads: i32): void {
  elementwise(SQUARED, target, prediction, out, n, 0, thread, threads);
}

export function squaredErrorGradient(
  target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, thread: i32, threads: i32,
): void {
  elementwiseGradient(SQUARED, target, prediction, dout, dprediction, n, 0, thread, threads);
}

/** |p-y| */
export function absoluteError(target: usize, prediction: usize, out: usize, n: i32, thread: i32, threads: i32): void {
  elementwise(ABSOLUTE, target, prediction, out, n, 0, thread, threads);
}

export function absoluteErrorGradient(
  target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, thread: i32, threads: i32,
): void {
  elementwiseGradient(ABSOLUTE, target, prediction, dout, dprediction, n, 0, thread, threads);
}

/** 100 |p-y| / max(|y|, 1e-7) */
export function absolutePercentageError(target: usize, prediction: usize, out: usize, n: i32, thread: i32, threads: i32): void {
  elementwise(ABSOLUTE_PERCENTAGE, target, prediction, out, n, 0, thread, threads);
}

export function absolutePercentageErrorGradient(
  target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, thread: i32, threads: i32,
): void {
  elementwiseGradient(ABSOLUTE_PERCENTAGE, target, prediction, dout, dprediction, n, 0, thread, threads);
}

/** (log(max(p,1e-7)+1) - log(max(y,1e-7)+1))^2 */
export function squaredLogarithmicError(target: usize, prediction: usize, out: usize, n: i32, thread: i32, threads: i32): void {
  elementwise(SQUARED_LOGARITHMIC, target, prediction, out, n, 0, thread, threads);
}

export function squaredLogarithmicErrorGradient(
  target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, thread: i32, threads: i32,
): void {
  elementwiseGradient(SQUARED_LOGARITHMIC, target, prediction, dout, dprediction, n, 0, thread, threads);
}

/** log(cosh(e)) as e + softplus(-2e) - log 2, e = p-y. */
export function logCosh(target: usize, prediction: usize, out: usize, n: i32, thread: i32, threads: i32): void {
  elementwise(LOG_COSH, target, prediction, out, n, 0, thread, threads);
}

export function logCoshGradient(
  target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, thread: i32, threads: i32,
): void {
  elementwiseGradient(LOG_COSH, target, prediction, dout, dprediction, n, 0, thread, threads);
}

/** max(1-yp, 0), y being -1 or 1. */
export function hinge(target: usize, prediction: usize, out: usize, n: i32, thread: i32, threads: i32): void {
  elementwise(HINGE, target, prediction, out, n, 0, thread, threads);
}

export function hingeGradient(
  target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, thread: i32, threads: i32,
): void {
  elementwiseGradient(HINGE, target, prediction, dout, dprediction, n, 0, thread, threads);
}

/** max(1-yp, 0)^2, y being -1 or 1. */
export function squaredHinge(target: usize, prediction: usize, out: usize, n: i32, thread: i32, threads: i32): void {
  elementwise(SQUARED_HINGE, target, prediction, out, n, 0, thread, threads);
}

export function squaredHingeGradient(
  target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, thread: i32, threads: i32,
): void {
  elementwiseGradient(SQUARED_HINGE, target, prediction, dout, dprediction, n, 0, thread, threads);
}

/** p - y log(p + 1e-7) */
export function poisson(target: usize, prediction: usize, out: usize, n: i32, thread: i32, threads: i32): void {
  elementwise(POISSON, target, prediction, out, n, 0, thread, threads);
}

export function poissonGradient(
  target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, thread: i32, threads: i32,
): void {
  elementwiseGradient(POISSON, target, prediction, dout, dprediction, n, 0, thread, threads);
}

/** y log(y/p), both clipped to [1e-7, 1]. */
export function klDivergence(target: usize, prediction: usize, out: usize, n: i32, thread: i32, threads: i32): void {
  elementwise(KL_DIVERGENCE, target, prediction, out, n, 0, thread, threads);
}

export function klDivergenceGradient(
  target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, thread: i32, threads: i32,
): void {
  elementwiseGradient(KL_DIVERGENCE, target, prediction, dout, dprediction, n, 0, thread, threads);
}

/** e^2 / 2 up to |e| = delta, from there on delta |e| - delta^2 / 2, e = p-y. */
export function huber(target: usize, prediction: usize, out: usize, n: i32, delta: f32, thread: i32, threads: i32): void {
  elementwise(HUBER, target, prediction, out, n, delta, thread, threads);
}

export function huberGradient(
  target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, delta: f32, thread: i32, threads: i32,
): void {
  elementwiseGradient(HUBER, target, prediction, dout, dprediction, n, delta, thread, threads);
}
