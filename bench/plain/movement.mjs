// Copies, sums and comparisons.
import { floats, ints } from './memory.mjs';

const F32 = floats;
const I32 = ints;

export function fill(y, n, value) {
  const f = F32;
  f.fill(value, y >> 2, (y >> 2) + n);
}

export function copyStrided(x, y, d0, d1, d2, d3, x0, x1, x2, x3, y0, y1, y2, y3) {
  const i32 = I32;
  for (let a = 0; a < d0; a++) {
    for (let b = 0; b < d1; b++) {
      for (let c = 0; c < d2; c++) {
        const from = (x >> 2) + a * x0 + b * x1 + c * x2;
        const to = (y >> 2) + a * y0 + b * y1 + c * y2;
        for (let d = 0; d < d3; d++) i32[to + d * y3] = i32[from + d * x3];
      }
    }
  }
}

export function reduceSum(x, y, outer, n, inner, scale) {
  const f = F32;
  for (let o = 0; o < outer; o++) {
    for (let c = 0; c < inner; c++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += f[(x >> 2) + (o * n + j) * inner + c];
      f[(y >> 2) + o * inner + c] = sum * scale;
    }
  }
}

export function sumBlocks(x, partial, n) {
  const f = F32;
  for (let i = 0; i < n; i += 4096) {
    let sum = 0;
    for (let j = i; j < Math.min(i + 4096, n); j++) sum += f[(x >> 2) + j];
    f[(partial >> 2) + i / 4096] = sum;
  }
}

export function accumulateMean(values, weights, state, n) {
  const f = F32;
  let total = 0;
  let count = weights ? 0 : n;
  for (let i = 0; i < n; i++) {
    const weight = weights ? f[(weights >> 2) + i] : 1;
    total += f[(values >> 2) + i] * weight;
    if (weights) count += weight;
  }
  f[state >> 2] += total;
  f[(state >> 2) + 1] += count;
}

export function greater(a, b, y, rows, columns, aRow, aColumn, bRow, bColumn) {
  const f = F32;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      f[(y >> 2) + r * columns + c] = f[(a >> 2) + r * aRow + c * aColumn] > f[(b >> 2) + r * bRow + c * bColumn] ? 1 : 0;
    }
  }
}

export function equal(a, b, y, rows, columns, aRow, aColumn, bRow, bColumn) {
  const f = F32;
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      f[(y >> 2) + r * columns + c] = f[(a >> 2) + r * aRow + c * aColumn] === f[(b >> 2) + r * bRow + c * bColumn] ? 1 : 0;
    }
  }
}
