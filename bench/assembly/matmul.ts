// Matrix products as one writes them down, nothing packed: rows of B are walked along n, or, when B is transposed, rows of
// both along k.
import { at, get, put } from './at';

// @ts-ignore: decorator
@inline
function start(out: usize, bias: usize, bias1: i32, n: i32): void {
  for (let j = 0; j < n; j++) put(out, j, bias ? get(bias, bias1 ? 0 : j) : 0);
}

// @ts-ignore: decorator
@inline
function activate(out: usize, n: i32, activation: i32): void {
  if (activation == 0) return;
  for (let j = 0; j < n; j++) put(out, j, max(get(out, j), 0));
}

/** out[n] += x[k] (strideX apart) x w[k,n] */
function addRows(x: usize, strideX: i32, w: usize, out: usize, k: i32, n: i32): void {
  for (let p = 0; p < k; p++) {
    const v = get(x, p * strideX);
    const row = at(w, p * n);
    for (let j = 0; j < n; j++) put(out, j, get(out, j) + v * get(row, j));
  }
}

/** out[n] += x[k] (strideX apart) x transpose of w[n,k] */
function addDots(x: usize, strideX: i32, w: usize, out: usize, k: i32, n: i32): void {
  for (let j = 0; j < n; j++) {
    const row = at(w, j * k);
    let sum: f32 = 0;
    for (let p = 0; p < k; p++) sum += get(x, p * strideX) * get(row, p);
    put(out, j, get(out, j) + sum);
  }
}

/** What matmulPack twice and matmulTiles do together, from the matrices as they are stored. */
export function matmul(
  a: usize, b: usize, bias: usize, out: usize, batch: i32, m: i32, k: i32, n: i32, strideA: i32, strideB: i32,
  transposeA: i32, transposeB: i32, activation: i32, thread: i32, threads: i32,
): void {
  for (let matrix = 0; matrix < batch; matrix++) {
    for (let i = 0; i < m; i++) {
      const x = at(a, matrix * strideA + (transposeA ? i : i * k));
      const w = at(b, matrix * strideB);
      const to = at(out, (matrix * m + i) * n);
      start(to, bias, 0, n);
      if (transposeB) addDots(x, transposeA ? m : 1, w, to, k, n);
      else addRows(x, transposeA ? m : 1, w, to, k, n);
      activate(to, n, activation);
    }
  }
}

export function matmulVector(
  x: usize, w: usize, bias: usize, out: usize, batch: i32, k: i32, n: i32, strideX: i32, strideW: i32, bias1: i32, activation: i32,
  thread: i32, threads: i32,
): void {
  for (let matrix = 0; matrix < batch; matrix++) {
    const to = at(out, matrix * n);
    start(to, bias, bias1, n);
    addRows(at(x, matrix * strideX), 1, at(w, matrix * strideW), to, k, n);
    activate(to, n, activation);
  }
}

export function matmulDots(
  x: usize, w: usize, bias: usize, out: usize, batch: i32, k: i32, n: i32, strideX: i32, strideW: i32, bias1: i32, activation: i32,
  thread: i32, threads: i32,
): void {
  for (let matrix = 0; matrix < batch; matrix++) {
    const to = at(out, matrix * n);
    start(to, bias, bias1, n);
    addDots(at(x, matrix * strideX), 1, at(w, matrix * strideW), to, k, n);
    activate(to, n, activation);
  }
}
