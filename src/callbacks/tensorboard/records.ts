// TFRecord framing (tensorflow/core/lib/io/record_writer.h): length, its checksum, payload, its checksum.
import { join, viewOf } from '../../files/bytes.ts';
import { crc32c } from '../../files/crc.ts';

const MASK = 0xa282ead8;

/** A checksum turned and shifted, as checksums of data that hold checksums are weak. */
function masked(bytes: Uint8Array): Uint8Array {
  const crc = crc32c(bytes);
  const out = new Uint8Array(4);
  viewOf(out).setUint32(0, ((crc >>> 15) | (crc << 17)) + MASK, true);
  return out;
}

/** One record of the file. */
export function record(payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = new Uint8Array(8);
  viewOf(length).setBigUint64(0, BigInt(payload.length), true);
  return join([length, masked(length), payload, masked(payload)]);
}
