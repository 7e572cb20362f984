// Starting workers in Node and in pages.
import { nodeSource, pageSource, type WorkerData } from './worker.ts';

/** A running worker. */
export interface Handle {
  end(): void;
}

/** Starts a worker. `lost` is told when it ends by itself, which may be long after. Throws when the host refuses. `file` is a page's copy of the worker. */
export type Spawn = (data: WorkerData, lost: (why: string) => void, file?: string) => Handle;

interface NodeWorker {
  on(event: 'error', listener: (error: Error) => void): void;
  on(event: 'exit', listener: (code: number) => void): void;
  unref(): void;
  terminate(): Promise<unknown>;
}

interface WorkerThreads {
  Worker: new (source: string, options: object) => NodeWorker;
}

function builtin<T>(name: string): T | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(name: string): unknown } };
  return process?.getBuiltinModule?.(name) as T | undefined;
}

const withoutBlobs =
  "the page's Content-Security-Policy may lack worker-src blob:; without it, setThreads takes the address of a file as its option worker";

/** The host's cores, as far as it tells. */
export function cores(): number {
  const os = builtin<{ availableParallelism?(): number; cpus(): unknown[] }>('os');
  return (os ? (os.availableParallelism?.() ?? os.cpus().length) : globalThis.navigator?.hardwareConcurrency) || 1;
}

/** Why this host has no threads, or undefined when it may have. */
export function obstacle(): string | undefined {
  if (globalThis.crossOriginIsolated === false) {
    return (
      'the page is not cross-origin isolated: serve it with the headers ' +
      'Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp'
    );
  }
  if (typeof SharedArrayBuffer !== 'function') return 'this host has no SharedArrayBuffer';
  if (!builtin('worker_threads') && typeof Worker !== 'function') return 'this host has no workers';
  return undefined;
}

export const spawn: Spawn = (data, lost, file) => {
  const threads = builtin<WorkerThreads>('worker_threads');
  return threads ? spawnInNode(threads, nodeSource, data, lost) : spawnInPage(data, lost, file);
};

/** `source` is a parameter for tests of workers that fail. */
export function spawnInNode({ Worker }: WorkerThreads, source: string, data: WorkerData, lost: (why: string) => void): Handle {
  // Without execArgv a worker would run the program's --import and --require again.
  const worker = new Worker(source, { eval: true, workerData: data, execArgv: [] });
  worker.on('error', ({ message }) => lost(message));
  worker.on('exit', (code) => lost(`it ended with code ${code}`));
  worker.unref();
  return { end: () => void worker.terminate() };
}

function spawnInPage(data: WorkerData, lost: (why: string) => void, file: string | undefined): Handle {
  const url = file ?? URL.createObjectURL(new Blob([pageSource], { type: 'text/javascript' }));
  const worker = file === undefined ? new Worker(url) : new Worker(url, { type: 'module' });
  worker.onerror = (event) => {
    event.preventDefault?.();
    // A policy that forbids the worker, and a file that is not there, give an event without a message.
    lost(event.message || (file === undefined ? withoutBlobs : `${file} could not be loaded as a worker`));
  };
  worker.postMessage(data);
  return {
    end() {
      worker.terminate();
      if (file === undefined) URL.revokeObjectURL(url);
    },
  };
}
