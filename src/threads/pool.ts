// The pool of workers: runs one task in chunks, together with the caller.
import type { Kernel } from '../kernels/kernel-call.ts';
import * as word from './control.ts';
import type { Handle, Spawn } from './spawn.ts';
import type { WorkerData } from './worker.ts';

/** An instruction as the pool needs it. */
export interface Task {
  readonly kernel: Kernel;
  /** The kernel's numbers, with two places for thread and threads behind them. */
  readonly numbers: number[];
  /** The kernel's place among those of all modules. */
  readonly index: number;
  /** Where the numbers lie in shared memory. */
  readonly address: number;
  readonly threads: number;
  /** Milliseconds that it should take on one thread. */
  readonly estimate: number;
  /** Whether a chunk that was broken off may be computed again. */
  readonly repeatable: boolean;
  readonly label: string;
}

/** Shares that workers have finished, of all pools, for tests. */
export const finished = { chunks: 0 };

/** Loads before the caller sleeps, where it may. */
const SPINS = 20_000;
/** Longest single sleep; also the most that one look at the clock counts, since a suspended machine's clock goes on. */
const NAP = 50;

export interface PoolOptions {
  /** Workers besides the caller. */
  readonly workers: number;
  readonly memory: WebAssembly.Memory;
  readonly modules: readonly WebAssembly.Module[];
  readonly spawn: Spawn;
  /** Told why, once, when the pool has ended by itself. */
  readonly onEnd: (why: string) => void;
  /** Milliseconds to wait for a chunk that a worker has begun, beyond 100 times the estimate. */
  readonly patience: number;
}

export class Pool {
  readonly modules: number;
  readonly workers: number;
  readonly #control: Int32Array;
  readonly #options: PoolOptions;
  readonly #handles: Handle[] = [];
  readonly #maySleep: boolean;
  #number = 0;
  #ended = false;

  /** Throws when the host refuses a worker. */
  constructor(options: PoolOptions) {
    const { workers, memory, modules, spawn } = options;
    this.#options = options;
    this.modules = modules.length;
    this.workers = workers;
    this.#control = new Int32Array(new SharedArrayBuffer(word.WORDS * 4));
    this.#maySleep = maySleep(this.#control);
    const data: WorkerData = { control: this.#control, memory, modules };
    try {
      for (let i = 0; i < workers; i++) this.#handles.push(spawn(data, (why) => this.#lost(why)));
    } catch (error) {
      this.end();
      throw error;
    }
  }

  /** Workers that have started. Those that have not cost nothing: the others take their chunks. */
  get ready(): number {
    return this.#ended ? 0 : Atomics.load(this.#control, word.READY);
  }

  /** Ends all workers. Between instructions none of them holds a chunk. */
  end(): void {
    this.#ended = true;
    for (const handle of this.#handles.splice(0)) handle.end();
  }

  /** Computes an instruction together with the workers. */
  run(task: Task): void {
    const control = this.#control;
    const { numbers, threads, kernel } = task;
    this.#number = (this.#number + 1) % word.NUMBERS_LIMIT;
    const none = this.#number << word.NUMBER_BITS;
    control[word.KERNEL] = task.index;
    control[word.NUMBERS] = task.address / 8;
    control[word.COUNT] = numbers.length - 2;
    control[word.THREADS] = threads;
    control[word.DONE] = 0;
    Atomics.store(control, word.TICKET, none | threads);
    if (Atomics.load(control, word.SLEEPERS) > 0) Atomics.notify(control, word.TICKET, threads - 1);
    const own: number[] = [];
    numbers[numbers.length - 1] = threads;
    try {
      for (let left = threads; left > 0; ) {
        const found = Atomics.compareExchange(control, word.TICKET, none | left, none | (left - 1));
        if (found !== (none | left)) {
          left = found & word.LEFT;
          continue;
        }
        left--;
        numbers[numbers.length - 2] = left;
        own.push(left);
        kernel(...numbers);
      }
    } catch (error) {
      // Nobody may begin another chunk, and none may be at work when the caller goes on.
      const left = Atomics.exchange(control, word.TICKET, none) & word.LEFT;
      this.#waitForWorkers(task, threads - own.length - left);
      throw error;
    }
    if (!this.#waitForWorkers(task, threads - own.length)) this.#repair(task, own);
  }

  /** Waits until workers have finished `chunks`. False when they do not, and then the pool has ended. */
  #waitForWorkers({ estimate, label }: Task, chunks: number): boolean {
    const control = this.#control;
    const patience = this.#options.patience + 100 * estimate;
    let waited = 0;
    let last = 0;
    for (let spins = 0; ; spins++) {
      const done = Atomics.load(control, word.DONE);
      if (done === chunks) {
        finished.chunks += chunks;
        return true;
      }
      if (done + Atomics.load(control, word.FAILED) >= chunks) {
        this.#lost(`it met an error in ${label}`);
        return false;
      }
      if (spins < SPINS) continue;
      if (this.#maySleep) {
        Atomics.store(control, word.WAITING, 1);
        Atomics.wait(control, word.DONE, done, NAP);
        Atomics.store(control, word.WAITING, 0);
      }
      const now = performance.now();
      if (last > 0) waited += Math.min(now - last, NAP);
      last = now;
      if (waited > patience) {
        this.#lost(`it did not finish its chunk of ${label}`);
        return false;
      }
    }
  }

  /** Computes the chunks that no worker finished. */
  #repair({ kernel, numbers, threads, repeatable, label }: Task, own: readonly number[]): void {
    const unfinished: number[] = [];
    for (let chunk = 0; chunk < threads; chunk++) {
      if (!own.includes(chunk) && Atomics.load(this.#control, word.FINISHED + chunk) !== this.#number) unfinished.push(chunk);
    }
    if (!repeatable && unfinished.length > 0) {
      throw new Error(
        `keratin: a worker stopped in the middle of ${label}, which cannot be repeated, so this step is lost. If it was updating ` +
          'weights, they may be half done: set them again, or load them. Later steps use one thread.',
      );
    }
    for (const chunk of unfinished) {
      numbers[numbers.length - 2] = chunk;
      kernel(...numbers);
    }
  }

  #lost(why: string): void {
    if (this.#ended) return;
    this.end();
    this.#options.onEnd(why);
  }
}

/** Whether this thread may sleep; that of a page may not. */
function maySleep(control: Int32Array): boolean {
  try {
    Atomics.wait(control, word.WAITING, 0, 0);
    return true;
  } catch {
    return false;
  }
}
