// Matrix products as one writes them down, the loops of bench/assembly/matmul.ts.
import { floats } from './memory.mjs';

const F32 = floats;

function start(out, bias, bias1, n) {
  const f = F32;
  for (let j = 0; j < n; j++) f[out + j] = bias ? f[bias + (bias1 ? 0 : j)] : 0;
}

function activate(out, n, activation) {
  const f = F32;
  if (activation) for (let j = 0; j < n; j++) f[out + j] = Math.max(f[out + j], 0);
}

/** out[n] += x[k] (strideX apart) x w[k,n] */
function addRows(x, strideX, w, out, k, n) {
  const f = F32;
  for (let p = 0; p < k; p++) {
    const v = f[x + p * strideX];
    const row = w + p * n;
    for (let j = 0; j < n; j++) f[out + j] += v * f[row + j];
  }
}

/** out[n] += x[k] (strideX apart) x transpose of w[n,k] */
function addDots(x, strideX, w, out, k, n) {
  const f = F32;
  for (let j = 0; j < n; j++) {
    const row = w + j * k;
    let sum = 0;
    for (let p = 0; p < k; p++) sum += f[x + p * strideX] * f[row + p];
    f[out + j] += sum;
  }
}

export function matmul(a, b, bias, out, batch, m, k, n, strideA, strideB, transposeA, transposeB, activation) {
  for (let matrix = 0; matrix < batch; matrix++) {
    for (let i = 0; i < m; i++) {
      const x = (a >> 2) + matrix * strideA + (transposeA ? i : i * k);
      const w = (b >> 2) + matrix * strideB;
      const to = (out >> 2) + (matrix * m + i) * n;
      start(to, bias >> 2, 0, n);
      if (transposeB) addDots(x, transposeA ? m : 1, w, to, k, n);
      else addRows(x, transposeA ? m : 1, w, to, k, n);
      activate(to, n, activation);
    }
  }
}

export function matmulVector(x, w, bias, out, batch, k, n, strideX, strideW, bias1, activation) {
  for (let matrix = 0; matrix < batch; matrix++) {
    const to = (out >> 2) + matrix * n;
    start(to, bias >> 2, bias1, n);
    addRows((x >> 2) + matrix * strideX, 1, (w >> 2) + matrix * strideW, to, k, n);
    activate(to, n, activation);
  }
}

export function matmulDots(x, w, bias, out, batch, k, n, strideX, strideW, bias1, activation) {
  for (let matrix = 0; matrix < batch; matrix++) {
    const to = (out >> 2) + matrix * n;
    start(to, bias >> 2, bias1, n);
    addDots((x >> 2) + matrix * strideX, 1, (w >> 2) + matrix * strideW, to, k, n);
    activate(to, n, activation);
  }
}
