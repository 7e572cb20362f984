// Copies, sums and comparisons.
import { at, get, put } from './at';

export function fill(y: usize, n: i32, value: f32, thread: i32, threads: i32): void {
  for (let i = 0; i < n; i++) put(y, i, value);
}

export function copyStrided(
  x: usize, y: usize, d0: i32, d1: i32, d2: i32, d3: i32, x0: i32, x1: i32, x2: i32, x3: i32, y0: i32, y1: i32, y2: i32, y3: i32,
  thread: i32, threads: i32,
): void {
  for (let a = 0; a < d0; a++) {
    for (let b = 0; b < d1; b++) {
      for (let c = 0; c < d2; c++) {
        const from = at(x, a * x0 + b * x1 + c * x2);
        const to = at(y, a * y0 + b * y1 + c * y2);
        for (let d = 0; d < d3; d++) store<i32>(at(to, d * y3), load<i32>(at(from, d * x3)));
      }
    }
  }
}

export function reduceSum(x: usize, y: usize, outer: i32, n: i32, inner: i32, scale: f32, thread: i32, threads: i32): void {
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) {
      let sum: f32 = 0;
      for (let j = 0; j < n; j++) sum += get(x, (o * n + j) * inner + c);
      put(y, o * inner + c, sum * scale);
    }
  }
}

export function sumBlocks(x: usize, partial: usize, n: i32, thread: i32, threads: i32): void {
  for (let i = 0; i < n; i += 4096) {
    let sum: f32 = 0;
    for (let j = i; j < min(i + 4096, n); j++) sum += get(x, j);
    put(partial, i / 4096, sum);
  }
}

export function accumulateMean(values: usize, weights: usize, state: usize, n: i32, thread: i32, threads: i32): void {
  let total: f32 = 0;
  let count: f32 = weights ? 0 : <f32>n;
  for (let i = 0; i < n; i++) {
    total += weights ? get(values, i) * get(weights, i) : get(values, i);
    if (weights) count += get(weights, i);
  }
  put(state, 0, get(state, 0) + total);
  put(state, 1, get(state, 1) + count);
}

export function greater(
  a: usize, b: usize, y: usize, rows: i32, columns: i32, aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      put(y, r * columns + c, get(a, r * aRow + c * aColumn) > get(b, r * bRow + c * bColumn) ? 1 : 0);
    }
  }
}

export function equal(
  a: usize, b: usize, y: usize, rows: i32, columns: i32, aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      put(y, r * columns + c, get(a, r * aRow + c * aColumn) == get(b, r * bRow + c * bColumn) ? 1 : 0);
    }
  }
}
