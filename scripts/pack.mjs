// LZMA as src/kernels/unpack.ts reads it: without the header that says what both sides know.
import worker from 'lzma/src/lzma_worker.js';

const HEADER = 13;

/**
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
export function pack(bytes) {
  const packed = Uint8Array.from(worker.LZMA_WORKER.compress(bytes, 9));
  // lc + 9 (lp + 5 pb), with lc = 3, lp = 0, pb = 2.
  if (packed[0] !== 93) throw new Error(`pack: expected the usual LZMA settings, got ${packed[0]}`);
  return packed.subarray(HEADER);
}
