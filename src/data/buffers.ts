// Pipeline stages with a buffer: shuffle, cache, prefetch.
import { PhiloxStream } from '../random/philox.ts';
import { entropy, randomSeed } from '../random/seed.ts';
import { END, type End, each, isPromise, type Now, type Open, type Pass, whenReady } from './pass.ts';
import { arrayPass } from './source.ts';

/**
 * tf.data's shuffle: a buffer of `size` elements, of which a random one is given out and replaced by the next of the
 * source. The k-th pass (every pass, without `reshuffle`) draws from the stream of the pair (seed, k).
 */
export function shuffledBy<T>(open: Open<T>, size: number, seed: number | undefined, reshuffle: boolean): Open<T> {
  let passes = 0;
  let drawn: number | undefined;
  const unseeded = (): number => {
    drawn ??= entropy(1)[0];
    return drawn;
  };
  return () => {
    const base = seed ?? randomSeed() ?? unseeded();
    const stream = PhiloxStream.fromSeeds(Math.abs(base), reshuffle ? passes++ : 0);
    const pass = open();
    const buffer: T[] = [];
    let over = false;
    const take = (item: T | End): boolean => {
      if (item === END) over = true;
      else buffer.push(item);
      return buffer.length < size;
    };
    const draw = (): T | End => {
      if (buffer.length === 0) return END;
      const i = stream.next() % buffer.length;
      const item = buffer[i];
      const last = buffer.pop() as T;
      if (i < buffer.length) buffer[i] = last;
      return item;
    };
    return {
      next: () => (over ? draw() : whenReady(each(pass, take), draw)),
      close() {
        over = true;
        buffer.length = 0;
        return pass.close();
      },
    };
  };
}

/** Keeps the elements of the first whole pass; later passes read them from memory. */
export function cached<T>(open: Open<T>): { open: Open<T>; size: () => number | undefined } {
  let kept: readonly T[] | undefined;
  const fill = (): Pass<T> => {
    const pass = open();
    const items: T[] = [];
    const keep = (item: T | End): T | End => {
      if (item === END) kept ??= items;
      else items.push(item);
      return item;
    };
    return { next: () => whenReady(pass.next(), keep), close: () => pass.close() };
  };
  return { open: () => (kept ? arrayPass(kept) : fill()), size: () => kept?.length };
}

/** Asks for up to `size` elements ahead where the source makes one wait. */
export const prefetched =
  <T>(open: Open<T>, size: number): Open<T> =>
  () => {
    const pass = open();
    const ready: T[] = [];
    let running = false;
    let over = false;
    let failure: { error: unknown } | undefined;
    let wake: (() => void) | undefined;

    const pump = async (first?: Promise<T | End>) => {
      running = true;
      try {
        for (let pending = first; !over && ready.length < size; pending = undefined) {
          const next = pending ?? pass.next();
          const item = isPromise(next) ? await next : next;
          if (item === END) over = true;
          else if (!over) ready.push(item);
          wake?.();
        }
      } catch (error) {
        failure = { error };
      } finally {
        running = false;
        wake?.();
      }
    };
    const take = (): T => {
      const item = ready.shift() as T;
      if (!running && !over && !failure) void pump();
      return item;
    };
    const wait = async (): Promise<T | End> => {
      while (ready.length === 0 && running && !over) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return next() as T | End;
    };
    const next = (): Now<T | End> => {
      if (ready.length > 0) return take();
      if (failure) {
        const { error } = failure;
        [failure, over] = [undefined, true];
        throw error;
      }
      if (over) return END;
      if (running) return wait();
      // A source that answers at once has nothing to do ahead.
      const item = pass.next();
      if (!isPromise(item)) return item;
      void pump(item);
      return wait();
    };
    const close = () => {
      over = true;
      ready.length = 0;
      return pass.close();
    };
    return { next, close };
  };
