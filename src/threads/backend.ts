// Public functions of threads: how many there may be, how many there are.
import { mismatch } from '../common/errors.ts';
import { checkOptions, checkPositiveInteger, describe } from '../common/options.ts';
import { bytesInUse, memory } from '../kernels/memory.ts';
import { setMaxThreads, state, useWorkerFile } from './thread-manager.ts';

const MAX_THREADS = 128;

export interface ThreadOptions {
  /**
   * Address of a copy of `keratin/worker`, for pages whose policy forbids workers from `blob:` addresses, such as those of browser
   * extensions. Default: a `blob:` address.
   */
  readonly worker?: string | URL;
}

/**
 * Sets how many threads large models run on. The results are the same bits for any number.
 *
 * ```js
 * setThreads(1); // no threads
 * ```
 * Without it: one per core, at most 4, started when a plan has run for some 20 ms of work that is worth sharing; with it: at the
 * first such plan. Small models never use more than one. A page has threads when it is cross-origin isolated; where they cannot
 * be, everything runs on one, and `backendInfo().reason` says why.
 * @param threads 1 to 128; 1 ends the workers.
 * @throws ValueError for anything else.
 */
export function setThreads(threads: number, options: ThreadOptions = {}): void {
  checkPositiveInteger('setThreads', 'threads', threads);
  if (threads > MAX_THREADS) throw mismatch('setThreads', `at most ${MAX_THREADS} threads`, threads);
  checkOptions('setThreads', options, ['worker']);
  const { worker } = options;
  if (worker !== undefined && typeof worker !== 'string' && !(worker instanceof URL)) {
    const advice = "For example new URL('keratin-worker.js', location.href), a copy of keratin/worker.";
    throw mismatch('setThreads', 'worker to be an address', describe(worker), advice);
  }
  if (worker !== undefined) useWorkerFile(String(worker));
  setMaxThreads(threads);
}

/** What `backendInfo` gives. */
export interface BackendInfo {
  /** Threads that share the work now, that of the caller included. */
  readonly threads: number;
  /** Whether the memory is shared among threads. */
  readonly shared: boolean;
  /** Why there are not more threads. */
  readonly reason: string;
  readonly simd: true;
  /** Size of the WebAssembly memory, which never shrinks. */
  readonly memoryBytes: number;
  /** Bytes of it that weights, optimizer slots and the plans' workspace take. */
  readonly bytesInUse: number;
}

/**
 * Says what the numbers are computed on, and why on one thread only.
 *
 * ```js
 * console.log(backendInfo()); // { threads: 1, shared: false, reason: 'no plan was large enough yet', simd: true, ... }
 * ```
 */
export function backendInfo(): BackendInfo {
  const shared = typeof SharedArrayBuffer === 'function' && (memory.buffer as unknown) instanceof SharedArrayBuffer;
  return { ...state(), shared, simd: true, memoryBytes: memory.buffer.byteLength, bytesInUse: bytesInUse() };
}
