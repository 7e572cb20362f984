// What the models in plain JavaScript share: products, Adam and the loss, over typed arrays.
import { ADAM } from './specs.mjs';

/** out[m,n] += a[m,k] b[k,n], from places in larger arrays. */
export function addMatmul(out, out0, a, a0, b, m, k, n) {
  for (let i = 0; i < m; i++) {
    const to = out0 + i * n;
    for (let p = 0; p < k; p++) {
      const v = a[a0 + i * k + p];
      const from = p * n;
      for (let j = 0; j < n; j++) out[to + j] += v * b[from + j];
    }
  }
}

/** out[k,n] += transpose of a[m,k] times b[m,n] */
export function addMatmulTransposedA(out, a, a0, b, b0, m, k, n) {
  for (let i = 0; i < m; i++) {
    const from = b0 + i * n;
    for (let p = 0; p < k; p++) {
      const v = a[a0 + i * k + p];
      const to = p * n;
      for (let j = 0; j < n; j++) out[to + j] += v * b[from + j];
    }
  }
}

/** The transpose of a[m,n]. Products with it are several times faster than dot products, each sum of which waits for itself. */
export function transpose(a, m, n) {
  const out = new Float32Array(m * n);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[j * m + i] = a[i * n + j];
  return out;
}

export const sigmoid = (x) => 1 / (1 + Math.exp(-x));

/** Mean binary crossentropy on logits; leaves the gradients of the logits in `gradient`. */
export function crossentropy(y, logits, gradient) {
  const n = y.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const z = logits[i];
    sum += Math.max(z, 0) - z * y[i] + Math.log1p(Math.exp(-Math.abs(z)));
    gradient[i] = (sigmoid(z) - y[i]) / n;
  }
  return sum / n;
}

/** A weight with its gradient and Adam's two averages. */
export class Weight {
  constructor(start) {
    this.w = start.slice();
    this.g = new Float32Array(start.length);
    this.m = new Float32Array(start.length);
    this.v = new Float32Array(start.length);
  }

  /** Adam over elements `from` to `to`, whose gradients are cleared. */
  update(alpha, from = 0, to = this.w.length) {
    const { w, g, m, v } = this;
    const rate1 = 1 - ADAM.beta1;
    const rate2 = 1 - ADAM.beta2;
    const { epsilon } = ADAM;
    for (let i = from; i < to; i++) {
      const gradient = g[i];
      m[i] += (gradient - m[i]) * rate1;
      v[i] += (gradient * gradient - v[i]) * rate2;
      w[i] -= (m[i] * alpha) / (Math.sqrt(v[i]) + epsilon);
      g[i] = 0;
    }
  }
}

/** A table of which a step touches few rows. */
export class Table extends Weight {
  constructor(start, rows, lazy) {
    super(start);
    this.dim = start.length / rows;
    this.lazy = lazy;
    this.seen = new Uint8Array(rows);
    this.touched = [];
  }

  touch(id) {
    if (!this.seen[id]) {
      this.seen[id] = 1;
      this.touched.push(id);
    }
  }

  /** All rows, as in Keras, or with `lazy` those of the batch. */
  step(alpha) {
    if (!this.lazy) this.update(alpha);
    for (const id of this.touched) {
      if (this.lazy) this.update(alpha, id * this.dim, (id + 1) * this.dim);
      this.seen[id] = 0;
    }
    this.touched.length = 0;
  }
}

/** Adam's rate in step t, with the corrections for averages that start at 0. */
export const alphaOf = (t) => (ADAM.rate * Math.sqrt(1 - ADAM.beta2 ** t)) / (1 - ADAM.beta1 ** t);
