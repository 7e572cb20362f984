// The bytes of an HDF5 file. Reads stay within bounds, and every byte range is claimed once.
import { viewOf } from '../bytes.ts';
import { ModelFormatError } from '../model-format-error.ts';
import { lookup3 } from './checksum.ts';
import type { Hdf5Limits } from './tree.ts';

/** Advice about structures that are not read, and about limits. */
export const REWRITE = 'Write the file again with h5py and its default settings.';
export const RAISE = 'Raise that limit if you trust the file.';

const NOWHERE = 0xffffffff; // both halves of the undefined address
const TOO_HIGH = 2 ** 21; // the upper half of 2^53

export class Source {
  readonly bytes: Uint8Array;
  readonly limits: Hdf5Limits;
  readonly view: DataView;
  readonly file: string;
  /** The end of the file as its superblock tells it. */
  end: number;
  /** The object being read, for errors. */
  path: string | undefined;
  readonly #parts: { from: number; to: number; what: string }[] = [];
  #claimed = 0;

  constructor(bytes: Uint8Array, limits: Hdf5Limits) {
    this.bytes = bytes;
    this.limits = limits;
    this.view = viewOf(bytes);
    this.file = limits.file ?? 'weights file';
    this.end = bytes.length;
  }

  refuse(problem: string, byte?: number, advice?: string): never {
    throw new ModelFormatError({ file: this.file, format: 'HDF5', problem: `found ${problem}`, path: this.path, byte, advice });
  }

  /** A whole number of 64 bits. */
  length(at: number): number {
    const high = this.view.getUint32(at + 4, true);
    if (high >= TOO_HIGH) this.refuse('a size or address of more than 2^53', at);
    return high * 2 ** 32 + this.view.getUint32(at, true);
  }

  /** An address, or undefined for the one that stands for nowhere. */
  address(at: number): number | undefined {
    return this.view.getUint32(at, true) === NOWHERE && this.view.getUint32(at + 4, true) === NOWHERE ? undefined : this.length(at);
  }

  /**
   * Takes a part of the file for one purpose. As no byte serves two, all parts together are no longer than the file, which
   * ends every ring of addresses; that single bytes are not taken twice is looked at in the end (`checkParts`).
   */
  claim(at: number | undefined, size: number, what: string): Fields {
    if (at === undefined) return this.refuse(`no address of ${what}`);
    if (at > this.end || size > this.end - at) this.refuse(`${what} of ${size} bytes that ends after the file (${this.end} bytes)`, at);
    this.#claimed += size;
    if (this.#claimed > this.end) this.refuse(`${what} in a place that is used twice`, at);
    if (size > 0) this.#parts.push({ from: at, to: at + size, what });
    return new Fields(this, at, at + size, what);
  }

  /** The checksum that comes next, of all bytes since `from`. */
  checkSum(from: number, fields: Fields): void {
    const end = fields.at;
    if (fields.number(4) !== lookup3(this.bytes.subarray(from, end))) this.refuse(`a wrong checksum of ${fields.what}`, end);
  }

  checkParts(): void {
    this.path = undefined;
    this.#parts.sort((a, b) => a.from - b.from);
    for (let i = 1; i < this.#parts.length; i++) {
      const [before, { from, what }] = [this.#parts[i - 1], this.#parts[i]];
      if (from < before.to) this.refuse(`${what} that lies over ${before.what}`, from);
    }
  }
}

/** Fields of a structure, one after the other, never behind its end. */
export class Fields {
  readonly source: Source;
  at: number;
  readonly end: number;
  readonly what: string;

  constructor(source: Source, at: number, end: number, what: string) {
    this.source = source;
    this.at = at;
    this.end = end;
    this.what = what;
  }

  get left(): number {
    return this.end - this.at;
  }

  skip(size: number): number {
    const { at } = this;
    if (size > this.end - at) this.source.refuse(`${this.what} that is cut off`, at);
    this.at += size;
    return at;
  }

  /** A whole number of 1 to 8 bytes, lowest first. */
  number(width: 1 | 2 | 4 | 8): number {
    const at = this.skip(width);
    const { view } = this.source;
    if (width === 1) return view.getUint8(at);
    if (width === 2) return view.getUint16(at, true);
    return width === 4 ? view.getUint32(at, true) : this.source.length(at);
  }

  /** A whole number of up to 7 bytes, lowest first, which may be none. */
  whole(width: number): number {
    const at = this.skip(width);
    let value = 0;
    for (let i = width - 1; i >= 0; i--) value = value * 256 + this.source.bytes[at + i];
    if (!Number.isSafeInteger(value)) this.source.refuse('a number of more than 2^53', at);
    return value;
  }

  address(): number | undefined {
    return this.source.address(this.skip(8));
  }

  bytes(size: number): Uint8Array {
    const at = this.skip(size);
    return this.source.bytes.subarray(at, at + size);
  }

  /** A structure of `size` bytes inside this one. */
  inner(size: number, what: string): Fields {
    const at = this.skip(size);
    return new Fields(this.source, at, at + size, what);
  }

  /** A structure inside this one, counted from where this one is now, which stays there. */
  part(offset: number, size: number, what: string): Fields {
    const part = new Fields(this.source, this.at, this.end, what);
    part.skip(offset);
    return part.inner(size, what);
  }

  text(size: number): string {
    return textOf(this.source, this.bytes(size), this.at - size);
  }

  signature(expected: string): void {
    const at = this.skip(expected.length);
    for (let i = 0; i < expected.length; i++) {
      if (this.source.bytes[at + i] !== expected.charCodeAt(i)) this.source.refuse(`no signature ${expected} of ${this.what}`, at);
    }
  }

  /** A number that has to be `expected`. */
  expect(width: 1 | 2 | 4 | 8, expected: number, name: string): void {
    const at = this.at;
    const got = this.number(width);
    if (got !== expected) this.source.refuse(`${name} ${got} of ${this.what} (${expected} is read)`, at);
  }
}

/** Text in UTF-8. */
export function textOf(source: Source, bytes: Uint8Array, at: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return source.refuse('a text that is not UTF-8', at);
  }
}
