// Reads the weights of a model and the state of its optimizer from Keras's weights files.

import type { Dataset, Group, NumberArray } from '../../files/hdf5/tree.ts';
import { ModelFormatError } from '../../files/model-format-error.ts';
import type { Variable } from '../../graph/variable.ts';
import type { Layer } from '../../layers/base/layer.ts';
import type { Optimizer } from '../../optimizers/optimizer.ts';
import { join, type WeightGroup, weightGroupsOf } from '../model/weight-groups.ts';
import { mismatchError } from './mismatch-error.ts';

/** A model whose weights are read: its layers by their groups in files, or in their order. */
export interface WeightedModel extends Layer {
  readonly layers: readonly Layer[];
  readonly optimizer: Optimizer | undefined;
}

/** Writes that are carried out once everything was read and fits. */
export type Writes = (() => void)[];

export interface ReadOptions {
  /** The name of the file in errors. */
  readonly file: string;
  /** Whether layers that do not fit keep the weights they have. */
  readonly skipMismatch?: boolean;
}

/** Reads a model's weights from the tree of a weights file; nothing is changed before the writes are carried out. */
export async function readWeights(model: WeightedModel, root: Group, options: ReadOptions): Promise<Writes> {
  const writes: Writes = [];
  for (const group of weightGroupsOf(model)) {
    try {
      const found = datasetsOf(varsOf(root, group.path));
      expectCount(options.file, group, found.length);
      const values = await Promise.all(group.weights.map((weight, i) => valuesFor(options.file, weight, found[i])));
      writes.push(() => {
        for (const [i, weight] of group.weights.entries()) weight.view().set(values[i]);
      });
    } catch (error) {
      if (!(options.skipMismatch && error instanceof ModelFormatError)) throw error;
      console.warn(`keratin: '${group.name}' keeps its weights. ${error.message}`);
    }
  }
  return writes;
}

/** Reads the optimizer's state, or warns and leaves it when the file has that of another optimizer, as Keras does. */
export async function readOptimizer(model: WeightedModel, optimizer: Optimizer, root: Group, file: string): Promise<Writes> {
  const group = varsOf(root, 'optimizer');
  const found = datasetsOf(group);
  if (!group || found.length === 0) return [];
  return optimizerWrites(model, optimizer, found, file);
}

/** Steps, learning rate and slots, in Keras's order; `hasRate` says whether there may be a learning rate. */
export async function optimizerWrites(
  model: WeightedModel,
  optimizer: Optimizer,
  found: readonly Dataset[],
  file: string,
  hasRate = true,
): Promise<Writes> {
  const first = optimizer.schedule || !hasRate ? 1 : 2;
  if (found.length > first) optimizer.build(model.trainableWeights);
  const slots = found.length > first ? optimizer.variables : [];
  const fits = found.length === first + slots.length && slots.every((slot, i) => sameShape(slot.shape, found[first + i].shape));
  if (!fits) {
    console.warn(
      `keratin: ${file}: the optimizer '${optimizer.name}' begins anew, because it has ${first + optimizer.variables.length} variables ` +
        `of other shapes or number than the ${found.length} in the file.`,
    );
    return [];
  }
  const [steps, ...rest] = await Promise.all(found.map((dataset) => dataset.read()));
  const count = Number(steps[0]);
  if (!Number.isSafeInteger(count) || count < 0)
    throw mismatchError(file, found[0].path, `${count} steps of the optimizer, which is no whole number`);
  const rate = first === 2 ? Number(rest[0][0]) : 0;
  if (!(rate >= 0 && rate < Infinity)) throw mismatchError(file, found[1].path, `the learning rate ${rate}`);
  return [
    () => {
      optimizer.batches = count;
      if (first === 2) optimizer.learningRate = rate;
      for (const [i, slot] of slots.entries()) slot.view().set(floats(rest[first - 1 + i]));
    },
  ];
}

/** The `vars` of an object; Keras's own attributes begin with an underscore in some versions. */
export function varsOf(root: Group, path: string): Group | undefined {
  let group: Group | undefined = root;
  for (const name of join(path, 'vars').split('/')) {
    const child: Group | Dataset | undefined = group.children.get(name) ?? group.children.get(`_${name}`);
    if (child?.kind !== 'group') return undefined;
    group = child;
  }
  return group;
}

/** '0', '1', ... as far as they go. */
function datasetsOf(group: Group | undefined): Dataset[] {
  const found: Dataset[] = [];
  for (let child = group?.children.get('0'); child?.kind === 'dataset'; child = group?.children.get(String(found.length)))
    found.push(child);
  return found;
}

function expectCount(file: string, { path, name, weights }: WeightGroup, found: number): void {
  if (found === weights.length) return;
  const names = weights.length > 0 ? ` (${weights.map((weight) => weight.name).join(', ')})` : '';
  throw mismatchError(file, join(path, 'vars'), `expected ${weights.length} weights${names} of '${name}', got ${found}`);
}

/** The numbers of a dataset as a weight takes them. */
export async function valuesFor(file: string, weight: Variable, dataset: Dataset): Promise<Float32Array> {
  if (!sameShape(dataset.shape, weight.shape)) {
    const shapes = `expected weight ${weight.name} of shape [${weight.shape.join(', ')}], got [${dataset.shape.join(', ')}]`;
    throw mismatchError(file, dataset.path, shapes);
  }
  return floats(await dataset.read());
}

const floats = (values: NumberArray): Float32Array =>
  values instanceof Float32Array ? values : Float32Array.from(values as never, Number);

const sameShape = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((dim, i) => dim === b[i]);
