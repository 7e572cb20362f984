// Loads layers models of TensorFlow.js.

import { type CustomObject, type CustomObjects, customsOf } from '../../common/custom-objects.ts';
import { checkBoolean, checkInteger, checkOptions } from '../../common/options.ts';
import type { Model } from '../../models/model.ts';
import type { Sequential } from '../../models/sequential.ts';
import { compileFromConfig, modelFromConfig } from '../keras/config.ts';
import { parseConfig } from '../model/check-json.ts';
import { type TfjsFiles, TfjsFolder, type TfjsSource } from './files.ts';
import { hardSigmoid2 } from './hard-sigmoid.ts';
import { readManifest, type TfjsManifest } from './manifest.ts';
import { differingMask } from './masks.ts';
import { readTfjsTensors } from './model-weights.ts';
import { HARD_SIGMOID, readTfjsJson, refuseJson } from './topology.ts';
import { readTfjsWeights } from './weights.ts';

export interface LoadTfjsModelOptions {
  /** The files of the weights by name, or Files, where they do not lie beside model.json. */
  readonly weights?: TfjsFiles;
  /** Classes and functions of your own, by the names in the file. Default none. */
  readonly customObjects?: CustomObjects;
  /** Whether a model that says how it was trained is compiled so, with an optimizer that begins anew. Default true. */
  readonly compile?: boolean;
  /** Most bytes of all files together. Default 2 GiB. */
  readonly maxBytes?: number;
}

const OWNER = 'loadTfjsModel';

/**
 * A layers model of TensorFlow.js: model.json and the files of weights beside it, written by `model.save` of TensorFlow.js or by its
 * converter from Keras's files.
 *
 * ```js
 * const model = await loadTfjsModel('saved/model.json'); // in a page: an address, or loadTfjsModel(input.files)
 * model.predict(x);
 * ```
 * `source`: the path or address of model.json; or an object or Map of files by name, or an array of Files. Nothing but files beside
 * model.json is opened. Weights are found by the names of layers; quantized ones become what they were. TensorFlow.js's hard_sigmoid
 * is steeper than Keras 3's: the weights that lead into it are 1.2 times those in the file, so that outputs are the same.
 * @throws ModelFormatError for graph models, layers that are not known, weights that do not fit and damaged files; ValueError for a
 * file that is missing.
 */
export async function loadTfjsModel(source: TfjsSource, options: LoadTfjsModelOptions = {}): Promise<Sequential | Model> {
  checkOptions(OWNER, options, ['weights', 'customObjects', 'compile', 'maxBytes']);
  const compile = checkBoolean(OWNER, 'compile', options.compile ?? true);
  const { customObjects = {} } = options;
  const folder = new TfjsFolder(OWNER, source, options.weights, checkInteger(OWNER, 'maxBytes', options.maxBytes ?? 2 ** 31));
  const file = folder.json;
  const json = parseConfig(file, new TextDecoder().decode(await folder.readJson()));
  const { topology, manifest, training } = readTfjsJson(file, json);
  const groups = readManifest(manifest);
  const paths = groups.flatMap((group) => group.paths);
  if (new Set(paths).size !== paths.length) throw refuseJson(file, 'a file twice in weightsManifest');
  const shards: Uint8Array[] = [];
  for (const path of paths) shards.push(await folder.readBeside(path));
  const tensors = readTfjsWeights(manifest as unknown as TfjsManifest, shards);
  // No more than what the files hold.
  const elements = Object.values(tensors).reduce((sum, { size }) => sum + size, 0);
  const known = new Map<string, CustomObject>([[HARD_SIGMOID, hardSigmoid2], ...customsOf(OWNER, customObjects)]);
  const model = modelFromConfig(topology, { customObjects: known, compile: false, maxParameters: elements });
  const ofModel = (manifest as { weights: { name: string; group?: unknown }[] }[])
    .flatMap(({ weights }) => weights)
    .filter(({ group }) => group !== 'optimizer');
  const writes = readTfjsTensors(model, new Map(ofModel.map(({ name }) => [name, tensors[name]])), file);
  if (compile && training) compileFromConfig(model, training, { customObjects });
  for (const write of writes) write();
  const mask = String(topology.keras_version).startsWith('tfjs') ? differingMask(model) : undefined;
  if (mask) console.warn(`keratin: ${file}: ${mask} Outputs of masked inputs may differ from TensorFlow.js's.`);
  return model;
}
