// The structure of a model as text, for TensorBoard's view of layers.

import { part } from '../../common/parts.ts';
import type { Layer } from '../../layers/base/layer.ts';
import type { TrainedModel } from '../trained-model.ts';

/** Keras's JSON where the program can write it; otherwise class and config of each layer in order. */
export function modelJson(model: TrainedModel): string {
  const tools = part<{ toJSON(model: TrainedModel): string }>('saving');
  return tools ? tools.toJSON(model) : JSON.stringify(described(model));
}

function described(layer: Layer | TrainedModel): object {
  const { layers } = layer as { layers?: readonly Layer[] };
  const { className: class_name } = layer;
  return Array.isArray(layers)
    ? { class_name, config: { name: layer.name, layers: (layers as readonly Layer[]).map(described) } }
    : { class_name, config: { ...layer.getConfig(), name: layer.name } };
}
