// out[batch][m,n] = activation(bias + A x B): A comes in panels of 4 rows, B in panels of 8 columns, each panel walked along k.
//
//             B panel: 8 columns            out tile, 4 x 8, in 8 registers:
//             . . . . . . . .  k            per k: 2 loads of B, 4 splats of A, 8 mul, 8 add
//   A panel   ---------------
//   4 rows .. | c00   | c01   |
//          .. | c10   | c11   |             A block of 64 rows x 256 k (64 kB) stays in L2,
//          k  | ...   | ...   |             a panel of B of 8 columns x 256 k (8 kB) in L1.
//
// The sum over k has one order in every kernel here, whatever the shape, tile or thread: blocks of 256, each summed from 0
// in order of k, the block sums added in order to the bias (or to nothing).
import { finish, K_BLOCK, store } from './matmul-epilogue';
import { partition } from './partition';

export { matmulPack } from './matmul-pack';
export { matmulDots, matmulVector } from './matmul-vector';

// @ts-ignore: decorator
@inline
const GROUP_ROWS: i32 = 64;

/**
 * One tile of out: up to 4 x 8, `prior` (0 = none) is what it is added to. One step of k per turn: V8 keeps everything in
 * registers; unrolled twice, it spills and loses a third of its speed.
 */
function tile(
  a: usize, stepA: usize, b: usize, stepB: usize, k: i32,
  out: usize, rowBytes: usize, prior: usize, priorBytes: usize, rows: i32, columns: i32,
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
    const end = b + <usize>k * stepB;
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
      a += stepA;
      b += stepB;
    } while (b != end);
  }
  if (rows >= 4 && columns >= 8) {
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
    return;
  }
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

/**
 * out[batch][m,n] = activation(bias + A x B). A is packed in panels of 4 rows by matmulPack, or, with `packedA` 0, stored
 * [k,m] with m a multiple of 4; B is packed in panels of 8 columns, or stored [k,n] with n a multiple of 8. `strideA` and
 * `strideB` are elements from one matrix to the next (0 = shared); `bias` is [n] or at address 0 for none.
 */
export function matmulTiles(
  a: usize, b: usize, bias: usize, out: usize, batch: i32, m: i32, k: i32, n: i32,
  strideA: i32, strideB: i32, packedA: i32, packedB: i32, activation: i32, thread: i32, threads: i32,
): void {
  const panels = (n + 7) >> 3;
  const groups = (m + GROUP_ROWS - 1) / GROUP_ROWS;
  const units = batch * groups * panels;
  const rowBytes = (<usize>n) << 2;
  const paddedM = packedA ? (m + 3) & ~3 : m;
  const stepA = <usize>(packedA ? 4 : m) << 2;
  const stepB = <usize>(packedB ? 8 : n) << 2;
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
    const baseA = a + (<usize>(matrix * strideA) << 2);
    const baseB = b + (<usize>(matrix * strideB) << 2);
    const baseOut = out + <usize>(matrix * m) * rowBytes;
    let start = 0;
    do {
      const depth = min(K_BLOCK, k - start);
      const blockA = baseA + (<usize>(start * paddedM) << 2);
      const blockB = baseB + (<usize>start * <usize>(packedB ? panels << 3 : n) << 2);
      for (let j = left; j < right; j += 8) {
        const panelB = blockB + (<usize>(packedB ? j * depth : j) << 2);
        const column = (<usize>j) << 2;
        for (let i = top; i < bottom; i += 4) {
          const to = baseOut + <usize>i * rowBytes + column;
          const prior = start ? to : bias ? bias + column : 0;
          tile(
            blockA + (<usize>(packedA ? i * depth : i) << 2), stepA, panelB, stepB, depth,
            to, rowBytes, prior, start ? rowBytes : 0, bottom - i, n - j,
          );
        }
      }
      start += K_BLOCK;
    } while (start < k);
    finish(baseOut + <usize>top * rowBytes + ((<usize>left) << 2), rowBytes, bottom - top, right - left, activation);
    unit += count;
  }
}
