// The way to the threads, which travel apart so that bundles do not carry them.
import { ValueError } from '../common/errors.ts';
import { checkPositiveInteger } from '../common/options.ts';
import { part } from '../common/parts.ts';
import { bytesInUse, memory } from '../kernels/memory.ts';
import type { Plan } from '../plan/plan.ts';
import type { Bound } from './bound.ts';

/** Shares the instructions of one plan among threads. */
export interface ParallelPlan {
  /** Whether the next run can be shared. May move all memory, so it is asked before a run takes addresses and kernels. */
  ready(): boolean;
  run(bound: readonly Bound[]): void;
}

export interface ThreadTools {
  /** Undefined when no instruction of the plan is worth two threads. */
  parallelPlan(plan: Plan): ParallelPlan | undefined;
  set(threads: number): void;
  state(): { threads: number; reason: string };
}

/** Flops and bytes below which no instruction can be worth two threads (src/plan/threads.ts); the tools are not loaded for less. */
const MIN_WORK = 400_000;
const MAX_THREADS = 128;

const tools = (): ThreadTools | undefined => part<ThreadTools>('threads');

export const parallelPlanFor = (plan: Plan): ParallelPlan | undefined =>
  plan.instructions.reduce((sum, { flops, bytes }) => sum + flops + bytes, 0) < MIN_WORK ? undefined : tools()?.parallelPlan(plan);

/**
 * Sets how many threads large models run on. The results are the same bits for any number.
 *
 * ```js
 * setThreads(1); // no threads
 * ```
 * Without it: one per core, at most 4, started when a plan has run for some 20 ms of work that is worth sharing; with it: at the
 * first such plan. Small models never use more than one. In a page it takes `import 'keratin/threads'` and cross-origin isolation;
 * where threads cannot be, everything runs on one, and `backendInfo().reason` says why.
 * @param threads 1 to 128; 1 ends the workers.
 * @throws ValueError for anything else.
 */
export function setThreads(threads: number): void {
  checkPositiveInteger('setThreads', 'threads', threads);
  if (threads > MAX_THREADS) throw new ValueError(`setThreads: expected at most ${MAX_THREADS} threads, got ${threads}.`);
  tools()?.set(threads);
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
  const state = tools()?.state() ?? { threads: 1, reason: "threads need import 'keratin/threads' in a page or a bundle" };
  const shared = typeof SharedArrayBuffer === 'function' && (memory.buffer as unknown) instanceof SharedArrayBuffer;
  return { ...state, shared, simd: true, memoryBytes: memory.buffer.byteLength, bytesInUse: bytesInUse() };
}
