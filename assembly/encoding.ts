// Numbers into bins, and bins into rows of 0 and 1.
import { array, runsOn } from './check';
import { partition } from './partition';
import { at } from './rows';

/** y[n] (i32) = how many of the ascending boundaries are at most x; all of them for NaN. */
export function bucketize(x: usize, boundaries: usize, y: usize, n: i32, count: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, n);
  array(boundaries, count);
  array(y, n);
  const end = partition(n, 16, thread + 1, threads);
  for (let i = partition(n, 16, thread, threads); i < end; i++) {
    const v = load<f32>(at(x, i));
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (v < load<f32>(at(boundaries, middle))) high = middle;
      else low = middle + 1;
    }
    store<i32>(at(y, i), low);
  }
}

/**
 * y[rows, tokens] from ids[rows, length] (i32): 1 at each id of the row, or with `counts` how often the row has it. Ids outside
 * [0, tokens) are left out.
 */
export function encodeIds(ids: usize, y: usize, rows: i32, length: i32, tokens: i32, counts: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(ids, rows, length);
  array(y, rows, tokens);
  const end = partition(rows, 1, thread + 1, threads);
  for (let r = partition(rows, 1, thread, threads); r < end; r++) {
    const row = at(y, r * tokens);
    memory.fill(row, 0, <usize>tokens << 2);
    for (let i = 0; i < length; i++) {
      const id = load<i32>(at(ids, r * length + i));
      if (<u32>id >= <u32>tokens) continue;
      store<f32>(at(row, id), counts ? load<f32>(at(row, id)) + 1 : 1);
    }
  }
}
