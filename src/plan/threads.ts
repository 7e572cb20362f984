// How many threads each instruction is worth. The kernels split outputs, so that the number changes no bit.
import type { Instruction, Plan } from './plan.ts';

// What one thread does in a nanosecond, at the slow end of the measured rates: a thread too few costs less than one for nothing.
const FLOPS = 20;
const BYTES = 10;
/** Nanoseconds of work that a thread must have: with 20,000, steps of 350 us whose instructions were shared took 740. */
const CHUNK_TIME = 100_000;

/** Kernels that work on one thread only, or on rows of a table so few that its size says nothing. */
const alone = new Set(['accumulateMean', 'clipFactor', 'confusion', 'histogram', 'lazyAdam', 'sortIds']);

/** Estimated nanoseconds of each instruction on one thread. */
export function costs({ instructions }: Plan): number[] {
  const result: number[] = [];
  let bytesOfOp = 0;
  for (let i = instructions.length - 1; i >= 0; i--) {
    const { kernel, numbers, flops, bytes, writes } = instructions[i];
    // Of a table only the rows that are picked are read.
    if (kernel === 'gather') bytesOfOp = 8 * writes.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    else if (kernel === 'gatherSum') bytesOfOp = 4 * numbers[3] * numbers[4] * numbers[5];
    // What an op does before its last instruction, such as packing matrices, passes over the same data.
    else if (isLast(instructions[i])) bytesOfOp = bytes;
    result[i] = alone.has(kernel) ? 0 : flops / FLOPS + bytesOfOp / BYTES;
  }
  return result;
}

/** Threads for instructions of such costs, at most `most`. */
export const threadsFor = (cost: readonly number[], most: number): number[] =>
  cost.map((nanoseconds) => Math.max(1, Math.min(most, Math.floor(nanoseconds / CHUNK_TIME))));

/**
 * Whether part of an instruction can be computed again after it was broken off: it must not read what it writes. What an op of
 * several instructions hands from one to the next is unknown, except for products, which only pack.
 */
export function repeatable({ instructions }: Plan, i: number): boolean {
  const { kernel, inPlace } = instructions[i];
  if (inPlace) return false;
  return kernel.startsWith('matmul') || (isLast(instructions[i]) && (i === 0 || isLast(instructions[i - 1])));
}

/** Whether it is the last instruction of its op. */
const isLast = ({ flops, bytes, writes }: Instruction): boolean => writes.length > 0 || flops > 0 || bytes > 0;
