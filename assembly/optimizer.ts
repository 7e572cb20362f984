// The optimizers' updates, each one pass over a weight, its gradient and its slots (what the optimizer remembers of every
// element), after Keras 3.
//
// A gradient is dense, [rows, dim], or (unique != 0) sparse: gradient[u, :] belongs to row unique[u], ascending, and all
// other rows have gradient 0. They are updated all the same, because in Keras every row's slots decay. The pass walks
// segments: a row that has a gradient, or a stretch of rows that have none.
//
// `settings` are f32 that the host writes before each step. The first two are the same everywhere: 0 the learning rate,
// 1 learning rate * weight decay (w -= w * settings[1] comes before the update).
import { ADAGRAD, ADAM, MOMENTUM, RMSPROP, SGD } from './optimizer-loops';
import { pass } from './optimizer-pass';

export * from './constraint';

function update(
  rule: i32, weight: usize, gradient: usize, a: usize, b: usize, c: usize, settings: usize, rows: i32, dim: i32,
  unique: usize, uniqueCount: usize, thread: i32, threads: i32
): void {
  pass(false, rule, false, weight, gradient, a, b, c, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/** w -= lr g. Settings: lr, decay. */
export function sgd(
  weight: usize, gradient: usize, settings: usize, rows: i32, dim: i32, unique: usize, uniqueCount: usize, thread: i32, threads: i32
): void {
  update(SGD, weight, gradient, 0, 0, 0, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/** m = momentum m - lr g; w += m, or with nesterov w += momentum m - lr g. Settings: lr, decay, momentum, nesterov (0 or 1). */
export function sgdMomentum(
  weight: usize, gradient: usize, momentum: usize, settings: usize, rows: i32, dim: i32, unique: usize, uniqueCount: usize, thread: i32,
  threads: i32
): void {
  update(MOMENTUM, weight, gradient, momentum, 0, 0, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/**
 * m += (g - m)(1 - beta1); v += (g^2 - v)(1 - beta2); w -= m alpha / (sqrt(v) + epsilon); with vhat != 0 (amsgrad)
 * vhat = max(vhat, v) stands for v. Settings: alpha = lr sqrt(1 - beta2^t) / (1 - beta1^t), decay, 1 - beta1, 1 - beta2, epsilon.
 */
export function adam(
  weight: usize, gradient: usize, m: usize, v: usize, vhat: usize, settings: usize, rows: i32, dim: i32, unique: usize,
  uniqueCount: usize, thread: i32, threads: i32
): void {
  update(ADAM, weight, gradient, m, v, vhat, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/**
 * v = rho v + (1 - rho) g^2; step = lr g / sqrt(v + epsilon), with mean != 0 (centered) mean = rho mean + (1 - rho) g and
 * v - mean^2 in the root; with momentum != 0 momentum = mu momentum + step is the step. w -= step.
 * Settings: lr, decay, rho, 1 - rho, mu, epsilon.
 */
export function rmsprop(
  weight: usize, gradient: usize, velocity: usize, mean: usize, momentum: usize, settings: usize, rows: i32, dim: i32, unique: usize,
  uniqueCount: usize, thread: i32, threads: i32
): void {
  update(RMSPROP, weight, gradient, velocity, mean, momentum, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/** a += g^2; w -= lr g / sqrt(a + epsilon). Settings: lr, decay, epsilon. */
export function adagrad(
  weight: usize, gradient: usize, accumulator: usize, settings: usize, rows: i32, dim: i32, unique: usize, uniqueCount: usize,
  thread: i32, threads: i32
): void {
  update(ADAGRAD, weight, gradient, accumulator, 0, 0, settings, rows, dim, unique, uniqueCount, thread, threads);
}
