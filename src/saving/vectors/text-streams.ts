// Text streams that can be peeked at, or aborted.
import type { End, Now, Pass } from '../../data/pass.ts';

/** A stream with the steps that were read ahead put back in front. */
export function prepended<T>(first: readonly Now<T>[], pass: Pass<T>): Pass<T> {
  let i = 0;
  return { next: () => (i < first.length ? first[i++] : pass.next()), close: () => pass.close() };
}

/** A stream that rejects with the signal's reason once that is aborted. */
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
      // Do not await close(): a stalled source may never settle.
      if (signal.aborted) closed.catch(() => undefined);
      else await closed;
    },
  };
}
