// Decompresses the kernels inside the bundle, synchronously: the platform's own decompression is asynchronous everywhere.
// RFC 1951 (DEFLATE). The input is made by our own build, so that nothing here needs to defend itself.

/** Order in which the lengths of the code-length codes are stored (RFC 1951, 3.2.7). */
const LENGTH_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** A canonical Huffman code: how many symbols have each length, and the symbols in order of their codes. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

function code(lengths: ArrayLike<number>): Code {
  const counts = new Uint16Array(16);
  for (let i = 0; i < lengths.length; i++) counts[lengths[i]]++;
  counts[0] = 0;
  const next = new Uint16Array(16);
  for (let length = 1; length < 15; length++) next[length + 1] = next[length] + counts[length];
  const symbols = new Uint16Array(lengths.length);
  for (let i = 0; i < lengths.length; i++) if (lengths[i]) symbols[next[lengths[i]]++] = i;
  return { counts, symbols };
}

/** Base and number of extra bits of the length or distance codes: each group of `per` codes has one bit more. */
function bases(count: number, first: number, per: number): [base: Uint16Array, extra: Uint8Array] {
  const base = new Uint16Array(count);
  const extra = new Uint8Array(count);
  for (let i = 0, value = first; i < count; i++) {
    extra[i] = Math.max(0, Math.floor(i / per) - 1);
    base[i] = value;
    value += 1 << extra[i];
  }
  return [base, extra];
}

/** The `size` bytes that `input`, a raw DEFLATE stream, stands for. */
export function inflate(input: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(size);
  const [lengthBase, lengthExtra] = bases(29, 3, 4);
  // The last length code stands for 258 alone.
  lengthBase[28] = 258;
  lengthExtra[28] = 0;
  const [distanceBase, distanceExtra] = bases(30, 1, 2);
  let at = 0;
  let to = 0;
  let buffer = 0;
  let available = 0;

  const bits = (count: number): number => {
    while (available < count) {
      buffer |= input[at++] << available;
      available += 8;
    }
    const value = buffer & ((1 << count) - 1);
    buffer >>>= count;
    available -= count;
    return value;
  };
  const symbol = ({ counts, symbols }: Code): number => {
    let value = 0;
    let first = 0;
    let index = 0;
    for (let length = 1; ; length++) {
      value |= bits(1);
      const count = counts[length];
      if (value - count < first) return symbols[index + value - first];
      index += count;
      first = (first + count) << 1;
      value <<= 1;
    }
  };
  const copyCodes = (literals: Code, distances: Code): void => {
    for (;;) {
      const value = symbol(literals);
      if (value === 256) return;
      if (value < 256) {
        output[to++] = value;
        continue;
      }
      const end = to + lengthBase[value - 257] + bits(lengthExtra[value - 257]);
      const distance = symbol(distances);
      const back = distanceBase[distance] + bits(distanceExtra[distance]);
      for (; to < end; to++) output[to] = output[to - back];
    }
  };
  const dynamicCodes = (): [Code, Code] => {
    const literals = bits(5) + 257;
    const distances = bits(5) + 1;
    const lengths = new Uint8Array(320);
    for (let i = bits(4) + 4, k = 0; k < i; k++) lengths[LENGTH_ORDER[k]] = bits(3);
    const lengthCode = code(lengths.slice(0, 19));
    lengths.fill(0);
    for (let i = 0; i < literals + distances; ) {
      const value = symbol(lengthCode);
      if (value < 16) lengths[i++] = value;
      else {
        const repeated = value === 16 ? lengths[i - 1] : 0;
        for (let n = value === 16 ? 3 + bits(2) : value === 17 ? 3 + bits(3) : 11 + bits(7); n > 0; n--) lengths[i++] = repeated;
      }
    }
    return [code(lengths.subarray(0, literals)), code(lengths.subarray(literals, literals + distances))];
  };
  const fixedCodes = (): [Code, Code] => [
    code(Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
    code(new Uint8Array(30).fill(5)),
  ];

  for (let last = 0; !last; ) {
    last = bits(1);
    const type = bits(2);
    if (type === 0) {
      buffer = available = 0;
      const length = input[at] | (input[at + 1] << 8);
      output.set(input.subarray(at + 4, at + 4 + length), to);
      at += 4 + length;
      to += length;
    } else {
      copyCodes(...(type === 1 ? fixedCodes() : dynamicCodes()));
    }
  }
  return output;
}
