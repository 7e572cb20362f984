// One step of one row of a long short-term memory. Gates in Keras's order, each n long:
//   i, f, o = g(x + h R),  candidate = f(x + h R),  c' = f c + i candidate,  h' = o f(c')
import { activateRow, activationGradientRow } from './recurrent-activation';
import { addGates, clearRow, multiplyRows } from './recurrent-product';
import { load4, store4 } from './simd';

/** `productBytes` and `yBytes` lie between two gates of product and y; h and c become h' and c'. */
export function lstmStep(
  x: usize, product: usize, productBytes: usize, y: usize, yBytes: usize, h: usize, c: usize, n: i32,
  activation: i32, recurrentActivation: i32,
): void {
  addGates(x, product, productBytes, y, yBytes, 4, n);
  if (yBytes == (<usize>n) << 2) {
    activateRow(recurrentActivation, y, 2 * n);
  } else {
    activateRow(recurrentActivation, y, n);
    activateRow(recurrentActivation, y + yBytes, n);
  }
  const forget = y + yBytes;
  const candidate = forget + yBytes;
  const output = candidate + yBytes;
  activateRow(activation, candidate, n);
  activateRow(recurrentActivation, output, n);
  let i = 0;
  do {
    const kept = f32x4.mul(load4(forget, i, n), load4(c, i, n));
    const next = f32x4.add(kept, f32x4.mul(load4(y, i, n), load4(candidate, i, n)));
    store4(c, i, n, next);
    store4(h, i, n, next);
    i += 4;
  } while (i < n);
  activateRow(activation, h, n);
  multiplyRows(output, h, h, n);
}

/**
 * The gradients by x + h R of each gate, from the gates y and the cell state c before the step; dz may be y. dh becomes what
 * reaches h other than through the product, nothing, and dc the gradient by c. `work` has 6 n elements.
 */
export function lstmStepGradient(
  y: usize, c: usize, dh: usize, dc: usize, dz: usize, work: usize, n: i32, activation: i32, recurrentActivation: i32,
): void {
  const bytes = (<usize>n) << 2;
  const forget = y + bytes;
  const candidate = forget + bytes;
  const output = candidate + bytes;
  const next = work + 4 * bytes;
  const dNext = next + bytes;
  let i = 0;
  do {
    const kept = f32x4.mul(load4(forget, i, n), load4(c, i, n));
    store4(next, i, n, f32x4.add(kept, f32x4.mul(load4(y, i, n), load4(candidate, i, n))));
    i += 4;
  } while (i < n);
  activateRow(activation, next, n);
  multiplyRows(dh, output, dNext, n);
  multiplyRows(dh, next, work + 3 * bytes, n);
  activationGradientRow(activation, next, dNext, dNext, n);
  i = 0;
  do {
    const d = f32x4.add(load4(dc, i, n), load4(dNext, i, n));
    store4(work, i, n, f32x4.mul(d, load4(candidate, i, n)));
    store4(work + bytes, i, n, f32x4.mul(d, load4(c, i, n)));
    store4(work + 2 * bytes, i, n, f32x4.mul(d, load4(y, i, n)));
    store4(dc, i, n, f32x4.mul(d, load4(forget, i, n)));
    i += 4;
  } while (i < n);
  for (let gate: usize = 0; gate < 4; gate++) {
    const at = gate * bytes;
    activationGradientRow(gate == 2 ? activation : recurrentActivation, y + at, work + at, dz + at, n);
  }
  clearRow(dh, n);
}
