// What happens to a weight or a gradient around the optimizer's update: clipping by norm, moving averages, no weight below 0.
// Constraints on norms are in norm-constraint.ts.
import { relu } from './activation';
import { multiply } from './binary';
import { array, runsOn } from './check';
import { partition } from './partition';
import { loadTail, storeTail } from './simd';

/** y = x * factor[0]; y may be x. */
export function scaleBy(x: usize, y: usize, factor: usize, n: i32, thread: i32, threads: i32): void {
  multiply(x, factor, y, 1, n, 0, 1, 0, 0, thread, threads);
}

/**
 * factor[0] = limit / max(norm, limit), the norm being the root of the sum of `count` squared norms: exactly 1 where nothing
 * is to be clipped, NaN for a NaN norm.
 */
export function clipFactor(squaredNorms: usize, factor: usize, count: i32, limit: f32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(squaredNorms, count);
  array(factor, 1);
  if (thread != 0) return;
  let sum: f64 = 0;
  for (let i = 0; i < count; i++) sum += <f64>load<f32>(squaredNorms + (<usize>i << 2));
  store<f32>(factor, limit / max<f32>(<f32>sqrt<f64>(sum), limit));
}

/** y = y * momentum + x * (1 - momentum) */
export function lerpInto(x: usize, y: usize, n: i32, momentum: f32, rest: f32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, n);
  array(y, n);
  const keep = f32x4.splat(momentum);
  const take = f32x4.splat(rest);
  let i = partition(n, 4, thread, threads);
  const end = partition(n, 4, thread + 1, threads);
  for (; i + 4 <= end; i += 4) {
    const at = <usize>i << 2;
    v128.store(y + at, f32x4.add(f32x4.mul(v128.load(y + at), keep), f32x4.mul(v128.load(x + at), take)));
  }
  if (i < end) {
    const at = <usize>i << 2;
    const mixed = f32x4.add(f32x4.mul(loadTail(y + at, end - i), keep), f32x4.mul(loadTail(x + at, end - i), take));
    storeTail(y + at, mixed, end - i);
  }
}

/** weight = max(weight, 0) */
export function nonNegative(weight: usize, n: i32, thread: i32, threads: i32): void {
  relu(weight, weight, n, thread, threads);
}
