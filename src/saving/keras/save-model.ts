// Free functions that write models into files that Keras 3 reads: a program that imports them carries all that they need.
import type { BaseModel } from '../../models/base-model.ts';
import { modelState, weightsState } from '../model/model-state.ts';
import { type SaveOptions, targetOf } from '../model/target.ts';
import { checkModel } from '../model/write-model.ts';
import { kerasBytes, weightsBytes, writeFile } from './writer.ts';

/**
 * A model as the bytes of a .keras file.
 *
 * ```js
 * const bytes = toKeras(model);
 * link.href = URL.createObjectURL(new Blob([bytes])); // a page offers it for download
 * ```
 * It holds the layers, their weights and vocabularies, how the model was compiled and what its optimizer remembers. Keras 3.15
 * opens it with `keras.models.load_model`, and `loadModel` here. Functions of your own are kept by name. As in Keras, seeds are in it,
 * but not how many numbers were drawn from them, and no states of stateful layers: dropout begins with its first draw again.
 * `await model.toKeras()` is the same where parts of the package can be loaded while a program runs.
 * @throws ValueError for a model without weights yet.
 */
export const toKeras = (model: BaseModel): Uint8Array<ArrayBuffer> => kerasBytes('toKeras', modelState(checkModel('toKeras', model)));

/** The weights of a model, and what its optimizer remembers, as the bytes of a .weights.h5 file. */
export const toWeightsH5 = (model: BaseModel): Uint8Array<ArrayBuffer> =>
  weightsBytes(weightsState('toWeightsH5', checkModel('toWeightsH5', model)));

/**
 * Writes a model to a .keras file: `await saveModel(model, 'model.keras')`, the same as `await model.save('model.keras')`.
 *
 * The file is there in whole, old or new, whenever the process or the machine stops. In a page use `toKeras`.
 * @throws ValueError for a path that does not end in .keras or cannot be written.
 */
export async function saveModel(model: BaseModel, path: string, options?: SaveOptions): Promise<void> {
  const owner = 'saveModel';
  const fs = targetOf(owner, path, '.keras', options);
  writeFile(owner, fs, path, kerasBytes(owner, modelState(checkModel(owner, model))));
}

/** Writes the weights alone: `await saveWeights(model, 'model.weights.h5')`. The path has to end so. */
export async function saveWeights(model: BaseModel, path: string, options?: SaveOptions): Promise<void> {
  const owner = 'saveWeights';
  const fs = targetOf(owner, path, '.weights.h5', options);
  writeFile(owner, fs, path, weightsBytes(weightsState(owner, checkModel(owner, model))));
}
