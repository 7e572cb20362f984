// Writes models as files of TensorFlow.js.
import { mismatch, ValueError } from '../../common/errors.ts';
import { checkOptions, describe } from '../../common/options.ts';
import { utf8 } from '../../files/bytes.ts';
import { fileSystem } from '../../files/node.ts';
import { inFolder } from '../../files/paths.ts';
import { writeWhole } from '../../files/write.ts';
import { BaseModel } from '../../models/base-model.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { steepened } from './hard-sigmoid.ts';
import { differingMask } from './masks.ts';
import { namedWeights } from './weight-names.ts';
import { writeTfjsWeights } from './weights.ts';
import { tfjsTopology } from './write-tfjs-model.ts';

export interface TfjsOptions {
  /** Most bytes of a file of weights. Default 4 MiB, which browsers keep in their caches. */
  readonly shardSize?: number;
}

const MODEL = 'model.json';
/** The version of TensorFlow.js whose files these are. */
const VERSION = 'tfjs-layers 4.22.0';

/**
 * The files of a layers model of TensorFlow.js, by name: `model.json` and the weights, such as `group1-shard1of1.bin`.
 *
 * ```js
 * const files = toTfjs(model);
 * const copy = await loadTfjsModel(files);
 * ```
 * `tf.loadLayersModel` of TensorFlow.js 4.22 opens them and predicts the same. How the model was compiled does not go along, nor
 * do initializers that TensorFlow.js lacks.
 * @throws ValueError, naming the layer, for what TensorFlow.js does not have: other layers, activations, regularizers and constraints,
 * GRU with `resetAfter`, masks where they mean something else there.
 */
export function toTfjs(model: BaseModel, options: TfjsOptions = {}): Record<string, Uint8Array<ArrayBuffer>> {
  return filesOf('toTfjs', model, options);
}

/**
 * Writes the files of `toTfjs` into a folder, model.json last: `await saveTfjsModel(model, 'saved')`.
 *
 * Each file is there in whole, old or new, whenever the process or the machine stops. In a page use `toTfjs`.
 * @throws ValueError as `toTfjs`, and in a page.
 */
export async function saveTfjsModel(model: BaseModel, folder: string, options: TfjsOptions = {}): Promise<void> {
  const owner = 'saveTfjsModel';
  if (typeof folder !== 'string' || folder === '')
    throw mismatch(owner, 'the path of a folder', describe(folder), "Pass one such as 'saved'.");
  const { [MODEL]: json, ...weights } = filesOf(owner, model, options);
  const fs = fileSystem(owner, 'Use toTfjs(model) for the bytes.');
  for (const [name, bytes] of [...Object.entries(weights), [MODEL, json] as const]) writeWhole(fs, inFolder(folder, name), bytes);
}

function filesOf(owner: string, model: BaseModel, options: TfjsOptions): Record<string, Uint8Array<ArrayBuffer>> {
  if (!(model instanceof BaseModel)) throw mismatch(owner, 'a model', describe(model), 'Pass a Sequential or a Model.');
  checkOptions(owner, options, ['shardSize']);
  if (!model.built) {
    const advice = 'Pass inputShape to the first layer, or fit or predict first.';
    throw mismatch(owner, 'a model with weights', 'one that is not built', advice);
  }
  const topology = { ...tfjsTopology(owner, model), keras_version: VERSION, backend: 'tensor_flow.js' };
  const mask = differingMask(model);
  if (mask) throw new ValueError(`${owner}: expected masks that TensorFlow.js treats alike, got a layer whose it does not: ${mask}`);
  const { manifest, shards } = writeTfjsWeights(tensorsOf(owner, model), options);
  const json = { modelTopology: topology, format: 'layers-model', generatedBy: 'keratin', convertedBy: null, weightsManifest: manifest };
  return { [MODEL]: utf8(JSON.stringify(json)), ...shards };
}

/** The weights under TensorFlow.js's names, of which there may be none twice. */
function tensorsOf(owner: string, model: BaseModel): Map<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  for (const { prefix, layer, weights } of namedWeights(model)) {
    for (const weight of weights) {
      const name = `${prefix}/${weight.name}`;
      if (tensors.has(name)) {
        const advice = 'Layers of models within models need names of their own, too.';
        throw mismatch(owner, 'layers of different names', `'${layer.name}' twice`, advice);
      }
      tensors.set(name, new Tensor(steepened(layer, weight, weight.view().slice(), true), weight.shape));
    }
  }
  return tensors;
}
