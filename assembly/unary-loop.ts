// The loop of a function of one variable. A function of a few instructions has one of its own (light), and so have exp, tanh
// and sigmoid (heavy), which take two vectors a turn: a tenth faster, as more of their long chains overlap; four are slower again.
// The others are called for each vector (map). What is left over at the end, one to three elements, goes through
// the same arithmetic.
//
// A loop's test stands at the bottom because V8 moves a constant out of a loop only if the constant's block is on every way
// out of the loop; with the test on top, exp over a million elements takes 2.0 ms instead of 1.0.
import { inlineExp, inlineSigmoid, inlineTanh } from './math';
import { partition } from './partition';
import { load4, store4 } from './simd';
import * as rule from './unary-rules';

/** The elements from `i` to `end`, at most four. */
function rest(op: i32, x: usize, y: usize, i: i32, end: i32, p: f32, q: f32, r: f32): void {
  store4(y, i, end, rule.apply(op, load4(x, i, end), f32x4.splat(p), f32x4.splat(q), f32x4.splat(r)));
}

// @ts-ignore: decorator
@inline
function loop(own: bool, op: i32, x: usize, y: usize, n: i32, p: f32, q: f32, r: f32, thread: i32, threads: i32): void {
  let i = partition(n, 16, thread, threads);
  const end = partition(n, 16, thread + 1, threads);
  const whole = end & ~3;
  const pv = f32x4.splat(p);
  const qv = f32x4.splat(q);
  const rv = f32x4.splat(r);
  if (i < whole) {
    do {
      const at = <usize>i << 2;
      const v = v128.load(x + at);
      v128.store(y + at, own ? rule.light(op, v, pv, qv, rv) : rule.apply(op, v, pv, qv, rv));
      i += 4;
    } while (i < whole);
  }
  if (i < end) rest(op, x, y, whole, end, p, q, r);
}

/** y[n] = f(x[n]) for f = `op`, a constant; p, q and r are its settings. Threads share whole cache lines. */
// @ts-ignore: decorator
@inline
export function light(op: i32, x: usize, y: usize, n: i32, p: f32, q: f32, r: f32, thread: i32, threads: i32): void {
  loop(true, op, x, y, n, p, q, r, thread, threads);
}

/** The same for any `op`. */
export function map(op: i32, x: usize, y: usize, n: i32, p: f32, q: f32, r: f32, thread: i32, threads: i32): void {
  loop(false, op, x, y, n, p, q, r, thread, threads);
}

// @ts-ignore: decorator
@inline
function inlineApply(op: i32, x: v128): v128 {
  return op == rule.EXP ? inlineExp(x) : op == rule.TANH ? inlineTanh(x) : inlineSigmoid(x);
}

/** The same for exp, tanh and sigmoid. */
// @ts-ignore: decorator
@inline
export function heavy(op: i32, x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  let i = partition(n, 16, thread, threads);
  const end = partition(n, 16, thread + 1, threads);
  const pairs = end & ~7;
  if (i < pairs) {
    do {
      const at = <usize>i << 2;
      const a = v128.load(x + at);
      const b = v128.load(x + at, 16);
      v128.store(y + at, inlineApply(op, a));
      v128.store(y + at, inlineApply(op, b), 16);
      i += 8;
    } while (i < pairs);
  }
  for (; i < end; i += 4) rest(op, x, y, i, min(end, i + 4), 0, 0, 0);
}
