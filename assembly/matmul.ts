// out[batch][m,n] = activation(bias + A x B): A comes in panels of 4 rows, B in panels of 8 columns, each panel walked along k.
//
//             B panel: 8 columns            out tile, 4 x 8, in 8 registers:
//             . . . . . . . .  k            per k: 2 loads of B, 4 splats of A, 8 mul, 8 add
//   A panel   ---------------
//   4 rows .. | c00   | c01   |
//          .. | c10   | c11   |             32 rows of A x 256 k (32 kB) stay in L2 while the
//          k  | ...   | ...   |             panels of B pass, each 8 columns x 256 k (8 kB) in L1.
//
// The sum over k has one order in every kernel here, whatever the shape, tile or thread: blocks of 256, each summed from 0
// in order of k, the block sums added in order to the bias (or to nothing).
import { finish, K_BLOCK, store } from './matmul-epilogue';
import { partition } from './partition';

export { matmulPack } from './matmul-pack';
export { matmulDots, matmulVector } from './matmul-vector';

/** Rows that a thread takes at a time: 64 are no faster and leave threads idle when m is small. */
// @ts-ignore: decorator
@inline
const GROUP_ROWS: i32 = 32;

/**
 * One tile of out, added to `prior` (the bias, or out itself, or 0 for nothing); with `whole` false only its first `rows` and
 * `columns` are stored. One step of k per turn: unrolled twice, V8 runs out of registers and loses a third of the speed.
 */
// @ts-ignore: decorator
@inline
function tile(
  a: usize, b: usize, k: i32, out: usize, rowBytes: usize, prior: usize, whole: bool, rows: i32, columns: i32,
): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  if (k > 0) {
    const end = b + (<usize>k << 5);
    do {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const a0 = v128.load32_splat(a);
      c00 = f32x4.add(c00, f32x4.mul(a0, b0));
      c01 = f32x4.add(c01, f32x4.mul(a0, b1));
      const a1 = v128.load32_splat(a, 4);
      c10 = f32x4.add(c10, f32x4.mul(a1, b0));
      c11 = f32x4.add(c11, f32x4.mul(a1, b1));
      const a2 = v128.load32_splat(a, 8);
      c20 = f32x4.add(c20, f32x4.mul(a2, b0));
      c21 = f32x4.add(c21, f32x4.mul(a2, b1));
      const a3 = v128.load32_splat(a, 12);
      c30 = f32x4.add(c30, f32x4.mul(a3, b0));
      c31 = f32x4.add(c31, f32x4.mul(a3, b1));
      a += 16;
      b += 32;
    } while (b != end);
  }
  const priorBytes = prior == out ? rowBytes : 0;
  if (whole) {
    if (prior) {
      c00 = f32x4.add(v128.load(prior), c00);
      c01 = f32x4.add(v128.load(prior, 16), c01);
      prior += priorBytes;
      c10 = f32x4.add(v128.load(prior), c10);
      c11 = f32x4.add(v128.load(prior, 16), c11);
      prior += priorBytes;
      c20 = f32x4.add(v128.load(prior), c20);
      c21 = f32x4.add(v128.load(prior, 16), c21);
      prior += priorBytes;
      c30 = f32x4.add(v128.load(prior), c30);
      c31 = f32x4.add(v128.load(prior, 16), c31);
    }
    v128.store(out, c00);
    v128.store(out, c01, 16);
    out += rowBytes;
    v128.store(out, c10);
    v128.store(out, c11, 16);
    out += rowBytes;
    v128.store(out, c20);
    v128.store(out, c21, 16);
    out += rowBytes;
    v128.store(out, c30);
    v128.store(out, c31, 16);
  } else {
    for (let row = 0; row < 4 && row < rows; row++) {
      store(out, prior, columns, c00);
      if (columns > 4) store(out + 16, prior ? prior + 16 : 0, columns - 4, c01);
      out += rowBytes;
      if (prior) prior += priorBytes;
      c00 = c10;
      c01 = c11;
      c10 = c20;
      c11 = c21;
      c20 = c30;
      c21 = c31;
    }
  }
}

// Two functions, because the stores of part of a tile cost the loop of a whole one 15% when they share its registers. The one
// for whole tiles is inlined: a call costs as much.
// @ts-ignore: decorator
@inline
function wholeTile(a: usize, b: usize, k: i32, out: usize, rowBytes: usize, prior: usize): void {
  tile(a, b, k, out, rowBytes, prior, true, 4, 8);
}

function partTile(a: usize, b: usize, k: i32, out: usize, rowBytes: usize, prior: usize, rows: i32, columns: i32): void {
  tile(a, b, k, out, rowBytes, prior, false, rows, columns);
}

/**
 * out[batch][m,n] = activation(bias + A x B), A packed in panels of 4 rows and B in panels of 8 columns by matmulPack.
 * `sharedA` and `sharedB` say that all of the batch use one A or B; `bias` is [n], or at address 0 for none.
 */
export function matmulTiles(
  a: usize, b: usize, bias: usize, out: usize, batch: i32, m: i32, k: i32, n: i32,
  sharedA: i32, sharedB: i32, activation: i32, thread: i32, threads: i32,
): void {
  const panels = (n + 7) >> 3;
  const paddedM = (m + 3) & ~3;
  const paddedN = panels << 3;
  const groups = (m + GROUP_ROWS - 1) / GROUP_ROWS;
  const units = batch * groups * panels;
  const rowBytes = (<usize>n) << 2;
  let unit = partition(units, 1, thread, threads);
  const end = partition(units, 1, thread + 1, threads);
  while (unit < end) {
    const group = unit / panels;
    const first = unit - group * panels;
    const count = min(panels - first, end - unit);
    const matrix = group / groups;
    const top = (group - matrix * groups) * GROUP_ROWS;
    const bottom = min(top + GROUP_ROWS, m);
    const left = first << 3;
    const right = min((first + count) << 3, n);
    const baseA = a + (<usize>(sharedA ? 0 : matrix * paddedM * k) << 2);
    const baseB = b + (<usize>(sharedB ? 0 : matrix * paddedN * k) << 2);
    const baseOut = out + <usize>(matrix * m) * rowBytes;
    let start = 0;
    do {
      const depth = min(K_BLOCK, k - start);
      const blockA = baseA + (<usize>(start * paddedM) << 2);
      const blockB = baseB + (<usize>(start * paddedN) << 2);
      for (let j = left; j < right; j += 8) {
        const panelB = blockB + (<usize>(j * depth) << 2);
        const column = (<usize>j) << 2;
        for (let i = top; i < bottom; i += 4) {
          const panelA = blockA + (<usize>(i * depth) << 2);
          const to = baseOut + <usize>i * rowBytes + column;
          const prior = start ? to : bias ? bias + column : 0;
          if (i + 4 <= m && j + 8 <= n) wholeTile(panelA, panelB, depth, to, rowBytes, prior);
          else partTile(panelA, panelB, depth, to, rowBytes, prior, m - i, n - j);
        }
      }
      start += K_BLOCK;
    } while (start < k);
    finish(baseOut + <usize>top * rowBytes + ((<usize>left) << 2), rowBytes, bottom - top, right - left, activation);
    unit += count;
  }
}
