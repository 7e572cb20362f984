// Rows of a table, and sums of rows by id; the sort is the one of bench/assembly/embedding.ts.
import { floats, ints } from './memory.mjs';

const F32 = floats;
const I32 = ints;

export function gather(table, ids, out, count, dim) {
  const f = F32;
  const i32 = I32;
  for (let i = 0; i < count; i++) {
    const from = (table >> 2) + i32[(ids >> 2) + i] * dim;
    const to = (out >> 2) + i * dim;
    for (let c = 0; c < dim; c++) f[to + c] = f[from + c];
  }
}

const DIGITS = 2048;

export function sortIds(ids, order, unique, start, uniqueCount, scratch, n, bound, times) {
  const i32 = I32;
  const id = ids >> 2;
  const counters = scratch >> 2;
  let from = counters + DIGITS;
  let to = from + n;
  for (let i = 0; i < n; i++) i32[from + i] = i;
  if (n <= 48) {
    for (let i = 1; i < n; i++) {
      let j = from + i;
      for (; j > from && i32[id + i32[j - 1]] > i32[id + i]; j--) i32[j] = i32[j - 1];
      i32[j] = i;
    }
  } else {
    for (let shift = 0; shift < 32 && (bound - 1) >>> shift > 0; shift += 11) {
      i32.fill(0, counters, counters + DIGITS);
      for (let i = 0; i < n; i++) i32[counters + ((i32[id + i] >>> shift) & (DIGITS - 1))]++;
      for (let digit = 0, sum = 0; digit < DIGITS; digit++) {
        const count = i32[counters + digit];
        i32[counters + digit] = sum;
        sum += count;
      }
      for (let i = 0; i < n; i++) {
        const position = i32[from + i];
        i32[to + i32[counters + ((i32[id + position] >>> shift) & (DIGITS - 1))]++] = position;
      }
      [from, to] = [to, from];
    }
  }
  let count = 0;
  let last = -1;
  for (let i = 0; i < n; i++) {
    const position = i32[from + i];
    i32[(order >> 2) + i] = times === 1 ? position : Math.floor(position / times);
    if (i32[id + position] !== last) {
      last = i32[id + position];
      i32[(unique >> 2) + count] = last;
      i32[(start >> 2) + count] = i;
      count++;
    }
  }
  i32[(start >> 2) + count] = n;
  i32[uniqueCount >> 2] = count;
}

export function sumRows(values, order, start, uniqueCount, rows, dim) {
  const f = F32;
  const i32 = I32;
  const count = i32[uniqueCount >> 2];
  for (let u = 0; u < count; u++) {
    const first = i32[(start >> 2) + u];
    const end = i32[(start >> 2) + u + 1];
    const to = (rows >> 2) + u * dim;
    const from = (values >> 2) + i32[(order >> 2) + first] * dim;
    for (let c = 0; c < dim; c++) f[to + c] = f[from + c];
    for (let j = first + 1; j < end; j++) {
      const more = (values >> 2) + i32[(order >> 2) + j] * dim;
      for (let c = 0; c < dim; c++) f[to + c] += f[more + c];
    }
  }
}
