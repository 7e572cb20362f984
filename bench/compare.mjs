// Sides are timed against each other only after they have been seen to compute the same.
import { float32At } from '../build/modules/kernels/memory.js';
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
 * What each set leaves behind when it runs a work from the same start.
 *
 * @param {readonly KernelSet[]} sets
 * @param {Work} work
 */
export function outcomesOf(sets, { results, calls, before }) {
  const start = save(results);
  /** @type {Record<string, Float32Array[]>} */
  const outcomes = {};
  for (const set of sets) {
    restore(results, start);
    bind(set, calls, before)();
    outcomes[set.name] = save(results);
  }
  restore(results, start);
  return outcomes;
}

/**
 * The largest difference from `keratin`'s results, as a part of the result's largest number. A side may give fewer results.
 *
 * @param {string} work
 * @param {Record<string, readonly Float32Array[]>} outcomes by side
 */
export function agreement(work, outcomes, tolerance = TOLERANCE) {
  let most = 0;
  for (const [side, outcome] of Object.entries(outcomes)) {
    const largest = Math.max(...outcome.map((values, i) => difference(values, outcomes.keratin[i])));
    if (!(largest <= tolerance)) throw new Error(`bench: ${work}: ${side} differs from keratin by ${largest}`);
    most = Math.max(most, largest);
  }
  return most;
}

/** @param {Float32Array} actual @param {Float32Array} expected */
function difference(actual, expected) {
  if (actual.length !== expected.length) return NaN;
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
