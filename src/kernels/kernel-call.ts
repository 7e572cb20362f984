// The type of an instruction, taken from the kernels themselves: a missing argument is a type error.
import type { Kernels } from './generated/kernels.ts';

export type KernelName = keyof Kernels;

type WithoutThreads<P extends unknown[]> = P extends [...infer Rest, thread: number, threads: number] ? Rest : never;

/** A kernel's name and its numbers, without `thread` and `threads`. */
export type KernelCall = {
  [K in KernelName]: [name: K, ...numbers: WithoutThreads<Parameters<Kernels[K]>>];
}[KernelName];

export type Kernel = (...numbers: number[]) => void;

/** A call at run time: the kernel, and its numbers with thread and threads at the end. */
export interface Bound {
  readonly kernel: Kernel;
  readonly numbers: number[];
}
