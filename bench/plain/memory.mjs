// The kernels' memory as two typed arrays. Plain JavaScript works on the same numbers at the same addresses.

/** @type {Float32Array} */
export let floats = new Float32Array(0);
/** @type {Int32Array} */
export let ints = new Int32Array(0);

/** To be called again whenever the memory has grown, which detaches its buffer. */
export function look(/** @type {ArrayBuffer} */ buffer) {
  if (floats.buffer === buffer) return;
  floats = new Float32Array(buffer);
  ints = new Int32Array(buffer);
}
