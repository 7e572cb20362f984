// A tile of 4 rows x 8 columns of a matrix product, held in registers while k passes: the drawing is in matmul.ts.
import { store } from './matmul-epilogue';

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

// Two functions, because the stores of part of a tile cost the loop of a whole one 15% when they share its registers.
// Inlined, since a call costs as much.
// @ts-ignore: decorator
@inline
export function wholeTile(a: usize, b: usize, k: i32, out: usize, rowBytes: usize, prior: usize): void {
  tile(a, b, k, out, rowBytes, prior, true, 4, 8);
}

export function partTile(a: usize, b: usize, k: i32, out: usize, rowBytes: usize, prior: usize, rows: i32, columns: i32): void {
  tile(a, b, k, out, rowBytes, prior, false, rows, columns);
}
