// One pass over a pipeline. A step gives its result at once whenever it can, and a promise only where something has to be
// waited for: a small dataset in memory then costs no promise at all.

/** What `next` gives after the last element. */
export const END: unique symbol = /* @__PURE__ */ Symbol('end');
export type End = typeof END;

/** A value now or later. */
export type Now<T> = T | Promise<T>;

/** A running pass. Callers wait for each result before they ask for the next one. */
export interface Pass<T> {
  /** The next element, END, or a promise of either; END again after the end. */
  next(): Now<T | End>;
  /** Gives up files, streams and generators. It may be called several times, also after the end. */
  close(): Now<void>;
}

/** Starts a pass from the first element. */
export type Open<T> = () => Pass<T>;

export function isPromise<T>(value: Now<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

/** `then(result)` now if the result is there, later if it is promised. */
export function whenReady<T, R>(result: Now<T>, then: (value: T) => Now<R>): Now<R> {
  return isPromise(result) ? result.then(then) : then(result);
}

/** Gives every element and at last END to `visit`, until it returns false. */
export function each<T>(pass: Pass<T>, visit: (item: T | End) => boolean): Now<void> {
  for (;;) {
    const item = pass.next();
    if (isPromise(item)) return eachLater(pass, visit, item);
    if (!visit(item) || item === END) return;
  }
}

async function eachLater<T>(pass: Pass<T>, visit: (item: T | End) => boolean, first: Promise<T | End>): Promise<void> {
  let item: T | End = await first;
  while (visit(item) && item !== END) {
    const next = pass.next();
    item = isPromise(next) ? await next : next;
  }
}

/** Closes all passes, the later ones also when an earlier one fails. */
export function closeAll(passes: readonly Pass<unknown>[]): Now<void> {
  const waits: Promise<void>[] = [];
  let failure: { error: unknown } | undefined;
  for (const pass of passes) {
    try {
      const closed = pass.close();
      if (isPromise(closed)) waits.push(closed);
    } catch (error) {
      failure ??= { error };
    }
  }
  if (failure) throw failure.error;
  return waits.length ? Promise.all(waits).then(() => undefined) : undefined;
}

/** Goes through a whole pass, waiting for `visit` where it returns a promise; closes it at the end and after an error. */
export async function drain<T>(open: Open<T>, visit: (item: T, index: number) => unknown): Promise<void> {
  const pass = open();
  try {
    for (let index = 0; ; index++) {
      const next = pass.next();
      const item = isPromise(next) ? await next : next;
      if (item === END) return;
      const seen = visit(item, index);
      if (isPromise(seen)) await seen;
    }
  } finally {
    await pass.close();
  }
}
