// Converts the number types of files to the dtypes of tensors.
import type { DType, TensorData } from '../../tensor/tensor.ts';

/** Kinds of number in files: NumPy's letters and bytes, and bfloat16. */
export type Kind = 'b1' | 'i1' | 'i2' | 'i4' | 'i8' | 'u1' | 'u2' | 'u4' | 'u8' | 'f2' | 'bf16' | 'f4' | 'f8';

/** Refuses a file: what came, and at which byte of the numbers. */
export type Refuse = (what: string, at: number) => never;

/** More axes than NumPy 2 allows; deeper tensors would only serve to exhaust the stack. */
export const MAX_RANK = 64;

/** Bytes of one number. */
export const widthOf = (kind: Kind): number => (kind === 'bf16' ? 2 : Number(kind.slice(1)));

/** What the numbers become: `bool` stays, whole numbers are int32, all others float32. */
export const dtypeFor = (kind: Kind): DType => (kind === 'b1' ? 'bool' : kind[0] === 'i' || kind[0] === 'u' ? 'int32' : 'float32');

/** Number of elements of a shape from a file; undefined when it has too many axes or they are too long to count. */
export function countOf(shape: readonly number[]): number | undefined {
  if (shape.length > MAX_RANK) return undefined;
  let size = 1;
  // An axis of length 0 hides no absurd ones beside it.
  let bound = 1;
  for (const length of shape) {
    size *= length;
    bound *= Math.max(1, length);
    if (!Number.isSafeInteger(bound)) return undefined;
  }
  return size;
}

/**
 * The numbers in `bytes`, whose length is a multiple of the width. float64 is rounded to float32, float16 and bfloat16 are
 * float32 exactly, NaN and infinities stay; whole numbers have to fit into int32; every byte but 0 is true.
 */
export function readElements(kind: Kind, bytes: Uint8Array, refuse: Refuse, bigEndian = false): TensorData {
  const width = widthOf(kind);
  // A copy, as numbers in a file lie at any address; slice() of Node's Buffer would be none.
  const copy = new Uint8Array(bytes);
  if (bigEndian && width > 1) turn(copy, width);
  const { buffer } = copy;
  switch (kind) {
    case 'b1':
      return copy.map((byte) => (byte === 0 ? 0 : 1));
    case 'i1':
      return Int32Array.from(new Int8Array(buffer));
    case 'u1':
      return Int32Array.from(copy);
    case 'i2':
      return Int32Array.from(new Int16Array(buffer));
    case 'u2':
      return Int32Array.from(new Uint16Array(buffer));
    case 'i4':
      return new Int32Array(buffer);
    case 'u4':
      return unsigned(new Int32Array(buffer), refuse);
    case 'i8':
      return halved(buffer, (high, low) => high === low >> 31, refuse);
    case 'u8':
      return halved(buffer, (high, low) => high === 0 && low >= 0, refuse, true);
    case 'f2':
      return fromHalf(new Uint16Array(buffer));
    case 'bf16':
      return new Float32Array(Uint32Array.from(new Uint16Array(buffer), (bits) => bits << 16).buffer);
    case 'f4':
      return new Float32Array(buffer);
    case 'f8':
      return fromDouble(new Float64Array(buffer), refuse);
  }
}

/** Turns the bytes of each number round. */
function turn(bytes: Uint8Array, width: number): void {
  for (let at = 0; at + width <= bytes.length; at += width) bytes.subarray(at, at + width).reverse();
}

const tooLarge = (value: number | bigint, dtype: DType) => `the number ${value}, which is too large for ${dtype}`;

function unsigned(values: Int32Array, refuse: Refuse): Int32Array {
  const odd = values.findIndex((value) => value < 0);
  return odd < 0 ? values : refuse(tooLarge(values[odd] >>> 0, 'int32'), odd * 4);
}

/** Whole numbers of 64 bits, of which `fits` sees both halves. */
function halved(buffer: ArrayBuffer, fits: (high: number, low: number) => boolean, refuse: Refuse, positive = false): Int32Array {
  const halves = new Int32Array(buffer);
  const values = new Int32Array(halves.length / 2);
  for (let i = 0; i < values.length; i++) {
    const low = halves[2 * i];
    if (!fits(halves[2 * i + 1], low)) {
      const value = positive ? new BigUint64Array(buffer)[i] : new BigInt64Array(buffer)[i];
      refuse(tooLarge(value, 'int32'), i * 8);
    }
    values[i] = low;
  }
  return values;
}

function fromDouble(values: Float64Array, refuse: Refuse): Float32Array {
  const rounded = Float32Array.from(values);
  const odd = rounded.findIndex((value, i) => !Number.isFinite(value) && Number.isFinite(values[i]));
  return odd < 0 ? rounded : refuse(tooLarge(values[odd], 'float32'), odd * 8);
}

const SMALLEST_HALF = 2 ** -24;

/** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of fraction. */
export function fromHalf(halves: Uint16Array): Float32Array {
  const out = new Float32Array(halves.length);
  const bits = new Uint32Array(out.buffer);
  for (let i = 0; i < halves.length; i++) {
    const sign = (halves[i] & 0x8000) << 16;
    const exponent = (halves[i] >> 10) & 31;
    const fraction = halves[i] & 1023;
    if (exponent === 0) {
      out[i] = fraction * SMALLEST_HALF;
      bits[i] |= sign;
    } else bits[i] = sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (fraction << 13);
  }
  return out;
}
