// The .npz format of NumPy: a ZIP archive of .npy files.
import { mismatch } from '../../common/errors.ts';
import { checkInteger, checkOptions, describe } from '../../common/options.ts';
import { crc32 } from '../../files/crc.ts';
import { ModelFormatError } from '../../files/model-format-error.ts';
import { writeZip } from '../../files/zip.ts';
import { type ZipLimits, zipEntries } from '../../files/zip-directory.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { checkTensors, type NamedTensors } from './named-tensors.ts';
import { npyTensor, writeNpy } from './npy.ts';

/**
 * An archive of named tensors, in their order, that NumPy's `load` reads.
 *
 * ```js
 * const bytes = writeNpz({ a: tensor([1, 2]), 'dense/kernel': tensor([[3]]) });
 * readNpz(bytes).a.array(); // [1, 2]
 * ```
 * `tensors`: an object or a Map. Equal tensors give equal bytes; nothing is compressed.
 * @throws ValueError for a value that is not a Tensor and for a name that cannot be a path, such as '../a'.
 */
export function writeNpz(tensors: NamedTensors): Uint8Array<ArrayBuffer> {
  return writeZip(new Map(checkTensors('writeNpz', tensors).map(([name, tensor]) => [`${name}.npy`, writeNpy(tensor)])));
}

/**
 * The tensors in an archive written by `writeNpz` or by NumPy's `savez`, by name and in their order.
 *
 * ```js
 * model.setWeights(Object.values(readNpz(bytes))); // of a file that ModelCheckpoint wrote
 * ```
 * Checksums, sizes and names are verified. `maxEntries` (default 4096) and `maxBytes` (default 2 GiB) bound what is read.
 * What becomes of which kind of number says `readNpy`. Archives of `numpy.savez_compressed` need `await loadNpz(bytes)`, as the
 * platform inflates asynchronously only.
 * @throws ModelFormatError, naming the entry and the byte, for a damaged, compressed or oversized archive, or one that holds other
 * things than arrays; ValueError for what is no Uint8Array.
 */
export function readNpz(bytes: Uint8Array, limits: ZipLimits = {}): Record<string, Tensor> {
  checkLimits('readNpz', limits);
  if (!(bytes instanceof Uint8Array)) throw mismatch('readNpz', 'a Uint8Array', describe(bytes), 'Read the file first.');
  const refuse = (what: string, byte: number, path?: string, advice?: string): never => {
    throw new ModelFormatError({ file: 'readNpz', format: 'ZIP', problem: `found ${what}`, byte, path, advice });
  };
  const entries = zipEntries(bytes, limits, refuse).map(({ name, method, crc, start, stored }): [string, Uint8Array] => {
    if (method !== 0) {
      refuse('a compressed entry', start, name, 'Read it with await loadNpz(bytes), or write it with numpy.savez, not savez_compressed.');
    }
    if (crc32(stored) !== crc) refuse('a wrong checksum', start, name);
    return [name, stored];
  });
  return tensorsOf('readNpz', entries);
}

/** Throws a ValueError for limits that are none. */
export function checkLimits(owner: string, limits: ZipLimits): void {
  checkOptions(owner, limits, ['maxEntries', 'maxBytes']);
  for (const [name, limit] of Object.entries(limits)) if (limit !== undefined) checkInteger(owner, name, limit);
}

/** The arrays of an archive by their names without `.npy`. */
export function tensorsOf(owner: string, entries: Iterable<readonly [string, Uint8Array]>): Record<string, Tensor> {
  const tensors = new Map<string, Tensor>();
  for (const [name, contents] of entries) {
    const bare = name.replace(/\.npy$/, '');
    if (tensors.has(bare)) throw new ModelFormatError({ file: owner, format: 'ZIP', problem: 'found an array a second time', path: bare });
    tensors.set(bare, npyTensor(owner, contents, name));
  }
  return Object.fromEntries(tensors);
}
