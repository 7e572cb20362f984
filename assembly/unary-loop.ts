// The loop of a function of one variable. A function of a few instructions has one of its own (light); exp, tanh and sigmoid are in
// exponential-loops.ts; the others are called for each vector (map). What is left over at the end, one to three elements, goes
// through the same arithmetic.
//
// A loop's test stands at the bottom because V8 of Node 20 moves a constant out of a loop only if the constant's block is on every
// way out of the loop.
import { array, runsOn } from './check';
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
  runsOn(thread, threads);
  array(x, n);
  array(y, n);
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
