// Starts and ends workers, moves memory into a shared one, and says why there are no threads.
import { librariesInUse, libraryBytes, relink } from '../kernels/kernels.ts';
import { memory, moveTo } from '../kernels/memory.ts';
import { Pool } from './pool.ts';
import { declareShared, sharedMemory } from './shared-memory.ts';
import { cores, obstacle, spawn } from './spawn.ts';

const PAGE = 65536;
/** More threads than this are for those who ask: they take the cores from whoever else runs, and memory limits most kernels. */
const DEFAULT_MAX_THREADS = 4;
/** Nanoseconds of work worth sharing that have to be seen before workers are started, which takes as long. */
const START_AFTER = 20e6;
const PATIENCE = 10_000;

/** What the tests change. */
export const hooks = { spawn, cores, patience: PATIENCE };

let asked: number | undefined;
/** The file that workers of a page are started from; a `blob:` address without one. */
let workerFile: string | undefined;
let pool: Pool | undefined;
let seen = 0;
let problem: string | undefined;
/** The modules over shared memory; empty while memory is not shared. */
const modules: WebAssembly.Module[] = [];
let kernelIndex = new Map<string, number>();

/** Threads of a plan that is worth them. */
export const maxThreads = (): number => asked ?? Math.min(hooks.cores(), DEFAULT_MAX_THREADS);

export function useWorkerFile(url: string): void {
  workerFile = url;
}

export function setMaxThreads(threads: number): void {
  asked = threads;
  problem = undefined;
  if (pool && pool.workers !== threads - 1) endPool();
}

/** The pool when it can take part in a run; starts it when `nanoseconds` more of work make it worth its while. */
export function readyPool(nanoseconds: number): Pool | undefined {
  if (problem !== undefined || maxThreads() < 2) return undefined;
  // A library of kernels came after the workers were started.
  if (pool && pool.modules !== modules.length) endPool();
  if (!pool) {
    seen += nanoseconds;
    if (asked === undefined && seen < START_AFTER) return undefined;
    start();
  }
  return pool && pool.ready > 0 ? pool : undefined;
}

function endPool(): void {
  pool?.end();
  pool = undefined;
}

/** A kernel's place among those of all modules. */
export const indexOf = (kernel: string): number | undefined => kernelIndex.get(kernel);

function start(): void {
  try {
    problem = obstacle() ?? shareMemory();
    if (problem !== undefined) return;
    kernelIndex = new Map(modules.flatMap(kernelNames).map((name, i) => [name, i]));
    pool = new Pool({
      workers: maxThreads() - 1,
      memory,
      modules: [...modules],
      spawn: (data, lost) => hooks.spawn(data, lost, workerFile),
      patience: hooks.patience,
      onEnd(why) {
        pool = undefined;
        problem = `a worker was lost: ${why}`;
      },
    });
  } catch (error) {
    problem = `this host refused workers or shared memory: ${(error as Error).message}`;
  }
}

const kernelNames = (module: WebAssembly.Module): string[] =>
  WebAssembly.Module.exports(module).flatMap(({ kind, name }) => (kind === 'function' ? [name] : []));

/** Moves everything into shared memory. Gives the reason when it cannot; throws, before anything is changed, when the host refuses. */
function shareMemory(): string | undefined {
  if (modules.length > 0) return undefined;
  const libraries = librariesInUse();
  if (!libraries) return 'all kernels came as one module, through init() or KERATIN_CHECK, over memory that is not shared';
  const compiled = libraries.map((library) => new WebAssembly.Module(declareShared(libraryBytes(library))));
  const shared = sharedMemory(memory.buffer.byteLength / PAGE);
  moveTo(shared);
  modules.push(...compiled);
  relink(compiled, (bytes) => {
    const module = new WebAssembly.Module(declareShared(bytes));
    modules.push(module);
    return module;
  });
  return undefined;
}

/** For `backendInfo`. */
export function state(): { threads: number; reason: string } {
  const ready = pool?.ready ?? 0;
  return { threads: 1 + ready, reason: reason(ready) };
}

function reason(ready: number): string {
  if (problem !== undefined) return problem;
  if (maxThreads() < 2) return asked === 1 ? 'setThreads(1) was called' : 'this host has one core';
  const why = obstacle();
  if (why !== undefined) return why;
  if (!pool) return 'no plan was large enough yet';
  if (ready < pool.workers) return `workers are starting: ${ready} of ${pool.workers} are ready`;
  return asked === undefined ? `one per core, at most ${DEFAULT_MAX_THREADS}` : `setThreads(${asked}) was called`;
}
