// Writes the state of a model as the bytes of Keras's files, and these into files. Models import it when it is needed.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { utf8 } from '../../files/bytes.ts';
import { writeHdf5 } from '../../files/hdf5/write-hdf5.ts';
import type { FileSystem } from '../../files/node.ts';
import { writeWhole } from '../../files/write.ts';
import { writeZip } from '../../files/zip.ts';
import { dumps } from '../../preprocessing/python-json.ts';
import type { ModelState, WeightsState } from '../model/model-state.ts';
import { weightsTree } from '../model/weights-tree.ts';
import { vocabularyFiles } from '../model/write-vocabularies.ts';
import { CONFIG, WEIGHTS } from './entries.ts';

/** The version of Keras whose files these are. */
const KERAS_VERSION = '3.15.1';

/** The bytes of a .keras file; errors begin with `owner`. */
export function kerasBytes(owner: string, state: ModelState): Uint8Array<ArrayBuffer> {
  const metadata = dumps({ keras_version: KERAS_VERSION, date_saved: now() });
  const entries = [
    ['metadata.json', utf8(metadata)],
    [CONFIG, utf8(state.config)],
    [WEIGHTS, weightsBytes(state)],
    ...vocabularyFiles(owner, state.groups),
  ] as const;
  return writeZip(new Map(entries));
}

/** The bytes of a .weights.h5 file. */
export const weightsBytes = (state: WeightsState): Uint8Array<ArrayBuffer> => writeHdf5(weightsTree(state));

/** Puts bytes into a file as a whole; errors begin with `owner`. */
export function writeFile(owner: string, fs: FileSystem, path: string, bytes: Uint8Array): void {
  try {
    writeWhole(fs, path, bytes);
  } catch (cause) {
    const got = `${describe(path)} (${(cause as Error).message})`;
    throw mismatch(owner, 'a path that can be written', got, 'What was there is as before.', { cause });
  }
}

const two = (number: number): string => String(number).padStart(2, '0');

function now(): string {
  const date = new Date();
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day}@${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':')}`;
}
