// Inputs for a layer, drawn by its contract.
import { isShapeList, type Shape } from '../../src/layers/base/layer.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { random } from '../kernels/harness.ts';
import type { Contract } from './contract.ts';

/** The shape with lengths in place of null. */
export const concrete = (shape: Shape, batch: number, length: number): number[] =>
  shape.map((dim, i) => (i === 0 ? batch : (dim ?? length)));

/** A tensor for each input of the layer: ids, or numbers from -1 to 1. */
export function drawInputs({ inputShape, ids }: Pick<Contract, 'inputShape' | 'ids'>, batch: number, length = 5): Tensor[] {
  const shapes = isShapeList(inputShape) ? inputShape : [inputShape];
  return shapes.map((one, i) => oneInput(concrete(one, batch, length), batch + length + 10 * i, ids));
}

function oneInput(shape: number[], state: number, ids: number | undefined): Tensor {
  const next = random(state);
  const data = Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => next());
  return ids === undefined
    ? new Tensor(
        Float32Array.from(data, (v) => 2 * v - 1),
        shape,
      )
    : new Tensor(
        Int32Array.from(data, (v) => Math.floor(v * ids)),
        shape,
      );
}
