// Copies and sums of 4-byte elements between strides. The copy is in the core library, the sum in the extra one.
import { runsOn, strided } from './check';
import { partition } from './partition';
import { at } from './rows';
import { loadTail, storeTail } from './simd';

// @ts-ignore: decorator
@inline
function moveVector(adds: bool, v: v128, y: usize): void {
  v128.store(y, adds ? f32x4.add(v128.load(y), v) : v);
}

/** One row of n >= 1: y = x, or y += x. */
// @ts-ignore: decorator
@inline
function moveRow(adds: bool, x: usize, y: usize, n: i32, xStride: i32, yStride: i32): void {
  if (yStride == 1 && (xStride & ~1) == 0) {
    const single = v128.load32_splat(x);
    const whole = n & ~3;
    let i = 0;
    if (whole) {
      if (xStride) {
        do {
          moveVector(adds, v128.load(at(x, i)), at(y, i));
          i += 4;
        } while (i < whole);
      } else {
        do {
          moveVector(adds, single, at(y, i));
          i += 4;
        } while (i < whole);
      }
    }
    if (i < n) {
      let v = xStride ? loadTail(at(x, i), n - i) : single;
      if (adds) v = f32x4.add(loadTail(at(y, i), n - i), v);
      storeTail(at(y, i), v, n - i);
    }
    return;
  }
  for (let i = 0; i < n; i++) {
    const to = at(y, i * yStride);
    // A copy moves bits, whatever they mean.
    if (adds) store<f32>(to, load<f32>(to) + load<f32>(at(x, i * xStride)));
    else store<i32>(to, load<i32>(at(x, i * xStride)));
  }
}

function copyRow(x: usize, y: usize, n: i32, xStride: i32, yStride: i32): void {
  moveRow(false, x, y, n, xStride, yStride);
}

function addRow(x: usize, y: usize, n: i32, xStride: i32, yStride: i32): void {
  moveRow(true, x, y, n, xStride, yStride);
}

/** Threads share the rows d0 * d1 * d2, or the elements of each row when there are few rows. */
// @ts-ignore: decorator
@inline
function move(
  adds: bool, x: usize, y: usize, d0: i32, d1: i32, d2: i32, d3: i32,
  x0: i32, x1: i32, x2: i32, x3: i32, y0: i32, y1: i32, y2: i32, y3: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  strided(x, d0, x0, d1, x1, d2, x2, d3, x3);
  strided(y, d0, y0, d1, y1, d2, y2, d3, y3);
  const rows = d0 * d1 * d2;
  const byRows = rows >= threads * 2;
  const firstRow = byRows ? partition(rows, 1, thread, threads) : 0;
  const endRow = byRows ? partition(rows, 1, thread + 1, threads) : rows;
  const first = byRows ? 0 : partition(d3, 16, thread, threads);
  const count = (byRows ? d3 : partition(d3, 16, thread + 1, threads)) - first;
  if (firstRow >= endRow || count <= 0) return;
  let i2 = firstRow % d2;
  let i1 = (firstRow / d2) % d1;
  let i0 = firstRow / d2 / d1;
  for (let r = firstRow; r < endRow; r++) {
    const from = at(x, i0 * x0 + i1 * x1 + i2 * x2 + first * x3);
    const to = at(y, i0 * y0 + i1 * y1 + i2 * y2 + first * y3);
    if (adds) addRow(from, to, count, x3, y3);
    else copyRow(from, to, count, x3, y3);
    if (++i2 == d2) {
      i2 = 0;
      if (++i1 == d1) {
        i1 = 0;
        i0++;
      }
    }
  }
}

/** y[i0, i1, i2, i3] = x[i0, i1, i2, i3]; strides in elements, those of x may be 0 or negative. */
export function copyStrided(
  x: usize, y: usize, d0: i32, d1: i32, d2: i32, d3: i32,
  x0: i32, x1: i32, x2: i32, x3: i32, y0: i32, y1: i32, y2: i32, y3: i32, thread: i32, threads: i32,
): void {
  move(false, x, y, d0, d1, d2, d3, x0, x1, x2, x3, y0, y1, y2, y3, thread, threads);
}

/** y[i0, i1, i2, i3] += x[i0, i1, i2, i3] (f32); no two elements of y may be the same. */
export function addStrided(
  x: usize, y: usize, d0: i32, d1: i32, d2: i32, d3: i32,
  x0: i32, x1: i32, x2: i32, x3: i32, y0: i32, y1: i32, y2: i32, y3: i32, thread: i32, threads: i32,
): void {
  move(true, x, y, d0, d1, d2, d3, x0, x1, x2, x3, y0, y1, y2, y3, thread, threads);
}
