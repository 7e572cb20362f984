// The works of works.mjs in TensorFlow.js: one op each on tensors that are there already, its result disposed of and not copied
// out, as the kernels' results stay in their memory too.
import { tfjsAdam } from './models.mjs';

/** @typedef {{ run(): void, results(): Float32Array[], release(): void }} Peer */

/** An op of no state. @returns {Peer} */
function op(tf, inputs, compute) {
  return {
    run: () => compute().dispose(),
    results() {
      const output = compute();
      const values = output.dataSync().slice();
      output.dispose();
      return [values];
    },
    release: () => tf.dispose(inputs),
  };
}

export function matmul(tf, a, b, [m, k, n], transposeA, transposeB) {
  const x = tf.tensor2d(a.slice(), transposeA ? [k, m] : [m, k]);
  const y = tf.tensor2d(b.slice(), transposeB ? [n, k] : [k, n]);
  return op(tf, [x, y], () => tf.matMul(x, y, transposeA, transposeB));
}

export function gather(tf, table, ids, dim) {
  const rows = tf.tensor2d(table.slice(), [table.length / dim, dim]);
  const indices = tf.tensor1d(ids.slice(), 'int32');
  return op(tf, [rows, indices], () => tf.gather(rows, indices));
}

export function unary(tf, name, x) {
  const input = tf.tensor1d(x.slice());
  return op(tf, [input], () => tf[name](input));
}

/** @returns {Peer} */
export function adam(tf, weight, gradient) {
  const variable = tf.variable(tf.tensor1d(weight.slice()), true);
  const gradients = { [variable.name]: tf.tensor1d(gradient.slice()) };
  const optimizer = tfjsAdam(tf);
  const run = () => optimizer.applyGradients(gradients);
  return {
    run,
    results() {
      run();
      return [variable.dataSync().slice()];
    },
    release() {
      tf.dispose(gradients);
      variable.dispose();
      optimizer.dispose();
    },
  };
}
