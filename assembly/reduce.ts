// Reductions of x[outer, n, inner] over n. Threads share the outputs, never a sum.
//
// With inner = 1 a row is contiguous and is reduced as rows.ts says. Otherwise the vectors run along inner: each output
// adds its n terms in turn, 64 at a time, and then adds these partial sums in turn (the error of one long chain would grow
// with n). Neither order depends on the threads.
import { array, rowsById, runsOn } from './check';
import { partition } from './partition';
import { GATHERED, reduceStrip, STRIP } from './reduce-strip';
import { at, BLOCK, loadSome, MAX, maxRow, MIN, minRow, storeSome, SUM, sumBlock, sumRow, sumSquaresBlock } from './rows';

// Functions of their own, without calls in them: within the kernel the sum of columns takes 20% longer in V8.
function sumStrip(x: usize, y: usize, n: i32, inner: i32, width: i32, factor: f32): void {
  reduceStrip(SUM, x, 0, y, n, inner, width, factor);
}

function maxStrip(x: usize, y: usize, n: i32, inner: i32, width: i32): void {
  reduceStrip(MAX, x, 0, y, n, inner, width, 1);
}

function minStrip(x: usize, y: usize, n: i32, inner: i32, width: i32): void {
  reduceStrip(MIN, x, 0, y, n, inner, width, 1);
}

function gatheredStrip(table: usize, ids: usize, y: usize, n: i32, dim: i32, width: i32): void {
  reduceStrip(GATHERED, table, ids, y, n, dim, width, 1);
}

// @ts-ignore: decorator
@inline
function reduceRow(op: i32, x: usize, n: i32, scale: f32): f32 {
  if (op == MAX) return maxRow(x, n);
  if (op == MIN) return minRow(x, n);
  return <f32>(sumRow(x, n) * <f64>scale);
}

function reduce(op: i32, x: usize, y: usize, outer: i32, n: i32, inner: i32, scale: f32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, outer, n, inner);
  array(y, outer, inner);
  const strips = (inner + STRIP - 1) / STRIP;
  const end = partition(outer * strips, 1, thread + 1, threads);
  for (let u = partition(outer * strips, 1, thread, threads); u < end; u++) {
    if (inner == 1) {
      store<f32>(at(y, u), reduceRow(op, at(x, u * n), n, scale));
    } else {
      const o = u / strips;
      const c = (u - o * strips) * STRIP;
      const from = at(x, o * n * inner + c);
      const to = at(y, o * inner + c);
      const width = min(STRIP, inner - c);
      if (op == MAX) maxStrip(from, to, n, inner, width);
      else if (op == MIN) minStrip(from, to, n, inner, width);
      else sumStrip(from, to, n, inner, width, scale);
    }
  }
}

/** y[outer, inner] = scale * sum of x[outer, n, inner] over n. */
export function reduceSum(x: usize, y: usize, outer: i32, n: i32, inner: i32, scale: f32, thread: i32, threads: i32): void {
  reduce(SUM, x, y, outer, n, inner, scale, thread, threads);
}

/** y[outer, dim] = sum of table[ids[outer, n], :] over n: what gather and reduceSum give, to the bit, without the rows in between. */
export function gatherSum(table: usize, ids: usize, y: usize, outer: i32, n: i32, dim: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(ids, outer, n);
  array(y, outer, dim);
  rowsById(table, ids, outer * n, dim);
  const strips = (dim + STRIP - 1) / STRIP;
  const end = partition(outer * strips, 1, thread + 1, threads);
  for (let u = partition(outer * strips, 1, thread, threads); u < end; u++) {
    const o = u / strips;
    const c = (u - o * strips) * STRIP;
    gatheredStrip(at(table, c), at(ids, o * n), at(y, o * dim + c), n, dim, min(STRIP, dim - c));
  }
}

/** y[outer, inner] = largest of x[outer, n, inner] over n; NaN if there is one, -Infinity of none. */
export function reduceMax(x: usize, y: usize, outer: i32, n: i32, inner: i32, thread: i32, threads: i32): void {
  reduce(MAX, x, y, outer, n, inner, 1, thread, threads);
}

/** y[outer, inner] = smallest of x[outer, n, inner] over n; NaN if there is one, Infinity of none. */
export function reduceMin(x: usize, y: usize, outer: i32, n: i32, inner: i32, thread: i32, threads: i32): void {
  reduce(MIN, x, y, outer, n, inner, 1, thread, threads);
}

/** The first index of the largest of a contiguous row; a NaN is larger than all, as in NumPy. */
// @ts-ignore: decorator
@inline
function argMaxRow(x: usize, n: i32): i32 {
  const largest = maxRow(x, n);
  const v = f32x4.splat(largest);
  const isNaN = f32x4.ne(v, v);
  for (let i = 0; i < n; i += 4) {
    const e = loadSome(at(x, i), n - i);
    const found = i32x4.bitmask(v128.or(f32x4.eq(e, v), v128.and(f32x4.ne(e, e), isNaN)));
    if (found) return i + ctz(found);
  }
  return 0;
}

/** argMaxRow for `width` (1 to 4) columns of x[n, inner]. */
// @ts-ignore: decorator
@inline
function argMaxColumns(x: usize, y: usize, n: i32, inner: i32, width: i32): void {
  let best = loadSome(x, width);
  let index = i32x4.splat(0);
  for (let j = 1; j < n; j++) {
    const v = loadSome(at(x, j * inner), width);
    const larger = v128.or(f32x4.gt(v, best), v128.andnot(f32x4.eq(best, best), f32x4.eq(v, v)));
    best = v128.bitselect(v, best, larger);
    index = v128.bitselect(i32x4.splat(j), index, larger);
  }
  storeSome(y, index, width);
}

/** y[outer, inner] (i32) = first index of the largest of x[outer, n, inner] over n; a NaN is larger than all. n >= 1. */
export function argMax(x: usize, y: usize, outer: i32, n: i32, inner: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, outer, n, inner);
  array(y, outer, inner);
  const strips = (inner + 3) / 4;
  const end = partition(outer * strips, 1, thread + 1, threads);
  for (let u = partition(outer * strips, 1, thread, threads); u < end; u++) {
    if (inner == 1) {
      store<i32>(at(y, u), argMaxRow(at(x, u * n), n));
    } else {
      const o = u / strips;
      const c = (u - o * strips) * 4;
      argMaxColumns(at(x, o * n * inner + c), at(y, o * inner + c), n, inner, inner - c);
    }
  }
}

/**
 * dx[outer, n, inner] from dy[outer, inner], for y the largest or the smallest of x over n: elements equal to y share dy.
 * As in TensorFlow: (x == y) * (1 / count * dy), so that a NaN in y makes NaN of them all.
 */
export function reduceMaxGradient(
  x: usize, y: usize, dy: usize, dx: usize, outer: i32, n: i32, inner: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(x, outer, n, inner);
  array(y, outer, inner);
  array(dy, outer, inner);
  array(dx, outer, n, inner);
  const one = f32x4.splat(1);
  const strips = (inner + 3) / 4;
  const end = partition(outer * strips, 1, thread + 1, threads);
  for (let u = partition(outer * strips, 1, thread, threads); u < end; u++) {
    const o = u / strips;
    const c = (u - o * strips) * 4;
    const width = inner - c;
    const target = inner == 1 ? v128.load32_splat(at(y, o)) : loadSome(at(y, o * inner + c), width);
    const g = inner == 1 ? v128.load32_splat(at(dy, o)) : loadSome(at(dy, o * inner + c), width);
    // A contiguous row is walked four steps at a time, columns one step at a time.
    const step = inner == 1 ? 4 : 1;
    const start = o * n * inner + c;
    let count = f32x4.splat(0);
    for (let j = 0; j < n; j += step) {
      const left = inner == 1 ? n - j : width;
      let equal = f32x4.eq(loadSome(at(x, start + j * inner), left), target);
      if (inner == 1) equal = v128.and(equal, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(left)));
      count = f32x4.add(count, v128.and(equal, one));
    }
    if (inner == 1) {
      count = f32x4.add(count, v128.shuffle<i32>(count, count, 2, 3, 0, 1));
      count = f32x4.add(count, v128.shuffle<i32>(count, count, 1, 0, 3, 2));
    }
    const share = f32x4.mul(f32x4.div(one, count), g);
    for (let j = 0; j < n; j += step) {
      const left = inner == 1 ? n - j : width;
      const equal = f32x4.eq(loadSome(at(x, start + j * inner), left), target);
      storeSome(at(dx, start + j * inner), f32x4.mul(v128.and(equal, one), share), left);
    }
  }
}

/** partial[b] = sum of elements 4096b up to 4096(b+1) of x[n]. */
export function sumBlocks(x: usize, partial: usize, n: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, n);
  array(partial, (n + BLOCK - 1) / BLOCK);
  const end = partition(n, BLOCK, thread + 1, threads);
  for (let i = partition(n, BLOCK, thread, threads); i < end; i += BLOCK) {
    store<f32>(at(partial, i / BLOCK), sumBlock(at(x, i), min(BLOCK, end - i)));
  }
}

/** partial[b] = sum of the squares of elements 4096b up to 4096(b+1) of x[n]. */
export function sumSquaresBlocks(x: usize, partial: usize, n: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, n);
  array(partial, (n + BLOCK - 1) / BLOCK);
  const end = partition(n, BLOCK, thread + 1, threads);
  for (let i = partition(n, BLOCK, thread, threads); i < end; i += BLOCK) {
    store<f32>(at(partial, i / BLOCK), sumSquaresBlock(at(x, i), min(BLOCK, end - i)));
  }
}
