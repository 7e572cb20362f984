// What the matmul kernels share: the block of k, and how results reach out.
import { loadTail, storeTail } from './simd';

/** How many products are summed in order before the sum joins those of the blocks before. */
// @ts-ignore: decorator
@inline
export const K_BLOCK: i32 = 256;

/** out[0..min(count, 4)] = prior + v; `prior` is an address, 0 for none. */
export function store(out: usize, prior: usize, count: i32, v: v128): void {
  if (count >= 4) {
    v128.store(out, prior ? f32x4.add(v128.load(prior), v) : v);
  } else {
    storeTail(out, prior ? f32x4.add(loadTail(prior, count), v) : v, count);
  }
}

// @ts-ignore: decorator
@inline
function activate(v: v128): v128 {
  // pmax(v, 0) is v < 0 ? 0 : v, which passes NaN on.
  return f32x4.pmax(v, f32x4.splat(0));
}

/** Applies the activation (0 none, 1 relu) to a rectangle of out, while it is still in the cache. */
export function finish(out: usize, rowBytes: usize, rows: i32, columns: i32, activation: i32): void {
  if (activation == 0) return;
  for (let row = 0; row < rows; row++) {
    let left = columns;
    let at = out;
    for (; left >= 4; left -= 4) {
      v128.store(at, activate(v128.load(at)));
      at += 16;
    }
    if (left > 0) storeTail(at, activate(loadTail(at, left)), left);
    out += rowBytes;
  }
}
