// Passes over files that were begun, or that may be given up.
import type { End, Now, Pass } from '../../data/pass.ts';

/** What was looked at, and the rest of the pass. */
export function prepended<T>(first: readonly Now<T>[], pass: Pass<T>): Pass<T> {
  let i = 0;
  return { next: () => (i < first.length ? first[i++] : pass.next()), close: () => pass.close() };
}

/** A pass that fails with the reason of a signal as soon as that is aborted. */
export function abortable<T>(pass: Pass<T>, signal: AbortSignal): Pass<T> {
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
  });
  // It may fail while nobody waits.
  aborted.catch(() => undefined);
  signal.addEventListener('abort', abort, { once: true });
  return {
    async next(): Promise<T | End> {
      signal.throwIfAborted();
      return Promise.race<T | End>([pass.next(), aborted]);
    },
    async close() {
      signal.removeEventListener('abort', abort);
      const closed = Promise.resolve(pass.close());
      // What hangs is not waited for.
      if (signal.aborted) closed.catch(() => undefined);
      else await closed;
    },
  };
}
