// A side with two threads, for a package that has them.
import * as keratin from '../build/modules/index.js';

/** Whether `ours with 2 threads` is a side of its own. */
export const canThread = 'setThreads' in keratin;

/** Chooses how many threads the package's own sides have. */
export async function useThreads(/** @type {number} */ n) {
  if (canThread) await keratin.setThreads(n);
}
