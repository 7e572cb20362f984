// Embedding, LSTM and one Dense unit in plain JavaScript, with back-propagation through time.
import { addMatmul, addMatmulTransposedA, alphaOf, crossentropy, sigmoid, Table, transpose, Weight } from './plain-parts.mjs';

export class PlainLstm {
  constructor(spec, [table, ...others]) {
    this.spec = spec;
    this.table = new Table(table, spec.vocabulary, spec.lazy);
    this.others = others.map((weight) => new Weight(weight));
    this.t = 0;
    const { batch, length, dim, units } = spec;
    const floats = (n) => new Float32Array(n);
    // Step after step, so that a step's rows lie together.
    this.x = floats(length * batch * dim);
    this.gates = floats(length * batch * 4 * units);
    this.dgates = floats(length * batch * 4 * units);
    this.h = floats((length + 1) * batch * units);
    this.c = floats((length + 1) * batch * units);
    this.dh = floats(batch * units);
    this.dc = floats(batch * units);
    this.dx = floats(batch * dim);
    this.logits = floats(batch);
    this.dlogits = floats(batch);
  }

  get weights() {
    return [this.table.w, ...this.others.map(({ w }) => w)];
  }

  predict(ids) {
    return this.forward(ids).slice();
  }

  forward(ids) {
    const { batch, length, dim, units } = this.spec;
    const { x, gates, h, c, table, logits } = this;
    const [kernel, recurrent, bias, dense, denseBias] = this.others.map(({ w }) => w);
    const row = 4 * units;
    for (let t = 0; t < length; t++) {
      const first = t * batch * row;
      for (let i = 0; i < batch; i++) {
        const id = ids[i * length + t];
        for (let d = 0; d < dim; d++) x[(t * batch + i) * dim + d] = table.w[id * dim + d];
        for (let j = 0; j < row; j++) gates[first + i * row + j] = bias[j];
      }
      addMatmul(gates, first, x, t * batch * dim, kernel, batch, dim, row);
      addMatmul(gates, first, h, t * batch * units, recurrent, batch, units, row);
      for (let i = 0; i < batch; i++) {
        for (let u = 0; u < units; u++) {
          const g = first + i * row + u;
          const state = (t * batch + i) * units + u;
          const next = state + batch * units;
          const input = sigmoid(gates[g]);
          const forget = sigmoid(gates[g + units]);
          const candidate = Math.tanh(gates[g + 2 * units]);
          const output = sigmoid(gates[g + 3 * units]);
          gates[g] = input;
          gates[g + units] = forget;
          gates[g + 2 * units] = candidate;
          gates[g + 3 * units] = output;
          c[next] = forget * c[state] + input * candidate;
          h[next] = output * Math.tanh(c[next]);
        }
      }
    }
    const last = length * batch * units;
    logits.fill(denseBias[0]);
    for (let i = 0; i < batch; i++) for (let u = 0; u < units; u++) logits[i] += h[last + i * units + u] * dense[u];
    return logits;
  }

  /** One step of training on a batch. Gives the loss. */
  step(ids, y) {
    const { batch, length, dim, units } = this.spec;
    const { x, h, dgates, dh, dc, dx, table, dlogits } = this;
    const [kernel, recurrent, bias, dense, denseBias] = this.others;
    const loss = crossentropy(y, this.forward(ids), dlogits);
    const last = length * batch * units;
    const row = 4 * units;
    for (let i = 0; i < batch; i++) {
      denseBias.g[0] += dlogits[i];
      for (let u = 0; u < units; u++) {
        dense.g[u] += dlogits[i] * h[last + i * units + u];
        dh[i * units + u] = dlogits[i] * dense.w[u];
      }
    }
    dc.fill(0);
    const kernelT = transpose(kernel.w, dim, row);
    const recurrentT = transpose(recurrent.w, units, row);
    for (let t = length - 1; t >= 0; t--) {
      const first = t * batch * row;
      this.#gateGradients(t);
      for (let i = 0; i < batch; i++) for (let j = 0; j < row; j++) bias.g[j] += dgates[first + i * row + j];
      addMatmulTransposedA(kernel.g, x, t * batch * dim, dgates, first, batch, dim, row);
      addMatmulTransposedA(recurrent.g, h, t * batch * units, dgates, first, batch, units, row);
      dx.fill(0);
      dh.fill(0);
      addMatmul(dx, 0, dgates, first, kernelT, batch, row, dim);
      addMatmul(dh, 0, dgates, first, recurrentT, batch, row, units);
      for (let i = 0; i < batch; i++) {
        const id = ids[i * length + t];
        table.touch(id);
        for (let d = 0; d < dim; d++) table.g[id * dim + d] += dx[i * dim + d];
      }
    }
    const alpha = alphaOf(++this.t);
    table.step(alpha);
    for (const weight of this.others) weight.update(alpha);
    return loss;
  }

  /** From the gradients of h and c after step t to those of its gates and of c before it. */
  #gateGradients(t) {
    const { batch, units } = this.spec;
    const { gates, dgates, c, dh, dc } = this;
    for (let i = 0; i < batch; i++) {
      for (let u = 0; u < units; u++) {
        const g = (t * batch + i) * 4 * units + u;
        const state = (t * batch + i) * units + u;
        const [input, forget, candidate, output] = [gates[g], gates[g + units], gates[g + 2 * units], gates[g + 3 * units]];
        const squashed = Math.tanh(c[state + batch * units]);
        const dstate = dc[i * units + u] + dh[i * units + u] * output * (1 - squashed * squashed);
        dgates[g] = dstate * candidate * input * (1 - input);
        dgates[g + units] = dstate * c[state] * forget * (1 - forget);
        dgates[g + 2 * units] = dstate * input * (1 - candidate * candidate);
        dgates[g + 3 * units] = dh[i * units + u] * squashed * output * (1 - output);
        dc[i * units + u] = dstate * forget;
      }
    }
  }
}
