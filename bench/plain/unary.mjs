// y[i] = f(x[i]) with the functions that the engine brings along.
import { floats } from './memory.mjs';

const F32 = floats;

export function exp(x, y, n) {
  const f = F32;
  for (let i = 0; i < n; i++) f[(y >> 2) + i] = Math.exp(f[(x >> 2) + i]);
}

export function tanh(x, y, n) {
  const f = F32;
  for (let i = 0; i < n; i++) f[(y >> 2) + i] = Math.tanh(f[(x >> 2) + i]);
}

export function sigmoid(x, y, n) {
  const f = F32;
  for (let i = 0; i < n; i++) f[(y >> 2) + i] = 1 / (1 + Math.exp(-f[(x >> 2) + i]));
}

export function affine(x, y, n, scale, shift) {
  const f = F32;
  for (let i = 0; i < n; i++) f[(y >> 2) + i] = f[(x >> 2) + i] * scale + shift;
}
