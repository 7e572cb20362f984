// The loop of the gradient of a function of one variable, made as that of the function in unary-loop.ts.
import { array, runsOn } from './check';
import * as rule from './gradient-rules';
import { partition } from './partition';
import { loadTail, storeTail } from './simd';

/** The last one to three elements, from `whole` to `end`. */
function rest(op: i32, x: usize, dy: usize, dx: usize, whole: i32, end: i32, p: f32, q: f32, r: f32): void {
  const at = <usize>whole << 2;
  const left = end - whole;
  const v = loadTail(x + at, left);
  storeTail(dx + at, rule.apply(op, v, loadTail(dy + at, left), f32x4.splat(p), f32x4.splat(q), f32x4.splat(r)), left);
}

// @ts-ignore: decorator
@inline
function loop(
  own: bool, op: i32, x: usize, dy: usize, dx: usize, n: i32, p: f32, q: f32, r: f32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(x, n);
  array(dy, n);
  array(dx, n);
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
      const d = v128.load(dy + at);
      v128.store(dx + at, own ? rule.light(op, v, d, pv, qv, rv) : rule.apply(op, v, d, pv, qv, rv));
      i += 4;
    } while (i < whole);
  }
  if (i < end) rest(op, x, dy, dx, whole, end, p, q, r);
}

/** dx[n] = dy[n] f'(x[n]) for f = `op`, a constant; p, q and r are its settings. Threads share whole cache lines. */
// @ts-ignore: decorator
@inline
export function lightGradient(
  op: i32, x: usize, dy: usize, dx: usize, n: i32, p: f32, q: f32, r: f32, thread: i32, threads: i32,
): void {
  loop(true, op, x, dy, dx, n, p, q, r, thread, threads);
}

/** The same for any `op`. */
export function mapGradient(
  op: i32, x: usize, dy: usize, dx: usize, n: i32, p: f32, q: f32, r: f32, thread: i32, threads: i32,
): void {
  loop(false, op, x, dy, dx, n, p, q, r, thread, threads);
}
