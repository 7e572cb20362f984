// Three sets of kernels over one memory: the package's, the same in scalar wasm, the same in plain JavaScript.
import { kernels } from '../build/modules/kernels/kernels.js';
import { memory } from '../build/modules/kernels/memory.js';
import * as plain from './plain/index.mjs';
import { checkMemory } from './plain/memory.mjs';

/** @typedef {readonly [kernel: string, ...numbers: number[]]} Call */
/** @typedef {{ name: string, kernels: Record<string, (...numbers: number[]) => void>, packs: boolean }} KernelSet */

/**
 * @param {WebAssembly.Module} scalar bench/assembly/scalar.ts, compiled
 * @returns {KernelSet[]}
 */
export function kernelSets(scalar) {
  const { exports } = new WebAssembly.Instance(scalar, { env: { memory } });
  return [
    { name: 'keratin', kernels: /** @type {any} */ (kernels()), packs: true },
    { name: 'scalar', kernels: /** @type {any} */ (exports), packs: false },
    { name: 'plain', kernels: /** @type {any} */ (plain), packs: false },
  ];
}

/**
 * A function that runs the calls with the kernels of a set, as a Program of the package does.
 *
 * @param {KernelSet} set
 * @param {readonly Call[]} calls
 * @param {(() => void)=} before what else belongs to each run
 */
export function bind(set, calls, before) {
  const bound = (set.packs ? calls : withoutPacking(calls)).map(([name, ...numbers]) => {
    if (!set.kernels[name]) throw new Error(`bench: the ${set.name} kernels lack ${name}`);
    return { kernel: set.kernels[name], numbers: [...numbers, 0, 1] };
  });
  checkMemory();
  return () => {
    before?.();
    for (const { kernel, numbers } of bound) kernel(...numbers);
  };
}

/**
 * Packing serves the SIMD kernel alone. The others multiply the matrices as they are stored, in one call.
 *
 * @param {readonly Call[]} calls
 */
function withoutPacking(calls) {
  /** @type {Call[]} */
  const result = [];
  for (let i = 0; i < calls.length; i++) {
    if (calls[i][0] !== 'matmulPack') {
      result.push(calls[i]);
      continue;
    }
    const [, a, , , strideA, , , alongA] = calls[i];
    const [, b, , , strideB, , , alongB] = calls[i + 1];
    const [name, , , bias, out, batch, m, k, n, sharedA, sharedB, activation] = calls[i + 2];
    if (name !== 'matmulTiles') throw new Error('bench: expected matmulTiles after two of matmulPack');
    result.push(['matmul', a, b, bias, out, batch, m, k, n, sharedA ? 0 : strideA, sharedB ? 0 : strideB, 1 - alongA, alongB, activation]);
    i += 2;
  }
  return result;
}
