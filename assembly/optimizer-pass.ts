// One pass over a weight for any of the rules, row by row where the gradient is sparse.
import { array, arrayOrNone, idsBelow, runsOn } from './check';
import { segment, segmentOfOthers } from './optimizer-loops';
import { partition } from './partition';
import { lowerBound } from './search';
import { BLOCK, prefetchRows } from './prefetch';

/** A gradient as optimizer.ts has it. */
function demandGradient(gradient: usize, rows: i32, dim: i32, unique: usize, uniqueCount: usize): void {
  if (unique) {
    array(uniqueCount, 1);
    const count = load<i32>(uniqueCount);
    array(unique, count);
    array(gradient, count, dim);
    idsBelow(rows, unique, count);
  } else {
    array(gradient, rows, dim);
  }
}

/** The pass. `others` says which rules it can have; `lazy` leaves the rows without a gradient as they are. */
// @ts-ignore: decorator
@inline
export function pass(
  others: bool, rule: i32, lazy: bool, weight: usize, gradient: usize, a: usize, b: usize, c: usize, settings: usize, rows: i32, dim: i32,
  unique: usize, uniqueCount: usize, thread: i32, threads: i32
): void {
  if (!ASC_NO_ASSERT) {
    runsOn(thread, threads);
    array(weight, rows, dim);
    arrayOrNone(a, rows, dim);
    arrayOrNone(b, rows, dim);
    arrayOrNone(c, rows, dim);
    array(settings, 2);
    demandGradient(gradient, rows, dim, unique, uniqueCount);
  }
  let i: i32, end: i32, u = 0, hits = 0;
  if (unique) hits = load<i32>(uniqueCount);
  if (lazy) {
    u = partition(hits, 1, thread, threads);
    hits = partition(hits, 1, thread + 1, threads);
    i = 0;
    end = u < hits ? rows * dim : 0;
  } else {
    i = partition(rows * dim, 4, thread, threads);
    end = partition(rows * dim, 4, thread + 1, threads);
    if (unique && i < end) u = lowerBound(unique, hits, i / dim);
  }
  let prefetched = u;
  while (i < end) {
    let stop = end;
    let source = gradient;
    let mask = i32x4.splat(-1);
    if (unique) {
      const row = u < hits ? load<i32>(unique + (<usize>u << 2)) : rows;
      const first = row * dim;
      if (lazy) {
        i = first;
        if (u == prefetched) {
          prefetched = min(hits, u + BLOCK);
          prefetchRows(weight, unique, u, prefetched, <usize>dim << 2);
          prefetchRows(a, unique, u, prefetched, <usize>dim << 2);
          prefetchRows(b, unique, u, prefetched, <usize>dim << 2);
        }
      }
      if (i < first) {
        source = weight;
        mask = i32x4.splat(0);
        if (first < end) stop = first;
      } else {
        source = gradient + (<usize>((u - row) * dim) << 2);
        if (first + dim < end) stop = first + dim;
        u++;
      }
    }
    if (others) segmentOfOthers(rule, i, stop, weight, source, mask, a, b, c, settings);
    else segment(rule, i, stop, weight, source, mask, a, b, c, settings);
    i = stop;
    if (lazy && u == hits) break;
  }
}
