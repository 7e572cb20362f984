// Rows of a table, and sums of rows by id; the sort is the one of bench/assembly/embedding.ts.
import { floats, ints } from './memory.mjs';

export function gather(table, ids, out, count, dim) {
  const f = floats;
  const n = ints;
  for (let i = 0; i < count; i++) {
    const from = (table >> 2) + n[(ids >> 2) + i] * dim;
    const to = (out >> 2) + i * dim;
    for (let c = 0; c < dim; c++) f[to + c] = f[from + c];
  }
}

const DIGITS = 2048;

export function sortIds(ids, order, unique, start, uniqueCount, scratch, n, bound) {
  const all = ints;
  const id = ids >> 2;
  const counters = scratch >> 2;
  let from = counters + DIGITS;
  let to = from + n;
  for (let i = 0; i < n; i++) all[from + i] = i;
  if (n <= 48) {
    for (let i = 1; i < n; i++) {
      let j = from + i;
      for (; j > from && all[id + all[j - 1]] > all[id + i]; j--) all[j] = all[j - 1];
      all[j] = i;
    }
  } else {
    for (let shift = 0; shift < 32 && (bound - 1) >>> shift > 0; shift += 11) {
      all.fill(0, counters, counters + DIGITS);
      for (let i = 0; i < n; i++) all[counters + ((all[id + i] >>> shift) & (DIGITS - 1))]++;
      for (let digit = 0, sum = 0; digit < DIGITS; digit++) {
        const count = all[counters + digit];
        all[counters + digit] = sum;
        sum += count;
      }
      for (let i = 0; i < n; i++) {
        const position = all[from + i];
        all[to + all[counters + ((all[id + position] >>> shift) & (DIGITS - 1))]++] = position;
      }
      [from, to] = [to, from];
    }
  }
  let count = 0;
  let last = -1;
  for (let i = 0; i < n; i++) {
    const position = all[from + i];
    all[(order >> 2) + i] = position;
    if (all[id + position] !== last) {
      last = all[id + position];
      all[(unique >> 2) + count] = last;
      all[(start >> 2) + count] = i;
      count++;
    }
  }
  all[(start >> 2) + count] = n;
  all[uniqueCount >> 2] = count;
}

export function sumRows(values, order, start, uniqueCount, rows, dim) {
  const f = floats;
  const n = ints;
  const count = n[uniqueCount >> 2];
  for (let u = 0; u < count; u++) {
    const first = n[(start >> 2) + u];
    const end = n[(start >> 2) + u + 1];
    const to = (rows >> 2) + u * dim;
    const from = (values >> 2) + n[(order >> 2) + first] * dim;
    for (let c = 0; c < dim; c++) f[to + c] = f[from + c];
    for (let j = first + 1; j < end; j++) {
      const more = (values >> 2) + n[(order >> 2) + j] * dim;
      for (let c = 0; c < dim; c++) f[to + c] += f[more + c];
    }
  }
}
