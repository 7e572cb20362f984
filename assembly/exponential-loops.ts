// The loops of exp, tanh and sigmoid. They take two vectors a turn: a tenth faster, as more of their long chains overlap; four are
// slower again.
//
// Constants must stay in registers or on the stack. V8 of Node 20 moves them out of a loop by itself; later ones load each anew in
// each turn, a number at a time, which doubles the time (exp of a million: 1.8 ms instead of 0.9). What a compiler cannot know to be
// constant it keeps, hence `kept`.
import { array, runsOn } from './check';
import * as math from './math';
import { partition } from './partition';
import { load4, store4 } from './simd';

export const EXP: i32 = 0;
export const TANH: i32 = 1;
export const SIGMOID: i32 = 2;

/** The constant, which `zero` hides: it is 0, but nobody knows. */
// @ts-ignore: decorator
@inline
function kept(value: f32, zero: v128): v128 {
  return v128.or(f32x4.splat(value), zero);
}

/** The elements from `i` to `end`, at most four. */
function rest(op: i32, x: usize, y: usize, i: i32, end: i32): void {
  const v = load4(x, i, end);
  store4(y, i, end, op == EXP ? math.exp(v) : op == TANH ? math.tanh(v) : math.sigmoid(v));
}

/** y[n] = f(x[n]) for f = `op`, a constant. Threads share whole cache lines. */
// @ts-ignore: decorator
@inline
export function exponentialLoop(op: i32, x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, n);
  array(y, n);
  let i = partition(n, 16, thread, threads);
  const end = partition(n, 16, thread + 1, threads);
  const pairs = end & ~7;
  if (i < pairs) {
    // Nobody has so many threads.
    const zero = i32x4.splat(threads >> 31);
    const log2e = kept(math.LOG2E, zero);
    const round = kept(math.ROUND, zero);
    const high = kept(math.LN2_HIGH, zero);
    const low = kept(math.LN2_LOW, zero);
    const c2 = kept(op == TANH ? math.ROUGH2 : math.E2, zero);
    const c3 = kept(op == TANH ? math.ROUGH3 : math.E3, zero);
    const c4 = kept(op == TANH ? math.ROUGH4 : math.E4, zero);
    const c5 = kept(op == TANH ? math.ROUGH5 : math.E5, zero);
    const c6 = kept(math.E6, zero);
    const one = kept(1, zero);
    const sign = kept(-0, zero);
    const limit = kept(op == EXP ? math.EXP_MAX : op == TANH ? 10 : -88, zero);
    const least = kept(math.EXP_MIN, zero);
    const infinity = kept(Infinity, zero);
    const two = kept(2, zero);
    const t3 = kept(math.T3, zero);
    const t5 = kept(math.T5, zero);
    const t7 = kept(math.T7, zero);
    const t9 = kept(math.T9, zero);
    const t11 = kept(math.T11, zero);
    const split = kept(0.390625, zero);
    do {
      const at = <usize>i << 2;
      const a = v128.load(x + at);
      const b = v128.load(x + at, 16);
      if (op == EXP) {
        v128.store(y + at, math.expBy(a, log2e, round, high, low, c2, c3, c4, c5, c6, one, infinity, limit, least));
        v128.store(y + at, math.expBy(b, log2e, round, high, low, c2, c3, c4, c5, c6, one, infinity, limit, least), 16);
      } else if (op == TANH) {
        v128.store(y + at, math.tanhBy(a, log2e, round, high, low, c2, c3, c4, c5, one, two, limit, t3, t5, t7, t9, t11, split, sign));
        v128.store(y + at, math.tanhBy(b, log2e, round, high, low, c2, c3, c4, c5, one, two, limit, t3, t5, t7, t9, t11, split, sign), 16);
      } else {
        v128.store(y + at, math.sigmoidBy(a, log2e, round, high, low, c2, c3, c4, c5, c6, one, limit, sign));
        v128.store(y + at, math.sigmoidBy(b, log2e, round, high, low, c2, c3, c4, c5, c6, one, limit, sign), 16);
      }
      i += 8;
    } while (i < pairs);
  }
  for (; i < end; i += 4) rest(op, x, y, i, min(end, i + 4));
}
