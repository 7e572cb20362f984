// Assigns the weights of a TensorFlow.js model to layers.
import type { BaseModel } from '../../models/base-model.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { Writes } from '../keras/model-weights.ts';
import { steepened } from './hard-sigmoid.ts';
import { refuseJson } from './topology.ts';
import { inKerasOrder, type NamedWeights, namedWeights } from './weight-names.ts';

/** Weights by name, in the order of the manifest. */
export type TfjsTensors = ReadonlyMap<string, Tensor>;

/**
 * Finds the weights of each layer, by the names that TensorFlow.js and Keras give them; nothing is changed before the writes are
 * carried out.
 */
export function readTfjsTensors(model: BaseModel, tensors: TfjsTensors, file: string): Writes {
  const left = new Set(tensors.keys());
  const places = namedWeights(model);
  const found = new Map<NamedWeights, readonly string[]>();
  // Exact names first: the name of one layer may begin or end another's.
  for (const place of places) {
    const names = place.weights.map(({ name }) => `${place.prefix}/${name}`);
    if (names.every((name) => left.has(name))) claim(place, names, found, left);
  }
  for (const place of places) {
    if (found.has(place)) continue;
    const names = namesOf(place, left);
    if (!names) throw missing(file, place, left);
    claim(place, names, found, left);
  }
  if (left.size > 0) {
    throw refuseJson(file, `weights of no layer: ${listed([...left])}`, 'Topology and weights are of different models: save it again.');
  }
  return places.flatMap((place) => writesOf(place, found.get(place) as readonly string[], tensors, file));
}

function claim(place: NamedWeights, names: readonly string[], found: Map<NamedWeights, readonly string[]>, left: Set<string>): void {
  found.set(place, names);
  for (const name of names) left.delete(name);
}

/** The names of a layer's weights, in the order of the weights, where something stands before, between or behind. */
function namesOf(place: NamedWeights, left: ReadonlySet<string>): readonly string[] | undefined {
  const wanted = place.prefix.split('/');
  const theirs = [...left].filter((name) => {
    const parts = name.split('/');
    return parts.some((_, at) => wanted.every((part, i) => parts[at + i] === part) && at + wanted.length < parts.length);
  });
  if (theirs.length !== place.weights.length) return undefined;
  const byName = place.weights.map(({ name }) => theirs.filter((full) => bareName(full) === name));
  if (byName.every((list) => list.length === 1)) return byName.map(([name]) => name);
  const order = inKerasOrder(place);
  return place.weights.map((weight) => theirs[order.indexOf(weight)]);
}

/** 'lstm/lstm_cell/kernel_1:0' is a kernel. */
const bareName = (full: string): string => full.slice(full.lastIndexOf('/') + 1).replace(/(_\d+)?(:\d+)?$/, '');

function missing(file: string, { prefix, weights }: NamedWeights, left: ReadonlySet<string>) {
  const names = weights.map(({ name }) => `${prefix}/${name}`);
  const unused = left.size > 0 ? `, besides ${listed([...left])}` : '';
  return refuseJson(file, `no weights ${listed(names)}${unused}`, 'Topology and weights are of different models: save it again.');
}

const listed = (names: readonly string[]): string =>
  `${names
    .slice(0, 6)
    .map((name) => `'${name.slice(0, 80)}'`)
    .join(', ')}${names.length > 6 ? ', ...' : ''}`;

function writesOf({ layer, weights }: NamedWeights, names: readonly string[], tensors: TfjsTensors, file: string): Writes {
  return weights.map((weight, i) => {
    const { shape, data } = tensors.get(names[i]) as Tensor;
    if (shape.length !== weight.shape.length || shape.some((length, k) => length !== weight.shape[k])) {
      const problem = `the shape [${shape.join(', ')}], expected [${weight.shape.join(', ')}] for the ${weight.name} of '${layer.name}'`;
      throw refuseJson(file, problem, 'Topology and weights are of different models: save it again.', names[i]);
    }
    const values = steepened(layer, weight, data instanceof Float32Array ? data : Float32Array.from(data as ArrayLike<number>));
    return () => weight.view().set(values);
  });
}
