// Panels for matmulTiles: `width` rows of A (4) or columns of B (8) side by side, one step of k after the other, so that
// the inner loop walks two pointers through consecutive memory. All panels of a block of k come before the next block.
import { array, runsOn, strided } from './check';
import { K_BLOCK } from './matmul-epilogue';
import { partition } from './partition';
import { loadTail } from './simd';

/** Four vectors along k, one per row, become four steps of k. `space` is the bytes between two steps. */
// @ts-ignore: decorator
@inline
function storeTransposed(to: usize, space: usize, count: i32, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  if (count > 1) v128.store(to + space, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  if (count < 3) return;
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(to + 2 * space, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  if (count > 3) v128.store(to + 3 * space, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/** Four rows stored along k, each `rowBytes` after the other; rows past `rows` repeat the last one. */
// @ts-ignore: decorator
@inline
export function packRows(from: usize, rowBytes: usize, rows: i32, to: usize, space: usize, k: i32): void {
  let p0 = from;
  let p1 = rows > 1 ? p0 + rowBytes : p0;
  let p2 = rows > 2 ? p1 + rowBytes : p1;
  let p3 = rows > 3 ? p2 + rowBytes : p2;
  for (; k >= 4; k -= 4) {
    storeTransposed(to, space, 4, v128.load(p0), v128.load(p1), v128.load(p2), v128.load(p3));
    p0 += 16;
    p1 += 16;
    p2 += 16;
    p3 += 16;
    to += space << 2;
  }
  if (k > 0) storeTransposed(to, space, k, loadTail(p0, k), loadTail(p1, k), loadTail(p2, k), loadTail(p3, k));
}

/** Four columns of rows stored along m or n; the columns past `columns` become 0. */
// @ts-ignore: decorator
@inline
function packColumns(from: usize, rowBytes: usize, columns: i32, to: usize, space: usize, k: i32): void {
  if (columns >= 4) {
    for (; k > 0; k--) {
      v128.store(to, v128.load(from));
      from += rowBytes;
      to += space;
    }
  } else {
    for (; k > 0; k--) {
      v128.store(to, columns > 0 ? loadTail(from, columns) : f32x4.splat(0));
      from += rowBytes;
      to += space;
    }
  }
}

/** 16 columns at once, a whole cache line of each row: read 4 at a time, a row would come from L2 four times. */
// @ts-ignore: decorator
@inline
function packColumns16(from: usize, rowBytes: usize, to0: usize, to1: usize, to2: usize, to3: usize, space: usize, k: i32): void {
  for (; k > 0; k--) {
    v128.store(to0, v128.load(from));
    v128.store(to1, v128.load(from, 16));
    v128.store(to2, v128.load(from, 32));
    v128.store(to3, v128.load(from, 48));
    from += rowBytes;
    to0 += space;
    to1 += space;
    to2 += space;
    to3 += space;
  }
}

/** Where step 0 of row (column) i of a block of k is packed: `width` of them side by side. */
// @ts-ignore: decorator
@inline
function place(block: usize, i: i32, width: i32, depth: i32): usize {
  return block + (<usize>((i & -width) * depth + (i & (width - 1))) << 2);
}

/**
 * Packs `count` matrices x, `stride` elements apart, of `size` rows of A (columns of B) by k; `alongK` says that they are
 * stored [size,k] rather than [k,size]. Each takes k * (size rounded up to `width`, 4 or 8) elements of `packed`.
 */
export function matmulPack(
  x: usize, packed: usize, count: i32, stride: i32, size: i32, k: i32, alongK: i32, width: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  strided(x, count, stride, size, alongK ? k : 1, k, alongK ? 1 : size);
  array(packed, count, (size + width - 1) & -width, k);
  const padded = (size + width - 1) & -width;
  const groups = (size + 15) >> 4;
  const blocks = (k + K_BLOCK - 1) / K_BLOCK;
  const space = (<usize>width) << 2;
  const units = count * blocks * groups;
  const end = partition(units, 1, thread + 1, threads);
  for (let unit = partition(units, 1, thread, threads); unit < end; unit++) {
    const block = unit / groups;
    const left = (unit - block * groups) << 4;
    const matrix = block / blocks;
    const start = (block - matrix * blocks) * K_BLOCK;
    const depth = min(K_BLOCK, k - start);
    const from = x + (<usize>(matrix * stride + (alongK ? start : start * size)) << 2);
    const to = packed + (<usize>(padded * (matrix * k + start)) << 2);
    if (!alongK && left + 16 <= size) {
      packColumns16(
        from + (<usize>left << 2), (<usize>size) << 2, place(to, left, width, depth), place(to, left + 4, width, depth),
        place(to, left + 8, width, depth), place(to, left + 12, width, depth), space, depth,
      );
      continue;
    }
    const right = min(left + 16, padded);
    for (let i = left; i < right; i += 4) {
      const at = min(i, size - 1);
      const quad = place(to, i, width, depth);
      if (alongK) packRows(from + (<usize>(at * k) << 2), (<usize>k) << 2, size - at, quad, space, depth);
      else packColumns(from + (<usize>at << 2), (<usize>size) << 2, size - i, quad, space, depth);
    }
  }
}
