// Where the numbers of a dataset lie (HDF5 File Format Specification 3.0, IV.A.2.f, i and l).
import { MOST_INFLATED } from '../inflate.ts';
import { MESSAGE, type Messages } from './object-header.ts';
import { type Keys, walkTree } from './old-tree.ts';
import { type Fields, REWRITE, type Source } from './source.ts';

/** A part of a chunked dataset: where it lies in the file and, as indices of elements, in the dataset. */
export interface Chunk {
  readonly stored: Fields;
  /** Bits of the filters that were left out. */
  readonly mask: number;
  readonly offsets: readonly number[];
}

export interface Filters {
  readonly shuffle: number;
  /** Place in the pipeline, -1 for a filter that is not used. */
  readonly deflate: number;
}

export type Layout =
  | { readonly kind: 'whole'; readonly bytes: Uint8Array | undefined }
  | { readonly kind: 'chunks'; readonly lengths: readonly number[]; readonly chunks: readonly Chunk[]; readonly filters: Filters };

/** Shape of the dataset, and bytes of an element. */
export interface Extent {
  readonly shape: readonly number[];
  readonly size: number;
  readonly count: number;
}

export function layoutOf(source: Source, { single }: Messages, extent: Extent): Layout {
  const message = single.get(MESSAGE.layout);
  if (!message) return source.refuse('a dataset without a place');
  const { at } = message;
  const version = message.number(1);
  if (version !== 3 && version !== 4) source.refuse(`a layout of version ${version} (3 and 4 are read)`, at, REWRITE);
  const kind = message.number(1);
  const filters = single.get(MESSAGE.filters);
  if (filters && kind !== 2) source.refuse('filters of a dataset that is not in chunks', filters.at);
  const size = extent.count * extent.size;
  if (kind === 0) {
    message.expect(2, size, 'size');
    return { kind: 'whole', bytes: message.bytes(size) };
  }
  if (kind === 1) {
    const address = message.address();
    message.expect(8, size, 'size');
    return { kind: 'whole', bytes: address === undefined ? undefined : source.claim(address, size, 'a dataset').bytes(size) };
  }
  if (kind === 3) source.refuse('a virtual dataset', at, 'Numbers are read from the file itself only.');
  if (kind !== 2) source.refuse(`a layout of kind ${kind}`, at);
  if (version === 4) source.refuse('chunks of the latest kind (layout version 4)', at, REWRITE);
  return chunked(source, message, extent, filtersOf(filters, extent.size));
}

function chunked(source: Source, message: Fields, { shape, size }: Extent, filters: Filters): Layout {
  const { at } = message;
  message.expect(1, shape.length + 1, 'axes');
  const tree = message.address();
  const lengths = shape.map(() => message.number(4));
  message.expect(4, size, 'size of an element');
  let bytes = size;
  for (const length of lengths) bytes *= length;
  if (shape.length === 0 || !(bytes > 0 && Number.isSafeInteger(bytes))) source.refuse(`chunks of shape [${lengths.join(', ')}]`, at);
  const chunks: Chunk[] = [];
  const places = new Set<string>();
  const check = ({ stored, mask, offsets }: Chunk): void => {
    const { at } = stored;
    if (offsets.some((offset, axis) => offset % lengths[axis] !== 0 || offset >= shape[axis])) {
      source.refuse(`a chunk at [${offsets.join(', ')}] of shape [${shape.join(', ')}]`, at);
    }
    if (places.has(offsets.join())) source.refuse(`two chunks at [${offsets.join(', ')}]`, at);
    places.add(offsets.join());
    const deflated = filters.deflate >= 0 && !((mask >> filters.deflate) & 1);
    if (deflated ? bytes > stored.left * MOST_INFLATED : bytes !== stored.left) {
      source.refuse(`a chunk of ${bytes} bytes in ${stored.left}`, at);
    }
    chunks.push({ stored, mask, offsets });
  };
  if (tree !== undefined) {
    walkTree(source, tree, chunkKeys(shape.length), (child, { size, mask, offsets }) =>
      check({ stored: source.claim(child, size, 'a chunk'), mask, offsets }),
    );
  }
  return { kind: 'chunks', lengths, chunks, filters };
}

/** Bytes that a chunk takes in the file, filters that it was not given, and its place in the dataset. */
const chunkKeys = (rank: number): Keys<{ size: number; mask: number; offsets: number[] }> => ({
  type: 1,
  bytes: 8 + 8 * (rank + 1),
  what: 'a B-tree of chunks',
  read: (entries) => {
    const size = entries.number(4);
    const mask = entries.number(4);
    const offsets = Array.from({ length: rank }, () => entries.number(8));
    entries.skip(8);
    return { size, mask, offsets };
  },
});

const DEFLATE = 1;
const SHUFFLE = 2;

/** None, or bytes sorted by their place in the number, or deflate, or the one and then the other. */
function filtersOf(message: Fields | undefined, size: number): Filters {
  if (!message) return { shuffle: -1, deflate: -1 };
  const { source, at } = message;
  const version = message.number(1);
  if (version !== 1 && version !== 2) source.refuse(`version ${version} of filters`, at);
  const count = message.number(1);
  if (version === 1) message.skip(6);
  const used: number[] = [];
  for (let i = 0; i < count; i++) {
    const id = message.number(2);
    const nameSize = version === 1 || id >= 256 ? message.number(2) : 0;
    message.skip(2);
    const values = message.number(2);
    message.skip(version === 1 ? Math.ceil(nameSize / 8) * 8 : nameSize);
    const first = values > 0 ? message.number(4) : 0;
    message.skip(4 * (Math.max(values, 1) - 1) + (version === 1 && values % 2 === 1 ? 4 : 0));
    if (id !== DEFLATE && id !== SHUFFLE) source.refuse(`filter ${id} (deflate and shuffle are read)`, at, REWRITE);
    if (id === SHUFFLE && first !== size) source.refuse(`a shuffle of ${first} bytes for elements of ${size}`, at);
    used.push(id);
  }
  const inOrder = used.length <= 2 && used.every((id, i) => i === 0 || (id === DEFLATE && used[i - 1] === SHUFFLE));
  if (!inOrder) source.refuse(`the filters ${used.join(', ')} in this order`, at, REWRITE);
  return { shuffle: used.indexOf(SHUFFLE), deflate: used.indexOf(DEFLATE) };
}

/** The bytes of the element that stands where nothing was stored, or undefined for zeros. */
export function fillValueOf(source: Source, { single }: Messages, size: number): Uint8Array | undefined {
  const old = single.get(MESSAGE.oldFillValue);
  const message = single.get(MESSAGE.fillValue);
  let value: Uint8Array | undefined;
  if (message) {
    const at = message.at;
    const version = message.number(1);
    if (version < 1 || version > 3) source.refuse(`version ${version} of a fill value`, at);
    const flags = message.number(1);
    if (version < 3) message.skip(1);
    const defined = version === 3 ? (flags & 0x20) !== 0 : message.number(1) === 1 || version === 1;
    if (defined) value = message.bytes(message.number(4));
  } else if (old) value = old.bytes(old.number(4));
  if (!value || value.length === 0) return undefined;
  if (value.length !== size) source.refuse(`a fill value of ${value.length} bytes for elements of ${size}`);
  return value;
}
