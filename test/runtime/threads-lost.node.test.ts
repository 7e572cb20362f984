// Workers that die: between runs, before they begin a share, and in the middle of one.
import * as workerThreads from 'node:worker_threads';
import { afterEach, expect, it, vi } from 'vitest';
import { backendInfo, setThreads } from '../../src/index.ts';
import '../../src/parts/threads.ts';
import { hooks } from '../../src/threads/crew.ts';
import { finished } from '../../src/threads/pool.ts';
import { type Handle, spawnInNode } from '../../src/threads/spawn.ts';
import { nodeSource } from '../../src/threads/worker.ts';
import { digest } from '../digest.ts';
import { largeModel, untilThreads } from './large-model.ts';

const patience = hooks.patience;

afterEach(() => {
  vi.restoreAllMocks();
  hooks.patience = patience;
});

const STEPS = 6;

/** The digest after some steps on one thread, and the model as it was before. */
async function expected() {
  const model = largeModel();
  setThreads(1);
  for (let i = 0; i < STEPS; i++) await model.step();
  const result = digest(model.weights());
  model.restart();
  return { model, result };
}

/** Makes workers run a changed source. */
function change(from: string, to: string): void {
  expect(nodeSource).toContain(from);
  const source = nodeSource.replace(from, to);
  vi.spyOn(hooks, 'spawn').mockImplementation((data, lost) => spawnInNode(workerThreads, source, data, lost));
}

/** Starts two threads and waits, then puts the model's first weights back. */
async function start(model: { step(): Promise<number>; restart(): void }, threads = 2): Promise<void> {
  setThreads(threads);
  await model.step();
  await untilThreads(threads);
  model.restart();
}

const CALL = 'kernels[control';

it('a worker that is ended between two runs leaves one thread and the same bits', async () => {
  const { model, result } = await expected();
  const handles: Handle[] = [];
  const original = hooks.spawn;
  vi.spyOn(hooks, 'spawn').mockImplementation((data, lost) => {
    const handle = original(data, lost);
    handles.push(handle);
    return handle;
  });
  await start(model, 3);
  for (let i = 0; i < STEPS; i++) {
    if (i === 2) for (const handle of handles) handle.end();
    await model.step();
  }
  expect(digest(model.weights())).toBe(result);
  await untilThreads(1);
  expect(backendInfo().reason).toMatch(/^a worker was lost: it ended with code 1/);
});

it('threads come back when setThreads is called again', async () => {
  const { model, result } = await expected();
  const before = finished.shares;
  await start(model);
  for (let i = 0; i < STEPS; i++) await model.step();
  expect(digest(model.weights())).toBe(result);
  expect(finished.shares).toBeGreaterThan(before);
});

it('a worker that never begins a share costs nothing', async () => {
  const { model, result } = await expected();
  change('for (let idle = 0; ; ) {', 'for (let idle = 0; ; ) { Atomics.wait(control, 63, 0);');
  await start(model);
  const before = finished.shares;
  for (let i = 0; i < STEPS; i++) await model.step();
  expect(digest(model.weights())).toBe(result);
  expect(finished.shares).toBe(before);
  setThreads(1);
});

/** The weights after steps with workers that stop at each kernel but those that write over their input. */
async function untilLost(model: { step(): Promise<number>; weights(): Parameters<typeof digest>[0] }) {
  for (let i = 0; i < STEPS; i++) await model.step();
  return digest(model.weights());
}

// Only products: whether they were begun or not, they can be computed again.
const isProduct = `kernelNames[control[48]].startsWith('matmul')`;
const names = `const kernelNames = modules.flatMap((m) => WebAssembly.Module.exports(m).filter(({ kind }) => kind === 'function').map(({ name }) => name));`;

it.each([
  ['meets an error', 'throw new Error("broken")', /^a worker was lost: it met an error in matmul|^a worker was lost: broken/],
  ['ends', 'process.exit(3)', /^a worker was lost: it did not finish its share of matmul/],
  ['stops', 'Atomics.wait(control, 63, 0)', /^a worker was lost: it did not finish its share of matmul/],
])('a worker that %s in the middle of a product leaves one thread and the same bits', async (_, what, reason) => {
  const { model, result } = await expected();
  hooks.patience = 300;
  // Half of the share is done, wrongly.
  change(
    CALL,
    `${names} if (${isProduct}) { kernels[control[48]](...numbers, share, control[51]);
      if (kernelNames[control[48]] === 'matmulTiles') new Float32Array(memory.buffer, numbers[3], 16).fill(7); ${what}; } kernels[control`,
  );
  await start(model).catch(() => undefined);
  for (let i = 0; backendInfo().reason.startsWith('workers are') && i < 100; i++) await new Promise((resolve) => setTimeout(resolve, 20));
  model.restart();
  expect(await untilLost(model)).toBe(result);
  expect(backendInfo()).toMatchObject({ threads: 1, shared: true });
  expect(backendInfo().reason).toMatch(reason);
});

it('a worker that stops in the middle of an update is an error that says so', async () => {
  const { model } = await expected();
  hooks.patience = 300;
  change(CALL, `${names} if (kernelNames[control[48]] === 'adam') Atomics.wait(control, 63, 0); kernels[control`);
  await start(model).catch(() => undefined);
  let message = '';
  for (let i = 0; i < 50 && message === ''; i++) await model.step().catch((error: Error) => (message = error.message));
  expect(message).toMatch(/a worker stopped in the middle of adam.*cannot be repeated.*Later steps use one thread/);
  expect(backendInfo()).toMatchObject({ threads: 1 });
  // And it goes on.
  model.restart();
  expect(await model.step()).toBeGreaterThan(0);
});
