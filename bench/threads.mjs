// A side with several threads, for a package that has them.
import * as keratin from '../build/modules/index.js';

/** Whether the package has threads, so that a side with two is worth trying. */
export const canThread = 'setThreads' in keratin;

/** The time that workers have to come up, and that a work has to start them. */
const MOST_MILLISECONDS = { starting: 5000, notStarting: 100 };
/** Workers begin with code that was compiled in a hurry, as every instance does; this much work replaces it. */
const WARM = { milliseconds: 150, runs: 6 };

/** One thread from here on. */
export function oneThread() {
  if (canThread) keratin.setThreads(1);
}

/**
 * Threads from here on, started by runs of the work that they are for.
 *
 * @param {number} n
 * @param {() => unknown} run
 * @returns {Promise<boolean>} whether they came: a small work is not shared, and a host may have none
 */
export async function severalThreads(n, run) {
  if (!canThread) return false;
  keratin.setThreads(n);
  const started = performance.now();
  for (;;) {
    await run();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { threads, reason } = keratin.backendInfo();
    if (threads >= n) {
      const warm = performance.now();
      for (let runs = 0; runs < WARM.runs || performance.now() - warm < WARM.milliseconds; runs++) await run();
      return true;
    }
    const patience = /starting/.test(reason) ? MOST_MILLISECONDS.starting : MOST_MILLISECONDS.notStarting;
    if (performance.now() - started > patience) return false;
  }
}
