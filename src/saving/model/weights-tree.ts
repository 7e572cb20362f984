// The tree of a weights file: the weights of a model and the state of its optimizer.
import type { NewDataset, NewGroup } from '../../files/hdf5/tree.ts';
import type { OptimizerState, WeightState, WeightsState } from './model-state.ts';
import { join, wholeWeights } from './weight-groups.ts';
import { lookupPaths, TOKEN_WEIGHTS, tokenWeights } from './write-vocabularies.ts';

interface Building {
  attributes?: Map<string, string>;
  children: Map<string, Building | NewDataset>;
}

/** The tree that Keras writes for a model. */
export function weightsTree({ groups, optimizer }: WeightsState): NewGroup {
  const root: Building = { children: new Map() };
  for (const group of groups) {
    const vars = groupAt(root, join(group.path, 'vars'));
    vars.attributes = new Map([['name', group.name]]);
    for (const [i, weight] of group.weights.entries())
      vars.children.set(String(i), datasetOf(weight, wholeWeights(group).includes(weight.name)));
    const ofTokens = tokenWeights(group);
    if (ofTokens) for (const path of lookupPaths(group)) groupAt(root, join(path, 'vars')).children.set(TOKEN_WEIGHTS, ofTokens);
  }
  if (optimizer) {
    const vars = groupAt(root, 'optimizer/vars');
    vars.attributes = new Map([['name', optimizer.name]]);
    for (const [i, dataset] of optimizerDatasets(optimizer).entries()) vars.children.set(String(i), dataset);
  }
  return root;
}

function groupAt(root: Building, path: string): Building {
  let group = root;
  for (const name of path.split('/')) {
    const child = (group.children.get(name) as Building | undefined) ?? { children: new Map() };
    group.children.set(name, child);
    group = child;
  }
  return group;
}

const datasetOf = ({ shape, data }: WeightState, whole = false): NewDataset => ({ shape, data: whole ? Int32Array.from(data) : data });

/** Steps, the learning rate where no schedule decides, and the slots in Keras's order. */
function optimizerDatasets({ batches, rate, slots }: OptimizerState): NewDataset[] {
  const steps = { shape: [], data: BigInt64Array.of(BigInt(batches)) };
  const rates = rate === undefined ? [] : [{ shape: [], data: Float32Array.of(rate) }];
  return [steps, ...rates, ...slots.map((slot) => datasetOf(slot))];
}
