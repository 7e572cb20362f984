// Iterates arrays, iterables, async iterables, streams, and functions that return one of them.
import { mismatch } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import { Tensor } from '../tensor/tensor.ts';
import { END, type End, isPromise, type Now, type Open, type Pass } from './pass.ts';

/** Iterators that can be gone through only once and have been taken. */
const spent = /* @__PURE__ */ new WeakSet<object>();

/** Marks something that can be read only once; the second time is a ValueError. */
export function takeOnce(owner: string, source: object, what: string, advice: string): void {
  if (spent.has(source)) {
    throw mismatch(owner, 'a source that can be read again', `${what}, which was read before`, advice);
  }
  spent.add(source);
}

const AGAIN = 'Pass the function that makes it (Dataset.from(function* () { ... })) or an array, or add .cache() behind the source.';

/** What `Dataset.from` takes. */
export type Source<T> =
  | Iterable<T>
  | AsyncIterable<T>
  | ReadableStream<T>
  | (() => Iterable<T> | AsyncIterable<T> | Iterator<T> | AsyncIterator<T> | Promise<Iterable<T> | AsyncIterable<T>>);

/** How to start a pass over the source. Promises among the elements are awaited. */
export function opener<T>(owner: string, source: unknown): Open<T> {
  if (Array.isArray(source)) return () => arrayPass(source);
  if (typeof source === 'function') return () => openResult(owner, (source as () => unknown)(), source);
  if (isIterable(source)) return () => openIterable<T>(owner, source);
  const object = typeof source === 'object' && source !== null && Object.getPrototypeOf(source) === Object.prototype;
  const advice =
    typeof source === 'string'
      ? 'For lines of a text use Dataset.textLines.'
      : object
        ? 'For an object of columns use Dataset.fromTensorSlices.'
        : 'Wrap a single element in an array.';
  throw mismatch(owner, 'an array, an iterable, an async iterable or a generator function', describe(source), advice);
}

function isIterable(source: unknown): source is object {
  return typeof source === 'object' && source !== null && (Symbol.iterator in source || Symbol.asyncIterator in source || isStream(source));
}

const isStream = (source: object): source is ReadableStream => typeof (source as ReadableStream).getReader === 'function';

/** Number of elements of a source, if it says so. */
export function lengthOf(source: unknown): number | undefined {
  if (Array.isArray(source)) return source.length;
  if (source instanceof Set || source instanceof Map) return source.size;
  if (source instanceof Tensor) return source.shape[0];
  return ArrayBuffer.isView(source) ? (source as Uint8Array).length : undefined;
}

/** A pass over `make(start)`, `make(start + step)`, ..., `count` of them. */
export const counter =
  <T>(start: number, step: number, count: number, make: (value: number) => T): Open<T> =>
  () => {
    let i = 0;
    return { next: () => (i < count ? make(start + step * i++) : END), close: () => undefined };
  };

/** A pass over the items of an array. */
export function arrayPass<T>(items: readonly Now<T>[]): Pass<T> {
  let i = 0;
  return { next: () => (i < items.length ? items[i++] : END), close: () => undefined };
}

function openIterable<T>(owner: string, source: object): Pass<T> {
  if (isStream(source)) {
    takeOnce(owner, source, 'a ReadableStream', AGAIN);
    return streamPass(source as ReadableStream<T>);
  }
  const make = (source as AsyncIterable<T>)[Symbol.asyncIterator] ?? (source as Iterable<T>)[Symbol.iterator];
  const iterator = make.call(source) as Iterator<T> | AsyncIterator<T>;
  if ((iterator as object) === source) takeOnce(owner, source, 'a generator object or another iterator', AGAIN);
  return iteratorPass(iterator);
}

function openResult<T>(owner: string, result: unknown, source: object): Pass<T> {
  if (isPromise(result)) return laterPass(result.then((value) => openResult<T>(owner, value, source)));
  if (Array.isArray(result)) return arrayPass(result);
  if (isIterable(result)) return openIterable(owner, result);
  if (typeof (result as Iterator<T> | undefined)?.next === 'function') {
    takeOnce(owner, result as object, 'an iterator', AGAIN);
    return iteratorPass(result as Iterator<T>);
  }
  throw mismatch(
    owner,
    'a function that returns an iterable or an async iterable',
    `${describe(result)} from ${describe(source)}`,
    'Write a generator function: function* () { yield element; }.',
  );
}

function iteratorPass<T>(iterator: Iterator<T> | AsyncIterator<T>): Pass<T> {
  let over = false;
  const read = (result: IteratorResult<T>): Now<T | End> => {
    if (!result.done) return result.value;
    over = true;
    return END;
  };
  return {
    next() {
      if (over) return END;
      const result = iterator.next();
      return isPromise(result) ? result.then(read) : read(result);
    },
    close() {
      if (over) return;
      over = true;
      const closed = iterator.return?.();
      if (isPromise(closed)) return closed.then(() => undefined);
    },
  };
}

/** The chunks of a stream; closing cancels it. */
export function streamPass<T>(stream: ReadableStream<T>): Pass<T> {
  const reader = stream.getReader();
  let over = false;
  return {
    async next() {
      if (over) return END;
      const { done, value } = await reader.read();
      if (!done) return value;
      over = true;
      return END;
    },
    async close() {
      if (over) return;
      over = true;
      await reader.cancel();
    },
  };
}

/** A pass that first has to be waited for. */
export function laterPass<T>(opened: Promise<Pass<T>>): Pass<T> {
  // It is awaited by the first next; until then a failure is not an unhandled one.
  opened.catch(() => undefined);
  let pass: Pass<T> | undefined;
  return {
    next() {
      if (pass) return pass.next();
      return opened.then((ready) => {
        pass = ready;
        return ready.next();
      });
    },
    close: () =>
      opened.then(
        (ready) => ready.close(),
        () => undefined,
      ),
  };
}
