// Workers that fail, in every host: the work goes on with one thread, and the bits are the same.
import { afterEach, expect, it, vi } from 'vitest';
import { backendInfo, setThreads } from '../../src/index.ts';
import { KERNEL, READY } from '../../src/threads/control.ts';
import { spawnInNode } from '../../src/threads/spawn.ts';
import { hooks } from '../../src/threads/thread-manager.ts';
import { nodeSource, pageSource } from '../../src/threads/worker.ts';
import { digest } from '../helpers/digest.ts';
import { largeModel } from './large-model.ts';

const { patience } = hooks;

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  hooks.patience = patience;
});

/** Lets workers run another source. */
function change(from: string, to: string): void {
  for (const source of [nodeSource, pageSource]) expect(source.split(from)).toHaveLength(2);
  const changed = (source: string) => source.replace(from, () => to);
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): typeof import('node:worker_threads') } };
  const threads = process?.getBuiltinModule?.('worker_threads');
  if (threads) vi.spyOn(hooks, 'spawn').mockImplementation((data, lost) => spawnInNode(threads, changed(nodeSource), data, lost));
  else {
    const Original = Blob;
    const Changed = class extends Original {
      constructor(parts: BlobPart[], options?: BlobPropertyBag) {
        super(parts[0] === pageSource ? [changed(pageSource)] : parts, options);
      }
    };
    vi.stubGlobal('Blob', Changed);
  }
}

const START = 'const work';
const CALL = 'kernels[control';
/** A word that nothing uses and that stays 0. */
const NEVER = READY + 1;
/** Code in front of the call of a kernel. */
const inProducts = (what: string): string => `
  const { name } = modules.flatMap((m) => WebAssembly.Module.exports(m).filter((e) => e.kind === 'function'))[control[${KERNEL}]];
  if (name === 'matmulTiles') { ${what} }
  ${CALL}`;

it.each([
  ['has an error at its start', START, `throw new Error('broken'); ${START}`, /^a worker was lost: .*broken/],
  ['cannot be parsed', START, `} ${START}`, /^a worker was lost: .+/],
  [
    'has an error in the middle of a product',
    CALL,
    inProducts(`throw new Error('broken')`),
    /^a worker was lost: it met an error in matmul/,
  ],
  [
    'stops in the middle of a product',
    CALL,
    inProducts(`Atomics.wait(control, ${NEVER}, 0)`),
    /^a worker was lost: it did not finish its chunk of matmul/,
  ],
])('a worker that %s leaves one thread', async (_, from, to, reason) => {
  const model = largeModel();
  hooks.patience = 300;
  change(from, to);
  setThreads(2);
  let steps = 0;
  for (; steps < 500 && !/lost/.test(backendInfo().reason); steps++) {
    await model.step();
    // What the host says of a worker comes between steps.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect(backendInfo()).toMatchObject({ threads: 1, shared: true });
  expect(backendInfo().reason).toMatch(reason);
  await model.step();
  const result = digest(model.weights());

  setThreads(1);
  model.restart();
  for (let i = 0; i <= steps; i++) await model.step();
  expect(digest(model.weights())).toBe(result);
});
