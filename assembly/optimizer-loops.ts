// A stretch of weights updated by one of the rules. What every model uses has a loop over whole vectors without branches; the
// other rules have one loop, in which the last one to three elements are a case.
import {
  adadeltaRule,
  adagradRule,
  adamaxRule,
  adamRule,
  roundingBias,
  roundingBiasOfSquares,
  ftrlRule,
  get,
  lionRule,
  momentumRule,
  nadamRule,
  put,
  rmspropRule,
} from './optimizer-rules';

export const SGD = 0;
export const MOMENTUM = 1;
export const ADAM = 2;
export const RMSPROP = 3;
export const ADAGRAD = 4;
export const ADADELTA = 5;
export const ADAMAX = 6;
export const NADAM = 7;
export const FTRL = 8;
export const LION = 9;

// @ts-ignore: decorator
@inline
function setting(settings: usize, index: i32): v128 {
  return v128.load32_splat(settings + (<usize>index << 2));
}

/** The setting that tells below what size slots are flushed to 0, as flushTiny in optimizer-rules.ts explains. */
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
  s2: v128, s3: v128, s4: v128, s5: v128, s6: v128, s7: v128, bias: v128, square: v128
): void {
  const g = v128.and(get(gradient + at, count), mask);
  let w = get(weight + at, count);
  w = f32x4.sub(w, f32x4.mul(w, s1));
  if (rule == SGD) w = f32x4.sub(w, f32x4.mul(s0, g));
  if (rule == MOMENTUM) w = momentumRule(w, g, count, a + at, s0, s2, s3, bias);
  if (rule == ADAM) w = adamRule(w, g, count, a + at, b + at, c ? c + at : 0, s0, s2, s3, s4, bias, square);
  if (rule == RMSPROP) w = rmspropRule(w, g, count, a + at, b ? b + at : 0, c ? c + at : 0, s0, s2, s3, s4, s5, bias, square);
  if (rule == ADAGRAD) w = adagradRule(w, g, count, a + at, s0, s2);
  if (rule == ADADELTA) w = adadeltaRule(w, g, count, a + at, b + at, s0, s2, s3, s4, square);
  if (rule == ADAMAX) w = adamaxRule(w, g, count, a + at, b + at, s0, s2, s3, s4, s5, bias);
  if (rule == NADAM) w = nadamRule(w, g, count, a + at, b + at, s0, s2, s3, s4, s5, s6, s7, bias, square);
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
  const bias = roundingBias(epsilon);
  const square = roundingBiasOfSquares(epsilon);
  if (hot) {
    for (; i + 4 <= stop; i += 4)
      step(rule, 4, <usize>i << 2, weight, gradient, mask, a, b, c, s0, s1, s2, s3, s4, s5, s6, s7, bias, square);
  }
  for (; i < stop; i += 4) {
    step(rule, min(stop - i, 4), <usize>i << 2, weight, gradient, mask, a, b, c, s0, s1, s2, s3, s4, s5, s6, s7, bias, square);
  }
}

// Functions of their own, because the compiler would make the cases of one function one again.
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

/** Elements i to `stop`, i < stop: at least one. */
// @ts-ignore: decorator
@inline
export function segment(
  rule: i32, i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  switch (rule) {
    case SGD: sgdLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case MOMENTUM: momentumLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case ADAM: adamLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case RMSPROP: rmspropLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    default: adagradLoop(i, stop, weight, gradient, mask, a, b, c, settings);
  }
}

/** The same for the rules of optimizer-others.ts. */
// @ts-ignore: decorator
@inline
export function segmentOfOthers(
  rule: i32, i: i32, stop: i32, weight: usize, gradient: usize, mask: v128, a: usize, b: usize, c: usize, settings: usize
): void {
  switch (rule) {
    case ADAM: adamLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case ADADELTA: adadeltaLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case ADAMAX: adamaxLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case NADAM: nadamLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    case FTRL: ftrlLoop(i, stop, weight, gradient, mask, a, b, c, settings); return;
    default: lionLoop(i, stop, weight, gradient, mask, a, b, c, settings);
  }
}
