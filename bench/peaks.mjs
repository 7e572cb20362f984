// The most that one core can do here, measured beside each kernel: f32x4 multiplications and additions, and copying as many
// bytes as the kernel moves (a small array lies in a cache, a large one does not).

const TURNS = 20_000;
const FLOPS_PER_TURN = 12 * 2 * 4;
/** Beyond this a copy has left every cache, and only takes longer. */
const MOST_BYTES = 2 ** 27;

const PAGE = 65_536;

/** A function and how much it does: floating-point operations, or bytes read and written.
 *
 * @typedef {{ run(): void, amount: number }} Peak */

/** @param {WebAssembly.Module} module bench/assembly/peaks.ts, compiled */
export function loadPeaks(module) {
  // Of its own, since threads move the package's numbers to another memory.
  const memory = new WebAssembly.Memory({ initial: 1 });
  const exports = /** @type {any} */ (new WebAssembly.Instance(module, { env: { memory } }).exports);
  return {
    /** @returns {Peak} */
    multiplyAdd: () => ({ run: () => exports.multiplyAdd(TURNS), amount: TURNS * FLOPS_PER_TURN }),
    /** @returns {Peak} */
    copy(/** @type {number} */ bytes) {
      const half = Math.ceil(Math.min(bytes, MOST_BYTES) / 128) * 64;
      const missing = 2 * half - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
      return { run: () => exports.copy(0, half, half), amount: 2 * half };
    },
  };
}
