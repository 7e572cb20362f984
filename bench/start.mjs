// How long a process takes to its first prediction, beyond what Node itself takes to start: whole processes, in turns.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { agreement } from './compare.mjs';
import { median } from './median.mjs';
import { BACKENDS } from './peers/tfjs.mjs';

const path = (/** @type {string} */ name) => fileURLToPath(new URL(`./start/${name}.mjs`, import.meta.url));

/** Seconds of a process, and the number it prints. */
function start(/** @type {readonly string[]} */ words) {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`bench: node ${words.join(' ')} ended with ${status}\n${stderr}`);
  return { seconds, printed: Number(stdout) };
}

/**
 * @param {{ rounds: number, peers: boolean }} options
 * @returns {import('./run.mjs').Row & { node: number }} `node` is the seconds of a Node that does nothing
 */
export function startRow({ rounds, peers }) {
  /** @type {Record<string, string[]>} */
  const programs = { node: ['--eval', '0'], keratin: [path('keratin')] };
  if (peers) for (const [side, backend] of Object.entries(BACKENDS)) programs[side] = [path('tfjs'), backend];
  const names = Object.keys(programs);
  /** @type {Record<string, number[]>} */
  const seconds = Object.fromEntries(names.map((name) => [name, []]));
  /** @type {Record<string, Float32Array[]>} */
  const outcomes = {};
  // Round 0 fills the disk's cache.
  for (let round = 0; round <= rounds; round++) {
    for (const name of round % 2 ? names : [...names].reverse()) {
      const one = start(programs[name]);
      if (round > 0) seconds[name].push(one.seconds);
      if (name !== 'node') outcomes[name] = [Float32Array.of(one.printed)];
    }
  }
  const node = median(seconds.node);
  // On a busy machine a single difference may come out below nothing.
  const beyond = (/** @type {string} */ name) => Math.max(1e-6, median(seconds[name]) - node);
  const sides = Object.fromEntries(
    names.slice(1).map((name) => [name, { seconds: beyond(name), ratio: beyond(name) / beyond('keratin') }]),
  );
  const name = 'of a process to its first prediction, beyond Node';
  return { group: 'start', name, largestDifference: agreement(`start ${name}`, outcomes), sides, node };
}
