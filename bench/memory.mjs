// Whether training takes more memory the longer it goes on: bytes before and after many small steps.
import { bytesInUse, memory } from '../build/modules/kernels/memory.js';
import { keratinData, keratinModel } from './models/keratin.mjs';
import { restaurantData, restaurantSpec } from './restaurant.mjs';

/** What the heap may have gained: code that the engine has compiled meanwhile, its statistics. */
const HEAP_TOLERANCE = 2 ** 20;

/** @typedef {{ wasm: number, inUse: number, heap: number }} Bytes the wasm memory, what of it is reserved, JavaScript's heap */

/**
 * @param {number} steps
 * @param {() => unknown} collect collects garbage
 * @returns {Promise<{ steps: number, before: Bytes, after: Bytes, flat: boolean }>}
 */
export async function memoryCheck(steps, collect) {
  const model = keratinModel(restaurantSpec);
  const { x, y } = keratinData(restaurantSpec, restaurantData);
  const bytes = async () => {
    await collect();
    return { wasm: memory.buffer.byteLength, inUse: bytesInUse(), heap: process.memoryUsage().heapUsed };
  };
  const train = (/** @type {number} */ n) => {
    for (let i = 0; i < n; i++) model.trainOnBatch(x, y);
  };
  // Until the engine has compiled what it is going to compile.
  train(Math.max(2000, steps / 10));
  const before = await bytes();
  train(steps);
  const after = await bytes();
  const flat = after.wasm <= before.wasm && after.inUse <= before.inUse && after.heap <= before.heap + HEAP_TOLERANCE;
  return { steps, before, after, flat };
}
