// One step of one row of a simple recurrent cell: h' = f(x + h R).
import { activateRow, activationGradientRow } from './recurrent-activation';
import { addRows, clearRow, copyRow } from './recurrent-product';

/** x and product come in, y = h' goes out, and h becomes h'. */
export function simpleStep(x: usize, product: usize, y: usize, h: usize, n: i32, activation: i32): void {
  addRows(x, product, y, n);
  activateRow(activation, y, n);
  copyRow(y, h, n);
}

/** The gradient by x + h R; dh becomes what reaches h other than through the product: nothing. */
export function simpleStepGradient(y: usize, dh: usize, dz: usize, n: i32, activation: i32): void {
  activationGradientRow(activation, y, dh, dz, n);
  clearRow(dh, n);
}
