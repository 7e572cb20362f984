// Times several functions against each other with benchmark.js: short suites in turn, each round in the opposite order of
// the one before, so that whatever else the machine does meets all of them alike.
import Benchmark from 'benchmark';
import { median } from './median.mjs';

/** A function that takes longer has only two rounds. */
const SLOW = 0.1;
/** And one that takes longer than this is called once, since benchmark.js calls it four times a round. */
const VERY_SLOW = 2;

/**
 * The seconds that a call of each function takes: the median over the rounds of each round's median.
 *
 * @param {Record<string, () => void>} functions
 * @param {import('./timing.mjs').Pace} pace
 * @param {(name: string) => void} [prepare] called before each function's turn
 * @returns {Record<string, number>}
 */
export function measure(functions, pace, prepare = () => {}) {
  const names = Object.keys(functions);
  /** @type {Record<string, number[]>} */
  const medians = Object.fromEntries(names.map((name) => [name, []]));
  for (const name of names) {
    prepare(name);
    const started = performance.now();
    functions[name]();
    const seconds = (performance.now() - started) / 1000;
    if (seconds > VERY_SLOW) medians[name].push(seconds);
  }
  // Round 0 warms up: engines compile a kernel better after a while. A slow function is warm when its first sample is taken,
  // because benchmark.js calls it a few times before.
  for (let round = 0; round <= pace.rounds; round++) {
    const suite = new Benchmark.Suite();
    // benchmark.js calls a function as it is, closures and all, as long as there is no setup or teardown to inline.
    for (const name of round % 2 ? names : [...names].reverse()) {
      const [first] = medians[name];
      if (first > VERY_SLOW || (round > 1 && first > SLOW)) continue;
      suite.add(name, {
        fn: functions[name],
        minTime: pace.sampleSeconds,
        maxTime: pace.seconds,
        minSamples: 1,
        onStart: () => prepare(name),
      });
    }
    suite.on('error', (/** @type {any} */ event) => {
      throw event.target.error;
    });
    suite.run({ async: false });
    suite.forEach((/** @type {any} */ { name, stats, error }) => {
      if (error) throw error;
      const seconds = median(stats.sample);
      if (round > 0 || seconds > SLOW) medians[name].push(seconds);
    });
  }
  return Object.fromEntries(names.map((name) => [name, median(medians[name])]));
}
