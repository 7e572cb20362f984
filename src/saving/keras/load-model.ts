// Reads models from files of Keras.

import { type CustomObjects, customsOf } from '../../common/custom-objects.ts';
import { checkBoolean, checkInteger, checkOptions } from '../../common/options.ts';
import { readHdf5 } from '../../files/hdf5/read-hdf5.ts';
import type { Group } from '../../files/hdf5/tree.ts';
import { ModelFormatError } from '../../files/model-format-error.ts';
import { type FileSource, readBytes } from '../../files/read-bytes.ts';
import { readZip } from '../../files/read-zip.ts';
import type { Model } from '../../models/model.ts';
import type { Sequential } from '../../models/sequential.ts';
import { parseConfig } from '../model/check-json.ts';
import { readVocabularies } from '../vectors/vocabularies.ts';
import { compileSaved, readRoot } from './config.ts';
import { CONFIG, WEIGHTS } from './entries.ts';
import { readLegacyOptimizer, readLegacyWeights, textAttribute } from './legacy-h5.ts';
import { readOptimizer, readWeights, varsOf } from './model-weights.ts';
import { carryOut, isHdf5, type Limits, MAX_BYTES, nameOf, weightsIn } from './weights-reader.ts';

export interface LoadModelOptions {
  /** Classes and functions of your own, by the names in the file. Default none. */
  readonly customObjects?: CustomObjects;
  /** Whether a model that was compiled is compiled again, with what its optimizer remembered. Default true. */
  readonly compile?: boolean;
  /** Most bytes of the file and of what it unpacks to. Default 2 GiB. */
  readonly maxBytes?: number;
}

/**
 * The model in a file: a .keras file, or a whole model as .h5 of Keras 2 or 3.
 *
 * ```js
 * const model = await loadModel('model.keras'); // in a page: an address
 * model.predict(x);
 * await model.fit(x, y); // goes on where training stood
 * ```
 * `source`: a path, an address, a URL, bytes, a Blob or File, or the answer of `fetch`. Nothing in a file is run, and no other file is
 * opened: layers that hold Python code are refused, and classes of your own come from `customObjects`, by name or as a list.
 * @throws ModelFormatError for a file that is damaged, hostile or not understood; ValueError for a source that is none.
 */
export async function loadModel(source: FileSource, options: LoadModelOptions = {}): Promise<Sequential | Model> {
  const owner = 'loadModel';
  checkOptions(owner, options, ['customObjects', 'compile', 'maxBytes']);
  const limits = { file: nameOf(source), maxBytes: checkInteger(owner, 'maxBytes', options.maxBytes ?? MAX_BYTES) };
  const compile = checkBoolean(owner, 'compile', options.compile ?? true);
  const { customObjects = {} } = options;
  customsOf(owner, customObjects);
  const bytes = await readBytes(owner, source, limits.maxBytes);
  return isHdf5(bytes) ? fromH5(bytes, limits, compile, customObjects) : fromArchive(bytes, limits, compile, customObjects);
}

async function fromArchive(bytes: Uint8Array, limits: Limits, compile: boolean, customObjects: CustomObjects): Promise<Sequential | Model> {
  const { file } = limits;
  const entries = await readZip(bytes, limits);
  const [config, weights] = [CONFIG, WEIGHTS].map((name) => {
    const entry = entries.get(name);
    if (entry) return entry;
    const advice = 'Save the model with model.save in Keras 3, or as .h5.';
    throw new ModelFormatError({ file, format: 'Keras', problem: `an archive without ${name}`, advice });
  });
  const root = readHdf5(weights, limits);
  const parsed = parseConfig(file, new TextDecoder().decode(config));
  const model = readRoot(file, parsed, { customObjects, compile, maxParameters: elementsIn(root) }, true);
  const writes = await readWeights(model, root, { file });
  await readVocabularies(model, entries, (path) => varsOf(root, path), file);
  if (model.optimizer) writes.push(...(await readOptimizer(model, model.optimizer, root, file)));
  carryOut(writes);
  return model;
}

async function fromH5(bytes: Uint8Array, limits: Limits, compile: boolean, customObjects: CustomObjects): Promise<Sequential | Model> {
  const { file } = limits;
  const root = readHdf5(bytes, limits);
  const config = textAttribute(root, 'model_config');
  if (config === undefined) {
    const advice = 'Make the model and call its loadWeights.';
    throw new ModelFormatError({ file, format: 'Keras', problem: 'a file of weights without a model', advice });
  }
  const model = readRoot(file, parseConfig(file, config), { customObjects, compile: false, maxParameters: elementsIn(root) }, true);
  const writes = await readLegacyWeights(model, weightsIn(root), file);
  const training = textAttribute(root, 'training_config');
  if (compile && training !== undefined) compileSaved(file, model, parseConfig(file, training), { customObjects });
  writes.push(...(await readLegacyOptimizer(model, root, file)));
  carryOut(writes);
  return model;
}

/** The most weights that a file can fill; a model that wants more is refused before memory is taken. */
function elementsIn(group: Group): number {
  let sum = 0;
  for (const child of group.children.values()) {
    sum += child.kind === 'group' ? elementsIn(child) : child.shape.reduce((product, length) => product * length, 1);
  }
  return sum;
}
