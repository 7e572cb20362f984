// Loads .npz archives from a path, an address or bytes, compressed ones too.

import { drain } from '../data/pass.ts';
import { type FileSource, openBytes } from '../data/text-source.ts';
import { join } from '../files/bytes.ts';
import { readZip } from '../files/read-zip.ts';
import type { ZipLimits } from '../files/zip-directory.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { checkLimits, tensorsOf } from './arrays/npz.ts';

const OWNER = 'loadNpz';

/**
 * The tensors in an archive of NumPy's `savez` or `savez_compressed`, by name and in their order.
 *
 * ```js
 * const { kernel } = await loadNpz('weights.npz'); // in a page: the address of the file, or a File that the user chose
 * ```
 * `source`: a path, a URL, a Blob, a Response, a stream or the bytes. All is verified as by `readNpz`, which needs no waiting but
 * reads no compressed archives; the limits are the same, and what is larger than 16 MiB may not shrink below a hundredth.
 * @throws ModelFormatError, naming the entry and the byte, for a damaged or oversized archive, or one that holds other things than
 * arrays; ValueError for a source that cannot be read.
 */
export async function loadNpz(source: FileSource, limits: ZipLimits = {}): Promise<Record<string, Tensor>> {
  checkLimits(OWNER, limits);
  const pieces: Uint8Array[] = [];
  await drain(openBytes(OWNER, source), (piece) => pieces.push(piece));
  const bytes = pieces.length === 1 ? pieces[0] : join(pieces);
  return tensorsOf(OWNER, await readZip(bytes, { ...limits, file: OWNER, maxBytesOf: new Map() }));
}
