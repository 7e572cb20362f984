// FarmHash's Fingerprint64 (farmhashna::Hash64 in https://github.com/google/farmhash), which TensorFlow takes to put texts
// into buckets. Unsigned 64-bit arithmetic in bigints: a text costs a few microseconds.

// Primes between 2^63 and 2^64, from the source.
const K0 = 0xc3a5c85c97cb3127n;
const K1 = 0xb492b66fbe98f273n;
const K2 = 0x9ae16a3b2f90404fn;

const u64 = (x: bigint): bigint => BigInt.asUintN(64, x);
const rotate = (x: bigint, by: bigint): bigint => u64((x >> by) | (x << (64n - by)));
const shiftMix = (x: bigint): bigint => x ^ (x >> 47n);

function mix(u: bigint, v: bigint, factor: bigint): bigint {
  const a = shiftMix(u64((u ^ v) * factor));
  return u64(shiftMix(u64((v ^ a) * factor)) * factor);
}

type Pair = readonly [bigint, bigint];

/** The 64-bit fingerprint of bytes. */
export function fingerprint64(bytes: Uint8Array): bigint {
  const { length } = bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  const word = (at: number): bigint => view.getBigUint64(at, true);
  const factor = u64(K2 + BigInt(length) * 2n);
  if (length > 64) return long(word, length);
  if (length > 32) return upTo64(word, length, factor);
  if (length > 16) {
    const [sum, other] = ends(word, length, factor, u64(word(0) * K1));
    return mix(sum, other, factor);
  }
  if (length >= 8) {
    const a = u64(word(0) + K2);
    const b = word(length - 8);
    return mix(u64(rotate(b, 37n) * factor + a), u64((rotate(a, 25n) + b) * factor), factor);
  }
  if (length >= 4) {
    const [first, last] = [view.getUint32(0, true), view.getUint32(length - 4, true)];
    return mix(BigInt(length) + (BigInt(first) << 3n), BigInt(last), factor);
  }
  if (length === 0) return K2;
  const y = BigInt(bytes[0] + (bytes[length >> 1] << 8));
  const z = BigInt(length + (bytes[length - 1] << 2));
  return u64(shiftMix(u64(y * K2) ^ u64(z * K0)) * K2);
}

type Words = (at: number) => bigint;

/** Mixes the first and last 16 bytes, in the hashes of 17 to 64 bytes. */
function ends(word: Words, length: number, factor: bigint, a: bigint): Pair {
  const b = word(8);
  const c = u64(word(length - 8) * factor);
  const d = u64(word(length - 16) * K2);
  return [u64(rotate(u64(a + b), 43n) + rotate(c, 30n) + d), u64(a + rotate(u64(b + K2), 18n) + c)];
}

function upTo64(word: Words, length: number, factor: bigint): bigint {
  const a = u64(word(0) * K2);
  const [y, other] = ends(word, length, factor, a);
  const z = mix(y, other, factor);
  const e = u64(word(16) * factor);
  const f = word(24);
  const g = u64((y + word(length - 32)) * factor);
  const h = u64((z + word(length - 24)) * factor);
  return mix(u64(rotate(u64(e + f), 43n) + rotate(g, 30n) + h), u64(e + rotate(u64(f + a), 18n) + g), factor);
}

/** 32 bytes from `at` on, into two seeds. */
function weak32(word: Words, at: number, seedA: bigint, seedB: bigint): Pair {
  const first = u64(seedA + word(at));
  const last = word(at + 24);
  const b = rotate(u64(seedB + first + last), 21n);
  const a = u64(first + word(at + 8) + word(at + 16));
  return [u64(a + last), u64(b + rotate(a, 44n) + first)];
}

function long(word: Words, length: number): bigint {
  let x = 81n;
  let y = u64(81n * K1 + 113n);
  let z = u64(shiftMix(u64(y * K2 + 113n)) * K2);
  let v: Pair = [0n, 0n];
  let w: Pair = [0n, 0n];
  x = u64(x * K2 + word(0));
  const round = (at: number, factor: bigint, weight: bigint): void => {
    x = u64(rotate(u64(x + y + v[0] + word(at + 8)), 37n) * factor);
    y = u64(rotate(u64(y + v[1] + word(at + 48)), 42n) * factor);
    x ^= u64(w[1] * weight);
    y = u64(y + v[0] * weight + word(at + 40));
    z = u64(rotate(u64(z + w[0]), 33n) * factor);
    v = weak32(word, at, u64(v[1] * factor), u64(x + w[0]));
    w = weak32(word, at + 32, u64(z + w[1]), u64(y + word(at + 16)));
    [x, z] = [z, x];
  };
  const rounds = Math.floor((length - 1) / 64);
  for (let i = 0; i < rounds; i++) round(64 * i, K1, 1n);
  const factor = u64(K1 + ((z & 0xffn) << 1n));
  const wSum = u64(w[0] + BigInt((length - 1) & 63));
  const vSum = u64(v[0] + wSum);
  v = [vSum, v[1]];
  w = [u64(wSum + vSum), w[1]];
  round(length - 64, factor, 9n);
  const first = u64(mix(v[0], w[0], factor) + shiftMix(y) * K0 + z);
  return mix(first, u64(mix(v[1], w[1], factor) + x), factor);
}

/** Which of so many buckets a text falls into: tf.strings.to_hash_bucket_fast. */
export const fastBucket = (text: string, buckets: number): number =>
  Number(fingerprint64(new TextEncoder().encode(text)) % BigInt(buckets));
