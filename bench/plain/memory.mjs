// The kernels' memory as two typed arrays: plain JavaScript works on the same numbers at the same addresses. Each kernel file
// has constants of its own for them, because V8 builds the address of a constant array into the code: a product of 256 x 256
// takes 17 ms that way, with an imported or passed array 35 ms.
import { allocate, free, memory } from '../../dist/runtime/memory.js';

// More than the bench ever holds at once, since growing the memory would detach these arrays. Pages that nobody touches cost
// nothing.
free(allocate(2 ** 29));

export const floats = new Float32Array(memory.buffer);
export const ints = new Int32Array(memory.buffer);

/** Throws if the memory has grown after all. */
export function checkMemory() {
  if (floats.length === 0) throw new Error('bench: the memory has grown, reserve more in bench/plain/memory.mjs');
}
