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
import { array, arrayOrNone, runsOn } from './check';
import { finish, K_BLOCK } from './matmul-epilogue';
import { partTile, wholeTile } from './matmul-tile';
import { partition } from './partition';

export { matmulPack } from './matmul-pack';
export { matmulDots, matmulVector } from './matmul-vector';

/** Rows that a thread takes at a time: 64 are no faster and leave threads idle when m is small. */
// @ts-ignore: decorator
@inline
const GROUP_ROWS: i32 = 32;

/**
 * out[batch][m,n] = activation(bias + A x B), A packed in panels of 4 rows and B in panels of 8 columns by matmulPack.
 * `sharedA` and `sharedB` say that all of the batch use one A or B; `bias` is [n], or at address 0 for none.
 */
export function matmulTiles(
  a: usize, b: usize, bias: usize, out: usize, batch: i32, m: i32, k: i32, n: i32,
  sharedA: i32, sharedB: i32, activation: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  array(a, sharedA ? 1 : batch, (m + 3) & ~3, k);
  array(b, sharedB ? 1 : batch, (n + 7) & ~7, k);
  arrayOrNone(bias, n);
  array(out, batch, m, n);
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
