// Where layers on the host turn data into what a model computes with.
import { ValueError } from '../errors.ts';
import type { HostLayer } from '../layers/host-layer.ts';
import type { Layer, Shape } from '../layers/layer.ts';
import type { Tensor } from '../tensor/index.ts';
import { alignRank, dtypeFor, type InputSpec } from './data.ts';

export const isHost = (layer: Layer | undefined): layer is HostLayer => layer?.isHost === true;

/** An input of this name and shape whose data go through the layers, one after the other, and then to the readers. */
export function hostSpec(name: string, shape: Shape, layers: readonly HostLayer[], readers: readonly Layer[]): InputSpec {
  const last = layers[layers.length - 1];
  if (last.outputDtype === 'string') throw textOutput(last.name, last.name);
  const prepare = (owner: string, data: unknown): Tensor => {
    const table = layers[0].read(owner, data);
    const aligned = alignRank(table.shape, shape);
    if (aligned.length !== shape.length || shape.some((dim, i) => i > 0 && dim !== null && dim !== aligned[i])) {
      throw new ValueError(
        `${owner}: expected data of shape [${shape.map(String).join(', ')}], got [${table.shape.join(', ')}]. The first axis counts the samples.`,
      );
    }
    return last.give(layers.reduce((given, layer) => layer.transform(given), { ...table, shape: aligned })) as Tensor;
  };
  const prepared = layers.reduce<Shape>((given, layer) => layer.computeOutputShape(given), shape);
  return { name, shape: prepared, dtype: dtypeFor(last.outputDtype, readers), prepare };
}

export const textOutput = (owner: string, name: string): ValueError =>
  new ValueError(
    `${owner}: expected numbers to compute with, got the texts of ${name}. Put a TextVectorization, StringLookup or Hashing layer ` +
      'behind it, or call its apply on data.',
  );

export const nestedHost = (model: Layer): ValueError =>
  new ValueError(
    `${model.name}: expected a model of numbers inside another, got one that begins with texts or a lookup. ` +
      'Put its first layers into the outer model.',
  );
