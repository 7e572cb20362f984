// The product of one time step: rows of states, or of gate gradients, times a matrix that matmulPack has packed once for
// the whole sequence. The sums over k have the order of matmulTiles.
import { K_BLOCK } from './matmul-epilogue';
import { packRows } from './matmul-pack';
import { wholeTile } from './matmul-tile';
import { load4, store4 } from './simd';

/** Panels of 4 rows, each k steps long; rows past `rows` repeat the last one. */
export function packStep(from: usize, rowBytes: usize, rows: i32, panels: usize, k: i32): void {
  for (let i = 0; i < rows; i += 4) {
    packRows(from + <usize>i * rowBytes, rowBytes, rows - i, panels + (<usize>(i * k) << 2), 16, k);
  }
}

/** out[rows,n] = panels x matrix, or += ; out has whole tiles: rows up to a multiple of 4, and n is a multiple of 8. */
export function multiplyStep(
  panels: usize, matrix: usize, rows: i32, k: i32, n: i32, out: usize, rowBytes: usize, accumulate: bool,
): void {
  for (let start = 0; start < k; start += K_BLOCK) {
    const depth = min(K_BLOCK, k - start);
    const prior = accumulate || start > 0;
    for (let j = 0; j < n; j += 8) {
      const panel = matrix + (<usize>(start * n + j * depth) << 2);
      let to = out + (<usize>j << 2);
      for (let i = 0; i < rows; i += 4) {
        wholeTile(panels + (<usize>((i * k) + (start << 2)) << 2), panel, depth, to, rowBytes, prior ? to : 0);
        to += rowBytes << 2;
      }
    }
  }
}

/** y = x; memory.copy is a call out of the module, which takes longer than a row. */
export function copyRow(x: usize, y: usize, n: i32): void {
  let i = 0;
  do {
    store4(y, i, n, load4(x, i, n));
    i += 4;
  } while (i < n);
}

/** y = 0 */
export function clearRow(y: usize, n: i32): void {
  let i = 0;
  do {
    store4(y, i, n, f32x4.splat(0));
    i += 4;
  } while (i < n);
}

/** y = a + b */
export function addRows(a: usize, b: usize, y: usize, n: i32): void {
  let i = 0;
  do {
    store4(y, i, n, f32x4.add(load4(a, i, n), load4(b, i, n)));
    i += 4;
  } while (i < n);
}

/** y = x + product for some gates of n; the bytes lie between two of them, and in x they follow each other. */
export function addGates(x: usize, product: usize, productBytes: usize, y: usize, yBytes: usize, gates: i32, n: i32): void {
  const bytes = (<usize>n) << 2;
  if (productBytes == bytes && yBytes == bytes) {
    addRows(x, product, y, gates * n);
    return;
  }
  for (; gates > 0; gates--) {
    addRows(x, product, y, n);
    x += bytes;
    product += productBytes;
    y += yBytes;
  }
}

/** y = a b */
export function multiplyRows(a: usize, b: usize, y: usize, n: i32): void {
  let i = 0;
  do {
    store4(y, i, n, f32x4.mul(load4(a, i, n), load4(b, i, n)));
    i += 4;
  } while (i < n);
}

/** y += a b */
export function addProductRows(a: usize, b: usize, y: usize, n: i32): void {
  let i = 0;
  do {
    store4(y, i, n, f32x4.add(load4(y, i, n), f32x4.mul(load4(a, i, n), load4(b, i, n))));
    i += 4;
  } while (i < n);
}
