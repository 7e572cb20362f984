// A snapshot of the model: config and copies of the weights, so that training may go on while it is written.
import { mismatch } from '../../common/errors.ts';
import type { NewGroup } from '../../files/hdf5/tree.ts';
import { weightsTree } from './weights-tree.ts';
import { modelText } from './write-model.ts';
import { vocabularyFiles } from './write-vocabularies.ts';
import type { WrittenModel } from './written-model.ts';

/** The contents of a .keras file. */
export interface ModelState {
  readonly config: string;
  readonly weights: NewGroup;
  readonly vocabularies: readonly (readonly [name: string, bytes: Uint8Array])[];
}

/** Snapshot of a model; errors begin with `owner`. A model that is not built has no weights in it. */
export function modelState(owner: string, model: WrittenModel): ModelState {
  return { weights: weightsTree(model), config: modelText(model), vocabularies: vocabularyFiles(owner, model) };
}

/** Copies of the weights and the optimizer's state. */
export function weightsState(owner: string, model: WrittenModel): NewGroup {
  checkBuilt(owner, model);
  return weightsTree(model);
}

/** Throws unless the model is built. */
export function checkBuilt(owner: string, model: { readonly built: boolean }): void {
  if (model.built) return;
  throw mismatch(owner, 'a model with weights', 'one that is not built', 'Pass inputShape to the first layer, or fit or predict first.');
}
