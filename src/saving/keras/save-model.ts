// Models into files that Keras 3 reads.
import { ValueError } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { utf8 } from '../../files/bytes.ts';
import { writeHdf5 } from '../../files/hdf5/write-hdf5.ts';
import { fileSystem } from '../../files/node.ts';
import { writeWhole } from '../../files/write.ts';
import { writeZip } from '../../files/zip.ts';
import type { BaseModel } from '../../models/base-model.ts';
import { dumps, type JsonValue } from '../../preprocessing/python-json.ts';
import { vocabularyFiles } from '../vectors/vocabularies.ts';
import { modelToJSON } from './config.ts';
import { weightsTree } from './model-weights.ts';

/** The version of Keras whose files these are. */
const KERAS_VERSION = '3.15.1';
/** Entries of a .keras file. */
export const CONFIG = 'config.json';
export const WEIGHTS = 'model.weights.h5';

const two = (number: number): string => String(number).padStart(2, '0');

function now(): string {
  const date = new Date();
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}@${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}

function checkBuilt(owner: string, model: BaseModel): void {
  if (!model.built)
    throw new ValueError(
      `${owner}: expected a model with weights, got one that is not built. Pass inputShape to the first layer, or fit or predict first.`,
    );
}

/**
 * A model as the bytes of a .keras file: `model.toKeras()`.
 *
 * ```js
 * const bytes = model.toKeras();
 * link.href = URL.createObjectURL(new Blob([bytes])); // a page offers it for download
 * ```
 * It holds the layers, their weights and vocabularies, how the model was compiled and what its optimizer remembers. Keras 3.15
 * opens it with `keras.models.load_model`, and `loadModel` here. Functions of your own are kept by name. As in Keras, seeds are in it,
 * but not how many numbers were drawn from them, and no states of stateful layers: dropout begins with its first draw again.
 * @throws ValueError for a model without weights yet.
 */
export function toKeras(model: BaseModel): Uint8Array<ArrayBuffer> {
  const owner = `${model.name}.toKeras`;
  checkBuilt(owner, model);
  const metadata: JsonValue = { keras_version: KERAS_VERSION, date_saved: now() };
  return writeZip(
    new Map([
      ['metadata.json', utf8(dumps(metadata))],
      [CONFIG, utf8(modelToJSON(model))],
      [WEIGHTS, writeHdf5(weightsTree(model))],
      ...vocabularyFiles(owner, model),
    ]),
  );
}

/** The weights of a model, and what its optimizer remembers, as the bytes of a .weights.h5 file: `model.toWeightsH5()`. */
export function toWeightsH5(model: BaseModel): Uint8Array<ArrayBuffer> {
  checkBuilt(`${model.name}.toWeightsH5`, model);
  return writeHdf5(weightsTree(model));
}

/**
 * Writes a model to a .keras file: `await model.save('model.keras')`.
 *
 * The file is there in whole, old or new, whenever the process or the machine stops. In a page use `toKeras`.
 * @throws ValueError for a path that does not end in .keras or cannot be written.
 */
export async function saveModel(model: BaseModel, path: string): Promise<void> {
  writeTo(`${model.name}.save`, path, '.keras', () => toKeras(model));
}

/** Writes the weights alone: `await model.saveWeights('model.weights.h5')`. The path has to end so. */
export async function saveWeights(model: BaseModel, path: string): Promise<void> {
  writeTo(`${model.name}.saveWeights`, path, '.weights.h5', () => toWeightsH5(model));
}

function writeTo(owner: string, path: string, ending: string, bytes: () => Uint8Array): void {
  if (typeof path !== 'string' || !path.endsWith(ending))
    throw new ValueError(`${owner}: expected a path that ends in '${ending}', got ${describe(path)}. Add the ending.`);
  const advice = `Use ${ending === '.keras' ? 'toKeras' : 'toWeightsH5'}() for its bytes.`;
  const [fs, whole] = [fileSystem(owner, advice), bytes()];
  try {
    writeWhole(fs, path, whole);
  } catch (cause) {
    const got = `${describe(path)} (${(cause as Error).message})`;
    throw new ValueError(`${owner}: expected a path that can be written, got ${got}. What was there is as before.`, { cause });
  }
}
