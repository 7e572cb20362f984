// The loss of the restaurant model, on logits.
import { floats } from './memory.mjs';

const F32 = floats;

export function binaryCrossentropyLogits(target, prediction, out, n) {
  const f = F32;
  for (let i = 0; i < n; i++) {
    const p = f[(prediction >> 2) + i];
    f[(out >> 2) + i] = Math.max(p, 0) - p * f[(target >> 2) + i] + Math.log1p(Math.exp(-Math.abs(p)));
  }
}

export function binaryCrossentropyLogitsGradient(target, prediction, dout, dprediction, n) {
  const f = F32;
  for (let i = 0; i < n; i++) {
    const p = 1 / (1 + Math.exp(-f[(prediction >> 2) + i]));
    f[(dprediction >> 2) + i] = (p - f[(target >> 2) + i]) * f[(dout >> 2) + i];
  }
}
