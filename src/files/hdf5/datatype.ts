// Types and shapes (HDF5 File Format Specification 3.0, IV.A.2.b and d).
import type { Fields } from './source.ts';
import type { NumberKind } from './tree.ts';

export interface NumberType {
  readonly kind: NumberKind;
  readonly size: number;
  readonly bigEndian: boolean;
}

/** A text in place of `size` bytes, or of any length in the global heap. */
export interface TextType {
  readonly kind: 'text' | 'long text';
  readonly size: number;
}

export const isText = (type: NumberType | TextType): type is TextType => type.kind === 'text' || type.kind === 'long text';

const WITHOUT = 'Files of Keras hold no such values: write the file again without them.';

const CLASSES = [
  'a whole number',
  'a floating-point number',
  'a time',
  'a text',
  'bits',
  'opaque bytes',
  'a compound',
  'a reference',
  'an enumeration',
  'a list of variable length',
  'an array',
  'a complex number',
];
/** Size of the reference that stands for a text of variable length: its length, an address, an index. */
export const REFERENCE_SIZE = 16;

/** IEEE 754: places of the sign and the exponent, size of the exponent, size of the fraction, bias. */
const FLOATS: ReadonlyMap<number, readonly [NumberKind, ...layout: number[]]> = new Map([
  [2, ['float16', 15, 10, 5, 10, 15]],
  [4, ['float32', 31, 23, 8, 23, 127]],
  [8, ['float64', 63, 52, 11, 52, 1023]],
] as const);

export function typeOf(message: Fields): NumberType | TextType {
  const { source, at } = message;
  const classAndVersion = message.number(1);
  const kind = classAndVersion & 15;
  if (classAndVersion >> 4 === 0 || classAndVersion >> 4 > 5) source.refuse(`version ${classAndVersion >> 4} of a datatype`, at);
  const bits = message.number(2) | (message.number(1) << 16);
  const size = message.number(4);
  if (kind === 0) return wholeNumber(message, bits, size);
  if (kind === 1) return float(message, bits, size);
  if (kind === 3 && size > 0) return { kind: 'text', size };
  if (kind === 9 && (bits & 15) === 1 && size === REFERENCE_SIZE) return { kind: 'long text', size };
  return source.refuse(`values of the kind '${CLASSES[kind] ?? kind}' of ${size} bytes (numbers and texts are read)`, at, WITHOUT);
}

function wholeNumber(message: Fields, bits: number, size: number): NumberType {
  const { source, at } = message;
  message.expect(2, 0, 'bit offset');
  message.expect(2, size * 8, 'precision');
  if (![1, 2, 4, 8].includes(size)) source.refuse(`whole numbers of ${size} bytes (1, 2, 4 and 8 are read)`, at);
  return { kind: `${bits & 8 ? 'int' : 'uint'}${size * 8}` as NumberKind, size, bigEndian: (bits & 1) === 1 };
}

function float(message: Fields, bits: number, size: number): NumberType {
  const { source, at } = message;
  message.expect(2, 0, 'bit offset');
  message.expect(2, size * 8, 'precision');
  const layout = [(bits >> 8) & 255, message.number(1), message.number(1)];
  const place = message.number(1); // of the fraction, always 0
  layout.push(message.number(1), message.number(4));
  const known = FLOATS.get(size);
  const implied = (bits & 0x30) === 0x20; // the leading bit of the fraction is not stored
  if (!known || !implied || place !== 0 || bits & 0x40 || layout.some((value, i) => value !== known[i + 1])) {
    return source.refuse(`floating-point numbers of ${size} bytes that are not IEEE 754 of 16, 32 or 64 bits`, at, WITHOUT);
  }
  return { kind: known[0], size, bigEndian: (bits & 1) === 1 };
}

const MAX_RANK = 32;

/** Lengths of all axes, [] for a scalar. */
export function shapeOf(message: Fields): number[] {
  const { source, at } = message;
  const version = message.number(1);
  if (version !== 1 && version !== 2) source.refuse(`version ${version} of a shape`, at);
  const rank = message.number(1);
  const flags = message.number(1);
  if (rank > MAX_RANK) source.refuse(`a shape of ${rank} axes (at most ${MAX_RANK} are read)`, at);
  if (flags & ~1) source.refuse('permuted axes', at);
  if (version === 2) {
    const kind = message.number(1);
    if (kind > 1 || (kind === 0 && rank !== 0)) source.refuse('an empty value (a null dataspace)', at, WITHOUT);
  } else message.skip(5);
  return Array.from({ length: rank }, () => message.number(8));
}

/** Elements of a shape; refused when the bytes of them are too many to count. */
export function countOf(message: Fields, shape: readonly number[], size: number): number {
  let count = 1;
  for (const length of shape) count *= length;
  if (!Number.isSafeInteger(count * size)) message.source.refuse(`a shape [${shape.join(', ')}] of too many elements`, message.at);
  return count;
}
