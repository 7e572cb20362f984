// Reads weights from files of Keras into a model. Models import it when it is needed, so it knows no classes of layers.
import { checkBoolean, checkInteger, checkOptions } from '../../common/options.ts';
import { readHdf5 } from '../../files/hdf5/read-hdf5.ts';
import { SIGNATURE } from '../../files/hdf5/superblock.ts';
import type { Group } from '../../files/hdf5/tree.ts';
import { ModelFormatError } from '../../files/model-format-error.ts';
import { type FileSource, readBytes } from '../../files/read-bytes.ts';
import { readZip } from '../../files/read-zip.ts';
import type { LoadWeightsOptions } from '../../models/later.ts';
import { checkBuilt } from '../model/model-state.ts';
import { WEIGHTS } from './entries.ts';
import { readLegacyOptimizer, readLegacyWeights } from './legacy-h5.ts';
import { readOptimizer, readWeights, type WeightedModel, type Writes } from './model-weights.ts';

/** The name of a file in errors, and its largest size. */
export interface Limits {
  readonly file: string;
  readonly maxBytes: number;
}

/** 2 GiB. */
export const MAX_BYTES = 2 ** 31;

/** The name of the file in errors. */
export function nameOf(source: FileSource): string {
  const name = typeof source === 'string' || source instanceof URL ? String(source) : (source as File | undefined)?.name;
  return name && !/^(data|blob):/.test(name) ? name : 'the model file';
}

export const isHdf5 = (bytes: Uint8Array): boolean => SIGNATURE.every((byte, i) => bytes[i] === byte);

/** The weights in an older file, which may hold the whole model. */
export const weightsIn = (root: Group): Group => {
  const inner = root.children.get('model_weights');
  return inner?.kind === 'group' ? inner : root;
};

/** Reads weights into a model; errors begin with `owner`. */
export async function readInto(owner: string, model: WeightedModel, source: FileSource, options: LoadWeightsOptions): Promise<void> {
  checkOptions(owner, options, ['skipMismatch', 'maxBytes']);
  checkBuilt(owner, model);
  const limits = { file: nameOf(source), maxBytes: checkInteger(owner, 'maxBytes', options.maxBytes ?? MAX_BYTES) };
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

export function carryOut(writes: Writes): void {
  for (const write of writes) write();
}
