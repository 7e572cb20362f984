// dx[i] = dy[i] f'(x[i]) for activation functions, from x or from y = f(x), whichever is cheaper; dx may be any of the inputs.
import * as op from './gradient-rules';
import { lightGradient, mapGradient } from './gradient-loop';

/** dy sigmoid(x) */
export function softplusGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.SOFTPLUS, x, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy sigmoid(-x) */
export function logSigmoidGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.LOG_SIGMOID, x, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy / (1 + |x|)^2 */
export function softsignGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.SOFTSIGN, x, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy where y > 0 */
export function reluGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  lightGradient(op.RELU, y, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy (share below x + x density(x)); left of 0 both are e^(-x^2 / 2) times something, right of 0 it is 1 - the value at -x */
export function geluGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.GELU, x, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy (s + x s (1 - s) u') with s = sigmoid(u), u = geluTanhArgument(x) */
export function geluTanhGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.GELU_TANH, x, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy (s + x s (1 - s)) with s = sigmoid(x) */
export function siluGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.SILU, x, dy, dx, n, 0, 0, 0, thread, threads);
}

/** with t = tanh(softplus(x)): dy (t + x (1 - t^2) sigmoid(x)), in the terms of the kernel mish */
export function mishGradient(x: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.MISH, x, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy / 6 where 0 < y < 1 */
export function hardSigmoidGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.HARD_SIGMOID, y, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy scale from 0 on, dy (y + scale alpha) below */
export function seluGradient(y: usize, dy: usize, dx: usize, n: i32, thread: i32, threads: i32): void {
  mapGradient(op.SELU, y, dy, dx, n, 0, 0, 0, thread, threads);
}

/** dy above 0, dy (y + alpha) up to 0; alpha must not be negative, or y does not tell the side */
export function eluGradient(y: usize, dy: usize, dx: usize, n: i32, alpha: f32, thread: i32, threads: i32): void {
  lightGradient(op.ELU, y, dy, dx, n, alpha, 0, 0, thread, threads);
}

/** dy above 0, slope dy up to 0; slope must not be negative, or y does not tell the side */
export function leakyReluGradient(y: usize, dy: usize, dx: usize, n: i32, slope: f32, thread: i32, threads: i32): void {
  lightGradient(op.LEAKY_RELU, y, dy, dx, n, slope, 0, 0, thread, threads);
}

/** 0 from maxValue on, dy from threshold on, below it negativeSlope dy */
export function reluGeneralGradient(
  x: usize, dy: usize, dx: usize, n: i32, negativeSlope: f32, maxValue: f32, threshold: f32, thread: i32, threads: i32,
): void {
  mapGradient(op.RELU_GENERAL, x, dy, dx, n, negativeSlope, maxValue, threshold, thread, threads);
}
