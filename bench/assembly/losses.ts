// The loss of the restaurant model, on logits.
import { get, put } from './at';
import { exp, log1p, sigmoid } from './math';

export function binaryCrossentropyLogits(target: usize, prediction: usize, out: usize, n: i32, thread: i32, threads: i32): void {
  for (let i = 0; i < n; i++) {
    const p = get(prediction, i);
    put(out, i, max(p, 0) - p * get(target, i) + log1p(exp(-abs(p))));
  }
}

export function binaryCrossentropyLogitsGradient(
  target: usize, prediction: usize, dout: usize, dprediction: usize, n: i32, thread: i32, threads: i32,
): void {
  for (let i = 0; i < n; i++) put(dprediction, i, (sigmoid(get(prediction, i)) - get(target, i)) * get(dout, i));
}
