// The updates of the optimizers in less common use, in the way of optimizer.ts.
import { ADADELTA, ADAM, ADAMAX, FTRL, LION, NADAM } from './optimizer-loops';
import { pass } from './optimizer-pass';

function update(
  rule: i32, lazy: bool, weight: usize, gradient: usize, a: usize, b: usize, c: usize, settings: usize, rows: i32, dim: i32,
  unique: usize, uniqueCount: usize, thread: i32, threads: i32
): void {
  pass(true, rule, lazy, weight, gradient, a, b, c, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/**
 * a = rho a + (1 - rho) g^2; delta = sqrt(d + epsilon) / sqrt(a + epsilon) g; d = rho d + (1 - rho) delta^2; w -= lr delta.
 * Settings: lr, decay, rho, 1 - rho, epsilon.
 */
export function adadelta(
  weight: usize, gradient: usize, squares: usize, deltas: usize, settings: usize, rows: i32, dim: i32, unique: usize, uniqueCount: usize,
  thread: i32, threads: i32
): void {
  update(ADADELTA, false, weight, gradient, squares, deltas, 0, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/**
 * m += (g - m)(1 - beta1); u = max(beta2 u, |g|); w -= lr m / ((1 - beta1^t)(u + epsilon)).
 * Settings: lr, decay, 1 - beta1, beta2, 1 - beta1^t, epsilon.
 */
export function adamax(
  weight: usize, gradient: usize, m: usize, u: usize, settings: usize, rows: i32, dim: i32, unique: usize, uniqueCount: usize,
  thread: i32, threads: i32
): void {
  update(ADAMAX, false, weight, gradient, m, u, 0, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/**
 * m and v as adam; w -= lr (m scaleM + g scaleG) / (sqrt(v / (1 - beta2^t)) + epsilon). Settings: lr, decay, 1 - beta1,
 * 1 - beta2, scaleM, scaleG, 1 - beta2^t, epsilon, where with u_t = beta1 (1 - 0.96^t / 2) and p_t = u_1 u_2 ... u_t
 * scaleM = u_(t+1) / (1 - p_(t+1)) and scaleG = (1 - u_t) / (1 - p_t).
 */
export function nadam(
  weight: usize, gradient: usize, m: usize, v: usize, settings: usize, rows: i32, dim: i32, unique: usize, uniqueCount: usize,
  thread: i32, threads: i32
): void {
  update(NADAM, false, weight, gradient, m, v, 0, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/**
 * n' = n + g^2; z += g + shrinkage w - (n'^power - n^power) / lr w; w = (clip(z, -l1, l1) - z) / (n'^power / lr + l2).
 * Settings: lr, decay, power = -learning_rate_power, l1, l2 = 2 l2_regularization_strength + beta / lr,
 * shrinkage = 2 l2_shrinkage_regularization_strength. As in Keras, 0 / 0 = NaN while n' and l2 are 0.
 */
export function ftrl(
  weight: usize, gradient: usize, accumulator: usize, linear: usize, settings: usize, rows: i32, dim: i32, unique: usize,
  uniqueCount: usize, thread: i32, threads: i32
): void {
  update(FTRL, false, weight, gradient, accumulator, linear, 0, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/** w -= lr sign(beta1 m + (1 - beta1) g); m = beta2 m + (1 - beta2) g. Settings: lr, decay, beta1, 1 - beta1, beta2, 1 - beta2. */
export function lion(
  weight: usize, gradient: usize, m: usize, settings: usize, rows: i32, dim: i32, unique: usize, uniqueCount: usize, thread: i32,
  threads: i32
): void {
  update(LION, false, weight, gradient, m, 0, 0, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/** Adam on the rows listed in `unique` (never 0) and on no other: its cost does not grow with the vocabulary. Settings as adam. */
export function lazyAdam(
  weight: usize, gradient: usize, m: usize, v: usize, settings: usize, rows: i32, dim: i32, unique: usize, uniqueCount: usize,
  thread: i32, threads: i32
): void {
  update(ADAM, true, weight, gradient, m, v, 0, settings, rows, dim, unique, uniqueCount, thread, threads);
}
