// Runs preprocessing layers on the data that enter a model.
import { mismatch, type ValueError } from '../common/errors.ts';
import type { Layer, Shape } from '../layers/base/layer.ts';
import type { PreprocessingLayer } from '../layers/preprocessing/preprocessing-layer.ts';
import { alignRank, dtypeFor, type InputSpec, type Reader } from './inputs.ts';

export const isHost = (layer: Layer | undefined): layer is PreprocessingLayer => layer?.isHost === true;

/** An input of this name and shape whose data go through the layers, one after the other, and then to the readers. */
export function hostSpec(name: string, shape: Shape, layers: readonly PreprocessingLayer[], readers: readonly Reader[]): InputSpec {
  const last = layers[layers.length - 1];
  if (last.outputDtype === 'string') throw textsLeft(last.name);
  return {
    name,
    shape: layers.reduce<Shape>((inputShape, layer) => layer.computeOutputShape(inputShape), shape),
    dtype: dtypeFor(last.outputDtype, readers),
    prepare: (owner, data) => last.prepare(owner, data, layers, (tensor) => alignRank(tensor, shape), shape),
  };
}

export const textsLeft = (name: string): ValueError =>
  mismatch(name, 'numbers', 'texts', 'Put a TextVectorization or StringLookup layer before it.');

export const nestedHost = (name: string): ValueError =>
  mismatch(name, 'a model of numbers', 'one of texts', 'Put its first layers into the outer model.');
