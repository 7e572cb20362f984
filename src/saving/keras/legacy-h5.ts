// Whole models in one HDF5 file, as Keras 2 wrote them and Keras 3 still does for names that end in .h5: the architecture and how
// it was compiled as JSON in attributes, weights under the names of layers (keras/src/legacy/saving/legacy_h5_format.py).
import type { AttributeValue, Dataset, Group } from '../../files/hdf5/tree.ts';
import type { Variable } from '../../graph/variable.ts';
import type { Layer } from '../../layers/base/layer.ts';
import { mismatchError } from './mismatch-error.ts';
import { optimizerWrites, valuesFor, type WeightedModel, type Writes } from './model-weights.ts';

/** The text of an attribute. */
export function textAttribute(group: Group, name: string): string | undefined {
  const value = group.attributes.get(name);
  return typeof value === 'string' ? value : undefined;
}

/** Names in an attribute, which Keras splits when they are too many for one: weight_names0, weight_names1, ... */
function namesIn(group: Group, name: string): readonly string[] {
  const list = (value: AttributeValue | undefined): readonly string[] =>
    Array.isArray(value) ? (value as readonly string[]) : typeof value === 'string' && value !== '' ? [value] : [];
  const whole = list(group.attributes.get(name));
  if (whole.length > 0) return whole;
  const parts: string[] = [];
  for (let i = 0; group.attributes.has(`${name}${i}`); i++) parts.push(...list(group.attributes.get(`${name}${i}`)));
  return parts;
}

const groupIn = (group: Group, name: string): Group | undefined => {
  const child = group.children.get(name);
  return child?.kind === 'group' ? child : undefined;
};

function datasetAt(file: string, group: Group, path: string): Dataset {
  let at: Group | Dataset | undefined = group;
  for (const name of path.split('/')) at = at?.kind === 'group' ? at.children.get(name) : undefined;
  if (at?.kind !== 'dataset') throw mismatchError(file, `${group.path}/${path}`, 'expected an array of numbers, got nothing');
  return at;
}

const datasetsIn = (file: string, group: Group): Dataset[] => namesIn(group, 'weight_names').map((name) => datasetAt(file, group, name));

/** Reads the weights under the names of layers, in the order of the model's layers. */
export async function readLegacyWeights(model: WeightedModel, root: Group, file: string): Promise<Writes> {
  const groups = namesIn(root, 'layer_names')
    .map((name): [string, Dataset[]] => {
      const group = groupIn(root, name);
      return [name, group ? datasetsIn(file, group) : []];
    })
    .filter(([, datasets]) => datasets.length > 0);
  const layers = model.layers.filter((layer) => layer.weights.length > 0);
  if (groups.length !== layers.length) {
    throw mismatchError(
      file,
      root.path,
      `expected weights of ${layers.length} layers (${layers.map(({ name }) => name).join(', ')}), got ${groups.length} (${groups.map(([name]) => name).join(', ')})`,
    );
  }
  const writes: Writes = [];
  for (const [i, layer] of layers.entries()) {
    const [name, datasets] = groups[i];
    const weights = inOrder(layer);
    if (datasets.length !== weights.length)
      throw mismatchError(file, `${root.path}/${name}`, `expected ${weights.length} weights of '${layer.name}', got ${datasets.length}`);
    const values = await Promise.all(weights.map((weight, k) => valuesFor(file, weight, datasets[k])));
    writes.push(() => {
      for (const [k, weight] of weights.entries()) weight.view().set(values[k]);
    });
  }
  return writes;
}

/** Keras's order in these files: all that is trained, then the rest. */
const inOrder = (layer: Layer): Variable[] => {
  const trained = new Set(layer.trainableWeights);
  return [...layer.weights.filter((weight) => trained.has(weight)), ...layer.weights.filter((weight) => !trained.has(weight))];
};

/** Reads the optimizer's state. */
export async function readLegacyOptimizer(model: WeightedModel, root: Group, file: string): Promise<Writes> {
  const { optimizer } = model;
  const group = groupIn(root, 'optimizer_weights');
  if (!optimizer || !group) return [];
  const found = datasetsIn(file, group);
  if (found.length === 0) return [];
  if (found.length > 1 && found[1].shape.length === 0) return optimizerWrites(model, optimizer, found, file);
  return optimizerWrites(model, optimizer, fromKeras2(found), file, false);
}

/** Keras 2 wrote no learning rate, and its slots kind by kind: m of all weights, then v of all. */
function fromKeras2([steps, ...slots]: readonly Dataset[]): Dataset[] {
  const stem = ({ path }: Dataset): string => path.replace(/\/[^/]*$/, '');
  const weights = [...new Set(slots.map(stem))];
  return [steps, ...weights.flatMap((weight) => slots.filter((slot) => stem(slot) === weight))];
}
