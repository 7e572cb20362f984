// Bytes of a file to numbers. Typed arrays lie in memory lowest byte first on every machine that runs JavaScript today.
import { viewOf } from '../bytes.ts';
import type { NumberType } from './datatype.ts';
import type { NumberArray, NumberKind } from './tree.ts';

type Maker = new (buffer: ArrayBuffer) => NumberArray;

const MAKERS: Readonly<Record<Exclude<NumberKind, 'float16'>, Maker>> = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
};

/** The numbers in these bytes, in an array of their own. */
export function numbersOf(bytes: Uint8Array, { kind, size, bigEndian }: NumberType): NumberArray {
  const copy = new Uint8Array(bytes);
  if (bigEndian) turnAround(copy, size);
  return kind === 'float16' ? halves(copy) : new MAKERS[kind](copy.buffer);
}

function turnAround(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/** Every float16 is a float32. */
function halves(bytes: Uint8Array): Float32Array<ArrayBuffer> {
  const view = viewOf(bytes);
  return Float32Array.from({ length: bytes.length / 2 }, (_, i) => half(view.getUint16(i * 2, true)));
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  if (exponent === 0) return (sign * fraction) / 2 ** 24;
  let scale = 1 / 2 ** 25; // of the fraction, doubled as often as the exponent tells
  for (let i = 0; i < exponent; i++) scale *= 2;
  return sign * (1024 + fraction) * scale;
}
