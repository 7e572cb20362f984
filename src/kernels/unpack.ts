// Decompresses the kernels inside the bundle, synchronously: the platform's own decompression is asynchronous everywhere, and
// DEFLATE makes the bundle a fifth larger than LZMA does. The format: Igor Pavlov, LZMA specification (7-zip.org/sdk.html),
// with lc = 3, lp = 0, pb = 2 and a known size. The input is made by our own build, so nothing here needs to defend itself.

/** Where the probabilities of each kind begin. */
const IS_MATCH = 0; // 12 states x 16 positions
const IS_REPEAT = 192; // 12
const IS_REPEAT_0 = 204;
const IS_REPEAT_1 = 216;
const IS_REPEAT_2 = 228;
const IS_REPEAT_0_LONG = 240; // 12 x 16
const SLOT = 432; // 4 x 64
const DISTANCE = 688; // 115
const ALIGN = 803; // 16
const LENGTH = 819; // 2 + 16 x 8 + 16 x 8 + 256
const REPEAT_LENGTH = 1333;
const LITERAL = 1847; // 8 x 768

/** The `size` bytes that `input`, a raw LZMA stream, stands for. */
export function unpack(input: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(size);
  const probabilities = new Uint16Array(LITERAL + 8 * 768).fill(1024);
  let at = 1; // the first byte is always 0
  let range = 0xffffffff;
  let code = 0;
  for (let i = 0; i < 4; i++) code = ((code << 8) | input[at++]) >>> 0;

  const normalize = (): void => {
    if (range >= 0x1000000) return;
    range = (range << 8) >>> 0;
    code = ((code << 8) | input[at++]) >>> 0;
  };
  const bit = (i: number): number => {
    const p = probabilities[i];
    const bound = (range >>> 11) * p;
    const one = code >= bound;
    if (one) {
      range -= bound;
      code -= bound;
      probabilities[i] = p - (p >>> 5);
    } else {
      range = bound;
      probabilities[i] = p + ((2048 - p) >>> 5);
    }
    normalize();
    return one ? 1 : 0;
  };
  /** Highest bit first. */
  const tree = (base: number, bits: number): number => {
    let m = 1;
    for (let i = 0; i < bits; i++) m = (m << 1) | bit(base + m);
    return m - (1 << bits);
  };
  /** Lowest bit first. */
  const reversed = (base: number, bits: number): number => {
    let value = 0;
    for (let i = 0, m = 1; i < bits; i++) {
      const b = bit(base + m);
      m = (m << 1) | b;
      value |= b << i;
    }
    return value;
  };
  const direct = (bits: number): number => {
    let value = 0;
    for (let i = 0; i < bits; i++) {
      range >>>= 1;
      const one = code >= range;
      if (one) code -= range;
      value = (value << 1) | (one ? 1 : 0);
      normalize();
    }
    return value;
  };
  const length = (base: number, position: number): number => {
    if (!bit(base)) return tree(base + 2 + (position << 3), 3);
    return bit(base + 1) ? 16 + tree(base + 258, 8) : 8 + tree(base + 130 + (position << 3), 3);
  };
  const distance = (count: number): number => {
    const slot = tree(SLOT + (Math.min(count, 3) << 6), 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = (2 | (slot & 1)) << bits;
    return slot < 14 ? high + reversed(DISTANCE + high - slot, bits) : high + (direct(bits - 4) << 4) + reversed(ALIGN, 4);
  };

  let state = 0;
  /** The last four distances, latest first. */
  const last = [0, 0, 0, 0];
  for (let to = 0; to < size; ) {
    const position = to & 3;
    if (!bit(IS_MATCH + (state << 4) + position)) {
      const base = LITERAL + 768 * ((to ? output[to - 1] : 0) >>> 5);
      let symbol = 1;
      if (state >= 7) {
        for (let match = output[to - last[0] - 1]; symbol < 256; match <<= 1) {
          const expected = (match >> 7) & 1;
          const b = bit(base + ((1 + expected) << 8) + symbol);
          symbol = (symbol << 1) | b;
          if (b !== expected) break;
        }
      }
      while (symbol < 256) symbol = (symbol << 1) | bit(base + symbol);
      output[to++] = symbol;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let count = -1; // one byte, from the last distance
    if (!bit(IS_REPEAT + state)) {
      count = length(LENGTH, position);
      last.unshift(distance(count));
      last.pop();
      state = state < 7 ? 7 : 10;
    } else {
      const again = bit(IS_REPEAT_0 + state) ? (bit(IS_REPEAT_1 + state) ? 2 + bit(IS_REPEAT_2 + state) : 1) : 0;
      const long = again > 0 || bit(IS_REPEAT_0_LONG + (state << 4) + position) === 1;
      last.unshift(...last.splice(again, 1));
      if (long) count = length(REPEAT_LENGTH, position);
      state = long ? (state < 7 ? 8 : 11) : state < 7 ? 9 : 11;
    }
    for (count += 2; count > 0; count--, to++) output[to] = output[to - last[0] - 1];
  }
  return output;
}
