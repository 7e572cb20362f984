// One step of one row of a gated recurrent unit. Gates in Keras's order, each n long, with z and r = g(x + h R + b):
//   reset after the product:   candidate = f(x + r (h R + b))
//   reset before the product:  candidate = f(x + (r h) R)
//   h' = z h + (1 - z) candidate
import { activateRow, activationGradientRow } from './recurrent-activation';
import { addGates, addProductRows, addRows, copyRow, multiplyRows } from './recurrent-product';
import { load4, store4 } from './simd';

/** Gates z and r. `productBytes` and `yBytes` lie between two gates of product and y; `bias` is 0 for none. */
export function gruGates(
  x: usize, product: usize, productBytes: usize, bias: usize, y: usize, yBytes: usize, n: i32, recurrentActivation: i32,
): void {
  if (bias) {
    addRows(product, bias, product, n);
    addRows(product + productBytes, bias + ((<usize>n) << 2), product + productBytes, n);
  }
  addGates(x, product, productBytes, y, yBytes, 2, n);
  activateRow(recurrentActivation, y, n);
  activateRow(recurrentActivation, y + yBytes, n);
}

/** The third gate, reset after the product, which becomes h R + b. */
export function gruCandidateAfter(x: usize, product: usize, bias: usize, reset: usize, y: usize, n: i32, activation: i32): void {
  if (bias) addRows(product, bias, product, n);
  let i = 0;
  do {
    store4(y, i, n, f32x4.add(load4(x, i, n), f32x4.mul(load4(reset, i, n), load4(product, i, n))));
    i += 4;
  } while (i < n);
  activateRow(activation, y, n);
}

/** The third gate, reset before the product. */
export function gruCandidateBefore(x: usize, product: usize, y: usize, n: i32, activation: i32): void {
  addRows(x, product, y, n);
  activateRow(activation, y, n);
}

/** h becomes z h + (1 - z) candidate. */
export function gruUpdate(update: usize, candidate: usize, h: usize, n: i32): void {
  let i = 0;
  do {
    const z = load4(update, i, n);
    const fresh = f32x4.mul(f32x4.sub(f32x4.splat(1), z), load4(candidate, i, n));
    store4(h, i, n, f32x4.add(f32x4.mul(z, load4(h, i, n)), fresh));
    i += 4;
  } while (i < n);
}

/**
 * The gradients by the sums that went into z and the candidate, from the gates y and the state h before the step; dz may be
 * y. The middle of dz stays as it is. dh becomes what reaches h through z h. `work` has 2 n elements.
 */
// @ts-ignore: decorator
@inline
function updateGradient(
  y: usize, h: usize, dh: usize, work: usize, n: i32, activation: i32, recurrentActivation: i32,
): void {
  const bytes = (<usize>n) << 2;
  const candidate = y + 2 * bytes;
  const dCandidate = work + bytes;
  let i = 0;
  do {
    const z = load4(y, i, n);
    const d = load4(dh, i, n);
    store4(work, i, n, f32x4.mul(d, f32x4.sub(load4(h, i, n), load4(candidate, i, n))));
    store4(dCandidate, i, n, f32x4.mul(d, f32x4.sub(f32x4.splat(1), z)));
    store4(dh, i, n, f32x4.mul(d, z));
    i += 4;
  } while (i < n);
  activationGradientRow(recurrentActivation, y, work, work, n);
  activationGradientRow(activation, candidate, dCandidate, dCandidate, n);
}

/**
 * Reset after the product: the gradients by x (dz, which may be y) and by h R + b (dr), whose last gate had the value
 * `product`. `work` has 3 n elements.
 */
export function gruStepGradientAfter(
  y: usize, product: usize, h: usize, dh: usize, dz: usize, dr: usize, work: usize, n: i32,
  activation: i32, recurrentActivation: i32,
): void {
  const bytes = (<usize>n) << 2;
  const dCandidate = work + bytes;
  const dReset = dCandidate + bytes;
  updateGradient(y, h, dh, work, n, activation, recurrentActivation);
  multiplyRows(dCandidate, product, dReset, n);
  multiplyRows(dCandidate, y + bytes, dr + 2 * bytes, n);
  activationGradientRow(recurrentActivation, y + bytes, dReset, dz + bytes, n);
  copyRow(work, dz, n);
  copyRow(dCandidate, dz + 2 * bytes, n);
  copyRow(dz, dr, 2 * n);
}

/** Reset before the product, up to the candidate: gruResetGradient needs the product of its gradient first. */
export function gruStepGradientBefore(
  y: usize, h: usize, dh: usize, dz: usize, work: usize, n: i32, activation: i32, recurrentActivation: i32,
): void {
  const bytes = (<usize>n) << 2;
  updateGradient(y, h, dh, work, n, activation, recurrentActivation);
  copyRow(work, dz, n);
  copyRow(work + bytes, dz + 2 * bytes, n);
}

/** The gradient by the sum that went into r, given that by r h, which is overwritten; dz may be `reset`. */
export function gruResetGradient(
  reset: usize, h: usize, d: usize, dh: usize, dz: usize, n: i32, recurrentActivation: i32,
): void {
  addProductRows(d, reset, dh, n);
  multiplyRows(d, h, d, n);
  activationGradientRow(recurrentActivation, reset, d, dz, n);
}
