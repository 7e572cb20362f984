// Runs the works one after the other, in Node as in a page.
import { agreement, outcomesOf, restore, save } from './compare.mjs';
import { bind } from './kernels.mjs';
import { BACKENDS } from './peers/tfjs.mjs';
import { trainingStep } from './restaurant.mjs';
import { oneThread } from './threads.mjs';
import { works } from './works.mjs';
import { contests } from './works-models.mjs';
import { threadedWorks } from './works-threads.mjs';

/** The sides of a row; `keratin` is in every one. */
export const SIDES = ['keratin', 'threads2', 'scalar', 'plain', ...Object.keys(BACKENDS)];

/**
 * `sides` holds the seconds of each, and how many times `keratin`'s they are; `largestDifference` is between the results of
 * keratin and of the others, as a part of the results' largest number; `rate` and `peak` are in the row's unit.
 *
 * @typedef {{
 *   group: string, name: string, unit?: 'GFLOP/s' | 'GB/s', rate?: number, peak?: number, percentOfPeak?: number,
 *   largestDifference: number, sides: Record<string, { seconds: number, ratio: number }>,
 * }} Row
 */
/** @typedef {(functions: Record<string, () => unknown>, pace: Pace, prepare: (name: string) => unknown) => Promise<Record<string, number>> | Record<string, number>} Measure */
/** @import { Pace } from './timing.mjs' */

/**
 * `measureCalls` times what is synchronous, `measure` anything. `sets` and `peaks` are those of kernels.mjs and peaks.mjs.
 * `collect` gives back the memory of models that are gone, where a program may ask for that.
 *
 * @typedef {{
 *   pace: Pace, small: boolean, wanted: (group: string) => boolean, onRow: (row: Row) => unknown,
 *   sets: import('./kernels.mjs').KernelSet[], peaks: ReturnType<typeof import('./peaks.mjs').loadPeaks>,
 *   tfjs?: import('./peers/tfjs.mjs').Tfjs, measure: Measure, measureCalls: Measure, collect?: () => unknown,
 * }} Options
 */

/**
 * @param {Options} options
 * @returns {Promise<{ rows: Row[], peaks: { multiplyAdd: number, copyLeast: number, copyMost: number } }>}
 */
export async function run(options) {
  const { small, wanted, onRow, tfjs, collect } = options;
  oneThread();
  /** @type {Row[]} */
  const rows = [];
  const add = async (/** @type {Row} */ row) => {
    rows.push(row);
    await onRow(row);
    await collect?.();
  };
  for (const { group, make } of [...works(small), { group: 'step', make: trainingStep }]) {
    if (wanted(group)) await add(await runWork(options, make()));
  }
  for (const { group, make } of [...threadedWorks(small), ...contests(small, tfjs)]) {
    if (wanted(group)) await add(await runContest(options, make()));
  }
  const peakOf = (/** @type {Row['unit']} */ unit) => rows.filter((row) => row.unit === unit).map(({ peak }) => peak);
  return {
    rows,
    peaks: {
      multiplyAdd: Math.max(0, ...peakOf('GFLOP/s')),
      copyLeast: peakOf('GB/s').length > 0 ? Math.min(...peakOf('GB/s')) : 0,
      copyMost: Math.max(0, ...peakOf('GB/s')),
    },
  };
}

/** Kernel calls by each set of kernels, and as an op of each backend. @param {Options} options @param {import('./works.mjs').Work} work */
async function runWork(options, work) {
  const { sets, tfjs } = options;
  const { calls, before, results, peer } = work;
  const outcomes = outcomesOf(sets, work);
  const start = save(results);
  /** @type {Record<string, () => void>} */
  const functions = Object.fromEntries(sets.map((set) => [set.name, bind(set, calls, before)]));
  /** @type {[side: string, peer: import('./peers/ops.mjs').Peer][]} */
  const peers = [];
  if (tfjs && peer) {
    for (const side of Object.keys(BACKENDS)) {
      tfjs.use(side);
      const made = peer(tfjs.tf);
      peers.push([side, made]);
      outcomes[side] = made.results();
      functions[side] = made.run;
    }
  }
  const largestDifference = agreement(`${work.group} ${work.name}`, outcomes);
  const row = await timed(options, work, largestDifference, functions, options.measureCalls, (name) => {
    if (BACKENDS[name]) tfjs?.use(name);
    // Back to the start, so that weights and slots do not wander off while one of the sides is timed.
    else restore(results, start);
  });
  for (const [side, made] of peers) {
    tfjs?.use(side);
    made.release();
  }
  work.release();
  return row;
}

/** Whole calls, as programs make them. @param {Options} options @param {import('./works-models.mjs').Contest} contest */
async function runContest(options, contest) {
  const { sides, group, name, tolerance } = contest;
  const outcomes = {};
  for (const [side, { prepare, outcome }] of Object.entries(sides)) {
    // Threads are started by runs, which move weights, so they come behind the run that is compared.
    if (side !== 'threads2') await prepare?.();
    outcomes[side] = await outcome();
    if (side === 'threads2' && !(await prepare?.())) delete sides[side];
  }
  const largestDifference = agreement(`${group} ${name}`, outcomes, tolerance);
  for (const side of Object.keys(outcomes)) delete outcomes[side];
  const functions = Object.fromEntries(Object.entries(sides).map(([side, { run }]) => [side, run]));
  const row = await timed(options, contest, largestDifference, functions, options.measure, (side) => sides[side]?.prepare?.());
  contest.release();
  oneThread();
  return row;
}

/** @returns {Promise<Row>} */
async function timed({ peaks, pace }, { group, name, flops, bytes }, largestDifference, functions, measure, prepare) {
  const peak = flops !== undefined ? peaks.multiplyAdd() : bytes !== undefined ? peaks.copy(bytes) : undefined;
  const { peak: peakSeconds, ...seconds } = await measure({ ...functions, ...(peak && { peak: peak.run }) }, pace, prepare);
  const sides = Object.fromEntries(Object.entries(seconds).map(([side, s]) => [side, { seconds: s, ratio: s / seconds.keratin }]));
  if (!peak) return { group, name, largestDifference, sides };
  const rate = (flops ?? bytes) / seconds.keratin / 1e9;
  const most = peak.amount / peakSeconds / 1e9;
  const unit = flops !== undefined ? 'GFLOP/s' : 'GB/s';
  return { group, name, unit, rate, peak: most, percentOfPeak: (100 * rate) / most, largestDifference, sides };
}
