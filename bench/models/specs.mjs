// The text models that all sides train: their shapes, their data and what a step of them costs at least.
import { randoms } from '../random.mjs';

/**
 * Embedding(vocabulary, dim), then Flatten, GlobalAveragePooling1D or LSTM(units), a hidden Dense with relu if any, and Dense(1);
 * binary crossentropy, Adam or LazyAdam. Batches of `batch` samples with `length` ids.
 *
 * @typedef {{
 *   vocabulary: number, dim: number, batch: number, length: number, core: 'flatten' | 'mean' | 'lstm',
 *   hidden?: number, units?: number, lazy?: boolean, sigmoid?: boolean,
 * }} Spec
 */

/** Of Keras. */
export const ADAM = { rate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

/** Random ids [batch, length] and labels [batch]. */
export function dataOf({ vocabulary, batch, length }) {
  const next = randoms(vocabulary);
  const x = Int32Array.from({ length: batch * length }, () => Math.floor(next() * vocabulary));
  const y = Float32Array.from({ length: batch }, () => Math.round(next()));
  return { x, y };
}

/** Width of what the embeddings become. */
export const features = ({ core, dim, length, units }) => (core === 'lstm' ? units : core === 'mean' ? dim : dim * length);

/** Multiplications and additions of an LSTM's matrices: once forward, twice backward. */
export const lstmFlops = ({ batch, length, dim, units }, backward) => (backward ? 3 : 1) * 2 * batch * length * (dim + units) * 4 * units;

/**
 * Bytes that a step with a large table moves at least: Adam reads a weight, its gradient and two slots and writes all but the
 * gradient; rows are read for the forward pass. LazyAdam has only the rows that occur to update.
 */
export function stepBytes({ vocabulary, dim, lazy }, x) {
  const rows = lazy ? new Set(x).size : vocabulary;
  return 4 * (x.length * (dim + 1) + rows * dim * 7);
}
