// Workers that die: between runs, before they begin a chunk, and in the middle of one.
import * as workerThreads from 'node:worker_threads';
import { afterEach, expect, it, vi } from 'vitest';
import { backendInfo, setThreads } from '../../src/index.ts';
import { KERNEL, READY, THREADS } from '../../src/threads/control.ts';
import { finished } from '../../src/threads/pool.ts';
import { type Handle, spawnInNode } from '../../src/threads/spawn.ts';
import { hooks } from '../../src/threads/thread-manager.ts';
import { nodeSource } from '../../src/threads/worker.ts';
import { digest } from '../helpers/digest.ts';
import { type Large, largeModel, untilThreads } from './large-model.ts';

const patience = hooks.patience;

afterEach(() => {
  vi.restoreAllMocks();
  hooks.patience = patience;
});

/** Starts `threads` with a first step, and puts the model's first weights back. */
async function start(model: Large, threads = 2): Promise<void> {
  setThreads(threads);
  await model.step();
  await untilThreads(threads);
  model.restart();
}

async function digestAfter(model: Large, steps: number): Promise<string> {
  for (let i = 0; i < steps; i++) await model.step();
  return digest(model.weights());
}

/** The same steps on one thread. */
async function digestOfOneThread(model: Large, steps: number): Promise<string> {
  setThreads(1);
  model.restart();
  return digestAfter(model, steps);
}

/** A word that nothing uses: the test sets it to let workers fail. */
const SIGNAL = READY + 1;
/** Another, which stays 0. */
const NEVER = READY + 2;

/** Starts two threads of which one runs a changed source. The function returned sets SIGNAL. */
async function startChanged(model: Large, from: string, to: string): Promise<() => void> {
  expect(nodeSource.split(from)).toHaveLength(2);
  const source = nodeSource.replace(from, () => to);
  let control: Int32Array = new Int32Array(0);
  vi.spyOn(hooks, 'spawn').mockImplementation((data, lost) => {
    control = data.control;
    return spawnInNode(workerThreads, source, data, lost);
  });
  await start(model);
  return () => void Atomics.store(control, SIGNAL, 1);
}

const CALL = 'kernels[control';

/** Code in front of the call of a kernel: does `what` once SIGNAL is set and the kernel's name fulfils the condition. */
const before = (condition: string, what: string): string => `
  const name = modules.flatMap((m) => WebAssembly.Module.exports(m).filter((e) => e.kind === 'function'))[control[${KERNEL}]].name;
  if (Atomics.load(control, ${SIGNAL}) === 1 && ${condition}) { ${what} }
  ${CALL}`;

it('a worker that is ended between two runs leaves one thread and the same bits', async () => {
  const model = largeModel();
  const handles: Handle[] = [];
  const { spawn } = hooks;
  vi.spyOn(hooks, 'spawn').mockImplementation((data, lost) => {
    const handle = spawn(data, lost);
    handles.push(handle);
    return handle;
  });
  await start(model, 3);
  for (let i = 0; i < 3; i++) await model.step();
  for (const handle of handles) handle.end();
  const result = await digestAfter(model, 3);
  await untilThreads(1);
  expect(backendInfo().reason).toMatch(/^a worker was lost: it ended with code 1/);
  expect(await digestOfOneThread(model, 6)).toBe(result);
});

it('threads come back when setThreads is called again', async () => {
  const model = largeModel();
  const before = finished.chunks;
  await start(model);
  const result = await digestAfter(model, 6);
  for (let i = 0; i < 500 && finished.chunks === before; i++) await model.step();
  expect(finished.chunks).toBeGreaterThan(before);
  expect(await digestOfOneThread(model, 6)).toBe(result);
});

it('a worker that never begins a chunk costs nothing', async () => {
  const model = largeModel();
  await startChanged(model, 'for (let idle = 0; ; ) {', `for (let idle = 0; ; ) { Atomics.wait(control, ${NEVER}, 0);`);
  const before = finished.chunks;
  const result = await digestAfter(model, 6);
  expect(finished.chunks).toBe(before);
  expect(backendInfo().threads).toBe(2);
  expect(await digestOfOneThread(model, 6)).toBe(result);
});

// Before the worker stops it computes the first half of its chunk.
const half = `kernels[control[${KERNEL}]](...numbers, 2 * chunk, 2 * control[${THREADS}]);`;

it.each([
  ['meets an error', 'throw new Error("broken")', /^a worker was lost: it met an error in matmul/],
  ['ends', 'process.exit(3)', /^a worker was lost: it did not finish its chunk of matmul/],
  ['stops', `Atomics.wait(control, ${NEVER}, 0)`, /^a worker was lost: it did not finish its chunk of matmul/],
])('a worker that %s in the middle of a product leaves one thread and the same bits', async (_, what, reason) => {
  const model = largeModel();
  hooks.patience = 300;
  const fail = await startChanged(model, CALL, before(`name === 'matmulTiles'`, `${half} ${what}`));
  fail();
  let steps = 0;
  for (; steps < 500 && backendInfo().threads > 1; steps++) await model.step();
  expect(backendInfo()).toMatchObject({ threads: 1, shared: true });
  expect(backendInfo().reason).toMatch(reason);
  const result = digest(model.weights());
  expect(await digestOfOneThread(model, steps)).toBe(result);
});

it('a worker that stops in the middle of an update is an error that says so', async () => {
  const model = largeModel();
  hooks.patience = 300;
  const fail = await startChanged(model, CALL, before(`name === 'adam'`, `Atomics.wait(control, ${NEVER}, 0)`));
  fail();
  let message = '';
  for (let i = 0; i < 500 && message === ''; i++) {
    await model.step().catch((error: Error) => {
      message = error.message;
    });
  }
  expect(message).toMatch(/a worker stopped in the middle of Adam \(.*\), which cannot be repeated.*Later steps use one thread/);
  expect(backendInfo().threads).toBe(1);
  model.restart();
  const result = await digestAfter(model, 3);
  expect(await digestOfOneThread(model, 3)).toBe(result);
});
