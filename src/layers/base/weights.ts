// Writes weights, all or none.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import type { Variable } from '../../graph/variable.ts';
import { toTensor } from '../../tensor/index.ts';

export const countElements = (weights: readonly Variable[]): number => weights.reduce((sum, weight) => sum + weight.size, 0);

/** Writes weights after checking all of them. */
export function writeWeights(owner: string, weights: readonly Variable[], values: readonly unknown[]): void {
  if (!Array.isArray(values)) throw mismatch(owner, 'an array of weights', describe(values), 'Pass one array or tensor per weight.');
  if (values.length !== weights.length) {
    const names = weights.map((weight) => weight.name).join(', ');
    throw mismatch(owner, `${weights.length} weights (${names})`, values.length, 'Pass them in the order of getWeights().');
  }
  const tensors = values.map((value, i) => {
    const { name, shape } = weights[i];
    const tensor = toTensor(`${owner}: weight ${name}`, value, 'float32');
    if (tensor.shape.length !== shape.length || tensor.shape.some((dim, axis) => dim !== shape[axis])) {
      throw mismatch(owner, `weight ${name} of shape [${shape.join(', ')}]`, `[${tensor.shape.join(', ')}]`, 'Reshape it first.');
    }
    return tensor;
  });
  for (const [i, tensor] of tensors.entries()) weights[i].view().set(tensor.data);
}
