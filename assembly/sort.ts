// The order of the elements of rows: places of the first k in ascending or descending order, equal ones by their place.
import { array, runsOn } from './check';
import { partition } from './partition';

/** A number whose order as int32 is that of the f32 with these bits: both zeros alike, NaN above all. */
// @ts-ignore: decorator
@inline
function rank(bits: i32): i32 {
  if ((bits & 0x7fffffff) > 0x7f800000) return 0x7fffffff;
  if (bits == <i32>0x80000000) return 0;
  return bits ^ ((bits >> 31) & 0x7fffffff);
}

/** Whether the element at place a comes before that at b. `flip` is -1 for descending order. */
// @ts-ignore: decorator
@inline
function isBefore(x: usize, a: i32, b: i32, isInt: i32, flip: i32): bool {
  const p = load<i32>(x + (<usize>a << 2)), q = load<i32>(x + (<usize>b << 2));
  const left = (isInt ? p : rank(p)) ^ flip, right = (isInt ? q : rank(q)) ^ flip;
  return left < right || (left == right && a < b);
}

/** Lets the place at `at` of a heap of `size` sink until nothing under it comes later. */
function sink(x: usize, y: usize, at: i32, size: i32, isInt: i32, flip: i32): void {
  const place = load<i32>(y + (<usize>at << 2));
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    let found = load<i32>(y + (<usize>child << 2));
    if (child + 1 < size) {
      const other = load<i32>(y + (<usize>(child + 1) << 2));
      if (isBefore(x, found, other, isInt, flip)) {
        child++;
        found = other;
      }
    }
    if (!isBefore(x, place, found, isInt, flip)) break;
    store<i32>(y + (<usize>at << 2), found);
    at = child;
  }
  store<i32>(y + (<usize>at << 2), place);
}

/**
 * y [rows, k] = places of the first k elements of each row of x [rows, n], in ascending order or, where `flip` is -1, descending:
 * a heap of the best k, sorted at the end. NaN counts as the largest number.
 */
export function sortRows(x: usize, y: usize, rows: i32, n: i32, k: i32, isInt: i32, flip: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, rows, n);
  array(y, rows, k);
  const end = partition(rows, 1, thread + 1, threads);
  for (let row = partition(rows, 1, thread, threads); row < end; row++) {
    const from = x + (<usize>(row * n) << 2), to = y + (<usize>(row * k) << 2);
    for (let i = 0; i < k; i++) store<i32>(to + (<usize>i << 2), i);
    for (let i = (k >> 1) - 1; i >= 0; i--) sink(from, to, i, k, isInt, flip);
    for (let i = k; i < n && k > 0; i++) {
      if (!isBefore(from, i, load<i32>(to), isInt, flip)) continue;
      store<i32>(to, i);
      sink(from, to, 0, k, isInt, flip);
    }
    for (let size = k - 1; size > 0; size--) {
      const last = to + (<usize>size << 2);
      const place = load<i32>(last);
      store<i32>(last, load<i32>(to));
      store<i32>(to, place);
      sink(from, to, 0, size, isInt, flip);
    }
  }
}
