// The structure of a model as text, for TensorBoard's view of layers.
import type { Layer } from '../../layers/layer.ts';
import type { BaseModel } from '../../models/base-model.ts';

/** The model's own JSON if it gives one; otherwise class and config of each layer in order. */
export function modelJson(model: BaseModel): string {
  const { toJSON } = model as { toJSON?(): unknown };
  if (typeof toJSON === 'function') {
    const json = toJSON.call(model);
    return typeof json === 'string' ? json : JSON.stringify(json);
  }
  return JSON.stringify(described(model));
}

function described(layer: Layer | BaseModel): object {
  const { layers } = layer as { layers?: readonly Layer[] };
  const { className: class_name } = layer;
  return Array.isArray(layers)
    ? { class_name, config: { name: layer.name, layers: (layers as readonly Layer[]).map(described) } }
    : { class_name, config: { ...layer.getConfig(), name: layer.name } };
}
