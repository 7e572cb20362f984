// Writes protocol buffers (https://protobuf.dev/programming-guides/encoding): a message is a list of numbered fields.
import { join, utf8 } from '../../files/bytes.ts';

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;

/** A whole number, seven bits a byte, the lowest first; negative ones as 64 bits in two's complement. */
function varint(value: number): Uint8Array<ArrayBuffer> {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  bytes.push(Number(rest));
  return Uint8Array.from(bytes);
}

const tag = (field: number, wire: number): Uint8Array => varint(field * 8 + wire);

/** An int32, int64, bool or enum. */
export const int = (field: number, value: number): Uint8Array<ArrayBuffer> => join([tag(field, VARINT), varint(value)]);

/** A double. */
export function double(field: number, value: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return join([tag(field, FIXED64), bytes]);
}

/** A text, bytes, or a message made of the given fields. */
export function message(field: number, contents: string | Uint8Array | readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = typeof contents === 'string' ? utf8(contents) : contents instanceof Uint8Array ? contents : join(contents);
  return join([tag(field, LENGTH_DELIMITED), varint(bytes.length), bytes]);
}
