// The free function that reads weights: a program that imports it carries all that it needs.
import type { FileSource } from '../../files/read-bytes.ts';
import type { BaseModel } from '../../models/base-model.ts';
import type { LoadWeightsOptions } from '../../models/later.ts';
import { checkModel } from '../model/write-model.ts';
import { readInto } from './weights-reader.ts';

/**
 * Reads weights into a model: `await loadWeights(model, 'model.weights.h5')`, the same as `await model.loadWeights(...)`.
 *
 * Takes .weights.h5 and .keras files, and the older .h5 files whose weights lie under the names of layers; from each also what the
 * optimizer remembered, if the model is compiled with the same. `source` as in `loadModel`.
 * @throws ModelFormatError for a damaged file and one of another model; the model is as before then.
 */
export async function loadWeights(model: BaseModel, source: FileSource, options: LoadWeightsOptions = {}): Promise<void> {
  await readInto('loadWeights', checkModel('loadWeights', model), source, options);
}
