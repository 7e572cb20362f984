// Where Keras keeps the numbers of a model in its weights file: a group for each layer, named by class and order, with its weights
// in `vars` (keras/src/saving/saving_lib.py).

import { snakeCase } from '../../common/names.ts';
import type { Variable } from '../../graph/variable.ts';
import { MultiHeadAttention } from '../../layers/attention/multi-head-attention.ts';
import type { Layer } from '../../layers/base/layer.ts';
import { Bidirectional } from '../../layers/recurrent/bidirectional.ts';
import { RecurrentLayer } from '../../layers/recurrent/recurrent.ts';
import { TimeDistributed } from '../../layers/recurrent/time-distributed.ts';
import { BaseModel } from '../../models/base-model.ts';
import { layersInOrder } from './write-model.ts';

/** An object of a weights file. */
export interface Place {
  /** Path of its group, '' for the model. */
  readonly path: string;
  /** The object's name, as the file notes it. */
  readonly name: string;
  readonly weights: readonly Variable[];
  /** The layer it is, unless it is a part of one. */
  readonly layer: Layer | undefined;
}

/** Every object of a model that may have numbers, the optimizer apart. */
export function placesOf(model: Layer): Place[] {
  const places: Place[] = [];
  visit(model, '', places, new Set());
  return places;
}

function visit(layer: Layer, path: string, places: Place[], seen: Set<Layer>): void {
  if (seen.has(layer)) return;
  seen.add(layer);
  const inner = partsOf(layer);
  const theirs = new Set(inner.flatMap(([, part]) => part.weights));
  const own = layer.weights.filter((weight) => !theirs.has(weight));
  // Keras keeps the weights of a recurrent layer in its cell.
  const inCell = layer instanceof RecurrentLayer;
  places.push({ path, name: layer.name, weights: inCell ? [] : own, layer });
  if (inCell) places.push({ path: join(path, 'cell'), name: `${snakeCase(layer.className)}_cell`, weights: own, layer: undefined });
  for (const [name, part] of inner) visit(part, join(path, name), places, seen);
  if (layer instanceof MultiHeadAttention) {
    // Layers of Keras's that are no layers here.
    for (const name of ['dropout_layer', 'softmax'])
      places.push({ path: join(path, `_${name}`), name: name.replace('_layer', ''), weights: [], layer: undefined });
  }
}

export const join = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);

/** The layers inside a layer, by the names of their groups. */
function partsOf(layer: Layer): [name: string, layer: Layer][] {
  if (layer instanceof BaseModel) {
    // What a graph computes without a layer has no group.
    return container('layers', layersInOrder(layer));
  }
  const { sublayers } = layer;
  if (layer instanceof Bidirectional) return zip(['forward_layer', 'backward_layer'], sublayers);
  if (layer instanceof TimeDistributed) return zip(['layer'], sublayers);
  if (layer instanceof MultiHeadAttention) return zip(['query_dense', 'key_dense', 'value_dense', 'output_dense'], sublayers);
  return properties(layer, new Set(sublayers));
}

const zip = (names: readonly string[], layers: readonly Layer[]): [string, Layer][] => layers.map((layer, i) => [names[i], layer]);

/** A list of layers: named by class, the second of a class with _1. */
function container(path: string, layers: readonly Layer[]): [string, Layer][] {
  const counts = new Map<string, number>();
  return [...new Set(layers)].map((layer) => {
    const name = snakeCase(layer.className);
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return [`${path}/${count === 0 ? name : `${name}_${count}`}`, layer];
  });
}

/** The layers that a layer of the user's keeps in its properties. */
function properties(layer: Layer, sublayers: ReadonlySet<unknown>): [string, Layer][] {
  const found = Object.entries(layer)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, value]): [string, Layer][] => {
      if (Array.isArray(value))
        return container(
          snakeCase(key),
          value.filter((one) => sublayers.has(one)),
        );
      return sublayers.has(value) ? [[snakeCase(key), value as Layer]] : [];
    });
  // Layers that a class of the user's names in `sublayers` but keeps elsewhere.
  const named = new Set(found.map(([, part]) => part));
  return [...found, ...container('layers', [...sublayers].filter((part) => !named.has(part as Layer)) as Layer[])];
}
