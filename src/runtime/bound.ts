// Bound instructions: addresses and kernels in place of names.

export type Kernel = (...numbers: number[]) => void;

/** A run-time form of an instruction: the kernel, and its numbers with thread and threads at the end. */
export interface Bound {
  readonly kernel: Kernel;
  readonly numbers: number[];
}
