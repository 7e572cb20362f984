// Moving 4-byte elements about: conversions, and the sums that accumulate gradients and means.
import { add } from './binary';
import { array, arrayOrNone, runsOn } from './check';
import { partition } from './partition';
import { at, dotRow, loadSome, storeSome, sumRow } from './rows';
import { storeTail } from './simd';

export { copyStrided } from './strided';

/** y[0..n] = value */
export function fill(y: usize, n: i32, value: f32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(y, n);
  let i = partition(n, 4, thread, threads);
  const end = partition(n, 4, thread + 1, threads);
  const v = f32x4.splat(value);
  for (; i + 4 <= end; i += 4) v128.store(y + (<usize>i << 2), v);
  if (i < end) storeTail(y + (<usize>i << 2), v, end - i);
}

/** y[n] += x */
export function addInto(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  add(x, y, y, 1, n, 0, 1, 0, 1, thread, threads);
}

/** y[n] (f32) = x (i32), rounded to the nearest f32. y may be x. */
export function toFloat(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, n);
  array(y, n);
  const end = partition(n, 16, thread + 1, threads);
  for (let i = partition(n, 16, thread, threads); i < end; i += 4) {
    storeSome(at(y, i), f32x4.convert_i32x4_s(loadSome(at(x, i), end - i)), end - i);
  }
}

/** y[n] (i32) = x (f32) cut towards 0, the nearest i32 of larger numbers, 0 of NaN. y may be x. */
export function toInt(x: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, n);
  array(y, n);
  const end = partition(n, 16, thread + 1, threads);
  for (let i = partition(n, 16, thread, threads); i < end; i += 4) {
    storeSome(at(y, i), i32x4.trunc_sat_f32x4_s(loadSome(at(x, i), end - i)), end - i);
  }
}

/** state[0] += sum of values * weights, state[1] += sum of weights; weights at address 0 are all 1. One thread does it. */
export function accumulateMean(values: usize, weights: usize, state: usize, n: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(values, n);
  arrayOrNone(weights, n);
  array(state, 2);
  if (thread != 0) return;
  const total = weights ? dotRow(values, weights, n) : sumRow(values, n);
  const count = weights ? sumRow(weights, n) : <f64>n;
  store<f32>(state, load<f32>(state) + <f32>total);
  store<f32>(state, load<f32>(state, 4) + <f32>count, 4);
}
