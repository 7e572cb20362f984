// Constraints on norms: each brings the vectors of a weight back to lengths between two bounds.
import { array, runsOn } from './check';
import { partition } from './partition';
import { loadTail, storeTail } from './simd';

/** Rows whose squares are added up before they join the whole, so that rounding errors of long sums stay small. */
const BLOCK = 128;

/** The sum of squares of one row of n elements. */
function rowSquares(row: usize, n: i32): f32 {
  let sum = f32x4.splat(0);
  for (let i = 0; i < n; ) {
    const stop = min(i + BLOCK * 4, n);
    let part = f32x4.splat(0);
    for (; i + 4 <= stop; i += 4) {
      const w = v128.load(row + (<usize>i << 2));
      part = f32x4.add(part, f32x4.mul(w, w));
    }
    if (i < stop) {
      const w = loadTail(row + (<usize>i << 2), stop - i);
      part = f32x4.add(part, f32x4.mul(w, w));
      i = stop;
    }
    sum = f32x4.add(sum, part);
  }
  sum = f32x4.add(sum, i8x16.shuffle(sum, sum, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7));
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
}

/** What a weight of that norm is multiplied by to bring the norm `rate` of the way between low and high. */
// @ts-ignore: decorator
@inline
function normScale(squares: v128, low: f32, high: f32, rate: f32): v128 {
  const norm = f32x4.sqrt(squares);
  const clipped = f32x4.min(f32x4.max(norm, f32x4.splat(low)), f32x4.splat(high));
  const desired = f32x4.add(f32x4.mul(clipped, f32x4.splat(rate)), f32x4.mul(norm, f32x4.splat(1 - rate)));
  return f32x4.div(desired, f32x4.add(norm, f32x4.splat(1e-7)));
}

/** Contiguous norms: the rows of weight[outer, n]. */
// @ts-ignore: decorator
@inline
function rescaleRows(weight: usize, outer: i32, n: i32, low: f32, high: f32, rate: f32, thread: i32, threads: i32): void {
  const end = partition(outer, 1, thread + 1, threads);
  for (let row = partition(outer, 1, thread, threads); row < end; row++) {
    const start = weight + (<usize>(row * n) << 2);
    const scale = normScale(f32x4.splat(rowSquares(start, n)), low, high, rate);
    let i = 0;
    for (; i + 4 <= n; i += 4) v128.store(start + (<usize>i << 2), f32x4.mul(v128.load(start + (<usize>i << 2)), scale));
    if (i < n) storeTail(start + (<usize>i << 2), f32x4.mul(loadTail(start + (<usize>i << 2), n - i), scale), n - i);
  }
}

/** Norms down `count` (1 to 4) neighbouring columns of n elements, `stride` bytes from one to the next. */
function rescaleColumns(column: usize, n: i32, stride: usize, count: i32, low: f32, high: f32, rate: f32): void {
  let sum = f32x4.splat(0);
  let at = column;
  for (let i = 0; i < n; ) {
    const stop = min(i + BLOCK, n);
    let part = f32x4.splat(0);
    for (; i < stop; i++, at += stride) {
      const w = count == 4 ? v128.load(at) : loadTail(at, count);
      part = f32x4.add(part, f32x4.mul(w, w));
    }
    sum = f32x4.add(sum, part);
  }
  const scale = normScale(sum, low, high, rate);
  at = column;
  for (let i = 0; i < n; i++, at += stride) {
    if (count == 4) v128.store(at, f32x4.mul(v128.load(at), scale));
    else storeTail(at, f32x4.mul(loadTail(at, count), scale), count);
  }
}

/**
 * weight[outer, n, inner], each norm taken over the middle axis: w * (rate * clip(norm, low, high) + (1 - rate) * norm) /
 * (1e-7 + norm).
 */
export function minMaxNorm(weight: usize, outer: i32, n: i32, inner: i32, low: f32, high: f32, rate: f32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(weight, outer, n, inner);
  if (inner == 1) {
    rescaleRows(weight, outer, n, low, high, rate, thread, threads);
    return;
  }
  const blocks = (inner + 3) >> 2;
  const end = partition(outer * blocks, 1, thread + 1, threads);
  for (let b = partition(outer * blocks, 1, thread, threads); b < end; b++) {
    const first = (b % blocks) << 2;
    const column = weight + (<usize>((b / blocks) * n * inner + first) << 2);
    rescaleColumns(column, n, <usize>inner << 2, min(inner - first, 4), low, high, rate);
  }
}

/** w * clip(norm, 0, limit) / (1e-7 + norm), over the middle axis of weight[outer, n, inner]. */
export function maxNorm(weight: usize, outer: i32, n: i32, inner: i32, limit: f32, thread: i32, threads: i32): void {
  minMaxNorm(weight, outer, n, inner, 0, limit, 1, thread, threads);
}

/** w / (1e-7 + norm), over the middle axis of weight[outer, n, inner]. */
export function unitNorm(weight: usize, outer: i32, n: i32, inner: i32, thread: i32, threads: i32): void {
  minMaxNorm(weight, outer, n, inner, 1, 1, 1, thread, threads);
}
