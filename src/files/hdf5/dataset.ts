// A dataset: its description is read at once, its numbers on demand.
import { inflate } from '../inflate.ts';
import { ModelFormatError } from '../model-format-error.ts';
import { countOf, isText, type NumberType, shapeOf, typeOf } from './datatype.ts';
import { type Chunk, type Extent, type Filters, fillValueOf, type Layout, layoutOf } from './layout.ts';
import { numbersOf } from './numbers.ts';
import { MESSAGE, type Messages } from './object-header.ts';
import { RAISE, type Source } from './source.ts';
import type { Attributes, Dataset } from './tree.ts';

/** Bytes that may still be read into memory, and of them those that the file does not store. */
export interface Budget {
  bytes: number;
  filled: number;
}

export function datasetOf(source: Source, path: string, messages: Messages, attributes: Attributes, budget: Budget): Dataset {
  const shapeField = messages.single.get(MESSAGE.dataspace) ?? source.refuse('a dataset without a shape');
  const typeField = messages.single.get(MESSAGE.datatype) ?? source.refuse('a dataset without a type');
  const type = typeOf(typeField);
  if (isText(type))
    return source.refuse(
      'a dataset of texts (numbers are read)',
      typeField.at,
      'Files of Keras hold no such values: write the file again without them.',
    );
  const shape = shapeOf(shapeField);
  const extent = { shape, size: type.size, count: countOf(shapeField, shape, type.size) };
  const layout = layoutOf(source, messages, extent);
  const fill = fillValueOf(source, messages, type.size);
  spend(source, extent, layout, budget);
  const { file } = source;
  const refuse = (problem: string, byte: number): never => {
    throw new ModelFormatError({ file, format: 'HDF5', problem: `found ${problem}`, path, byte });
  };
  const read = async () =>
    numbersOf(layout.kind === 'whole' ? wholeBytes(layout, extent, fill) : await chunkBytes(layout, extent, fill, refuse), type);
  return { kind: 'dataset', path, attributes, shape, dtype: type.kind, read };
}

/** Before anything is allocated: what the file stores, or packs, is free; what it only promises is limited. */
function spend(source: Source, { shape, size, count }: Extent, layout: Layout, budget: Budget): void {
  let [bytes, filled] = [count * size, 0];
  if (layout.kind === 'whole') filled = layout.bytes ? 0 : bytes;
  else {
    let chunks = 1;
    let each = size;
    for (const [axis, length] of layout.lengths.entries()) {
      chunks *= Math.ceil(shape[axis] / length);
      each *= length;
    }
    filled = Math.min(bytes, (chunks - layout.chunks.length) * each);
    bytes = Math.max(bytes, layout.chunks.length * each);
  }
  if (bytes > budget.bytes)
    source.refuse(`datasets of more bytes than are read (maxBytes), the last of shape [${shape.join(', ')}]`, undefined, RAISE);
  if (filled > budget.filled)
    source.refuse(`a shape [${shape.join(', ')}] whose numbers are not in the file (maxFilledBytes)`, undefined, RAISE);
  budget.bytes -= bytes;
  budget.filled -= filled;
}

function wholeBytes(layout: Layout & { kind: 'whole' }, extent: Extent, fill: Uint8Array | undefined): Uint8Array {
  return layout.bytes ?? filledBytes(extent, fill);
}

function filledBytes({ count, size }: Extent, fill: Uint8Array | undefined): Uint8Array {
  const bytes = new Uint8Array(count * size);
  if (fill) for (let at = 0; at < bytes.length; at += size) bytes.set(fill, at);
  return bytes;
}

type Refuse = (problem: string, byte: number) => never;

async function chunkBytes(
  { chunks, lengths, filters }: Layout & { kind: 'chunks' },
  extent: Extent,
  fill: Uint8Array | undefined,
  refuse: Refuse,
): Promise<Uint8Array> {
  const whole = filledBytes(extent, fill);
  for (const chunk of chunks)
    copyChunk(await unpacked(chunk, lengths, extent.size, filters, refuse), chunk.offsets, lengths, extent, whole);
  return whole;
}

async function unpacked({ stored, mask }: Chunk, lengths: readonly number[], size: number, filters: Filters, refuse: Refuse) {
  let bytes = stored.source.bytes.subarray(stored.at, stored.end);
  const used = (place: number) => place >= 0 && !((mask >> place) & 1);
  if (used(filters.deflate)) {
    const inflated = await inflate(
      'deflate',
      bytes,
      lengths.reduce((product, length) => product * length, size),
    );
    bytes = typeof inflated === 'string' ? refuse(inflated, stored.at) : inflated;
  }
  return used(filters.shuffle) ? sortedBack(bytes, size) : bytes;
}

/** Shuffled bytes are all first bytes of the elements, then all second ones. */
function sortedBack(bytes: Uint8Array, size: number): Uint8Array {
  const elements = bytes.length / size;
  const sorted = new Uint8Array(bytes.length);
  for (let byte = 0; byte < size; byte++) {
    for (let i = 0; i < elements; i++) sorted[i * size + byte] = bytes[byte * elements + i];
  }
  return sorted;
}

/** Copies the part of a chunk that lies inside the dataset, row by row of the last axis. */
function copyChunk(
  bytes: Uint8Array,
  offsets: readonly number[],
  lengths: readonly number[],
  { shape, size }: NumberExtent,
  whole: Uint8Array,
): void {
  const last = shape.length - 1;
  const width = Math.min(lengths[last], shape[last] - offsets[last]) * size;
  const copyAxis = (axis: number, from: number, to: number): void => {
    if (axis === last) {
      const at = from * lengths[last] * size;
      whole.set(bytes.subarray(at, at + width), (to * shape[last] + offsets[last]) * size);
      return;
    }
    const rows = Math.min(lengths[axis], shape[axis] - offsets[axis]);
    for (let i = 0; i < rows; i++) copyAxis(axis + 1, from * lengths[axis] + i, to * shape[axis] + offsets[axis] + i);
  };
  copyAxis(0, 0, 0);
}

type NumberExtent = Pick<Extent, 'shape'> & Pick<NumberType, 'size'>;
