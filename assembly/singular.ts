// Singular values, by rotations of pairs of columns (Jacobi; Golub and Van Loan, Matrix Computations, 8.6.3), in f64. Threads share the
// matrices of a stack.
import { array, arrayOrNone, runsOn } from './check';
import { dot, get, put, rotate } from './doubles';
import { partition } from './partition';

/**
 * Turns pairs of the q vectors at b, each of p numbers, until all are orthogonal; those of q numbers at v go along. `squares` has room for q:
 * what a turn makes of the lengths is known without adding them up.
 */
function orthogonalize(b: usize, v: usize, squares: usize, p: i32, q: i32): void {
  let isTurning = true;
  for (let sweep = 0; sweep < 60 && isTurning; sweep++) {
    isTurning = false;
    for (let i = 0; i < q; i++) put(squares, i, dot(b + (<usize>(i * p) << 3), b + (<usize>(i * p) << 3), p));
    for (let i = 0; i < q - 1; i++) {
      for (let j = i + 1; j < q; j++) {
        const left = b + (<usize>(i * p) << 3), right = b + (<usize>(j * p) << 3);
        const first = get(squares, i), second = get(squares, j), both = dot(left, right, p);
        if (!(abs<f64>(both) > 1e-15 * sqrt<f64>(first * second))) continue;
        isTurning = true;
        const ratio = (second - first) / (2 * both);
        const tangent = copysign<f64>(1, ratio) / (abs<f64>(ratio) + sqrt<f64>(1 + ratio * ratio));
        const c = 1 / sqrt<f64>(1 + tangent * tangent);
        put(squares, i, max<f64>(0, first - tangent * both));
        put(squares, j, second + tangent * both);
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
    orthogonalize(long, short, lengths, p, q);
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
