// ZIP archives with stored and deflated entries: what .keras files are.
import { crc32 } from './crc.ts';
import { inflate } from './inflate.ts';
import { ModelFormatError } from './model-format-error.ts';
import { RAISE, type ZipEntry, type ZipLimits, zipEntries } from './zip-directory.ts';

export interface ReadZipLimits extends ZipLimits {
  /** The name of the file in errors. Default 'archive'. */
  readonly file?: string;
  /** Bytes of single entries by name. Default 64 MiB for config.json and 1 MiB for metadata.json. */
  readonly maxBytesOf?: ReadonlyMap<string, number>;
  /** Bytes above which an entry may not be more than `maxRatio` times its compressed size. Default 16 MiB. */
  readonly maxAnyRatio?: number;
  /** Default 100. */
  readonly maxRatio?: number;
}

const MiB = 2 ** 20;

/**
 * The entries of an archive in the order of its directory, without those that stand for folders.
 *
 * ```ts
 * const entries = await readZip(bytes);
 * const config = new TextDecoder().decode(entries.get('config.json'));
 * ```
 * Every offset, size, name and checksum is verified, and nothing is inflated beyond what the directory tells and the limits allow.
 * Stored entries are views of `bytes`.
 * @throws ModelFormatError, naming the byte and the entry.
 */
export async function readZip(bytes: Uint8Array, limits: ReadZipLimits = {}): Promise<Map<string, Uint8Array>> {
  const { file = 'archive', maxAnyRatio = 16 * MiB, maxRatio = 100 } = limits;
  const {
    maxBytesOf = new Map([
      ['config.json', 64 * MiB],
      ['metadata.json', MiB],
    ]),
  } = limits;
  const refuse = (what: string, byte: number, path?: string, advice?: string): never => {
    throw new ModelFormatError({ file, format: 'ZIP', problem: `found ${what}`, byte, path, advice });
  };
  const directory = zipEntries(bytes, limits, refuse);
  // All sizes before the first allocation.
  for (const { name, size, start, stored } of directory) {
    const most = maxBytesOf.get(name);
    if (most !== undefined && size > most) refuse(`${size} bytes (at most ${most} are read)`, start, name, RAISE);
    if (size > maxAnyRatio && size > stored.length * maxRatio) {
      refuse(`${size} bytes compressed to ${stored.length} (at most ${maxRatio} times as many are read)`, start, name, RAISE);
    }
  }
  const entries = new Map<string, Uint8Array>();
  for (const entry of directory) {
    const contents = await contentsOf(entry, refuse);
    if (crc32(contents) !== entry.crc) refuse('a wrong checksum', entry.start, entry.name);
    if (!entry.name.endsWith('/')) entries.set(entry.name, contents);
  }
  return entries;
}

async function contentsOf({ name, method, size, start, stored }: ZipEntry, refuse: (...where: [string, number, string]) => never) {
  if (method === 0) return stored;
  const contents = await inflate('deflate-raw', stored, size);
  return typeof contents === 'string' ? refuse(contents, start, name) : contents;
}
