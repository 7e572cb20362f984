// Lists a model's layers, nested ones included, and their random generators.
import type { Layer } from '../layers/base/layer.ts';
import { SeedGenerator } from '../random/seed.ts';
import type { TrainedModel } from './trained-model.ts';

/** The layers in order, a model that serves as a layer replaced by its own. */
export function layersOf(model: Pick<TrainedModel, 'layers'>): Layer[] {
  return model.layers.flatMap((layer) => {
    const { layers } = layer as { layers?: readonly Layer[] };
    return Array.isArray(layers) ? layersOf({ layers }) : [layer];
  });
}

/** The generators of random numbers that the layers keep, in a fixed order; those shared are named once. */
export function generatorsOf(model: TrainedModel): SeedGenerator[] {
  const found = new Set<SeedGenerator>();
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value)) return;
    seen.add(value);
    if (value instanceof SeedGenerator) found.add(value);
    else if (Array.isArray(value)) for (const item of value) visit(item);
    // Wrappers and cells keep other layers as properties.
    else if (typeof (value as Partial<Layer>).getConfig === 'function') for (const item of Object.values(value)) visit(item);
  };
  for (const layer of layersOf(model)) visit(layer);
  return [...found];
}
