// Moving 4-byte elements about: nothing here computes.
import { partition } from './partition';
import { storeTail } from './simd';

/** y[0..n] = value */
export function fill(y: usize, n: i32, value: f32, thread: i32, threads: i32): void {
  let i = partition(n, 4, thread, threads);
  const end = partition(n, 4, thread + 1, threads);
  const v = f32x4.splat(value);
  for (; i + 4 <= end; i += 4) v128.store(y + (<usize>i << 2), v);
  if (i < end) storeTail(y + (<usize>i << 2), v, end - i);
}
