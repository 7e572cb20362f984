// The kernels' memory as two typed arrays: plain JavaScript works on the same numbers at the same addresses. Each kernel file
// has constants of its own for them and each function copies those it needs, because V8 is fastest with them that way: a product
// of 256 x 256 took 22 to 26 ms, with a file's constant used as it is 34 ms, with an imported or passed array 35 ms.
import { allocate, free, memory } from '../../build/modules/kernels/memory.js';

// More than the bench ever holds at once, since growing the memory would detach these arrays. Pages that nobody touches cost
// nothing.
free(allocate(2 ** 29));

export const floats = new Float32Array(memory.buffer);
export const ints = new Int32Array(memory.buffer);

/** Throws if the memory has grown after all. */
export function checkMemory() {
  if (floats.length === 0) throw new Error('bench: the memory has grown, reserve more in bench/plain/memory.mjs');
}
