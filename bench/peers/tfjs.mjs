// TensorFlow.js beside the package: its cpu and its wasm backend, one thread each.
import { addMissingKernels } from './missing.mjs';

/** What the names of the sides stand for. */
export const BACKENDS = { tfjsWasm: 'wasm', tfjsCpu: 'cpu' };

/** @typedef {{ tf: any, layers: any, use(side: string): void }} Tfjs */

/**
 * TensorFlow.js with both backends ready, or undefined when it is not installed.
 *
 * @param {string} [wasmFolder] where a page finds the wasm files
 * @returns {Promise<Tfjs | undefined>}
 */
export async function loadTfjs(wasmFolder) {
  let modules;
  try {
    modules = await Promise.all([
      import('@tensorflow/tfjs-core'),
      import('@tensorflow/tfjs-layers'),
      import('@tensorflow/tfjs-backend-wasm'),
      import('@tensorflow/tfjs-backend-cpu'),
    ]);
  } catch (error) {
    if (error?.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
  // Node finds a CommonJS module in them, a bundler an ES module.
  const [tf, layers, wasm] = modules.map((module) => (module.matMul || module.sequential || module.setWasmPaths ? module : module.default));
  tf.enableProdMode();
  // Node has one thread in any case. In a page two threads would be compared with one.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (wasmFolder) wasm.setWasmPaths(wasmFolder);
  for (const backend of Object.values(BACKENDS)) {
    if (!(await tf.setBackend(backend))) throw new Error(`bench: the ${backend} backend of TensorFlow.js does not start`);
    addMissingKernels(tf, backend);
  }
  return {
    tf,
    layers,
    /** Switches at once, since both backends have been started. */
    use: (side) => {
      tf.setBackend(BACKENDS[side]);
    },
  };
}
