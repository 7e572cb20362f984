// Softmax along contiguous rows. The row's maximum is subtracted first, so that nothing overflows; threads share the rows.
import { array, runsOn } from './check';
import { exp, log } from './math';
import { partition } from './partition';
import { at, dotRow, expRow, loadSome, maxRow, storeSome, sumExpRow, sumRow } from './rows';
import { loadTail, storeTail } from './simd';

/** y[rows, columns] = exp(x) / sum of exp(x) along a row. y may be x. */
export function softmax(x: usize, y: usize, rows: i32, columns: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, rows, columns);
  array(y, rows, columns);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const xr = at(x, r * columns);
    const yr = at(y, r * columns);
    const sum = f32x4.splat(expRow(xr, yr, maxRow(xr, columns), columns));
    let c = 0;
    for (; c + 4 <= columns; c += 4) v128.store(at(yr, c), f32x4.div(v128.load(at(yr, c)), sum));
    if (c < columns) storeTail(at(yr, c), f32x4.div(loadTail(at(yr, c), columns - c), sum), columns - c);
  }
}

/** dx = (dy - sum of y * dy along a row) * y, for y = softmax(x). dx may be dy or y. */
export function softmaxGradient(y: usize, dy: usize, dx: usize, rows: i32, columns: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(y, rows, columns);
  array(dy, rows, columns);
  array(dx, rows, columns);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const yr = at(y, r * columns);
    const dyr = at(dy, r * columns);
    const sum = f32x4.splat(<f32>dotRow(yr, dyr, columns));
    const dxr = at(dx, r * columns);
    let c = 0;
    for (; c + 4 <= columns; c += 4) {
      v128.store(at(dxr, c), f32x4.mul(f32x4.sub(v128.load(at(dyr, c)), sum), v128.load(at(yr, c))));
    }
    if (c < columns) {
      const left = columns - c;
      storeTail(at(dxr, c), f32x4.mul(f32x4.sub(loadTail(at(dyr, c), left), sum), loadTail(at(yr, c), left)), left);
    }
  }
}

/** y[rows, columns] = x - log of the sum of exp(x) along a row. y may be x. */
export function logSoftmax(x: usize, y: usize, rows: i32, columns: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, rows, columns);
  array(y, rows, columns);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const xr = at(x, r * columns);
    const largest = maxRow(xr, columns);
    const shift = f32x4.splat(largest);
    const logSum = log(f32x4.splat(sumExpRow(xr, largest, columns)));
    for (let c = 0; c < columns; c += 4) {
      // Two subtractions: the sum of both terms would round away the small one.
      const v = f32x4.sub(f32x4.sub(loadSome(at(xr, c), columns - c), shift), logSum);
      storeSome(at(y, r * columns + c), v, columns - c);
    }
  }
}

/** dx = dy - exp(y) * sum of dy along a row, for y = logSoftmax(x). dx may be dy or y. */
export function logSoftmaxGradient(y: usize, dy: usize, dx: usize, rows: i32, columns: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(y, rows, columns);
  array(dy, rows, columns);
  array(dx, rows, columns);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const dyr = at(dy, r * columns);
    const sum = f32x4.splat(<f32>sumRow(dyr, columns));
    for (let c = 0; c < columns; c += 4) {
      const left = columns - c;
      const p = exp(loadSome(at(y, r * columns + c), left));
      storeSome(at(dx, r * columns + c), f32x4.sub(loadSome(at(dyr, c), left), f32x4.mul(p, sum)), left);
    }
  }
}
