// Rows brought into the cache before they are used. WebAssembly has no prefetch, but a load whose result nobody wants does the same.

/** Rows that are prefetched together. */
export const BLOCK = 8;
/** Below this many bytes rows are likely to be in the cache already, and prefetching them is work for nothing. */
export const CACHE_BYTES: usize = 1 << 18;

/**
 * Loads a word of each cache line of the rows of `table`, `bytes` long each, that `ids` from `i` to `end` name. A loop that works on
 * rows waits for one or two at a time, as its own instructions fill the processor's queues; loads alone wait for all at once.
 */
// @ts-ignore: decorator
@inline
export function prefetchRows(table: usize, ids: usize, i: i32, end: i32, bytes: usize): void {
  for (; i < end; i++) {
    const row = table + <usize>load<i32>(ids + (<usize>i << 2)) * bytes;
    for (let at: usize = 0; at < bytes; at += 64) load<i32>(row + at);
  }
}
