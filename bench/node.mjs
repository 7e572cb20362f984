// The bench in Node: all rows, with benchmark.js for what is synchronous.
import { cpus } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { compile } from './compile.mjs';
import { kernelSets } from './kernels.mjs';
import { measure } from './measure.mjs';
import { memoryCheck } from './memory.mjs';
import { loadPeaks } from './peaks.mjs';
import { loadTfjs } from './peers/tfjs.mjs';
import { run } from './run.mjs';
import { startRow } from './start.mjs';
import { timeInTurns } from './timing.mjs';

/**
 * @typedef {{
 *   machine: { cpu: string, cores: number, platform: string, node: string, v8: string },
 *   peers: { tfjs: string | null }, peaks: { multiplyAdd: number, copyLeast: number, copyMost: number },
 *   rows: import('./run.mjs').Row[], memory?: Awaited<ReturnType<typeof memoryCheck>>,
 * }} Report
 */

/**
 * @param {{
 *   pace: import('./timing.mjs').Pace, small: boolean, peers: boolean, wanted: (group: string) => boolean,
 *   onRow: (row: import('./run.mjs').Row) => void,
 * }} options
 * @returns {Promise<Report>}
 */
export async function runInNode({ pace, small, peers, wanted, onRow }) {
  const tfjs = peers ? await loadTfjs() : undefined;
  const collect = garbageCollector();
  const report = await run({
    pace,
    small,
    wanted,
    onRow,
    sets: kernelSets(new WebAssembly.Module(await compile('scalar'))),
    peaks: loadPeaks(new WebAssembly.Module(await compile('peaks'))),
    tfjs,
    measure: timeInTurns,
    measureCalls: measure,
    collect,
  });
  if (wanted('start')) {
    const row = startRow({ rounds: small ? 1 : 15, peers: tfjs !== undefined });
    onRow(row);
    report.rows.push(row);
  }
  return {
    machine: {
      cpu: cpus()[0]?.model.trim() ?? 'unknown',
      cores: cpus().length,
      platform: `${process.platform} ${process.arch}`,
      node: process.versions.node,
      v8: process.versions.v8,
    },
    peers: { tfjs: tfjs?.tf.version_core ?? null },
    ...report,
    ...(wanted('memory') && { memory: await memoryCheck(small ? 1000 : 100_000, collect) }),
  };
}

/** Collects garbage, and waits until the wasm memory of models that are gone has been given back, which is a task of its own. */
function garbageCollector() {
  setFlagsFromString('--expose-gc');
  const gc = /** @type {() => void} */ (runInNewContext('gc'));
  return async () => {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 10));
    gc();
  };
}
