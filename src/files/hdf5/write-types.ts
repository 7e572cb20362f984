// Types, shapes and messages as h5py writes them (HDF5 File Format Specification 3.0, IV.A.1.a and 2).
import { join, numbers } from '../bytes.ts';
import { padded } from './output.ts';
import type { NumberArray } from './tree.ts';

/** A message of an object header of version 1. */
export function message(type: number, flags: number, body: Uint8Array): Uint8Array {
  const size = padded(body.length);
  return join([numbers([2, type], [2, size], [1, flags], [1, 0], [2, 0]), body, new Uint8Array(size - body.length)]);
}

/** An object header of version 1 with its first block. */
export const header = (count: number, block: Uint8Array): Uint8Array =>
  join([numbers([1, 1], [1, 0], [2, count], [4, 1], [4, block.length], [4, 0]), block]);

const WHOLE = 0x10; // class 0, version 1
const FLOAT = 0x11;
const TEXT = 0x13;
const LIST = 0x19;
const SIGNED = 8;
const IMPLIED = 0x20; // the leading bit of a fraction is not stored

/** Places of the sign and the exponent, sizes of the exponent and the fraction, bias. */
const float = (size: number, [sign, exponent, width, fraction, bias]: readonly number[]): Uint8Array =>
  numbers(
    [1, FLOAT],
    [1, IMPLIED],
    [1, sign],
    [1, 0],
    [4, size],
    [2, 0],
    [2, size * 8],
    [1, exponent],
    [1, width],
    [1, 0],
    [1, fraction],
    [4, bias],
  );

const whole = (size: number, bits: number): Uint8Array => numbers([1, WHOLE], [1, bits], [2, 0], [4, size], [2, 0], [2, size * 8]);

/** The type of an array's numbers, lowest byte first. */
export function numberType(data: NumberArray): Uint8Array {
  if (data instanceof Float32Array) return float(4, [31, 23, 8, 23, 127]);
  if (data instanceof Float64Array) return float(8, [63, 52, 11, 52, 1023]);
  const signed = data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array || data instanceof BigInt64Array;
  return whole(data.BYTES_PER_ELEMENT, signed ? SIGNED : 0);
}

/** Text of `size` bytes, filled up with NUL: NumPy's kind S when it is ASCII. */
export const shortTextType = (size: number, ascii: boolean): Uint8Array => numbers([1, TEXT], [1, ascii ? 1 : 0x11], [2, 0], [4, size]);

/** Text of any length in UTF-8, ended by NUL: a list of bytes. */
export const longTextType = (): Uint8Array => join([numbers([1, LIST], [1, 1], [1, 1], [1, 0], [4, 16]), whole(1, 0)]);

/** A shape; the largest lengths that the axes may grow to are the lengths. */
export function dataspace(shape: readonly number[]): Uint8Array {
  const lengths = shape.map((length) => numbers([8, length]));
  return join([numbers([1, 1], [1, shape.length], [1, shape.length > 0 ? 1 : 0], [1, 0], [4, 0]), ...lengths, ...lengths]);
}
