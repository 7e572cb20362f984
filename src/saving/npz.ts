// The .npz format of NumPy: a ZIP archive of .npy files.
import { ValueError } from '../errors.ts';
import { readStoredZip, writeZip, type ZipLimits } from '../files/zip.ts';
import { checkOptions, describe } from '../options.ts';
import { Tensor } from '../tensor/tensor.ts';
import { readNpy, writeNpy } from './npy.ts';

/**
 * An archive of named tensors, in their order, that NumPy's `load` reads.
 *
 * ```js
 * const bytes = writeNpz({ a: tensor([1, 2]), 'dense/kernel': tensor([[3]]) });
 * readNpz(bytes).a.array(); // [1, 2]
 * ```
 * Equal tensors give equal bytes.
 * @throws ValueError for a value that is not a Tensor and for a name that cannot be a path, such as '../a'.
 */
export function writeNpz(tensors: Readonly<Record<string, Tensor>>): Uint8Array<ArrayBuffer> {
  const entries = new Map<string, Uint8Array>();
  for (const [name, tensor] of Object.entries(tensors)) {
    if (!(tensor instanceof Tensor))
      throw new ValueError(`writeNpz: expected ${name} to be a Tensor, got ${describe(tensor)}. Make one with tensor(...).`);
    entries.set(`${name}.npy`, writeNpy(tensor));
  }
  return writeZip(entries);
}

/**
 * The tensors in an archive written by `writeNpz` or by NumPy's `savez`, by name and in their order.
 *
 * ```js
 * model.setWeights(Object.values(readNpz(bytes))); // of a file that ModelCheckpoint wrote
 * ```
 * Checksums, sizes and names are verified. `maxEntries` (default 4096) and `maxBytes` (default 2 GiB) bound what is read.
 * @throws ValueError, naming the place, for a damaged, compressed or oversized archive, or one that holds other things.
 */
export function readNpz(bytes: Uint8Array, limits: ZipLimits = {}): Record<string, Tensor> {
  checkOptions('readNpz', limits, ['maxEntries', 'maxBytes']);
  if (!(bytes instanceof Uint8Array)) throw new ValueError(`readNpz: expected a Uint8Array, got ${describe(bytes)}. Read the file first.`);
  const tensors = new Map<string, Tensor>();
  for (const [name, contents] of readStoredZip('readNpz', bytes, limits)) {
    const bare = name.replace(/\.npy$/, '');
    if (tensors.has(bare)) throw new ValueError(`readNpz: expected one array of each name, got two of '${bare}'.`);
    tensors.set(bare, readNpy(`readNpz: ${name}`, contents));
  }
  return Object.fromEntries(tensors);
}
