// Matrices in factors: Cholesky's, rows exchanged for LU, reflections for QR, and the solution of triangular systems. What is added up
// is added up in f64. Threads share the matrices of a stack.
import { array, arrayOrNone, runsOn } from './check';
import { get as wide, put as putWide } from './doubles';
import { partition } from './partition';

// @ts-ignore: decorator
@inline
function get(base: usize, i: i32): f64 {
  return <f64>load<f32>(base + (<usize>i << 2));
}

// @ts-ignore: decorator
@inline
function put(base: usize, i: i32, value: f64): void {
  store<f32>(base + (<usize>i << 2), <f32>value);
}

/** y = L of x = L L^T, of `count` matrices [n, n] of which the lower halves are read. NaN where a matrix is not positive definite. */
export function choleskyRows(x: usize, y: usize, count: i32, n: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, count, n, n);
  array(y, count, n, n);
  const end = partition(count, 1, thread + 1, threads);
  for (let matrix = partition(count, 1, thread, threads); matrix < end; matrix++) {
    const skip = <usize>matrix * <usize>n * <usize>n * 4;
    const a = x + skip, l = y + skip;
    for (let i = 0; i < n; i++) {
      const row = i * n;
      for (let j = 0; j <= i; j++) {
        let rest = get(a, row + j);
        for (let k = 0; k < j; k++) rest -= get(l, row + k) * get(l, j * n + k);
        put(l, row + j, j < i ? rest / get(l, j * n + j) : rest > 0 ? sqrt<f64>(rest) : NaN);
      }
      for (let j = i + 1; j < n; j++) put(l, row + j, 0);
    }
  }
}

function exchange(a: usize, b: usize, n: i32): void {
  for (let i = 0; i < n; i++) {
    const at = <usize>i << 2;
    const kept = load<i32>(a + at);
    store<i32>(a + at, load<i32>(b + at));
    store<i32>(b + at, kept);
  }
}

/**
 * y = L and U of x with its rows in another order, one under the other: L has ones on its diagonal. `order` [count, n]: which row of x stands
 * where; `sign` [count]: 1 or -1, whether that is an even number of exchanges.
 */
export function luRows(x: usize, y: usize, order: usize, sign: usize, count: i32, n: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, count, n, n);
  array(y, count, n, n);
  array(order, count, n);
  array(sign, count);
  const end = partition(count, 1, thread + 1, threads);
  const bytes = <usize>n << 2;
  for (let matrix = partition(count, 1, thread, threads); matrix < end; matrix++) {
    const a = y + <usize>matrix * <usize>n * bytes;
    const rows = order + <usize>matrix * bytes;
    memory.copy(a, x + <usize>matrix * <usize>n * bytes, <usize>n * bytes);
    let parity: f64 = 1;
    for (let i = 0; i < n; i++) store<i32>(rows + (<usize>i << 2), i);
    for (let j = 0; j < n; j++) {
      let best = j;
      let most: f64 = -1;
      for (let i = 0; i < n; i++) {
        let rest = get(a, i * n + j);
        const shared = min(i, j);
        for (let k = 0; k < shared; k++) rest -= get(a, i * n + k) * get(a, k * n + j);
        put(a, i * n + j, rest);
        if (i >= j && abs<f64>(rest) > most) {
          most = abs<f64>(rest);
          best = i;
        }
      }
      if (best != j) {
        exchange(a + <usize>j * bytes, a + <usize>best * bytes, n);
        exchange(rows + (<usize>j << 2), rows + (<usize>best << 2), 1);
        parity = -parity;
      }
      const pivot = get(a, j * n + j);
      // Nothing is left of a column that depends on those before it.
      if (pivot != 0) for (let i = j + 1; i < n; i++) put(a, i * n + j, get(a, i * n + j) / pivot);
    }
    put(sign, matrix, parity);
  }
}

/**
 * y [count, n, k] of A y = b, A [count, n, n] triangular: `flags` is 1 for an upper triangle, 2 for A^T in the place of A, 4 for a diagonal
 * of ones, added up. `order` [count, n], or 0: which row of b [count, n, k] stands where.
 */
export function solveTriangles(
  a: usize,
  b: usize,
  order: usize,
  y: usize,
  count: i32,
  n: i32,
  k: i32,
  flags: i32,
  thread: i32,
  threads: i32,
): void {
  runsOn(thread, threads);
  array(a, count, n, n);
  array(b, count, n, k);
  arrayOrNone(order, count, n);
  array(y, count, n, k);
  const isUpper = flags & 1, isTransposed = (flags >> 1) & 1, isUnit = flags & 4;
  const isForward = isUpper == isTransposed;
  const rowStep = isTransposed ? 1 : n, columnStep = isTransposed ? n : 1;
  const end = partition(count, 1, thread + 1, threads);
  for (let matrix = partition(count, 1, thread, threads); matrix < end; matrix++) {
    const triangle = a + <usize>matrix * <usize>n * <usize>n * 4;
    const skip = <usize>matrix * <usize>n * <usize>k * 4;
    const from = b + skip, to = y + skip;
    const rows = order + <usize>matrix * <usize>n * 4;
    for (let step = 0; step < n; step++) {
      const i = isForward ? step : n - 1 - step;
      const source = order ? load<i32>(rows + (<usize>i << 2)) : i;
      const first = isForward ? 0 : i + 1, last = isForward ? i : n;
      const diagonal = isUnit ? 1.0 : get(triangle, i * n + i);
      let c = 0;
      // Four columns at once.
      for (; c <= k - 4; c += 4) {
        const own = from + (<usize>(source * k + c) << 2), result = to + (<usize>(i * k + c) << 2);
        let low = f64x2.promote_low_f32x4(v128.load64_zero(own)), high = f64x2.promote_low_f32x4(v128.load64_zero(own, 8));
        for (let j = first; j < last; j++) {
          const x = f64x2.splat(get(triangle, i * rowStep + j * columnStep));
          const row = to + (<usize>(j * k + c) << 2);
          low = f64x2.sub(low, f64x2.mul(x, f64x2.promote_low_f32x4(v128.load64_zero(row))));
          high = f64x2.sub(high, f64x2.mul(x, f64x2.promote_low_f32x4(v128.load64_zero(row, 8))));
        }
        const all = f64x2.splat(diagonal);
        v128.store64_lane(result, f32x4.demote_f64x2_zero(f64x2.div(low, all)), 0);
        v128.store64_lane(result, f32x4.demote_f64x2_zero(f64x2.div(high, all)), 0, 8);
      }
      for (; c < k; c++) {
        let rest = get(from, source * k + c);
        for (let j = first; j < last; j++) rest -= get(triangle, i * rowStep + j * columnStep) * get(to, j * k + c);
        put(to, i * k + c, rest / diagonal);
      }
    }
  }
}

/** Column j of h [m, n] becomes the vector of a reflection that leaves its first element alone; gives the factor of the reflection. */
function reflection(h: usize, m: i32, n: i32, j: i32): f64 {
  let tail: f64 = 0;
  for (let i = j + 1; i < m; i++) tail += wide(h, i * n + j) * wide(h, i * n + j);
  if (tail == 0) return 0;
  const first = wide(h, j * n + j);
  let length = sqrt<f64>(first * first + tail);
  if (first >= 0) length = -length;
  for (let i = j + 1; i < m; i++) putWide(h, i * n + j, wide(h, i * n + j) / (first - length));
  putWide(h, j * n + j, length);
  return (length - first) / length;
}

/** Reflects the columns from `first` on of a [m, n] by the vector in column j of h [m, width]. `sums` has room for n doubles. */
function reflect(h: usize, width: i32, j: i32, factor: f64, a: usize, m: i32, n: i32, first: i32, sums: usize): void {
  for (let c = first; c < n; c++) putWide(sums, c, wide(a, j * n + c));
  for (let i = j + 1; i < m; i++) {
    const x = wide(h, i * width + j);
    for (let c = first; c < n; c++) putWide(sums, c, wide(sums, c) + x * wide(a, i * n + c));
  }
  for (let c = first; c < n; c++) putWide(a, j * n + c, wide(a, j * n + c) - factor * wide(sums, c));
  for (let i = j + 1; i < m; i++) {
    const x = factor * wide(h, i * width + j);
    for (let c = first; c < n; c++) putWide(a, i * n + c, wide(a, i * n + c) - x * wide(sums, c));
  }
}

/**
 * q [count, m, columns] and r [count, columns, n] of x = q r, x [count, m, n]: reflections, whose signs are LAPACK's. `columns` is m, or the
 * smaller of m and n. `work` has room for count * (m * n + m * columns + 2 * n + m) doubles.
 */
export function qrRows(
  x: usize,
  q: usize,
  r: usize,
  work: usize,
  count: i32,
  m: i32,
  n: i32,
  columns: i32,
  thread: i32,
  threads: i32,
): void {
  runsOn(thread, threads);
  array(x, count, m, n);
  array(q, count, m, columns);
  array(r, count, columns, n);
  const doubles = m * n + m * columns + 2 * n + m;
  array(work, count, doubles, 2);
  const end = partition(count, 1, thread + 1, threads);
  const steps = min(m, n);
  for (let matrix = partition(count, 1, thread, threads); matrix < end; matrix++) {
    const h = work + <usize>matrix * <usize>doubles * 8;
    const product = h + (<usize>(m * n) << 3);
    const factors = product + (<usize>(m * columns) << 3), sums = factors + (<usize>n << 3);
    const from = x + <usize>matrix * <usize>(m * n) * 4;
    for (let i = 0; i < m * n; i++) putWide(h, i, get(from, i));
    for (let j = 0; j < steps; j++) {
      const factor = reflection(h, m, n, j);
      putWide(factors, j, factor);
      reflect(h, n, j, factor, h, m, n, j + 1, sums);
    }
    for (let i = 0; i < m * columns; i++) putWide(product, i, i / columns == i % columns ? 1 : 0);
    for (let j = steps - 1; j >= 0; j--) reflect(h, n, j, wide(factors, j), product, m, columns, 0, sums);
    const left = q + <usize>matrix * <usize>(m * columns) * 4, right = r + <usize>matrix * <usize>(columns * n) * 4;
    for (let i = 0; i < m * columns; i++) put(left, i, wide(product, i));
    for (let i = 0; i < columns; i++) {
      for (let j = 0; j < n; j++) put(right, i * n + j, j < i ? 0 : wide(h, i * n + j));
    }
  }
}
