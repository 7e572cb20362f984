// Attributes as h5py writes them, and the global heaps with their texts.
import { ValueError } from '../../common/errors.ts';
import { join, numbers, utf8 } from '../bytes.ts';
import { MESSAGE } from './object-header.ts';
import { type Output, padded } from './output.ts';
import type { Attributes, AttributeValue, NumberArray } from './tree.ts';
import { dataspace, longTextType, message, numberType, shortTextType } from './write-types.ts';

const HEAP_SIZE = 4096;
const HEAD = 16; // of a heap, and of each value in it
const MAX_MESSAGE = 65_528;

/** Texts are put into collections of 4096 bytes, one after the other; a longer text gets one of its own size. */
export class TextHeap {
  readonly #output: Output;
  #start = 0;
  #end = 0;
  #at = 0;
  #index = 0;

  constructor(output: Output) {
    this.#output = output;
  }

  /** The reference to a text: its length, the collection's address, its number there. */
  add(text: string): Uint8Array {
    const bytes = utf8(text);
    if (bytes.length === 0) return new Uint8Array(HEAD);
    const size = HEAD + padded(bytes.length);
    if (this.#at + size > this.#end) this.#open(Math.max(HEAP_SIZE, HEAD + size));
    this.#index++;
    this.#output.put(this.#at, numbers([2, this.#index], [2, 0], [4, 0], [8, bytes.length]), bytes);
    this.#at += size;
    return numbers([4, bytes.length], [8, this.#start], [4, this.#index]);
  }

  #open(size: number): void {
    this.close();
    this.#start = this.#output.reserve(size);
    this.#end = this.#start + size;
    this.#at = this.#start + HEAD;
    this.#index = 0;
    this.#output.put(this.#start, utf8('GCOL'), numbers([4, 1], [8, size]));
  }

  /** Tells how much of the last collection is free. */
  close(): void {
    const free = this.#end - this.#at;
    if (free >= HEAD) this.#output.put(this.#at, numbers([8, 0], [8, free]));
  }
}

/** One message for each attribute, in their order. */
export function attributeMessages(attributes: Attributes | undefined, heap: TextHeap, path: string): Uint8Array[] {
  return Array.from(attributes ?? [], ([name, value]) => {
    const refuse = (expected: string): never => {
      throw new ValueError(`writeHdf5: expected attribute '${name.slice(0, 40)}' of '${path || '/'}' to ${expected}.`);
    };
    if (name === '' || name.length > 1024 || name.includes('\0')) refuse('have a name of 1 to 1024 characters without NUL');
    const { type, shape, data } = encoded(value, heap, refuse);
    const title = utf8(`${name}\0`);
    const space = dataspace(shape);
    const sizes = numbers([1, 1], [1, 0], [2, title.length], [2, type.length], [2, space.length]);
    const size = sizes.length + padded(title.length) + padded(type.length) + space.length + data.length;
    if (size > MAX_MESSAGE)
      refuse(`have at most ${MAX_MESSAGE} bytes with its name, got ${size}: HDF5 has no room for more, write several`);
    return message(MESSAGE.attribute, 0, join([sizes, filledUp(title), filledUp(type), space, data]));
  });
}

const filledUp = (bytes: Uint8Array): Uint8Array => join([bytes, new Uint8Array(padded(bytes.length) - bytes.length)]);

type Refuse = (expected: string) => never;

function encoded(value: AttributeValue, heap: TextHeap, refuse: Refuse): { type: Uint8Array; shape: number[]; data: Uint8Array } {
  if (typeof value === 'string') {
    if (value.includes('\0')) refuse('hold no NUL, which ends a text');
    return { type: longTextType(), shape: [], data: heap.add(value) };
  }
  if (typeof value === 'number') return { ...ofNumbers(Float64Array.of(value)), shape: [] };
  if (typeof value === 'bigint') {
    if (BigInt.asIntN(64, value) !== value) refuse(`fit into 64 bits, got ${value}`);
    return { ...ofNumbers(BigInt64Array.of(value)), shape: [] };
  }
  if (!Array.isArray(value)) return ofNumbers(isNumberArray(value) ? value : refuse('be a text, a number, texts or a typed array'));
  const texts = value.map((text) => (typeof text === 'string' && !text.includes('\0') ? utf8(text) : refuse('hold texts without NUL')));
  const size = texts.reduce((most, text) => Math.max(most, text.length), 1);
  if (size * texts.length > MAX_MESSAGE)
    refuse(`have at most ${MAX_MESSAGE} bytes, got ${texts.length} texts of up to ${size}: write several`);
  const data = new Uint8Array(size * texts.length);
  for (const [i, text] of texts.entries()) data.set(text, i * size);
  return {
    type: shortTextType(
      size,
      data.every((byte) => byte < 128),
    ),
    shape: [texts.length],
    data,
  };
}

const ofNumbers = (data: NumberArray) => ({
  type: numberType(data),
  shape: [data.length],
  data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
});

/** Whether it is a typed array of a kind that can be written. */
export const isNumberArray = (value: unknown): value is NumberArray =>
  ArrayBuffer.isView(value) &&
  !(value instanceof DataView) &&
  !(value instanceof Uint8ClampedArray) &&
  (value as { constructor: { name: string } }).constructor.name !== 'Float16Array';
