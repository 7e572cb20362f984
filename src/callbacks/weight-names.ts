// Unique names for the weights of a model.
import type { Layer } from '../layers/base/layer.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { TrainedModel } from './trained-model.ts';

/** Weights by `layer/weight`, in the order of `model.getWeights()`; repeated names are numbered. */
export function namedWeights(model: TrainedModel): Record<string, Tensor> {
  const names = new Map<object, string>();
  const taken = new Set<string>();
  for (const layer of model.layers) nameWeights(layer, names, taken);
  const variables = model.weights;
  return Object.fromEntries(variables.map((weight) => [names.get(weight) ?? weight.name, new Tensor(weight.view().slice(), weight.shape)]));
}

function nameWeights(layer: Layer, names: Map<object, string>, taken: Set<string>): void {
  for (const weight of layer.weights) {
    if (names.has(weight)) continue;
    const name = `${layer.name}/${weight.name}`;
    let unique = name;
    for (let i = 1; taken.has(unique); i++) unique = `${name}_${i}`;
    taken.add(unique);
    names.set(weight, unique);
  }
}
