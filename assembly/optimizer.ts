// The optimizers' updates, each one pass over a weight, its gradient and its slots (what the optimizer remembers of every
// element), after Keras 3.
//
// A gradient is dense, [rows, dim], or (unique != 0) sparse: gradient[u, :] belongs to row unique[u], ascending, and all
// other rows have gradient 0. They are updated all the same, because in Keras every row's slots decay. The pass walks
// segments: a row that has a gradient, or a stretch of rows that have none.
//
// `settings` are f32 that the host writes before each step. The first two are the same everywhere: 0 the learning rate,
// 1 learning rate * weight decay (w -= w * settings[1] comes before the update).
import {
  adadeltaRule,
  adagradRule,
  adamaxRule,
  adamRule,
  coarseFor,
  coarseForSquare,
  ftrlRule,
  get,
  lionRule,
  momentumRule,
  nadamRule,
  put,
  rmspropRule,
} from './optimizer-rules';
import { partition } from './partition';
import { lowerBound } from './search';

export * from './constraint';

const SGD = 0;
const MOMENTUM = 1;
const ADAM = 2;
const RMSPROP = 3;
const ADAGRAD = 4;
const ADADELTA = 5;
const ADAMAX = 6;
const NADAM = 7;
const FTRL = 8;
const LION = 9;

// @ts-ignore: decorator
@inline
function setting(settings: usize, index: i32): v128 {
  return v128.load32_splat(settings + (<usize>index << 2));
}

/** The setting that tells how coarsely slots are stored, as optimizer-rules.ts explains. */
// @ts-ignore: decorator
@inline
function epsilonOf(rule: i32, settings: usize): v128 {
  // SGD has no epsilon. What takes its place follows the learning rate, as m does, and 0.01 gives Keras's 1e-7.
  if (rule == MOMENTUM) return f32x4.mul(setting(settings, 0), f32x4.splat(1e-5));
  if (rule == SGD || rule == ADAGRAD) return f32x4.splat(0);
  return setting(settings, rule == NADAM ? 7 : rule == RMSPROP || rule == ADAMAX ? 5 : 4);
}

/** How many settings a rule reads. */
// @ts-ignore: decorator
@inline
function settingsOf(rule: i32): i32 {
  if (rule == SGD) return 2;
  if (rule == ADAGRAD) return 3;
  if (rule == MOMENTUM) return 4;
  if (rule == ADAM || rule == ADADELTA) return 5;
  return rule == NADAM ? 8 : 6;
}

// @ts-ignore: decorator
@inline
function settingOf(rule: i32, settings: usize, index: i32): v128 {
  return index < settingsOf(rule) ? setting(settings, index) : f32x4.splat(0);
}

/** Updates `count` elements at byte offset `at`. A segment without gradient has mask 0, and any address for gradient. */
// @ts-ignore: decorator
@inline
function step(
  rule: i32, count: i32, at: usize, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, s0: v128, s1: v128,
  s2: v128, s3: v128, s4: v128, s5: v128, s6: v128, s7: v128, coarse: v128, square: v128
): void {
  const g = v128.and(get(gradient + at, count), mask);
  let w = get(weight + at, count);
  w = f32x4.sub(w, f32x4.mul(w, s1));
  if (rule == SGD) w = f32x4.sub(w, f32x4.mul(s0, g));
  if (rule == MOMENTUM) w = momentumRule(w, g, count, a + at, s0, s2, s3, coarse);
  if (rule == ADAM) w = adamRule(w, g, count, a + at, b + at, c ? c + at : 0, s0, s2, s3, s4, coarse, square);
  if (rule == RMSPROP) w = rmspropRule(w, g, count, a + at, b ? b + at : 0, c ? c + at : 0, s0, s2, s3, s4, s5, coarse, square);
  if (rule == ADAGRAD) w = adagradRule(w, g, count, a + at, s0, s2);
  if (rule == ADADELTA) w = adadeltaRule(w, g, count, a + at, b + at, s0, s2, s3, s4, square);
  if (rule == ADAMAX) w = adamaxRule(w, g, count, a + at, b + at, s0, s2, s3, s4, s5, coarse);
  if (rule == NADAM) w = nadamRule(w, g, count, a + at, b + at, s0, s2, s3, s4, s5, s6, s7, coarse, square);
  if (rule == FTRL) w = ftrlRule(w, g, count, a + at, b + at, s0, s2, s3, s4, s5);
  if (rule == LION) w = lionRule(w, g, count, a + at, s0, s2, s3, s4, s5);
  put(weight + at, w, count);
}

/** Elements i to `stop`, i < stop. With `hot` the loop over whole vectors has no branches, at the price of a second copy. */
// @ts-ignore: decorator
@inline
function loop(
  rule: i32, hot: bool, i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  const s0 = settingOf(rule, settings, 0);
  const s1 = settingOf(rule, settings, 1);
  const s2 = settingOf(rule, settings, 2);
  const s3 = settingOf(rule, settings, 3);
  const s4 = settingOf(rule, settings, 4);
  const s5 = settingOf(rule, settings, 5);
  const s6 = settingOf(rule, settings, 6);
  const s7 = settingOf(rule, settings, 7);
  const epsilon = epsilonOf(rule, settings);
  const coarse = coarseFor(epsilon);
  const square = coarseForSquare(epsilon);
  if (hot) {
    for (; i + 4 <= stop; i += 4)
      step(rule, 4, <usize>i << 2, weight, gradient, mask, a, b, c, s0, s1, s2, s3, s4, s5, s6, s7, coarse, square);
  }
  for (; i < stop; i += 4) {
    step(rule, min(stop - i, 4), <usize>i << 2, weight, gradient, mask, a, b, c, s0, s1, s2, s3, s4, s5, s6, s7, coarse, square);
  }
}

function sgdLoop(
  i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  loop(SGD, true, i, stop, weight, gradient, mask, a, b, c, settings);
}

function momentumLoop(
  i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  loop(MOMENTUM, true, i, stop, weight, gradient, mask, a, b, c, settings);
}

function adamLoop(
  i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  loop(ADAM, true, i, stop, weight, gradient, mask, a, b, c, settings);
}

function rmspropLoop(
  i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  loop(RMSPROP, true, i, stop, weight, gradient, mask, a, b, c, settings);
}

function adagradLoop(
  i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  loop(ADAGRAD, false, i, stop, weight, gradient, mask, a, b, c, settings);
}

function adadeltaLoop(
  i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  loop(ADADELTA, false, i, stop, weight, gradient, mask, a, b, c, settings);
}

function adamaxLoop(
  i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  loop(ADAMAX, false, i, stop, weight, gradient, mask, a, b, c, settings);
}

function nadamLoop(
  i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  loop(NADAM, false, i, stop, weight, gradient, mask, a, b, c, settings);
}

function ftrlLoop(
  i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  loop(FTRL, false, i, stop, weight, gradient, mask, a, b, c, settings);
}

function lionLoop(
  i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  loop(LION, false, i, stop, weight, gradient, mask, a, b, c, settings);
}

function segment(
  rule: i32, i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  switch (rule) {
    case SGD: sgdLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case MOMENTUM: momentumLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case ADAM: adamLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case RMSPROP: rmspropLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case ADAGRAD: adagradLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case ADADELTA: adadeltaLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case ADAMAX: adamaxLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case NADAM: nadamLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case FTRL: ftrlLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    default: lionLoop(i, stop, weight, gradient, mask, a, b, c, settings);
  }
}

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
