// Eigenvalues of symmetric matrices, by a tridiagonal matrix and shifted QR steps (Golub and Van Loan, Matrix Computations, 8.3), in f64.
// Threads share the matrices of a stack.
import { array, arrayOrNone, runsOn } from './check';
import { get, put, rotate } from './doubles';
import { partition } from './partition';

/** What is left beside the diagonal counts as nothing from here on, as a part of the diagonal: all that f32 tells apart. */
const SMALL: f64 = 1.1920929e-7;

/** a [n, n], of which the lower half is read, becomes vectors of reflections; the diagonals go to d and e, the factors to h. `row` has room for n. */
function tridiagonal(a: usize, d: usize, e: usize, h: usize, row: usize, n: i32): void {
  for (let i = 0; i < n - 1; i++) {
    let tail: f64 = 0;
    for (let r = i + 2; r < n; r++) tail += get(a, r * n + i) * get(a, r * n + i);
    const first = get(a, (i + 1) * n + i);
    let length = first, factor: f64 = 0;
    if (tail != 0) {
      length = sqrt<f64>(first * first + tail);
      if (first >= 0) length = -length;
      for (let r = i + 2; r < n; r++) put(a, r * n + i, get(a, r * n + i) / (first - length));
      factor = (length - first) / length;
    }
    put(a, (i + 1) * n + i, 1);
    // The vector in one row; h behind i becomes what the rest of the matrix is updated by.
    for (let r = i + 1; r < n; r++) {
      put(row, r, get(a, r * n + i));
      put(h, r - 1, 0);
    }
    for (let r = i + 1; r < n; r++) {
      const x = get(row, r);
      let sum = get(a, r * n + r) * x;
      for (let c = i + 1; c < r; c++) {
        const element = get(a, r * n + c);
        sum += element * get(row, c);
        put(h, c - 1, get(h, c - 1) + element * x);
      }
      put(h, r - 1, get(h, r - 1) + sum);
    }
    let dot: f64 = 0;
    for (let r = i + 1; r < n; r++) {
      put(h, r - 1, factor * get(h, r - 1));
      dot += get(h, r - 1) * get(row, r);
    }
    const shift = -0.5 * factor * dot;
    for (let r = i + 1; r < n; r++) put(h, r - 1, get(h, r - 1) + shift * get(row, r));
    for (let r = i + 1; r < n; r++) {
      const x = get(row, r), y = get(h, r - 1);
      for (let c = i + 1; c <= r; c++) put(a, r * n + c, get(a, r * n + c) - x * get(h, c - 1) - y * get(row, c));
    }
    put(e, i, length);
    put(h, i, factor);
  }
  for (let i = 0; i < n; i++) put(d, i, get(a, i * n + i));
}

/** v = the product of the reflections, one column after another. */
function productOf(a: usize, h: usize, v: usize, row: usize, n: i32): void {
  for (let i = 0; i < n * n; i++) put(v, i, i / n == i % n ? 1 : 0);
  for (let k = n - 2; k >= 0; k--) {
    for (let r = k + 1; r < n; r++) put(row, r, get(a, r * n + k));
    for (let c = k + 1; c < n; c++) {
      const column = v + (<usize>(c * n) << 3);
      let sum: f64 = 0;
      for (let r = k + 1; r < n; r++) sum += get(row, r) * get(column, r);
      sum *= get(h, k);
      for (let r = k + 1; r < n; r++) put(column, r, get(column, r) - sum * get(row, r));
    }
  }
}

/** One step on the part [start, end] of the tridiagonal matrix, and on the vectors at v. */
function qrStep(d: usize, e: usize, v: usize, n: i32, start: i32, end: i32): void {
  const half = (get(d, end - 1) - get(d, end)) * 0.5;
  const last = get(e, end - 1);
  let mu = get(d, end);
  if (half == 0) mu -= abs<f64>(last);
  else if (last != 0) mu -= (last * last) / (half + copysign<f64>(sqrt<f64>(half * half + last * last), half));
  let x = get(d, start) - mu, z = get(e, start);
  for (let k = start; k < end && z != 0; k++) {
    let c: f64 = 0, s: f64 = z < 0 ? 1 : -1;
    if (x != 0) {
      const length = sqrt<f64>(x * x + z * z);
      // The larger of both is turned into a positive cosine, or a negative sine.
      const u = (abs<f64>(x) > abs<f64>(z) ? x : z) < 0 ? -length : length;
      c = x / u;
      s = -z / u;
    }
    const dk = get(d, k), ek = get(e, k), next = get(d, k + 1);
    const sd = s * dk + c * ek;
    const se = s * ek + c * next;
    put(d, k, c * (c * dk - s * ek) - s * (c * ek - s * next));
    put(d, k + 1, s * sd + c * se);
    put(e, k, c * sd - s * se);
    if (k > start) put(e, k - 1, c * get(e, k - 1) - s * z);
    x = get(e, k);
    if (k < end - 1) {
      z = -s * get(e, k + 1);
      put(e, k + 1, c * get(e, k + 1));
    }
    rotate(v + (<usize>(k * n) << 3), v + (<usize>((k + 1) * n) << 3), n, c, s);
  }
}

/** Until nothing is left beside the diagonal. NaN, which never gets there, ends after as many steps as any matrix needs. */
function iterate(d: usize, e: usize, v: usize, n: i32): void {
  let end = n - 1;
  for (let step = 0; step < 60 * n && end > 0; step++) {
    for (let i = 0; i < end; i++) {
      const scaled = get(e, i) / SMALL;
      if (scaled * scaled <= abs<f64>(get(d, i)) + abs<f64>(get(d, i + 1))) put(e, i, 0);
    }
    while (end > 0 && get(e, end - 1) == 0) end--;
    if (end <= 0) break;
    let start = end - 1;
    while (start > 0 && get(e, start - 1) != 0) start--;
    qrStep(d, e, v, n, start, end);
  }
}

/**
 * Eigenvalues in ascending order to `values` [count, n] and, unless it is 0, eigenvectors as columns to `vectors` [count, n, n], of x
 * [count, n, n], of which the lower halves are read. `work` has room for count * (2 n + 4) * n doubles.
 */
export function eigenRows(x: usize, values: usize, vectors: usize, work: usize, count: i32, n: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, count, n, n);
  array(values, count, n);
  arrayOrNone(vectors, count, n, n);
  array(work, count, 2 * n + 4, n, 2);
  const end = partition(count, 1, thread + 1, threads);
  const square = <usize>n * <usize>n;
  for (let matrix = partition(count, 1, thread, threads); matrix < end; matrix++) {
    const a = work + <usize>matrix * (2 * square + 4 * <usize>n) * 8;
    const v = a + square * 8, d = v + square * 8, e = d + (<usize>n << 3), h = e + (<usize>n << 3), row = h + (<usize>n << 3);
    const from = x + <usize>matrix * square * 4;
    let scale: f64 = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        const element = <f64>load<f32>(from + (<usize>(i * n + j) << 2));
        put(a, i * n + j, element);
        if (!(abs<f64>(element) <= scale)) scale = abs<f64>(element);
      }
    }
    if (scale == 0) scale = 1;
    for (let i = 0; i < n * n; i++) if (i % n <= i / n) put(a, i, get(a, i) / scale);
    tridiagonal(a, d, e, h, row, n);
    productOf(a, h, v, row, n);
    iterate(d, e, v, n);
    for (let i = 0; i < n; i++) {
      let least = i;
      for (let k = i + 1; k < n; k++) if (get(d, k) < get(d, least)) least = k;
      if (least != i) {
        const kept = get(d, i);
        put(d, i, get(d, least));
        put(d, least, kept);
        for (let r = 0; r < n; r++) {
          const element = get(v, i * n + r);
          put(v, i * n + r, get(v, least * n + r));
          put(v, least * n + r, element);
        }
      }
      store<f32>(values + (<usize>(matrix * n + i) << 2), <f32>(get(d, i) * scale));
    }
    if (!vectors) continue;
    const to = vectors + ((<usize>matrix * square) << 2);
    for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) store<f32>(to + (<usize>(i * n + k) << 2), <f32>get(v, k * n + i));
  }
}
