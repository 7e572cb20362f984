// ZIP archives without compression (APPNOTE.TXT of PKWARE): what .npz and .keras files are.
import { mismatch } from '../common/errors.ts';
import { join, numbers, utf8 } from './bytes.ts';
import { crc32 } from './crc.ts';
import { CENTRAL, END, isGoodName, LOCAL, LOCAL_SIZE, MAX_ENTRIES, UTF8_NAME, type ZipLimits, zipEntries } from './zip-directory.ts';

export type { ZipLimits } from './zip-directory.ts';

const VERSION = 20; // 2.0, the first with folders and deflate
const DATE = (1 << 5) | 1; // 1 January 1980, so that equal contents give equal archives

/** An archive of the entries in their order, each stored as it is. */
export function writeZip(entries: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, bytes] of entries) {
    if (!isGoodName(name)) throw nameError('writeZip', name);
    const text = utf8(name);
    const common = numbers(
      [2, VERSION],
      [2, UTF8_NAME],
      [2, 0],
      [2, 0],
      [2, DATE],
      [4, crc32(bytes)],
      [4, bytes.length],
      [4, bytes.length],
      [2, text.length],
      [2, 0],
    );
    directory.push(numbers([4, CENTRAL], [2, VERSION]), common, numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, at]), text);
    pieces.push(numbers([4, LOCAL]), common, text, bytes);
    at += LOCAL_SIZE + text.length + bytes.length;
  }
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  if (at + size > 0xffffffff || entries.size > MAX_ENTRIES) {
    throw mismatch('writeZip', `at most 4 GiB and ${MAX_ENTRIES} entries`, `${at} bytes in ${entries.size}`, 'Write several archives.');
  }
  return join([
    ...pieces,
    ...directory,
    numbers([4, END], [2, 0], [2, 0], [2, entries.size], [2, entries.size], [4, size], [4, at], [2, 0]),
  ]);
}

/**
 * The entries of an archive of stored entries, in their order: the reader of .npz files, which needs no waiting.
 * @throws ValueError, starting with `owner` and naming the byte, for what is no such archive within the limits.
 */
export function readStoredZip(owner: string, bytes: Uint8Array, limits: ZipLimits = {}): Map<string, Uint8Array> {
  const refuse = (what: string, at: number): never => {
    throw mismatch(owner, 'a ZIP archive of stored entries', `${what} at byte ${at}`, 'The file may be damaged.');
  };
  const entries = new Map<string, Uint8Array>();
  for (const { name, method, crc, start, stored } of zipEntries(bytes, limits, refuse)) {
    if (method !== 0) refuse('a compressed entry (write it with numpy.savez, not savez_compressed)', start);
    if (crc32(stored) !== crc) refuse(`a wrong checksum of '${name}'`, start);
    entries.set(name, stored);
  }
  return entries;
}

const nameError = (owner: string, name: string) => mismatch(owner, "names of entries such as 'dense/kernel.npy'", `'${name.slice(0, 40)}'`);
