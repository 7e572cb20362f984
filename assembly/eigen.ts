// Eigenvalues of symmetric matrices, by a tridiagonal matrix and shifted QR steps (Golub and Van Loan, Matrix Computations, 8.3), and
// singular values, by rotations of pairs of columns (Jacobi; 8.6.3). All in f64. Threads share the matrices of a stack.
import { array, arrayOrNone, runsOn } from './check';
import { partition } from './partition';

/** Element i of an array of doubles. */
// @ts-ignore: decorator
@inline
function get(base: usize, i: i32): f64 {
  return load<f64>(base + (<usize>i << 3));
}

// @ts-ignore: decorator
@inline
function put(base: usize, i: i32, value: f64): void {
  store<f64>(base + (<usize>i << 3), value);
}

/** What is left beside the diagonal counts as nothing from here on, as a part of the diagonal: all that f32 tells apart. */
const SMALL: f64 = 1.1920929e-7;

/** a [n, n], of which the lower half is read, becomes vectors of reflections; the diagonals go to d and e, the factors to h. */
function tridiagonal(a: usize, d: usize, e: usize, h: usize, n: i32): void {
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
    // h below i becomes what the rest of the matrix is updated by.
    let dot: f64 = 0;
    for (let r = i + 1; r < n; r++) {
      let sum: f64 = 0;
      for (let c = i + 1; c < n; c++) sum += (c <= r ? get(a, r * n + c) : get(a, c * n + r)) * get(a, c * n + i);
      sum *= factor;
      put(h, r - 1, sum);
      dot += sum * get(a, r * n + i);
    }
    const shift = -0.5 * factor * dot;
    for (let r = i + 1; r < n; r++) put(h, r - 1, get(h, r - 1) + shift * get(a, r * n + i));
    for (let r = i + 1; r < n; r++) {
      for (let c = i + 1; c <= r; c++) {
        put(a, r * n + c, get(a, r * n + c) - get(a, r * n + i) * get(h, c - 1) - get(h, r - 1) * get(a, c * n + i));
      }
    }
    put(e, i, length);
    put(h, i, factor);
  }
  for (let i = 0; i < n; i++) put(d, i, get(a, i * n + i));
}

/** v = the product of the reflections. */
function productOf(a: usize, h: usize, v: usize, n: i32): void {
  for (let i = 0; i < n * n; i++) put(v, i, i / n == i % n ? 1 : 0);
  for (let k = n - 2; k >= 0; k--) {
    for (let c = k + 1; c < n; c++) {
      let sum: f64 = 0;
      for (let r = k + 1; r < n; r++) sum += get(a, r * n + k) * get(v, r * n + c);
      sum *= get(h, k);
      for (let r = k + 1; r < n; r++) put(v, r * n + c, get(v, r * n + c) - sum * get(a, r * n + k));
    }
  }
}

/** One step on the part [start, end] of the tridiagonal matrix, and on the columns of v. */
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
    for (let r = 0; r < n; r++) {
      const p = get(v, r * n + k), q = get(v, r * n + k + 1);
      put(v, r * n + k, c * p - s * q);
      put(v, r * n + k + 1, s * p + c * q);
    }
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

/** Exchanges element i with element k, and columns i and k of v [n, n]. */
function exchange(d: usize, v: usize, n: i32, i: i32, k: i32): void {
  const kept = get(d, i);
  put(d, i, get(d, k));
  put(d, k, kept);
  for (let r = 0; r < n; r++) {
    const element = get(v, r * n + i);
    put(v, r * n + i, get(v, r * n + k));
    put(v, r * n + k, element);
  }
}

/**
 * Eigenvalues in ascending order to `values` [count, n] and, unless it is 0, eigenvectors as columns to `vectors` [count, n, n], of x
 * [count, n, n], of which the lower halves are read. `work` has room for count * (2 n + 3) * n doubles.
 */
export function eigenRows(x: usize, values: usize, vectors: usize, work: usize, count: i32, n: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, count, n, n);
  array(values, count, n);
  arrayOrNone(vectors, count, n, n);
  array(work, count, 2 * n + 3, n, 2);
  const end = partition(count, 1, thread + 1, threads);
  const square = <usize>n * <usize>n;
  for (let matrix = partition(count, 1, thread, threads); matrix < end; matrix++) {
    const a = work + <usize>matrix * (2 * square + 3 * <usize>n) * 8;
    const v = a + square * 8, d = v + square * 8, e = d + (<usize>n << 3), h = e + (<usize>n << 3);
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
    tridiagonal(a, d, e, h, n);
    productOf(a, h, v, n);
    iterate(d, e, v, n);
    for (let i = 0; i < n; i++) {
      let least = i;
      for (let k = i + 1; k < n; k++) if (get(d, k) < get(d, least)) least = k;
      if (least != i) exchange(d, v, n, i, least);
      store<f32>(values + (<usize>(matrix * n + i) << 2), <f32>(get(d, i) * scale));
    }
    if (vectors) for (let i = 0; i < n * n; i++) store<f32>(vectors + ((<usize>matrix * square + <usize>i) << 2), <f32>get(v, i));
  }
}

// @ts-ignore: decorator
@inline
function dot(a: usize, b: usize, n: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < n; i++) sum += get(a, i) * get(b, i);
  return sum;
}

/** Two vectors, turned against each other. */
function rotate(a: usize, b: usize, n: i32, c: f64, s: f64): void {
  for (let i = 0; i < n; i++) {
    const p = get(a, i), q = get(b, i);
    put(a, i, c * p - s * q);
    put(b, i, s * p + c * q);
  }
}

/** Turns pairs of the q vectors at b, each of p numbers, until all are orthogonal; those of q numbers at v go along. */
function orthogonalize(b: usize, v: usize, p: i32, q: i32): void {
  let isTurning = true;
  for (let sweep = 0; sweep < 60 && isTurning; sweep++) {
    isTurning = false;
    for (let i = 0; i < q - 1; i++) {
      for (let j = i + 1; j < q; j++) {
        const left = b + (<usize>(i * p) << 3), right = b + (<usize>(j * p) << 3);
        const first = dot(left, left, p), second = dot(right, right, p), both = dot(left, right, p);
        if (!(abs<f64>(both) > 1e-15 * sqrt<f64>(first * second))) continue;
        isTurning = true;
        const ratio = (second - first) / (2 * both);
        const tangent = copysign<f64>(1, ratio) / (abs<f64>(ratio) + sqrt<f64>(1 + ratio * ratio));
        const c = 1 / sqrt<f64>(1 + tangent * tangent);
        rotate(left, right, p, c, c * tangent);
        rotate(v + (<usize>(i * q) << 3), v + (<usize>(j * q) << 3), q, c, c * tangent);
      }
    }
  }
}

/** Vector k of those at b, each of p numbers, becomes one that is orthogonal to all before it. */
function complete(b: usize, p: i32, k: i32): void {
  const own = b + (<usize>(k * p) << 3);
  for (let t = 0; t < p; t++) {
    for (let i = 0; i < p; i++) put(own, i, i == t ? 1 : 0);
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < k; j++) {
        const other = b + (<usize>(j * p) << 3);
        const part = dot(own, other, p);
        for (let i = 0; i < p; i++) put(own, i, get(own, i) - part * get(other, i));
      }
    }
    const rest = dot(own, own, p);
    // Some axis keeps at least as much as the axes do on average.
    if (2 * rest * <f64>p < <f64>(p - k) && t < p - 1) continue;
    const scale = 1 / sqrt<f64>(rest);
    for (let i = 0; i < p; i++) put(own, i, get(own, i) * scale);
    return;
  }
}

/**
 * Singular values in descending order to `values` [count, min(m, n)] and, unless they are 0, u [count, m, left] and v^T [count, right, n], of
 * x [count, m, n]. `left` and `right` are m and n, or both the smaller of them. `work` has room for count * (p * w + q * q + q) doubles, p
 * and q being the larger and the smaller of m and n, w the larger of `left` and `right`.
 */
export function singularRows(
  x: usize,
  values: usize,
  u: usize,
  v: usize,
  work: usize,
  count: i32,
  m: i32,
  n: i32,
  left: i32,
  right: i32,
  thread: i32,
  threads: i32,
): void {
  runsOn(thread, threads);
  const p = max(m, n), q = min(m, n), w = max(left, right);
  array(x, count, m, n);
  array(values, count, q);
  arrayOrNone(u, count, m, left);
  arrayOrNone(v, count, right, n);
  const doubles = p * w + q * q + q;
  array(work, count, doubles, 2);
  const end = partition(count, 1, thread + 1, threads);
  for (let matrix = partition(count, 1, thread, threads); matrix < end; matrix++) {
    // The longer vectors one after another, then the shorter ones, then their lengths.
    const long = work + <usize>matrix * <usize>doubles * 8;
    const short = long + (<usize>(p * w) << 3), lengths = short + (<usize>(q * q) << 3);
    const from = x + <usize>matrix * <usize>(m * n) * 4;
    for (let k = 0; k < q; k++) {
      for (let i = 0; i < p; i++) put(long, k * p + i, <f64>load<f32>(from + (<usize>(m < n ? k * n + i : i * n + k) << 2)));
      for (let i = 0; i < q; i++) put(short, k * q + i, i == k ? 1 : 0);
    }
    orthogonalize(long, short, p, q);
    let most: f64 = 0;
    for (let k = 0; k < q; k++) {
      const own = long + (<usize>(k * p) << 3);
      put(lengths, k, sqrt<f64>(dot(own, own, p)));
      most = max<f64>(most, get(lengths, k));
    }
    for (let k = 0; k < q; k++) {
      let best = k;
      for (let i = k + 1; i < q; i++) if (get(lengths, i) > get(lengths, best)) best = i;
      if (best != k) {
        const kept = get(lengths, k);
        put(lengths, k, get(lengths, best));
        put(lengths, best, kept);
        rotate(long + (<usize>(k * p) << 3), long + (<usize>(best * p) << 3), p, 0, 1);
        rotate(short + (<usize>(k * q) << 3), short + (<usize>(best * q) << 3), q, 0, 1);
      }
      store<f32>(values + (<usize>(matrix * q + k) << 2), <f32>get(lengths, k));
    }
    if (!u && !v) continue;
    for (let k = 0; k < w; k++) {
      // Of what is as good as nothing the direction is rounding.
      if (k >= q || get(lengths, k) <= 1e-13 * most) complete(long, p, k);
      else for (let i = 0; i < p; i++) put(long, k * p + i, get(long, k * p + i) / get(lengths, k));
    }
    const isWide = m < n;
    const lefts = isWide ? short : long, rights = isWide ? long : short;
    const toU = u + <usize>matrix * <usize>(m * left) * 4, toV = v + <usize>matrix * <usize>(right * n) * 4;
    if (u) for (let k = 0; k < left; k++) for (let i = 0; i < m; i++) store<f32>(toU + (<usize>(i * left + k) << 2), <f32>get(lefts, k * m + i));
    if (v) for (let k = 0; k < right; k++) for (let i = 0; i < n; i++) store<f32>(toV + (<usize>(k * n + i) << 2), <f32>get(rights, k * n + i));
  }
}
