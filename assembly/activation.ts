// y[i] = f(x[i]) for activation functions; y may be x. NaN gives NaN.
import * as op from './unary-rules';
import { light, map } from './unary-loop';

/** log(1 + e^x) */
export function softplus(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.SOFTPLUS, x, y, n, 0, 0, 0, thread, threads);
}

/** log sigmoid(x) = -softplus(-x) = min(x, 0) - log(1 + e^-|x|) */
export function logSigmoid(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.LOG_SIGMOID, x, y, n, 0, 0, 0, thread, threads);
}

/** x / (1 + |x|) */
export function softsign(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.SOFTSIGN, x, y, n, 0, 0, 0, thread, threads);
}

/** max(x, 0) */
export function relu(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  light(op.RELU, x, y, n, 0, 0, 0, thread, threads);
}

/**
 * x times the normal distribution's share below x: max(x, 0) - |x| share(-|x|), which loses nothing to cancellation; relative
 * error under 1e-6. 0 below -13.25.
 */
export function gelu(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.GELU, x, y, n, 0, 0, 0, thread, threads);
}

/**
 * 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) = x sigmoid of twice the argument of tanh; relative error 6e-7 plus 3e-7
 * times that argument.
 */
export function geluTanh(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.GELU_TANH, x, y, n, 0, 0, 0, thread, threads);
}

/** x sigmoid(x) */
export function silu(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.SILU, x, y, n, 0, 0, 0, thread, threads);
}

/** x tanh(softplus(x)) */
export function mish(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.MISH, x, y, n, 0, 0, 0, thread, threads);
}

/** min(max(x + 3, 0), 6) / 6 */
export function hardSigmoid(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.HARD_SIGMOID, x, y, n, 0, 0, 0, thread, threads);
}

/** scale x above 0, scale alpha (e^x - 1) below (Klambauer et al. 2017) */
export function selu(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  map(op.SELU, x, y, n, 0, 0, 0, thread, threads);
}

/** x above 0, alpha (e^x - 1) below */
export function elu(x: usize, y: usize, n: i32, alpha: f32, thread: i32, threads: i32): void {
  map(op.ELU, x, y, n, alpha, 0, 0, thread, threads);
}

/** x above 0, slope x below */
export function leakyRelu(x: usize, y: usize, n: i32, slope: f32, thread: i32, threads: i32): void {
  light(op.LEAKY_RELU, x, y, n, slope, 0, 0, thread, threads);
}

/** maxValue from maxValue on, x from threshold on, below it negativeSlope (x - threshold) */
export function reluGeneral(
  x: usize, y: usize, n: i32, negativeSlope: f32, maxValue: f32, threshold: f32, thread: i32, threads: i32,
): void {
  map(op.RELU_GENERAL, x, y, n, negativeSlope, maxValue, threshold, thread, threads);
}
