// Matrix times vector, nothing packed: each element of the matrix is used once. The sums have the order of matmulTiles.
import { array, arrayOrNone, runsOn, strided } from './check';
import { finish, K_BLOCK, store } from './matmul-epilogue';
import { partition } from './partition';
import { loadTail } from './simd';

/** out[0..min(count, 4)] = prior + x[0..k] x w, four columns of w or what is left of them. */
// @ts-ignore: decorator
@inline
function columns4(x: usize, w: usize, rowBytes: usize, count: i32, k: i32, out: usize, prior: usize): void {
  let sum = f32x4.splat(0);
  for (; k > 0; k--) {
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(x), count >= 4 ? v128.load(w) : loadTail(w, count)));
    x += 4;
    w += rowBytes;
  }
  store(out, prior, count, sum);
}

// @ts-ignore: decorator
@inline
function columns16(x: usize, w: usize, rowBytes: usize, k: i32, out: usize, prior: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (; k > 0; k--) {
    const v = v128.load32_splat(x);
    s0 = f32x4.add(s0, f32x4.mul(v, v128.load(w)));
    s1 = f32x4.add(s1, f32x4.mul(v, v128.load(w, 16)));
    s2 = f32x4.add(s2, f32x4.mul(v, v128.load(w, 32)));
    s3 = f32x4.add(s3, f32x4.mul(v, v128.load(w, 48)));
    x += 4;
    w += rowBytes;
  }
  if (prior) {
    s0 = f32x4.add(v128.load(prior), s0);
    s1 = f32x4.add(v128.load(prior, 16), s1);
    s2 = f32x4.add(v128.load(prior, 32), s2);
    s3 = f32x4.add(v128.load(prior, 48), s3);
  }
  v128.store(out, s0);
  v128.store(out, s1, 16);
  v128.store(out, s2, 32);
  v128.store(out, s3, 48);
}

/** out[batch][n] = activation(bias + x[batch][k] x w[batch][k,n]); `bias` is [n], or one number if `bias1`, or at 0. */
export function matmulVector(
  x: usize, w: usize, bias: usize, out: usize, batch: i32, k: i32, n: i32,
  strideX: i32, strideW: i32, bias1: i32, activation: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  strided(x, batch, strideX, k, 1);
  strided(w, batch, strideW, k, n, n, 1);
  arrayOrNone(bias, bias1 ? 1 : n);
  array(out, batch, n);
  const rowBytes = (<usize>n) << 2;
  const groups = (n + 15) >> 4;
  const end = partition(batch * groups, 1, thread + 1, threads);
  for (let unit = partition(batch * groups, 1, thread, threads); unit < end; unit++) {
    const matrix = unit / groups;
    const left = (unit - matrix * groups) << 4;
    const count = min(16, n - left);
    const to = out + <usize>matrix * rowBytes + (<usize>left << 2);
    if (bias1 && bias) for (let j = 0; j < count; j++) f32.store(to + (<usize>j << 2), f32.load(bias));
    let prior: usize = bias1 && bias ? to : bias ? bias + (<usize>left << 2) : 0;
    let start = 0;
    do {
      const depth = min(K_BLOCK, k - start);
      const fromX = x + (<usize>(matrix * strideX + start) << 2);
      const fromW = w + (<usize>(matrix * strideW + start * n + left) << 2);
      if (count == 16) columns16(fromX, fromW, rowBytes, depth, to, prior);
      else {
        for (let j = 0; j < count; j += 4) {
          const column = (<usize>j) << 2;
          columns4(fromX, fromW + column, rowBytes, count - j, depth, to + column, prior ? prior + column : 0);
        }
      }
      prior = to;
      start += K_BLOCK;
    } while (start < k);
    finish(to, rowBytes, 1, count, activation);
  }
}

/** sum + x[0] * (first of r0, r1, r2, r3) + x[1] * (second of each) + ..., in that order. */
// @ts-ignore: decorator
@inline
function addProducts(sum: v128, x: v128, r0: v128, r1: v128, r2: v128, r3: v128): v128 {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f32>(x, x, 0, 0, 0, 0), v128.shuffle<f32>(low01, low23, 0, 1, 4, 5)));
  sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f32>(x, x, 1, 1, 1, 1), v128.shuffle<f32>(low01, low23, 2, 3, 6, 7)));
  sum = f32x4.add(sum, f32x4.mul(v128.shuffle<f32>(x, x, 2, 2, 2, 2), v128.shuffle<f32>(high01, high23, 0, 1, 4, 5)));
  return f32x4.add(sum, f32x4.mul(v128.shuffle<f32>(x, x, 3, 3, 3, 3), v128.shuffle<f32>(high01, high23, 2, 3, 6, 7)));
}

// The rows of w past `rows` repeat the last one; the last steps of k are filled up with 0 * 0, which changes no sum that
// began with 0.
// @ts-ignore: decorator
@inline
function rows8(x: usize, w: usize, rowBytes: usize, rows: i32, k: i32, out: usize, prior: usize): void {
  let p0 = w;
  let p1 = rows > 1 ? p0 + rowBytes : p0;
  let p2 = rows > 2 ? p1 + rowBytes : p1;
  let p3 = rows > 3 ? p2 + rowBytes : p2;
  let p4 = rows > 4 ? p3 + rowBytes : p3;
  let p5 = rows > 5 ? p4 + rowBytes : p4;
  let p6 = rows > 6 ? p5 + rowBytes : p5;
  let p7 = rows > 7 ? p6 + rowBytes : p6;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  for (; k >= 4; k -= 4) {
    const v = v128.load(x);
    s0 = addProducts(s0, v, v128.load(p0), v128.load(p1), v128.load(p2), v128.load(p3));
    s1 = addProducts(s1, v, v128.load(p4), v128.load(p5), v128.load(p6), v128.load(p7));
    x += 16;
    p0 += 16;
    p1 += 16;
    p2 += 16;
    p3 += 16;
    p4 += 16;
    p5 += 16;
    p6 += 16;
    p7 += 16;
  }
  if (k > 0) {
    const v = loadTail(x, k);
    s0 = addProducts(s0, v, loadTail(p0, k), loadTail(p1, k), loadTail(p2, k), loadTail(p3, k));
    s1 = addProducts(s1, v, loadTail(p4, k), loadTail(p5, k), loadTail(p6, k), loadTail(p7, k));
  }
  store(out, prior, rows, s0);
  if (rows > 4) store(out + 16, prior ? prior + 16 : 0, rows - 4, s1);
}

/** out[batch][n] = activation(bias + x[batch][k] x transpose of w[batch][n,k]); the rest as in matmulVector. */
export function matmulDots(
  x: usize, w: usize, bias: usize, out: usize, batch: i32, k: i32, n: i32,
  strideX: i32, strideW: i32, bias1: i32, activation: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  strided(x, batch, strideX, k, 1);
  strided(w, batch, strideW, n, k, k, 1);
  arrayOrNone(bias, bias1 ? 1 : n);
  array(out, batch, n);
  const rowBytes = (<usize>k) << 2;
  const groups = (n + 7) >> 3;
  const end = partition(batch * groups, 1, thread + 1, threads);
  for (let unit = partition(batch * groups, 1, thread, threads); unit < end; unit++) {
    const matrix = unit / groups;
    const left = (unit - matrix * groups) << 3;
    const rows = min(8, n - left);
    const to = out + (<usize>(matrix * n + left) << 2);
    if (bias1 && bias) for (let j = 0; j < rows; j++) f32.store(to + (<usize>j << 2), f32.load(bias));
    let prior: usize = bias1 && bias ? to : bias ? bias + (<usize>left << 2) : 0;
    let start = 0;
    do {
      const depth = min(K_BLOCK, k - start);
      const fromW = w + (<usize>(matrix * strideW + start) << 2) + <usize>left * rowBytes;
      rows8(x + (<usize>(matrix * strideX + start) << 2), fromW, rowBytes, rows, depth, to, prior);
      prior = to;
      start += K_BLOCK;
    } while (start < k);
    finish(to, rowBytes, 1, rows, activation);
  }
}
