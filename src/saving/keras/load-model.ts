// Models and weights from files of Keras.

import { checkBoolean, checkInteger, checkOptions } from '../../common/options.ts';
import { readHdf5 } from '../../files/hdf5/read-hdf5.ts';
import { SIGNATURE } from '../../files/hdf5/superblock.ts';
import type { Group } from '../../files/hdf5/tree.ts';
import { ModelFormatError } from '../../files/model-format-error.ts';
import { type FileSource, readBytes } from '../../files/read-bytes.ts';
import { readZip } from '../../files/read-zip.ts';
import type { BaseModel } from '../../models/base-model.ts';
import type { Model } from '../../models/model.ts';
import type { LoadWeightsOptions } from '../../models/saving-part.ts';
import type { Sequential } from '../../models/sequential.ts';
import { readVocabularies } from '../vectors/vocabularies.ts';
import { parseConfig } from './check-json.ts';
import { type CustomObjects, checkCustomObjects, compileRoot, readRoot } from './config.ts';
import { readLegacyOptimizer, readLegacyWeights, textAttribute } from './legacy-h5.ts';
import { readOptimizer, readWeights, varsOf, type Writes } from './model-weights.ts';
import { CONFIG, WEIGHTS } from './save-model.ts';

export interface LoadModelOptions {
  /** Classes and functions of your own, by the names in the file. Default none. */
  readonly customObjects?: CustomObjects;
  /** Whether a model that was compiled is compiled again, with what its optimizer remembered. Default true. */
  readonly compile?: boolean;
  /** Most bytes of the file and of what it unpacks to. Default 2 GiB. */
  readonly maxBytes?: number;
}

const GIBIBYTES_2 = 2 ** 31;

/**
 * The model in a file: a .keras file, or a whole model as .h5 of Keras 2 or 3.
 *
 * ```js
 * const model = await loadModel('model.keras'); // in a page: an address
 * model.predict(x);
 * await model.fit(x, y); // goes on where training stood
 * ```
 * `source`: a path, an address, a URL, bytes, a Blob or File, or the answer of `fetch`. Nothing in a file is run, and no other file is
 * opened: layers that hold Python code are refused, and classes of your own come from `customObjects`, a Map from name to class.
 * @throws ModelFormatError for a file that is damaged, hostile or not understood; ValueError for a source that is none.
 */
export async function loadModel(source: FileSource, options: LoadModelOptions = {}): Promise<Sequential | Model> {
  const owner = 'loadModel';
  checkOptions(owner, options, ['customObjects', 'compile', 'maxBytes']);
  const limits = { file: nameOf(source), maxBytes: checkInteger(owner, 'maxBytes', options.maxBytes ?? GIBIBYTES_2) };
  const compile = checkBoolean(owner, 'compile', options.compile ?? true);
  const { customObjects = new Map() } = options;
  checkCustomObjects(owner, customObjects);
  const bytes = await readBytes(owner, source, limits.maxBytes);
  return isHdf5(bytes) ? fromH5(bytes, limits, compile, customObjects) : fromArchive(bytes, limits, compile, customObjects);
}

interface Limits {
  readonly file: string;
  readonly maxBytes: number;
}

/** What errors call the file. */
function nameOf(source: FileSource): string {
  const name = typeof source === 'string' || source instanceof URL ? String(source) : (source as File | undefined)?.name;
  return name && !/^(data|blob):/.test(name) ? name : 'the model file';
}

const isHdf5 = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte);

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
  const model = readRoot(file, parsed, { customObjects, compile, maxParameters: elementsIn(root) });
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
  const model = readRoot(file, parseConfig(file, config), { customObjects, compile: false, maxParameters: elementsIn(root) });
  const writes = await readLegacyWeights(model, weightsIn(root), file);
  const training = textAttribute(root, 'training_config');
  if (compile && training !== undefined) compileRoot(file, model, parseConfig(file, training), { customObjects });
  writes.push(...(await readLegacyOptimizer(model, root, file)));
  carryOut(writes);
  return model;
}

const weightsIn = (root: Group): Group => {
  const inner = root.children.get('model_weights');
  return inner?.kind === 'group' ? inner : root;
};

/**
 * Reads weights into a model: `await model.loadWeights('model.weights.h5')`.
 *
 * Takes .weights.h5 and .keras files, and the older .h5 files whose weights lie under the names of layers; from each also what the
 * optimizer remembered, if the model is compiled with the same. `source` as in `loadModel`.
 * @throws ModelFormatError for a damaged file and one of another model; the model is as before then.
 */
export async function loadWeights(model: BaseModel, source: FileSource, options: LoadWeightsOptions = {}): Promise<void> {
  const owner = `${model.name}.loadWeights`;
  checkOptions(owner, options, ['skipMismatch', 'maxBytes']);
  const limits = { file: nameOf(source), maxBytes: checkInteger(owner, 'maxBytes', options.maxBytes ?? GIBIBYTES_2) };
  const skipMismatch = checkBoolean(owner, 'skipMismatch', options.skipMismatch ?? false);
  let bytes = await readBytes(owner, source, limits.maxBytes);
  if (!isHdf5(bytes)) {
    const entry = (await readZip(bytes, limits)).get(WEIGHTS);
    if (!entry) throw new ModelFormatError({ file: limits.file, format: 'Keras', problem: `an archive without ${WEIGHTS}` });
    bytes = entry;
  }
  const root = readHdf5(bytes, limits);
  const weights = weightsIn(root);
  if (weights.attributes.has('layer_names') || weights.attributes.has('layer_names0')) {
    carryOut([...(await readLegacyWeights(model, weights, limits.file)), ...(await readLegacyOptimizer(model, root, limits.file))]);
    return;
  }
  const writes = await readWeights(model, root, { file: limits.file, skipMismatch });
  if (model.optimizer) writes.push(...(await readOptimizer(model, model.optimizer, root, limits.file)));
  carryOut(writes);
}

function carryOut(writes: Writes): void {
  for (const write of writes) write();
}

/** The most weights that a file can fill; a model that wants more is refused before memory is taken. */
function elementsIn(group: Group): number {
  let sum = 0;
  for (const child of group.children.values()) {
    sum += child.kind === 'group' ? elementsIn(child) : child.shape.reduce((product, length) => product * length, 1);
  }
  return sum;
}
