// Pipeline stages without a buffer: map, filter, take, skip, repeat, zip, concatenate.
import { closeAll, END, type End, each, isPromise, type Now, type Open, type Pass, whenReady } from './pass.ts';

export const mapped =
  <T, R>(open: Open<T>, change: (item: T, index: number) => Now<R>): Open<R> =>
  () => {
    const pass = open();
    let index = 0;
    const apply = (item: T | End): Now<R | End> => (item === END ? END : change(item, index++));
    return { next: () => whenReady(pass.next(), apply), close: () => pass.close() };
  };

export const filtered =
  <T>(open: Open<T>, keep: (item: T, index: number) => Now<boolean>): Open<T> =>
  () => {
    const pass = open();
    let index = 0;
    const next = (): Now<T | End> => {
      for (;;) {
        const item = pass.next();
        if (isPromise(item)) return later(item);
        if (item === END) return END;
        const kept = keep(item, index++);
        if (isPromise(kept)) return later(item, kept);
        if (kept) return item;
      }
    };
    // A loop, since a chain of promises would grow with every element that is left out.
    const later = async (first: Now<T | End>, verdict?: Promise<boolean>): Promise<T | End> => {
      let item: T | End = await first;
      for (let kept: Now<boolean> | undefined = verdict; item !== END; kept = undefined) {
        if (await (kept ?? keep(item, index++))) return item;
        item = await pass.next();
      }
      return END;
    };
    return { next, close: () => pass.close() };
  };

export const taken =
  <T>(open: Open<T>, count: number): Open<T> =>
  () => {
    // Nothing is opened for nothing; the source is closed with the last element, not when somebody asks for one more.
    if (count === 0) return { next: () => END, close: () => undefined };
    const pass = open();
    let left = count;
    const give = (item: T | End): Now<T | End> => {
      if (item === END) left = 0;
      else if (--left === 0) return whenReady(pass.close(), () => item);
      return item;
    };
    return { next: () => (left === 0 ? END : whenReady(pass.next(), give)), close: () => pass.close() };
  };

export const skipped =
  <T>(open: Open<T>, count: number): Open<T> =>
  () => {
    const pass = open();
    let left = count;
    const next = (): Now<T | End> => {
      if (left === 0) return pass.next();
      let found: T | End = END;
      const visit = (item: T | End) => {
        found = item;
        return left-- > 0;
      };
      return whenReady(each(pass, visit), () => {
        left = 0;
        return found;
      });
    };
    return { next, close: () => pass.close() };
  };

/** The source again and again, `count` times; a source without elements ends even an endless repetition. */
export const repeated =
  <T>(open: Open<T>, count: number): Open<T> =>
  () => {
    let left = count;
    let pass: Pass<T> | undefined;
    let empty = true;
    const next = (): Now<T | End> => {
      if (!pass) {
        if (left-- <= 0) return END;
        empty = true;
        pass = open();
      }
      return whenReady(pass.next(), give);
    };
    const give = (item: T | End): Now<T | End> => {
      if (item !== END) {
        empty = false;
        return item;
      }
      const closed = pass?.close();
      pass = undefined;
      if (empty) left = 0;
      return whenReady(closed, next);
    };
    const close = () => {
      left = 0;
      return pass?.close();
    };
    return { next, close };
  };

/** One source after the other. */
export const chained =
  <T>(opens: readonly Open<T>[]): Open<T> =>
  () => {
    let i = 0;
    let pass: Pass<T> | undefined;
    const next = (): Now<T | End> => {
      if (!pass) {
        if (i === opens.length) return END;
        pass = opens[i++]();
      }
      return whenReady(pass.next(), give);
    };
    const give = (item: T | End): Now<T | End> => {
      if (item !== END) return item;
      const closed = pass?.close();
      pass = undefined;
      return whenReady(closed, next);
    };
    const close = () => {
      i = opens.length;
      return pass?.close();
    };
    return { next, close };
  };

/** One element of every source at a time, made into one by `join`, until the shortest source ends. */
export const zipped =
  <R>(opens: readonly Open<unknown>[], join: (items: unknown[]) => R): Open<R> =>
  () => {
    const passes: Pass<unknown>[] = [];
    try {
      for (const open of opens) passes.push(open());
    } catch (error) {
      closeAll(passes);
      throw error;
    }
    let over = false;
    const close = () => {
      over = true;
      return closeAll(passes);
    };
    const rest = (items: unknown[]): Now<R | End> => {
      while (items.length < passes.length) {
        const item = passes[items.length].next();
        if (isPromise(item)) {
          return item.then((value) => {
            if (value === END) return finish();
            items.push(value);
            return rest(items);
          });
        }
        if (item === END) return finish();
        items.push(item);
      }
      return join(items);
    };
    const finish = (): Now<End> => whenReady(close(), () => END);
    return { next: () => (over ? END : rest([])), close };
  };

/** Each item of the source as any number of items; `push` is called with END once, at the end. */
export const expanded =
  <T, R>(open: Open<T>, start: () => (item: T | End) => readonly R[]): Open<R> =>
  () => {
    const pass = open();
    const push = start();
    let ready: readonly R[] = [];
    let at = 0;
    let over = false;
    const next = (): Now<R | End> => {
      if (at < ready.length) return ready[at++];
      if (over) return END;
      const more = each(pass, (item) => {
        over = item === END;
        ready = push(item);
        at = 0;
        return ready.length === 0;
      });
      return whenReady(more, () => (at < ready.length ? ready[at++] : END));
    };
    return { next, close: () => pass.close() };
  };
