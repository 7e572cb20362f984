// Recurrences in f64, one number after another, as Keras defines them.
import type { RecurrentActivation } from '../../../src/primitives/recurrent-activations.ts';

export type CellName = 'simple' | 'lstm' | 'gru' | 'gruBefore';

export interface RecurrentSettings {
  cell: CellName;
  batch: number;
  steps: number;
  units: number;
  activation: RecurrentActivation;
  recurrentActivation: RecurrentActivation;
  backwards: boolean;
  zeroOutput: boolean;
}

/** Arrays in the kernels' layouts; `mask`, `dropout` and `bias` may be missing. */
export interface RecurrentArrays {
  x: ArrayLike<number>;
  kernel: ArrayLike<number>;
  h0: ArrayLike<number>;
  c0: ArrayLike<number>;
  bias?: ArrayLike<number> | undefined;
  mask?: ArrayLike<number> | undefined;
  dropout?: ArrayLike<number> | undefined;
}

export const gateCount = (cell: CellName): number => ({ simple: 1, lstm: 4, gru: 3, gruBefore: 3 })[cell];

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

export const activationFunctions: Record<RecurrentActivation, (x: number) => number> = {
  linear: (x) => x,
  tanh: Math.tanh,
  sigmoid,
  relu: (x) => Math.max(x, 0),
  hard_sigmoid: (x) => Math.min(Math.max(x + 3, 0), 6) / 6,
  softsign: (x) => x / (1 + Math.abs(x)),
  elu: (x) => (x > 0 ? x : Math.expm1(x)),
  selu: (x) => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * Math.expm1(x)),
  softplus: (x) => Math.log1p(Math.exp(x)),
  exponential: Math.exp,
  leaky_relu: (x) => (x > 0 ? x : 0.2 * x),
};

export function recurrent(settings: RecurrentSettings, arrays: RecurrentArrays) {
  const { cell, batch, steps, units, backwards, zeroOutput } = settings;
  const { x, kernel, bias, mask, dropout } = arrays;
  const f = activationFunctions[settings.activation];
  const g = activationFunctions[settings.recurrentActivation];
  const width = gateCount(cell) * units;
  const outputs = new Float64Array(batch * steps * units);
  const last = new Float64Array(batch * units);
  const h = Float64Array.from(arrays.h0);
  const c = Float64Array.from(arrays.c0);
  for (let b = 0; b < batch; b++) {
    for (let step = 0; step < steps; step++) {
      const time = backwards ? steps - 1 - step : step;
      const at = (gate: number, j: number): number => x[(b * steps + time) * width + gate * units + j];
      const state = h.slice(b * units, (b + 1) * units);
      const product = (gate: number, j: number, from: ArrayLike<number> = state): number => {
        let sum = bias ? bias[gate * units + j] : 0;
        for (let i = 0; i < units; i++) {
          const drop = dropout ? dropout[(gate * batch + b) * units + i] : 1;
          sum += from[i] * drop * kernel[i * width + gate * units + j];
        }
        return sum;
      };
      if (!mask || mask[b * steps + time]) {
        const reset = state.map((v, i) => (cell === 'gruBefore' ? v * g(at(1, i) + product(1, i)) : v));
        for (let j = 0; j < units; j++) {
          const to = b * units + j;
          if (cell === 'simple') h[to] = f(at(0, j) + product(0, j));
          else if (cell === 'lstm') {
            const [input, forget, output] = [0, 1, 3].map((gate) => g(at(gate, j) + product(gate, j)));
            c[to] = forget * c[to] + input * f(at(2, j) + product(2, j));
            h[to] = output * f(c[to]);
          } else {
            const [update, r] = [0, 1].map((gate) => g(at(gate, j) + product(gate, j)));
            const share = cell === 'gru' ? r * product(2, j) : product(2, j, reset);
            h[to] = update * state[j] + (1 - update) * f(at(2, j) + share);
          }
          last[to] = h[to];
        }
      } else if (zeroOutput) last.fill(0, b * units, (b + 1) * units);
      outputs.set(last.subarray(b * units, (b + 1) * units), (b * steps + step) * units);
    }
  }
  return { outputs, last, h, c };
}

/** What arrives at each result, for a loss that is the sum of their products. */
export interface Seeds {
  outputs?: ArrayLike<number> | undefined;
  last?: ArrayLike<number> | undefined;
  h?: ArrayLike<number> | undefined;
  c?: ArrayLike<number> | undefined;
}

/** The loss of each sample. */
function losses(settings: RecurrentSettings, arrays: RecurrentArrays, seeds: Seeds): Float64Array {
  const results = recurrent(settings, arrays);
  const sums = new Float64Array(settings.batch);
  for (const name of ['outputs', 'last', 'h', 'c'] as const) {
    const seed = seeds[name] ?? [];
    const size = seed.length / settings.batch;
    for (let i = 0; i < seed.length; i++) sums[Math.floor(i / size)] += seed[i] * results[name][i];
  }
  return sums;
}

/**
 * The gradient by one array, by central differences: exact to about 1e-9. Samples do not meet, so what each has of its own is
 * moved in all of them at once.
 */
export function recurrentGradient(
  settings: RecurrentSettings,
  arrays: RecurrentArrays,
  seeds: Seeds,
  by: 'x' | 'kernel' | 'bias' | 'h0' | 'c0',
): Float64Array {
  const values = Float64Array.from(arrays[by] ?? []);
  const shifted = { ...arrays, [by]: values };
  const distance = 1e-5;
  const shared = by === 'kernel' || by === 'bias';
  const size = shared ? values.length : values.length / settings.batch;
  const lossesWith = (i: number, shift: number): Float64Array => {
    const kept = values.slice();
    for (let at = i; at < values.length; at += size) values[at] += shift;
    const found = losses(settings, shifted, seeds);
    values.set(kept);
    return found;
  };
  const gradient = new Float64Array(values.length);
  for (let i = 0; i < size; i++) {
    const [above, below] = [distance, -distance].map((shift) => lossesWith(i, shift));
    for (let b = 0; b < settings.batch; b++) gradient[shared ? i : i + b * size] += (above[b] - below[b]) / (2 * distance);
  }
  return gradient;
}
