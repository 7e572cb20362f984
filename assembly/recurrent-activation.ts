// The activations of recurrent cells, on one row of a gate. Their derivatives follow from the output, so that the gradient
// needs nothing but the activated gates. src/primitives/recurrent-activations.ts names the codes.
import * as math from './math';
import { copyRow } from './recurrent-product';
import * as unary from './unary';
import { load4, store4 } from './simd';

// @ts-ignore: decorator
@inline
export const TANH: i32 = 1;
// @ts-ignore: decorator
@inline
export const SIGMOID: i32 = 2;

/** y = f(y) for n elements. */
export function activateRow(code: i32, y: usize, n: i32): void {
  switch (code) {
    case TANH: { unary.tanh(y, y, n, 0, 1); break; }
    case SIGMOID: { unary.sigmoid(y, y, n, 0, 1); break; }
    case 3: { unary.relu(y, y, n, 0, 1); break; }
    case 4: { unary.hardSigmoid(y, y, n, 0, 1); break; }
    case 5: { unary.softsign(y, y, n, 0, 1); break; }
    case 6: { unary.elu(y, y, n, 1, 0, 1); break; }
    case 7: { unary.selu(y, y, n, 0, 1); break; }
    case 8: { unary.softplus(y, y, n, 0, 1); break; }
    case 9: { unary.exp(y, y, n, 0, 1); break; }
    case 10: { unary.leakyRelu(y, y, n, 0.2, 0, 1); break; }
  }
}

/** dx = dy f'(x) for n elements, from y = f(x); dx may be y or dy. */
export function activationGradientRow(code: i32, y: usize, dy: usize, dx: usize, n: i32): void {
  switch (code) {
    case 0: { if (dx != dy) copyRow(dy, dx, n); break; }
    case TANH: { unary.tanhGradient(y, dy, dx, n, 0, 1); break; }
    case SIGMOID: { unary.sigmoidGradient(y, dy, dx, n, 0, 1); break; }
    case 3: { unary.reluGradient(y, dy, dx, n, 0, 1); break; }
    case 4: { unary.hardSigmoidGradient(y, dy, dx, n, 0, 1); break; }
    case 5: { softsignGradientRow(y, dy, dx, n); break; }
    case 6: { unary.eluGradient(y, dy, dx, n, 1, 0, 1); break; }
    case 7: { unary.seluGradient(y, dy, dx, n, 0, 1); break; }
    case 8: { softplusGradientRow(y, dy, dx, n); break; }
    case 9: { unary.expGradient(y, dy, dx, n, 0, 1); break; }
    // y has the sign of x.
    case 10: { unary.leakyReluGradient(y, dy, dx, n, 0.2, 0, 1); break; }
  }
}

/** dy (1 - |y|)^2 */
function softsignGradientRow(y: usize, dy: usize, dx: usize, n: i32): void {
  let i = 0;
  do {
    const rest = f32x4.sub(f32x4.splat(1), f32x4.abs(load4(y, i, n)));
    store4(dx, i, n, f32x4.mul(load4(dy, i, n), f32x4.mul(rest, rest)));
    i += 4;
  } while (i < n);
}

/** dy (1 - e^-y) */
function softplusGradientRow(y: usize, dy: usize, dx: usize, n: i32): void {
  let i = 0;
  do {
    store4(dx, i, n, f32x4.neg(f32x4.mul(load4(dy, i, n), math.expm1(f32x4.neg(load4(y, i, n))))));
    i += 4;
  } while (i < n);
}
