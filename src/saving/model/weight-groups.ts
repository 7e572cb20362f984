// The groups of Keras's weights files: one for each layer, named by class and order, with its weights
// in `vars` (keras/src/saving/saving_lib.py).

import { snakeCase } from '../../common/names.ts';
import { specOf } from '../../common/spec.ts';
import type { Variable } from '../../graph/variable.ts';
import type { Layer } from '../../layers/base/layer.ts';
import type { LayerSpec } from '../../layers/base/layer-spec.ts';
import { isModel } from './write-model.ts';

/** An object of a weights file. */
export interface WeightGroup {
  /** Path of its group, '' for the model. */
  readonly path: string;
  /** The object's name, as the file notes it. */
  readonly name: string;
  readonly weights: readonly Variable[];
  /** The layer; undefined for a part of one. */
  readonly layer: Layer | undefined;
}

/** Every object of a model that may have numbers, the optimizer apart. */
export function weightGroupsOf(model: Layer): WeightGroup[] {
  const groups: WeightGroup[] = [];
  visit(model, '', groups, new Set());
  return groups;
}

function visit(layer: Layer, path: string, groups: WeightGroup[], seen: Set<Layer>): void {
  if (seen.has(layer)) return;
  seen.add(layer);
  const inner = partsOf(layer);
  const theirs = new Set(inner.flatMap(([, part]) => part.weights));
  const ownWeights = layer.weights.filter((weight) => !theirs.has(weight));
  const { weightGroup, emptyGroups = [] } = specOf<LayerSpec>(layer.constructor);
  groups.push({ path, name: layer.name, weights: weightGroup === undefined ? ownWeights : [], layer });
  if (weightGroup !== undefined)
    groups.push({
      path: join(path, weightGroup),
      name: `${snakeCase(layer.className)}_${weightGroup}`,
      weights: ownWeights,
      layer: undefined,
    });
  for (const [name, part] of inner) visit(part, join(path, name), groups, seen);
  for (const name of emptyGroups)
    groups.push({ path: join(path, `_${name}`), name: name.replace('_layer', ''), weights: [], layer: undefined });
}

export const join = (path: string, name: string): string => (path === '' ? name : `${path}/${name}`);

/** The layers inside a layer, by the names of their groups. */
function partsOf(layer: Layer): [name: string, layer: Layer][] {
  // Ops of a graph have no group.
  if (isModel(layer)) return container('layers', layer.layersInFile());
  const { sublayers } = layer;
  const { groups } = specOf<LayerSpec>(layer.constructor);
  return groups ? sublayers.map((part, i) => [groups[i], part]) : properties(layer, new Set(sublayers));
}

/** Names of a layer's weights that are whole numbers to Keras. */
export const wholeWeights = ({ layer }: Pick<WeightGroup, 'layer'>): readonly string[] =>
  (layer && specOf<LayerSpec>(layer.constructor).wholeWeights) ?? [];

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
