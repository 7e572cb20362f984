// Rows of a table taken by id, and their gradient: the rows of a batch summed per distinct id. The sum needs the ids sorted,
// once for any number of columns.
import { array, idsBelow, rowsById, runsOn } from './check';
import { partition } from './partition';
import { lowerBound } from './search';
import { loadTail, storeTail } from './simd';
import { BLOCK, CACHE_BYTES, prefetchRows } from './prefetch';

// @ts-ignore: decorator
@inline
function i32At(array: usize, index: i32): i32 {
  return load<i32>(array + (<usize>index << 2));
}

/** to[0..dim] = from[0..dim] */
// @ts-ignore: decorator
@inline
function copyRow(from: usize, to: usize, dim: i32): void {
  const bytes = <usize>dim << 2;
  const whole = bytes & ~15;
  let i: usize = 0;
  if (whole) {
    do {
      v128.store(to + i, v128.load(from + i));
      i += 16;
    } while (i < whole);
  }
  for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(from + i));
}

/** out[i, :] = table[ids[i], :] for ids[count] and rows of `dim`. */
export function gather(table: usize, ids: usize, out: usize, count: i32, dim: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(ids, count);
  array(out, count, dim);
  rowsById(table, ids, count, dim);
  const end = partition(count, 1, thread + 1, threads);
  const bytes = <usize>dim << 2;
  const block = <usize>count * bytes < CACHE_BYTES ? 0 : BLOCK;
  let i = partition(count, 1, thread, threads);
  while (i < end) {
    const stop = block ? min(end, i + block) : end;
    if (block) prefetchRows(table, ids, i, stop, bytes);
    for (; i < stop; i++) copyRow(table + <usize>i32At(ids, i) * bytes, out + <usize>i * bytes, dim);
  }
}

/** out = ids, and 0 for those outside [0, bound): no address is made of them. */
export function limitIds(ids: usize, out: usize, n: i32, bound: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(ids, n);
  array(out, n);
  const end = partition(n, 16, thread + 1, threads);
  for (let i = partition(n, 16, thread, threads); i < end; i++) {
    const id = i32At(ids, i);
    store<i32>(out + (<usize>i << 2), <u32>id < <u32>bound ? id : 0);
  }
}

const DIGIT_BITS = 11;
/** Up to here insertion beats clearing and summing the counters. */
const FEW = 48;

/** Sorts pairs[0..n] of (id << 32 | row) by insertion, which keeps the order of equal ones. */
// @ts-ignore: decorator
@inline
function sortFew(pairs: usize, n: i32): void {
  for (let i = 1; i < n; i++) {
    const pair = load<u64>(pairs + (<usize>i << 3));
    let at = pairs + (<usize>i << 3);
    for (; at > pairs && load<u64>(at - 8) > pair; at -= 8) store<u64>(at, load<u64>(at - 8));
    store<u64>(at, pair);
  }
}

/** One stable pass of a radix sort by the digit of `bits` bits that starts at bit `shift`. */
// @ts-ignore: decorator
@inline
function sortDigit(from: usize, to: usize, n: i32, shift: i32, bits: i32, counters: usize): void {
  const mask = (1 << bits) - 1;
  memory.fill(counters, 0, <usize>4 << bits);
  const end = from + (<usize>n << 3);
  for (let p = from; p < end; p += 8) {
    const counter = counters + (<usize>((load<i32>(p, 4) >>> shift) & mask) << 2);
    store<i32>(counter, load<i32>(counter) + 1);
  }
  let next = to;
  for (let digit = 0; digit <= mask; digit++) {
    const counter = counters + (<usize>digit << 2);
    const count = load<i32>(counter);
    store<usize>(counter, next);
    next += <usize>count << 3;
  }
  for (let p = from; p < end; p += 8) {
    const pair = load<u64>(p);
    const counter = counters + (<usize>((<i32>(pair >> 32) >>> shift) & mask) << 2);
    const place = load<usize>(counter);
    store<u64>(place, pair);
    store<usize>(counter, place + 8);
  }
}

/**
 * Sorts ids[n], 0 <= id < bound, on thread 0. order[n]: the rows that belong to the ids, by (id, position), where each row belongs
 * to `times` ids that follow one another; unique[<= n]: the distinct ids ascending; start[<= n + 1]: where each one's run begins in
 * order, then n; uniqueCount[0]: how many there are. scratch: 16 n + 8192 bytes.
 */
export function sortIds(
  ids: usize, order: usize, unique: usize, start: usize, uniqueCount: usize, scratch: usize, n: i32, bound: i32, times: i32,
  thread: i32, threads: i32
): void {
  runsOn(thread, threads);
  array(ids, n);
  array(order, n);
  array(unique, n);
  array(start, n + 1);
  array(uniqueCount, 1);
  array(scratch, 4 * n + 2048);
  idsBelow(bound, ids, n);
  if (thread != 0) return;
  let pairs = scratch + (4 << DIGIT_BITS);
  for (let i = 0, row = 0; i < n; row++) {
    for (const end = min(n, i + times); i < end; i++) {
      store<u64>(pairs + (<usize>i << 3), (<u64>i32At(ids, i) << 32) | <u64>row);
    }
  }
  if (n <= FEW) sortFew(pairs, n);
  else {
    let other = pairs + (<usize>n << 3);
    const idBits = 32 - clz<i32>(bound - 1);
    const passes = (idBits + DIGIT_BITS - 1) / DIGIT_BITS;
    for (let pass = 0, shift = 0; pass < passes; pass++) {
      const bits = (idBits - shift) / (passes - pass);
      sortDigit(pairs, other, n, shift, bits, scratch);
      shift += bits;
      const sorted = other;
      other = pairs;
      pairs = sorted;
    }
  }
  // No branch on a new id, which cannot be predicted: each position ends its run until a later one does.
  let count = 0;
  let last = -1;
  store<i32>(start, 0);
  for (let i = 0; i < n; i++) {
    const pair = load<u64>(pairs + (<usize>i << 3));
    const id = <i32>(pair >> 32);
    store<i32>(order + (<usize>i << 2), <i32>pair);
    count += i32(id != last);
    store<i32>(unique + (<usize>(count - 1) << 2), id);
    store<i32>(start + (<usize>count << 2), i + 1);
    last = id;
  }
  store<i32>(uniqueCount, count);
}

/** The first run that belongs to `thread`: runs are shared out so that each thread adds up about as many rows. */
// @ts-ignore: decorator
@inline
function firstRun(start: usize, count: i32, thread: i32, threads: i32): i32 {
  return lowerBound(start, count, partition(i32At(start, count), 1, thread, threads));
}

/** What the runs of sumRows lead to lies within the memory. */
function demandRuns(values: usize, order: usize, start: usize, count: i32, rows: usize, dim: i32): void {
  array(start, count + 1);
  array(rows, count, dim);
  const all = i32At(start, count);
  array(order, all);
  rowsById(values, order, all, dim);
}

/** rows[u, :] = the sum of values[order[j], :] over the run start[u] <= j < start[u + 1], added in that order. */
export function sumRows(
  values: usize, order: usize, start: usize, uniqueCount: usize, rows: usize, dim: i32, thread: i32, threads: i32
): void {
  runsOn(thread, threads);
  array(uniqueCount, 1);
  if (!ASC_NO_ASSERT) demandRuns(values, order, start, load<i32>(uniqueCount), rows, dim);
  const count = load<i32>(uniqueCount);
  const end = firstRun(start, count, thread + 1, threads);
  const bytes = <usize>dim << 2;
  const all = i32At(start, count);
  let prefetched = <usize>all * bytes < CACHE_BYTES ? all : 0;
  for (let u = firstRun(start, count, thread, threads); u < end; u++) {
    const from = i32At(start, u);
    const stop = i32At(start, u + 1);
    if (from >= prefetched) {
      prefetched = min(all, from + BLOCK);
      prefetchRows(values, order, from, prefetched, bytes);
    }
    const first = values + (<usize>(i32At(order, from) * dim) << 2);
    const row = rows + (<usize>(u * dim) << 2);
    let c = 0;
    for (; c + 8 <= dim; c += 8) {
      const column = <usize>c << 2;
      let a = v128.load(first + column);
      let b = v128.load(first + column, 16);
      for (let j = from + 1; j < stop; j++) {
        const value = values + (<usize>(i32At(order, j) * dim) << 2) + column;
        a = f32x4.add(a, v128.load(value));
        b = f32x4.add(b, v128.load(value, 16));
      }
      v128.store(row + column, a);
      v128.store(row + column, b, 16);
    }
    for (; c < dim; c += 4) {
      const column = <usize>c << 2;
      const width = dim - c;
      let a = width < 4 ? loadTail(first + column, width) : v128.load(first + column);
      for (let j = from + 1; j < stop; j++) {
        const value = values + (<usize>(i32At(order, j) * dim) << 2) + column;
        a = f32x4.add(a, width < 4 ? loadTail(value, width) : v128.load(value));
      }
      if (width < 4) storeTail(row + column, a, width);
      else v128.store(row + column, a);
    }
  }
}

/** out[vocabulary, dim] = 0 but for out[unique[u], :] = rows[u, :]. */
export function scatterRows(
  rows: usize, unique: usize, uniqueCount: usize, out: usize, vocabulary: i32, dim: i32, thread: i32, threads: i32
): void {
  runsOn(thread, threads);
  array(uniqueCount, 1);
  array(out, vocabulary, dim);
  if (!ASC_NO_ASSERT) {
    array(unique, load<i32>(uniqueCount));
    array(rows, load<i32>(uniqueCount), dim);
    idsBelow(vocabulary, unique, load<i32>(uniqueCount));
  }
  const first = partition(vocabulary, 1, thread, threads);
  const end = partition(vocabulary, 1, thread + 1, threads);
  memory.fill(out + (<usize>(first * dim) << 2), 0, <usize>((end - first) * dim) << 2);
  const count = load<i32>(uniqueCount);
  for (let u = lowerBound(unique, count, first); u < count && i32At(unique, u) < end; u++) {
    copyRow(rows + (<usize>(u * dim) << 2), out + (<usize>(i32At(unique, u) * dim) << 2), dim);
  }
}
