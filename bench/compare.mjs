// Kernel sets are timed against each other only after they have been seen to compute the same.
import { float32At } from '../build/modules/runtime/memory.js';
import { bind } from './kernels.mjs';

/** @import { KernelSet } from './kernels.mjs' */
/** @import { Work } from './works.mjs' */

/** Of the largest number in a result. Sums in another order, products in f64: nobody's bits are the same. */
const TOLERANCE = 2e-5;

/** @typedef {Work['results']} Regions */

/** @param {Regions} regions */
export const save = (regions) => regions.map(({ address, length }) => float32At(address, length).slice());

/** @param {Regions} regions @param {readonly Float32Array[]} saved */
export function restore(regions, saved) {
  for (const [i, { address, length }] of regions.entries()) float32At(address, length).set(saved[i]);
}

/**
 * Runs a work with each set from the same start and gives the largest difference from the first set's results, as a part of
 * the result's largest number.
 *
 * @param {readonly KernelSet[]} sets
 * @param {Work} work
 */
export function agreement(sets, work) {
  const { results, calls, before } = work;
  const start = save(results);
  const outcomes = sets.map((set) => {
    restore(results, start);
    bind(set, calls, before)();
    return save(results);
  });
  restore(results, start);
  const differences = outcomes.slice(1).map((outcome) => Math.max(...outcome.map((values, i) => difference(values, outcomes[0][i]))));
  for (const [i, largest] of differences.entries()) {
    if (!(largest <= TOLERANCE))
      throw new Error(`bench: ${work.group} ${work.name}: ${sets[i + 1].name} differs from ${sets[0].name} by ${largest}`);
  }
  return Math.max(...differences);
}

/** @param {Float32Array} actual @param {Float32Array} expected */
function difference(actual, expected) {
  let scale = 0;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    scale = Math.max(scale, Math.abs(expected[i]));
    const apart = Math.abs(actual[i] - expected[i]);
    if (Number.isNaN(apart)) return NaN;
    largest = Math.max(largest, apart);
  }
  return largest === 0 ? 0 : largest / scale;
}
