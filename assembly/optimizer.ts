// The optimizers' updates, each one pass over a weight, its gradient and its slots (what the optimizer remembers of every
// element), after Keras 3.
//
// A gradient is dense, [rows, dim], or (unique != 0) sparse: gradient[u, :] belongs to row unique[u], ascending, and all
// other rows have gradient 0. They are updated all the same, because in Keras every row's slots decay. The pass walks
// segments: a row that has a gradient, or a stretch of rows that have none.
//
// `settings` are f32 that the host writes before each step. The first two are the same everywhere: 0 the learning rate,
// 1 learning rate * weight decay (w -= w * settings[1] comes before the update).
import { ADADELTA, ADAGRAD, ADAM, ADAMAX, FTRL, LION, MOMENTUM, NADAM, RMSPROP, segment, SGD } from './optimizer-loops';
import { partition } from './partition';
import { lowerBound } from './search';

export * from './constraint';

/** The pass. `lazy` leaves the rows without a gradient as they are. */
function update(
  rule: i32, lazy: bool, weight: usize, gradient: usize, a: usize, b: usize, c: usize, settings: usize, rows: i32, dim: i32,
  unique: usize, uniqueCount: usize, thread: i32, threads: i32
): void {
  let i: i32, end: i32, u = 0, hits = 0;
  if (unique) hits = load<i32>(uniqueCount);
  if (lazy) {
    u = partition(hits, 1, thread, threads);
    hits = partition(hits, 1, thread + 1, threads);
    i = 0;
    end = u < hits ? rows * dim : 0;
  } else {
    i = partition(rows * dim, 4, thread, threads);
    end = partition(rows * dim, 4, thread + 1, threads);
    if (unique && i < end) u = lowerBound(unique, hits, i / dim);
  }
  while (i < end) {
    let stop = end;
    let source = gradient;
    let mask = i32x4.splat(-1);
    if (unique) {
      const row = u < hits ? load<i32>(unique + (<usize>u << 2)) : rows;
      const first = row * dim;
      if (lazy) i = first;
      if (i < first) {
        source = weight;
        mask = i32x4.splat(0);
        if (first < end) stop = first;
      } else {
        source = gradient + (<usize>((u - row) * dim) << 2);
        if (first + dim < end) stop = first + dim;
        u++;
      }
    }
    segment(rule, i, stop, weight, source, mask, a, b, c, settings);
    i = stop;
    if (lazy && u == hits) break;
  }
}

/** w -= lr g. Settings: lr, decay. */
export function sgd(
  weight: usize, gradient: usize, settings: usize, rows: i32, dim: i32, unique: usize, uniqueCount: usize, thread: i32, threads: i32
): void {
  update(SGD, false, weight, gradient, 0, 0, 0, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/** m = momentum m - lr g; w += m, or with nesterov w += momentum m - lr g. Settings: lr, decay, momentum, nesterov (0 or 1). */
export function sgdMomentum(
  weight: usize, gradient: usize, momentum: usize, settings: usize, rows: i32, dim: i32, unique: usize, uniqueCount: usize, thread: i32,
  threads: i32
): void {
  update(MOMENTUM, false, weight, gradient, momentum, 0, 0, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/**
 * m += (g - m)(1 - beta1); v += (g^2 - v)(1 - beta2); w -= m alpha / (sqrt(v) + epsilon); with vhat != 0 (amsgrad)
 * vhat = max(vhat, v) stands for v. Settings: alpha = lr sqrt(1 - beta2^t) / (1 - beta1^t), decay, 1 - beta1, 1 - beta2, epsilon.
 */
export function adam(
  weight: usize, gradient: usize, m: usize, v: usize, vhat: usize, settings: usize, rows: i32, dim: i32, unique: usize,
  uniqueCount: usize, thread: i32, threads: i32
): void {
  update(ADAM, false, weight, gradient, m, v, vhat, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/** Adam on the rows listed in `unique` (never 0) and on no other: its cost does not grow with the vocabulary. Settings as adam. */
export function lazyAdam(
  weight: usize, gradient: usize, m: usize, v: usize, settings: usize, rows: i32, dim: i32, unique: usize, uniqueCount: usize,
  thread: i32, threads: i32
): void {
  update(ADAM, true, weight, gradient, m, v, 0, settings, rows, dim, unique, uniqueCount, thread, threads);
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
  update(RMSPROP, false, weight, gradient, velocity, mean, momentum, settings, rows, dim, unique, uniqueCount, thread, threads);
}

/** a += g^2; w -= lr g / sqrt(a + epsilon). Settings: lr, decay, epsilon. */
export function adagrad(
  weight: usize, gradient: usize, accumulator: usize, settings: usize, rows: i32, dim: i32, unique: usize, uniqueCount: usize,
  thread: i32, threads: i32
): void {
  update(ADAGRAD, false, weight, gradient, accumulator, 0, 0, settings, rows, dim, unique, uniqueCount, thread, threads);
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
