// Cyclic redundancy checks of 32 bits, lowest bit first: the one of ZIP, and Castagnoli's, which event files carry.

/** The remainders of all bytes by a polynomial written with its lowest power in the highest bit. */
function table(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? (remainder >>> 1) ^ polynomial : remainder >>> 1;
    return remainder;
  });
}

function check(remainders: Uint32Array, bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = remainders[(crc ^ bytes[i]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}

let zip: Uint32Array | undefined;
let castagnoli: Uint32Array | undefined;

/** CRC-32 of ZIP, gzip and PNG (ISO 3309): `crc32(utf8('123456789'))` is 0xcbf43926. */
export function crc32(bytes: Uint8Array): number {
  zip ??= table(0xedb88320);
  return check(zip, bytes);
}

/** CRC-32C (RFC 3720, appendix B.4): `crc32c(utf8('123456789'))` is 0xe3069283. */
export function crc32c(bytes: Uint8Array): number {
  castagnoli ??= table(0x82f63b78);
  return check(castagnoli, bytes);
}
