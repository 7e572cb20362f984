// ZIP archives without compression (APPNOTE.TXT of PKWARE): what .npz files are.
import { ValueError } from '../errors.ts';
import { join, numbers, utf8, viewOf } from './bytes.ts';
import { crc32 } from './crc.ts';

/** What an archive may be at most. */
export interface ZipLimits {
  /** Entries. Default 4096. */
  readonly maxEntries?: number;
  /** Bytes of all entries together. Default 2 GiB. */
  readonly maxBytes?: number;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const MAX_COMMENT = 0xffff;
const MAX_ENTRIES = 4096;
const VERSION = 20; // 2.0, the first with folders and deflate
const UTF8_NAME = 0x800;
const STREAMED = 0x8; // sizes follow the contents, besides being in the central directory
const DATE = (1 << 5) | 1; // 1 January 1980, so that equal contents give equal archives

/** An archive of the entries in their order, each stored as it is. */
export function writeZip(entries: ReadonlyMap<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, bytes] of entries) {
    checkName('writeZip', name);
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
    throw new ValueError(
      `writeZip: expected at most 4 GiB and ${MAX_ENTRIES} entries, got ${at} bytes in ${entries.size}. Write several archives.`,
    );
  }
  return join([
    ...pieces,
    ...directory,
    numbers([4, END], [2, 0], [2, 0], [2, entries.size], [2, entries.size], [4, size], [4, at], [2, 0]),
  ]);
}

/**
 * The entries of an archive in their order. Nothing in it is believed: every offset, size, name and checksum is checked.
 * @throws ValueError, starting with `owner` and naming the byte, for what is no archive of stored entries within the limits.
 */
export function readZip(owner: string, bytes: Uint8Array, limits: ZipLimits = {}): Map<string, Uint8Array> {
  const { maxEntries = MAX_ENTRIES, maxBytes = 2 ** 31 } = limits;
  const view = viewOf(bytes);
  const refuse = (what: string, at: number): never => {
    throw new ValueError(`${owner}: expected a ZIP archive of stored entries, got ${what} at byte ${at}. The file may be damaged.`);
  };
  const end = findEnd(bytes, view);
  if (end === undefined) return refuse('no end of the central directory', bytes.length);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  if (view.getUint32(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count) refuse('a part of a split archive', end);
  if (count > maxEntries) refuse(`${count} entries (at most ${maxEntries} are read)`, end);
  if (start + size !== end) refuse('a central directory of another size', end);
  const entries = new Map<string, Uint8Array>();
  let at = start;
  let before = 0; // entries follow one another, so that none lies over another
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_SIZE > end || view.getUint32(at, true) !== CENTRAL) refuse('no entry of the central directory', at);
    const flags = view.getUint16(at + 8, true);
    const method = view.getUint16(at + 10, true);
    if (flags & ~(UTF8_NAME | STREAMED | 6)) refuse('an encrypted entry', at);
    if (method !== 0) refuse('a compressed entry (write it with numpy.savez, not savez_compressed)', at);
    const length = view.getUint32(at + 24, true);
    const nameLength = view.getUint16(at + 28, true);
    const next = at + CENTRAL_SIZE + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) refuse('an entry that is cut off', at);
    const name = nameAt(bytes, at + CENTRAL_SIZE, nameLength) ?? refuse('a name that is not UTF-8', at);
    checkName(owner, name);
    if (entries.has(name)) refuse(`the name '${name}' a second time`, at);
    total += length;
    if (total > maxBytes) refuse(`more than ${maxBytes} bytes of contents`, at);
    const local = view.getUint32(at + 42, true);
    if (local < before || local + LOCAL_SIZE > start || view.getUint32(local, true) !== LOCAL) refuse(`no contents of '${name}'`, local);
    const contents = local + LOCAL_SIZE + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const sameName = nameAt(bytes, local + LOCAL_SIZE, view.getUint16(local + 26, true)) === name;
    if (!sameName || view.getUint16(local + 8, true) !== method) refuse(`other facts about '${name}' than in the directory`, local);
    if (contents + length > start || view.getUint32(at + 20, true) !== length) refuse(`a wrong size of '${name}'`, at);
    const part = bytes.subarray(contents, contents + length);
    if (crc32(part) !== view.getUint32(at + 16, true)) refuse(`a wrong checksum of '${name}'`, contents);
    entries.set(name, part);
    before = contents + length;
    at = next;
  }
  if (at !== end) refuse('more than the entries in the central directory', at);
  return entries;
}

function findEnd(bytes: Uint8Array, view: DataView): number | undefined {
  for (let at = bytes.length - END_SIZE; at >= Math.max(0, bytes.length - END_SIZE - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) === END && at + END_SIZE + view.getUint16(at + 20, true) === bytes.length) return at;
  }
  return undefined;
}

function nameAt(bytes: Uint8Array, at: number, length: number): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(at, at + length));
  } catch {
    return undefined;
  }
}

/** Names that could lead out of a folder or into an object's prototype are refused. */
function checkName(owner: string, name: string): void {
  const odd = name === '' || name.length > 1024 || /[\0\\]/.test(name) || name.startsWith('/');
  if (odd || name.split('/').some((part) => /^(\.\.|(__proto__|constructor|prototype)(\.npy)?)$/.test(part))) {
    throw new ValueError(`${owner}: expected names of entries such as 'dense/kernel.npy', got '${name.slice(0, 40)}'.`);
  }
}
