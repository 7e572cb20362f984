// Reads event files back, from the definitions of the formats alone: nothing of the package is used here.

/** CRC-32C bit by bit: polynomial 0x1edc6f41, reflected, all ones at both ends. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffffn;
  for (const byte of bytes) {
    crc ^= BigInt(byte);
    for (let bit = 0; bit < 8; bit++) crc = crc & 1n ? (crc >> 1n) ^ 0x82f63b78n : crc >> 1n;
  }
  return Number(crc ^ 0xffffffffn);
}

/** ((crc >> 15) | (crc << 17)) + 0xa282ead8 in 32 bits. */
function mask(crc: number): number {
  const value = BigInt(crc);
  return Number((((value >> 15n) | (value << 17n)) + 0xa282ead8n) & 0xffffffffn);
}

/** Payloads of a TFRecord file, with both checksums of each record verified. */
export function records(bytes: Uint8Array): Uint8Array[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const payloads: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = Number(view.getBigUint64(at, true));
    if (view.getUint32(at + 8, true) !== mask(crc32c(bytes.subarray(at, at + 8)))) throw new Error(`wrong checksum of the length at ${at}`);
    const payload = bytes.subarray(at + 12, at + 12 + length);
    if (payload.length !== length) throw new Error(`record cut off at ${at}`);
    if (view.getUint32(at + 12 + length, true) !== mask(crc32c(payload))) throw new Error(`wrong checksum of the payload at ${at}`);
    payloads.push(payload);
    at += 16 + length;
  }
  return payloads;
}

type Field = { readonly number: number; readonly value: bigint | number | Uint8Array };

/** Fields of a protobuf message in their order. */
export function fields(bytes: Uint8Array): Field[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Field[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      if (at >= bytes.length) throw new Error('varint cut off');
      const byte = bytes[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const number = tag >> 3;
    switch (tag & 7) {
      case 0:
        found.push({ number, value: varint() });
        break;
      case 1:
        found.push({ number, value: view.getFloat64(at, true) });
        at += 8;
        break;
      case 2: {
        const length = Number(varint());
        found.push({ number, value: bytes.subarray(at, at + length) });
        at += length;
        if (at > bytes.length) throw new Error('field cut off');
        break;
      }
      default:
        throw new Error(`wire type ${tag & 7}`);
    }
  }
  return found;
}

const all = (message: Uint8Array, number: number) => fields(message).flatMap((f) => (f.number === number ? [f.value] : []));
const one = (message: Uint8Array, number: number) => all(message, number)[0];
const bytesAt = (message: Uint8Array, number: number) => (one(message, number) ?? new Uint8Array(0)) as Uint8Array;
const text = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

export interface DecodedValue {
  readonly step: number;
  readonly tag: string;
  readonly plugin: string;
  readonly content: string;
  readonly dataClass: number;
  readonly dtype: number;
  readonly shape: readonly number[];
  readonly contents: Uint8Array;
  readonly strings: readonly string[];
}

/** Values of an event file in their order; the file has to begin with its version. */
export function events(bytes: Uint8Array): { times: number[]; values: DecodedValue[] } {
  const [first, ...rest] = records(bytes);
  if (text(bytesAt(first, 3)) !== 'brain.Event:2') throw new Error('the version does not come first');
  const values = rest.flatMap((event) =>
    all(bytesAt(event, 5), 1).map((item): DecodedValue => {
      const value = item as Uint8Array;
      const metadata = bytesAt(value, 9);
      const plugin = bytesAt(metadata, 1);
      const tensor = bytesAt(value, 8);
      return {
        step: Number(one(event, 2) ?? 0n),
        tag: text(bytesAt(value, 1)),
        plugin: text(bytesAt(plugin, 1)),
        content: text(bytesAt(plugin, 2)),
        dataClass: Number(one(metadata, 4) ?? 0n),
        dtype: Number(one(tensor, 1)),
        shape: all(bytesAt(tensor, 2), 2).map((dim) => Number(one(dim as Uint8Array, 1))),
        contents: bytesAt(tensor, 4),
        strings: all(tensor, 8).map((s) => text(s as Uint8Array)),
      };
    }),
  );
  return { times: [first, ...rest].map((event) => one(event, 1) as number), values };
}

/** The number of a scalar: DT_FLOAT without axes. */
export function scalarOf({ dtype, shape, contents, plugin, tag }: DecodedValue): number {
  if (dtype !== 1 || shape.length > 0 || contents.length !== 4 || plugin !== 'scalars') throw new Error(`${tag} is no scalar`);
  return new DataView(contents.buffer, contents.byteOffset).getFloat32(0, true);
}

/** Rows of a histogram: DT_DOUBLE of [30, 3]. */
export function rowsOf({ dtype, shape, contents, plugin, tag }: DecodedValue): number[][] {
  if (dtype !== 2 || shape.join() !== '30,3' || plugin !== 'histograms') throw new Error(`${tag} is no histogram`);
  const view = new DataView(contents.buffer, contents.byteOffset, contents.byteLength);
  return Array.from({ length: 30 }, (_, row) => [0, 1, 2].map((column) => view.getFloat64((row * 3 + column) * 8, true)));
}
