// The directory of a ZIP archive (APPNOTE.TXT of PKWARE) with every field validated.
import { viewOf } from './bytes.ts';

/** Limits of an archive. */
export interface ZipLimits {
  /** Entries. Default 4096. */
  readonly maxEntries?: number;
  /** Bytes of all entries together. Default 2 GiB. */
  readonly maxBytes?: number;
}

/** An entry whose place and size were checked, but not yet its contents. */
export interface ZipEntry {
  readonly name: string;
  readonly method: 0 | 8;
  readonly crc: number;
  /** Inflated size that the directory states. */
  readonly size: number;
  /** Where its contents start in the archive, and what is stored there. */
  readonly start: number;
  readonly stored: Uint8Array;
}

/** Throws: what was found, at which byte, in which entry, and what to do about it if not to load the file again. */
export type RefuseZip = (what: string, byte: number, name?: string, advice?: string) => never;

export const RAISE = 'Raise that limit if you trust the file.';
const REPACK = 'Pack it again without encryption, in one file of less than 4 GiB, stored or deflated.';

export const LOCAL = 0x04034b50;
export const CENTRAL = 0x02014b50;
export const END = 0x06054b50;
export const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const MAX_COMMENT = 0xffff;
export const MAX_ENTRIES = 4096;
export const UTF8_NAME = 0x800;
const STREAMED = 0x8; // sizes follow the contents, besides being in the central directory
const LEVEL = 0x6; // how hard deflate tried
const ZIP64 = 0xffffffff;
const KIND_OF_FILE = 0xf000;
const SYMBOLIC_LINK = 0xa000;

/**
 * The entries of an archive in the order of its directory. Every offset, size and name is checked: the end is there once, local
 * headers agree with the directory, no entry lies over another, none leads out of a folder, is encrypted, or is a link.
 */
export function zipEntries(bytes: Uint8Array, limits: ZipLimits, refuse: RefuseZip): ZipEntry[] {
  const { maxEntries = MAX_ENTRIES, maxBytes = 2 ** 31 } = limits;
  const view = viewOf(bytes);
  const end = findEnd(bytes, view, refuse);
  const count = view.getUint16(end + 10, true);
  const size = view.getUint32(end + 12, true);
  const start = view.getUint32(end + 16, true);
  if (size === ZIP64 || start === ZIP64 || count === MAX_COMMENT) refuse('an archive of the 64-bit kind (Zip64)', end, undefined, REPACK);
  if (view.getUint32(end + 4, true) !== 0 || view.getUint16(end + 8, true) !== count)
    refuse('a part of a split archive', end, undefined, REPACK);
  if (count > maxEntries) refuse(`${count} entries (at most ${maxEntries} are read)`, end, undefined, RAISE);
  if (start + size !== end) refuse('a central directory of another size', end);
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  const places: { from: number; to: number; name: string }[] = [];
  let at = start;
  let total = 0;
  for (let i = 0; i < count; i++) {
    if (at + CENTRAL_SIZE > end || view.getUint32(at, true) !== CENTRAL) refuse('no entry of the central directory', at);
    const next = at + CENTRAL_SIZE + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) refuse('an entry that is cut off', at);
    const { entry, from, to } = entryAt(bytes, view, at, start, refuse);
    if (names.has(entry.name)) refuse(`the name '${entry.name}' a second time`, at, entry.name);
    names.add(entry.name);
    total += entry.size;
    if (total > maxBytes) refuse(`more than ${maxBytes} bytes of contents`, at, entry.name, RAISE);
    places.push({ from, to, name: entry.name });
    entries.push(entry);
    at = next;
  }
  if (at !== end) refuse('more than the entries in the central directory', at);
  places.sort((a, b) => a.from - b.from);
  for (const [i, { from, name }] of places.entries()) {
    if (i > 0 && from < places[i - 1].to) refuse(`contents of '${name}' that lie over those of '${places[i - 1].name}'`, from, name);
  }
  return entries;
}

/** One entry of the directory, with its local header, which lies before `start`. */
function entryAt(bytes: Uint8Array, view: DataView, at: number, start: number, refuse: RefuseZip) {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const crc = view.getUint32(at + 16, true);
  const packed = view.getUint32(at + 20, true);
  const size = view.getUint32(at + 24, true);
  const nameLength = view.getUint16(at + 28, true);
  const name = nameAt(bytes, at + CENTRAL_SIZE, nameLength) ?? refuse('a name that is not UTF-8', at);
  if (!isGoodName(name)) refuse(`the name '${name.slice(0, 40)}', where names such as 'dense/kernel.npy' are expected`, at);
  if (flags & ~(UTF8_NAME | STREAMED | LEVEL)) refuse('an encrypted entry', at, name, REPACK);
  if (method !== 0 && method !== 8) refuse(`compression method ${method} (0 and 8 are read)`, at, name, REPACK);
  if (((view.getUint32(at + 38, true) >>> 16) & KIND_OF_FILE) === SYMBOLIC_LINK) refuse('a symbolic link', at, name);
  const from = view.getUint32(at + 42, true);
  if (packed === ZIP64 || size === ZIP64 || from === ZIP64) refuse('an archive of the 64-bit kind (Zip64)', at, name, REPACK);
  if (from + LOCAL_SIZE > start || view.getUint32(from, true) !== LOCAL) refuse(`no contents of '${name}'`, from, name);
  const localName = view.getUint16(from + 26, true);
  const contents = from + LOCAL_SIZE + localName + view.getUint16(from + 28, true);
  const wide = wideSizes(view, from + LOCAL_SIZE + localName, Math.min(contents, start));
  const agrees = (offset: number, value: number, wideValue: number | undefined) => {
    const local = view.getUint32(from + offset, true);
    return local === value || ((flags & STREAMED) !== 0 && local === 0) || (local === ZIP64 && wideValue === value);
  };
  const same =
    view.getUint16(from + 6, true) === flags &&
    view.getUint16(from + 8, true) === method &&
    agrees(14, crc, undefined) &&
    agrees(18, packed, wide?.packed) &&
    agrees(22, size, wide?.size) &&
    contents <= start &&
    nameAt(bytes, from + LOCAL_SIZE, localName) === name;
  if (!same) refuse(`other facts about '${name}' than in the directory`, from, name);
  const folder = name.endsWith('/');
  if (contents + packed > start || (method === 0 && packed !== size) || (folder && size !== 0)) {
    refuse(`a wrong size of '${name}'`, at, name);
  }
  const stored = bytes.subarray(contents, contents + packed);
  return { entry: { name, method: method as 0 | 8, crc, size, start: contents, stored }, from, to: contents + packed };
}

/** The sizes in the extra field of a local header made ready for more than 4 GiB, as NumPy makes them all. */
function wideSizes(view: DataView, from: number, to: number): { size: number; packed: number } | undefined {
  for (let at = from; at + 4 <= to; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1 || view.getUint16(at + 2, true) < 16 || at + 20 > to) continue;
    return { size: Number(view.getBigUint64(at + 4, true)), packed: Number(view.getBigUint64(at + 12, true)) };
  }
  return undefined;
}

/** The record at the end, of which other readers must find the same. */
function findEnd(bytes: Uint8Array, view: DataView, refuse: RefuseZip): number {
  let found: number | undefined;
  for (let at = bytes.length - END_SIZE; at >= Math.max(0, bytes.length - END_SIZE - MAX_COMMENT); at--) {
    if (view.getUint32(at, true) !== END) continue;
    const fits = at + END_SIZE + view.getUint16(at + 20, true) === bytes.length;
    // The first signature from the end is what most readers take; contents before it may hold one by chance.
    if (found === undefined ? !fits : fits) refuse('two ends of the central directory', at);
    found ??= at;
  }
  return found ?? refuse('no end of the central directory', bytes.length);
}

function nameAt(bytes: Uint8Array, at: number, length: number): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(at, at + length));
  } catch {
    return undefined;
  }
}

/** Names that could lead out of a folder or into an object's prototype are none. */
export function isGoodName(name: string): boolean {
  if (name === '' || name.length > 1024 || /[\0\\]/.test(name) || /^(\/|[A-Za-z]:)/.test(name)) return false;
  return !name.split('/').some((part) => /^(\.\.|(__proto__|constructor|prototype)(\.npy)?)$/.test(part));
}
