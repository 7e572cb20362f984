// Rows of a table, and sums of rows by id. The ids are sorted by counting them, as the SIMD kernel's radix sort does, in one
// pass per 11 bits.
import { at, get, int, put } from './at';

export function gather(table: usize, ids: usize, out: usize, count: i32, dim: i32, thread: i32, threads: i32): void {
  for (let i = 0; i < count; i++) {
    const from = at(table, int(ids, i) * dim);
    const to = at(out, i * dim);
    for (let c = 0; c < dim; c++) put(to, c, get(from, c));
  }
}

const DIGITS = 2048;

/** order, unique, start and uniqueCount as the SIMD kernel leaves them; scratch: 8192 bytes and then some. */
export function sortIds(
  ids: usize, order: usize, unique: usize, start: usize, uniqueCount: usize, scratch: usize, n: i32, bound: i32, times: i32,
  thread: i32, threads: i32,
): void {
  const counters = scratch;
  let from = scratch + 4 * DIGITS;
  let to = from + (<usize>n << 2);
  for (let i = 0; i < n; i++) store<i32>(at(from, i), i);
  if (n <= 48) {
    for (let i = 1; i < n; i++) {
      const id = int(ids, i);
      let j = i;
      for (; j > 0 && int(ids, int(from, j - 1)) > id; j--) store<i32>(at(from, j), int(from, j - 1));
      store<i32>(at(from, j), i);
    }
  } else {
    for (let shift = 0; shift < 32 && bound - 1 >>> shift > 0; shift += 11) {
      memory.fill(counters, 0, 4 * DIGITS);
      for (let i = 0; i < n; i++) {
        const counter = at(counters, (int(ids, i) >>> shift) & (DIGITS - 1));
        store<i32>(counter, load<i32>(counter) + 1);
      }
      let sum = 0;
      for (let digit = 0; digit < DIGITS; digit++) {
        const count = int(counters, digit);
        store<i32>(at(counters, digit), sum);
        sum += count;
      }
      for (let i = 0; i < n; i++) {
        const position = int(from, i);
        const counter = at(counters, (int(ids, position) >>> shift) & (DIGITS - 1));
        const place = load<i32>(counter);
        store<i32>(counter, place + 1);
        store<i32>(at(to, place), position);
      }
      const sorted = to;
      to = from;
      from = sorted;
    }
  }
  let count = 0;
  let last = -1;
  for (let i = 0; i < n; i++) {
    const position = int(from, i);
    const id = int(ids, position);
    store<i32>(at(order, i), times == 1 ? position : position / times);
    if (id != last) {
      store<i32>(at(unique, count), id);
      store<i32>(at(start, count), i);
      count++;
      last = id;
    }
  }
  store<i32>(at(start, count), n);
  store<i32>(uniqueCount, count);
}

export function sumRows(
  values: usize, order: usize, start: usize, uniqueCount: usize, rows: usize, dim: i32, thread: i32, threads: i32,
): void {
  const count = int(uniqueCount, 0);
  for (let u = 0; u < count; u++) {
    const first = int(start, u);
    const end = int(start, u + 1);
    const to = at(rows, u * dim);
    const from = at(values, int(order, first) * dim);
    for (let c = 0; c < dim; c++) put(to, c, get(from, c));
    for (let j = first + 1; j < end; j++) {
      const more = at(values, int(order, j) * dim);
      for (let c = 0; c < dim; c++) put(to, c, get(to, c) + get(more, c));
    }
  }
}
