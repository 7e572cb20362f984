// Normalization of x[rows, columns] to mean 0 and variance 1: along rows (layers), or along columns (batches). `scale` is
// 1 / sqrt(variance + epsilon). gamma and beta at address 0 are all 1 and all 0.
import { array, arrayOrNone, runsOn } from './check';
import { partition } from './partition';
import { at, BLOCK, keepLanes, loadSome, storeSome, sumLanes, sumRow } from './rows';

const CHAIN: i32 = 64;

/** Four elements at `pointer`, or `missing` where there is no array. */
// @ts-ignore: decorator
@inline
function optional(array: usize, i: i32, left: i32, missing: f32): v128 {
  return array ? loadSome(at(array, i), left) : f32x4.splat(missing);
}

/** The sum of (x - mean)^2, in blocks as rows.ts has them. */
function centeredSquares(x: usize, mean: f32, n: i32): f64 {
  const m = f32x4.splat(mean);
  let sum: f64 = 0;
  for (let i = 0; i < n; ) {
    const end = min(i + BLOCK, n);
    let a = f32x4.splat(0);
    for (; i < end; i += 4) {
      const d = keepLanes(f32x4.sub(loadSome(at(x, i), end - i), m), f32x4.splat(0), end - i);
      a = f32x4.add(a, f32x4.mul(d, d));
    }
    sum += <f64>sumLanes(a);
  }
  return sum;
}

/** y = (x - mean) scale gamma + beta with mean[rows] and scale[rows] of each row; gamma[columns], beta[columns]. */
export function layerNormalize(
  x: usize, gamma: usize, beta: usize, y: usize, mean: usize, scale: usize, rows: i32, columns: i32, epsilon: f32,
  thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(x, rows, columns);
  arrayOrNone(gamma, columns);
  arrayOrNone(beta, columns);
  array(y, rows, columns);
  array(mean, rows);
  array(scale, rows);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const row = at(x, r * columns);
    const m = <f32>(sumRow(row, columns) / <f64>columns);
    const s: f32 = <f32>1 / sqrt<f32>(<f32>(centeredSquares(row, m, columns) / <f64>columns) + epsilon);
    store<f32>(at(mean, r), m);
    store<f32>(at(scale, r), s);
    const mv = f32x4.splat(m);
    const sv = f32x4.splat(s);
    for (let c = 0; c < columns; c += 4) {
      const left = columns - c;
      const v = f32x4.mul(f32x4.mul(f32x4.sub(loadSome(at(row, c), left), mv), sv), optional(gamma, c, left, 1));
      storeSome(at(y, r * columns + c), f32x4.add(v, optional(beta, c, left, 0)), left);
    }
  }
}

/** dx of layerNormalize: scale (g - mean of g - n mean of g n) along each row, with g = dy gamma and n = (x - mean) scale. */
export function layerNormalizeGradient(
  x: usize, gamma: usize, mean: usize, scale: usize, dy: usize, dx: usize, rows: i32, columns: i32,
  thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(x, rows, columns);
  arrayOrNone(gamma, columns);
  array(mean, rows);
  array(scale, rows);
  array(dy, rows, columns);
  array(dx, rows, columns);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const start = r * columns;
    const mv = v128.load32_splat(at(mean, r));
    const sv = v128.load32_splat(at(scale, r));
    let sum: f64 = 0;
    let dots: f64 = 0;
    for (let c = 0; c < columns; ) {
      const stop = min(c + BLOCK, columns);
      let a = f32x4.splat(0);
      let b = a;
      for (; c < stop; c += 4) {
        const left = stop - c;
        const g = f32x4.mul(loadSome(at(dy, start + c), left), optional(gamma, c, left, 1));
        const n = f32x4.mul(f32x4.sub(loadSome(at(x, start + c), left), mv), sv);
        a = f32x4.add(a, g);
        b = f32x4.add(b, keepLanes(f32x4.mul(g, n), f32x4.splat(0), left));
      }
      sum += <f64>sumLanes(a);
      dots += <f64>sumLanes(b);
    }
    const av = f32x4.splat(<f32>(sum / <f64>columns));
    const bv = f32x4.splat(<f32>(dots / <f64>columns));
    for (let c = 0; c < columns; c += 4) {
      const left = columns - c;
      const g = f32x4.mul(loadSome(at(dy, start + c), left), optional(gamma, c, left, 1));
      const n = f32x4.mul(f32x4.sub(loadSome(at(x, start + c), left), mv), sv);
      storeSome(at(dx, start + c), f32x4.mul(sv, f32x4.sub(f32x4.sub(g, av), f32x4.mul(n, bv))), left);
    }
  }
}

// What a column is summed up to; a constant where it is used.
const MEAN: i32 = 0;
const VARIANCE: i32 = 1;
const ROW_DOTS: i32 = 2;
const COLUMN_DOTS: i32 = 3;

/** One row's part in the sums of four columns. */
// @ts-ignore: decorator
@inline
function term(kind: i32, x: usize, other: usize, mean: usize, scale: usize, r: i32, c: i32, columns: i32): v128 {
  const left = columns - c;
  let v = loadSome(at(x, r * columns + c), left);
  if (kind == ROW_DOTS) v = f32x4.mul(f32x4.sub(v, v128.load32_splat(at(mean, r))), v128.load32_splat(at(scale, r)));
  if (kind == COLUMN_DOTS) v = f32x4.mul(f32x4.sub(v, loadSome(at(mean, c), left)), loadSome(at(scale, c), left));
  if (kind == VARIANCE) {
    v = f32x4.sub(v, loadSome(at(mean, c), left));
    v = f32x4.mul(v, v);
  }
  if (kind >= ROW_DOTS) return f32x4.mul(v, loadSome(at(other, r * columns + c), left));
  return other ? f32x4.mul(v, v128.load32_splat(at(other, r))) : v;
}

/** y[c] = the sum of the terms of column c times `factor`, 64 rows at a time; eight columns for two chains of additions. */
// @ts-ignore: decorator
@inline
function sumColumns(
  kind: i32, x: usize, other: usize, mean: usize, scale: usize, y: usize, rows: i32, columns: i32, factor: f32, from: i32, to: i32,
): void {
  for (let c = from; c < to; c += 8) {
    const second = c + 4 < to;
    let t0 = f32x4.splat(0);
    let t1 = t0;
    for (let r = 0; r < rows; ) {
      const stop = min(r + CHAIN, rows);
      let a0 = f32x4.splat(0);
      let a1 = a0;
      for (; r < stop; r++) {
        a0 = f32x4.add(a0, term(kind, x, other, mean, scale, r, c, columns));
        if (second) a1 = f32x4.add(a1, term(kind, x, other, mean, scale, r, c + 4, columns));
      }
      t0 = f32x4.add(t0, a0);
      t1 = f32x4.add(t1, a1);
    }
    storeSome(at(y, c), f32x4.mul(t0, f32x4.splat(factor)), columns - c);
    if (second) storeSome(at(y, c + 4), f32x4.mul(t1, f32x4.splat(factor)), columns - c - 4);
  }
}

/** mean[columns] and variance[columns] with the rows' weights, which sum to 1; weights at address 0 are all 1 / rows. */
export function columnMoments(
  x: usize, weights: usize, mean: usize, variance: usize, rows: i32, columns: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(x, rows, columns);
  arrayOrNone(weights, rows);
  array(mean, columns);
  array(variance, columns);
  const from = partition(columns, 16, thread, threads);
  const to = partition(columns, 16, thread + 1, threads);
  const factor: f32 = weights ? 1 : <f32>1 / <f32>rows;
  sumColumns(MEAN, x, weights, 0, 0, mean, rows, columns, factor, from, to);
  sumColumns(VARIANCE, x, weights, mean, 0, variance, rows, columns, factor, from, to);
}

/** y[c] = sum over the rows of dy (x - mean) scale; mean and scale have a number for each row, or each column. */
export function normalizedDots(
  x: usize, dy: usize, mean: usize, scale: usize, y: usize, rows: i32, columns: i32, perRow: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(x, rows, columns);
  array(dy, rows, columns);
  array(mean, perRow ? rows : columns);
  array(scale, perRow ? rows : columns);
  array(y, columns);
  const from = partition(columns, 16, thread, threads);
  const to = partition(columns, 16, thread + 1, threads);
  if (perRow) sumColumns(ROW_DOTS, x, dy, mean, scale, y, rows, columns, 1, from, to);
  else sumColumns(COLUMN_DOTS, x, dy, mean, scale, y, rows, columns, 1, from, to);
}

/** y = (x - mean) scale gamma + beta; all of them have a number for each column. y may be x. */
export function normalizeColumns(
  x: usize, mean: usize, scale: usize, gamma: usize, beta: usize, y: usize, rows: i32, columns: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(x, rows, columns);
  array(mean, columns);
  array(scale, columns);
  arrayOrNone(gamma, columns);
  arrayOrNone(beta, columns);
  array(y, rows, columns);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    for (let c = 0; c < columns; c += 4) {
      const left = columns - c;
      const s = f32x4.mul(loadSome(at(scale, c), left), optional(gamma, c, left, 1));
      const d = f32x4.sub(loadSome(at(x, r * columns + c), left), loadSome(at(mean, c), left));
      storeSome(at(y, r * columns + c), f32x4.add(f32x4.mul(d, s), optional(beta, c, left, 0)), left);
    }
  }
}

/**
 * dx of normalizeColumns when mean and scale come from x: scale gamma (dy - w (sum + n dots)), with n = (x - mean) scale,
 * sum[columns] of dy, dots[columns] of dy n, and the row's weight w as in columnMoments.
 */
export function normalizeColumnsGradient(
  x: usize, dy: usize, mean: usize, scale: usize, gamma: usize, sum: usize, dots: usize, weights: usize, dx: usize,
  rows: i32, columns: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(x, rows, columns);
  array(dy, rows, columns);
  array(mean, columns);
  array(scale, columns);
  arrayOrNone(gamma, columns);
  array(sum, columns);
  array(dots, columns);
  arrayOrNone(weights, rows);
  array(dx, rows, columns);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const w = weights ? v128.load32_splat(at(weights, r)) : f32x4.splat(<f32>1 / <f32>rows);
    for (let c = 0; c < columns; c += 4) {
      const left = columns - c;
      const s = loadSome(at(scale, c), left);
      const n = f32x4.mul(f32x4.sub(loadSome(at(x, r * columns + c), left), loadSome(at(mean, c), left)), s);
      const shared = f32x4.mul(w, f32x4.add(loadSome(at(sum, c), left), f32x4.mul(n, loadSome(at(dots, c), left))));
      const g = f32x4.sub(loadSome(at(dy, r * columns + c), left), shared);
      storeSome(at(dx, r * columns + c), f32x4.mul(f32x4.mul(s, optional(gamma, c, left, 1)), g), left);
    }
  }
}
