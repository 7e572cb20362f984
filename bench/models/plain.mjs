// The text models in plain JavaScript, written for one shape of model each, as one does without a library.
import { PlainLstm } from './plain-lstm.mjs';
import { addMatmul, addMatmulTransposedA, alphaOf, crossentropy, sigmoid, Table, transpose, Weight } from './plain-parts.mjs';
import { features } from './specs.mjs';

/** A model of specs.mjs with weights in Keras's order. */
export const plainModel = (spec, weights) => (spec.core === 'lstm' ? new PlainLstm(spec, weights) : new PlainText(spec, weights));

/** Embedding, Flatten or the mean of the words, Dense layers. */
class PlainText {
  constructor(spec, [table, ...dense]) {
    this.spec = spec;
    this.table = new Table(table, spec.vocabulary, spec.lazy);
    this.dense = dense.map((weight) => new Weight(weight));
    this.t = 0;
    const { batch, hidden = 0 } = spec;
    this.pooled = new Float32Array(batch * features(spec));
    this.dpooled = new Float32Array(batch * features(spec));
    this.hidden = new Float32Array(batch * hidden);
    this.dhidden = new Float32Array(batch * hidden);
    this.logits = new Float32Array(batch);
    this.dlogits = new Float32Array(batch);
  }

  get weights() {
    return [this.table.w, ...this.dense.map(({ w }) => w)];
  }

  /** The first n logits. */
  forward(x, n) {
    const { core, dim, length, hidden = 0 } = this.spec;
    const { pooled, table, dense } = this;
    const width = features(this.spec);
    pooled.fill(0);
    for (let i = 0; i < n; i++) {
      for (let t = 0; t < length; t++) {
        const row = x[i * length + t] * dim;
        const to = i * width + (core === 'mean' ? 0 : t * dim);
        for (let c = 0; c < dim; c++) pooled[to + c] += table.w[row + c];
      }
    }
    if (core === 'mean') for (let i = 0; i < n * width; i++) pooled[i] /= length;
    if (!hidden) return this.#project(this.logits, pooled, dense[0].w, dense[1].w, n, width, 1);
    this.#project(this.hidden, pooled, dense[0].w, dense[1].w, n, width, hidden);
    for (let i = 0; i < n * hidden; i++) this.hidden[i] = Math.max(this.hidden[i], 0);
    return this.#project(this.logits, this.hidden, dense[2].w, dense[3].w, n, hidden, 1);
  }

  #project(out, a, kernel, bias, m, k, n) {
    for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[i * n + j] = bias[j];
    addMatmul(out, 0, a, 0, kernel, m, k, n);
    return out;
  }

  /** One step of training on a batch. Gives the loss. */
  step(x, y) {
    const { core, batch, dim, length, hidden = 0 } = this.spec;
    const { table, dense, dpooled } = this;
    const width = features(this.spec);
    const loss = crossentropy(y, this.forward(x, batch), this.dlogits);
    if (this.spec.sigmoid) this.accuracy = this.#accuracyOf(y);
    if (hidden) {
      this.#gradients(dense[2], dense[3], this.hidden, this.dlogits, this.dhidden, hidden, 1);
      for (let i = 0; i < batch * hidden; i++) if (this.hidden[i] <= 0) this.dhidden[i] = 0;
      this.#gradients(dense[0], dense[1], this.pooled, this.dhidden, dpooled, width, hidden);
    } else this.#gradients(dense[0], dense[1], this.pooled, this.dlogits, dpooled, width, 1);
    const part = core === 'mean' ? 1 / length : 1;
    for (let i = 0; i < batch; i++) {
      for (let t = 0; t < length; t++) {
        const id = x[i * length + t];
        const from = i * width + (core === 'mean' ? 0 : t * dim);
        table.touch(id);
        for (let c = 0; c < dim; c++) table.g[id * dim + c] += dpooled[from + c] * part;
      }
    }
    const alpha = alphaOf(++this.t);
    table.step(alpha);
    for (const weight of dense) weight.update(alpha);
    return loss;
  }

  /** The metric that the model with a sigmoid is compiled with. */
  #accuracyOf(y) {
    let right = 0;
    for (let i = 0; i < y.length; i++) if (this.logits[i] > 0 === (y[i] === 1)) right++;
    return right / y.length;
  }

  #gradients(kernel, bias, input, doutput, dinput, k, n) {
    const { batch } = this.spec;
    addMatmulTransposedA(kernel.g, input, 0, doutput, 0, batch, k, n);
    for (let i = 0; i < batch; i++) for (let j = 0; j < n; j++) bias.g[j] += doutput[i * n + j];
    dinput.fill(0);
    addMatmul(dinput, 0, doutput, 0, transpose(kernel.w, k, n), batch, n, k);
  }

  predict(x) {
    const n = x.length / this.spec.length;
    const logits = this.forward(x, n).slice(0, n);
    return this.spec.sigmoid ? logits.map(sigmoid) : logits;
  }
}
