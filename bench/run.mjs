// Runs the works one after the other.
import { cpus } from 'node:os';
import { agreement, restore, save } from './compare.mjs';
import { bind, kernelSets } from './kernels.mjs';
import { measure } from './measure.mjs';
import { loadPeaks } from './peaks.mjs';
import { trainingStep, wholeCalls } from './restaurant.mjs';
import { works } from './works.mjs';

/** @typedef {{ seconds: number, ratio: number }} Slower */
/**
 * `largestDifference` between the results of the three sets, as a part of the results' largest number; `peak` in the row's unit.
 *
 * @typedef {{
 *   group: string, name: string, unit: 'GFLOP/s' | 'GB/s', rate: number, peak: number, percentOfPeak: number,
 *   largestDifference: number, simd: { seconds: number }, scalar: Slower, plain: Slower,
 * }} Row
 */
/** @typedef {{ milliseconds: number, best: number, runs: number }} Call */
/**
 * @typedef {{
 *   machine: { cpu: string, cores: number, platform: string, node: string, v8: string },
 *   peaks: { multiplyAdd: number, copyLeast: number, copyMost: number },
 *   rows: Row[], calls?: { fit: Call, predict: Call },
 * }} Report
 */

/**
 * @param {{
 *   pace: typeof import('./measure.mjs').thorough, small: boolean, wanted: (name: string) => boolean, onRow: (row: Row) => void,
 * }} options
 * @returns {Promise<Report>}
 */
export async function run({ pace, small, wanted, onRow }) {
  const sets = await kernelSets();
  const peaks = await loadPeaks();
  /** @type {Row[]} */
  const rows = [];
  for (const { group, make } of [...works(small), { group: 'step', make: trainingStep }]) {
    if (!wanted(group)) continue;
    const work = make();
    const row = measureWork(sets, peaks, work, pace);
    work.release();
    onRow(row);
    rows.push(row);
  }
  const peakOf = (/** @type {Row['unit']} */ unit) => rows.filter((row) => row.unit === unit).map(({ peak }) => peak);
  return {
    machine: {
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: cpus().length,
      platform: `${process.platform} ${process.arch}`,
      node: process.versions.node,
      v8: process.versions.v8,
    },
    peaks: {
      multiplyAdd: Math.max(0, ...peakOf('GFLOP/s')),
      copyLeast: peakOf('GB/s').length > 0 ? Math.min(...peakOf('GB/s')) : 0,
      copyMost: Math.max(0, ...peakOf('GB/s')),
    },
    rows,
    ...(wanted('fit') && { calls: await wholeCalls(small ? 2 : 40) }),
  };
}

/**
 * @param {import('./kernels.mjs').KernelSet[]} sets
 * @param {Awaited<ReturnType<typeof loadPeaks>>} peaks
 * @param {import('./works.mjs').Work} work
 * @param {typeof import('./measure.mjs').thorough} pace
 * @returns {Row}
 */
function measureWork(sets, peaks, work, pace) {
  const { group, name, calls, before, results, flops, bytes = 0 } = work;
  const peak = flops === undefined ? peaks.copy(bytes) : peaks.multiplyAdd();
  const largestDifference = agreement(sets, work);
  const start = save(results);
  const functions = Object.fromEntries(sets.map((set) => [set.name, bind(set, calls, before)]));
  // Results go back to the start between two sets, so that weights and slots do not wander off while one of them is timed.
  const seconds = measure({ ...functions, peak: peak.run }, pace, () => restore(results, start));
  peak.release();
  const rate = (flops ?? bytes) / seconds.simd / 1e9;
  const most = peak.amount / seconds.peak / 1e9;
  const slower = (/** @type {number} */ s) => ({ seconds: s, ratio: s / seconds.simd });
  return {
    group,
    name,
    unit: flops === undefined ? 'GB/s' : 'GFLOP/s',
    rate,
    peak: most,
    percentOfPeak: (100 * rate) / most,
    largestDifference,
    simd: { seconds: seconds.simd },
    scalar: slower(seconds.scalar),
    plain: slower(seconds.plain),
  };
}
