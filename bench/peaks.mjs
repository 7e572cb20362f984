// The most that one core can do here, measured beside each kernel: f32x4 multiplications and additions, and copying as many
// bytes as the kernel moves (a small array lies in a cache, a large one does not).
import { allocate, free, memory } from '../build/modules/runtime/memory.js';

const TURNS = 20_000;
const FLOPS_PER_TURN = 12 * 2 * 4;
/** Beyond this a copy has left every cache, and only takes longer. */
const MOST_BYTES = 2 ** 27;

/** A function and how much it does: floating-point operations, or bytes read and written.
 *
 * @typedef {{ run(): void, amount: number, release(): void }} Peak */

/** @param {WebAssembly.Module} module bench/assembly/peaks.ts, compiled */
export function loadPeaks(module) {
  const exports = /** @type {any} */ (new WebAssembly.Instance(module, { env: { memory } }).exports);
  return {
    /** @returns {Peak} */
    multiplyAdd: () => ({ run: () => exports.multiplyAdd(TURNS), amount: TURNS * FLOPS_PER_TURN, release() {} }),
    /** @returns {Peak} */
    copy(/** @type {number} */ bytes) {
      const half = Math.ceil(Math.min(bytes, MOST_BYTES) / 128) * 64;
      const from = allocate(half);
      const to = allocate(half);
      return {
        run: () => exports.copy(from, to, half),
        amount: 2 * half,
        release() {
          free(from);
          free(to);
        },
      };
    },
  };
}
