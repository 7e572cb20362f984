// Times functions that may be asynchronous, in Node and in pages, against each other: short turns in rounds of alternating order,
// as measure.mjs does with benchmark.js.
import { median } from './median.mjs';

/** A function that takes longer has only two turns. */
const SLOW = 0.1;
/** And one that takes longer than this has one, its first. */
const VERY_SLOW = 2;

/** @typedef {{ rounds: number, seconds: number, sampleSeconds: number }} Pace `seconds` is per function and round. */

/**
 * The seconds that a call of each function takes: the median over the rounds of each round's median.
 *
 * @param {Record<string, () => unknown>} functions
 * @param {Pace} pace
 * @param {(name: string) => unknown} [prepare] called before each function's turn
 * @returns {Promise<Record<string, number>>}
 */
export async function timeInTurns(functions, pace, prepare = () => {}) {
  const names = Object.keys(functions);
  /** @type {Record<string, number[]>} */
  const medians = Object.fromEntries(names.map((name) => [name, []]));
  /** @type {Record<string, number>} */
  const calls = {};
  // Round 0 warms up and finds how many calls make a sample that the clock can measure.
  for (let round = 0; round <= pace.rounds; round++) {
    for (const name of round % 2 ? names : [...names].reverse()) {
      const [first] = medians[name];
      if (first > VERY_SLOW || (round > 1 && first > SLOW)) continue;
      await prepare(name);
      const seconds = await turn(functions[name], calls[name] ?? 1, pace.seconds);
      calls[name] = Math.max(1, Math.ceil(pace.sampleSeconds / Math.max(seconds, 1e-9)));
      if (round > 0 || seconds > SLOW) medians[name].push(seconds);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(medians[name])]));
}

/** The median of samples of `calls` calls each, taken until `enough` seconds are over. */
async function turn(run, calls, enough) {
  const samples = [];
  const started = performance.now();
  let before = started;
  do {
    for (let i = 0; i < calls; i++) {
      const result = run();
      // Only a promise is waited for: `await` alone costs as much as a small kernel.
      if (result instanceof Promise) await result;
    }
    const now = performance.now();
    samples.push((now - before) / 1000 / calls);
    // A page's clock is coarse, and a sample of nothing tells nothing.
    if (now === before) calls *= 4;
    before = performance.now();
  } while (before - started < enough * 1000 || samples.at(-1) === 0);
  return median(samples.filter((seconds) => seconds > 0));
}
