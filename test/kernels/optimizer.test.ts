import { describe, expect, it } from 'vitest';
import type { KernelCall } from '../../src/kernels/kernel-call.ts';
import { expectClose, random, randoms, Sandbox } from './harness.ts';
import * as reference from './reference/optimizer.ts';

type Slot = 'signed' | 'positive' | 'absent';

interface Case {
  kernel: keyof typeof reference.rules;
  settings: number[];
  slots: Slot[];
}

const decay = 0.01;
const cases: Record<string, Case> = {
  sgd: { kernel: 'sgd', settings: [0.1, decay], slots: [] },
  'sgd without weight decay': { kernel: 'sgd', settings: [0.1, 0], slots: [] },
  sgdMomentum: { kernel: 'sgdMomentum', settings: [0.1, decay, 0.9, 0], slots: ['signed'] },
  'sgdMomentum, nesterov': { kernel: 'sgdMomentum', settings: [0.1, decay, 0.9, 1], slots: ['signed'] },
  adam: { kernel: 'adam', settings: [0.002, decay, 0.1, 0.001, 1e-7], slots: ['signed', 'positive', 'absent'] },
  'adam, amsgrad': { kernel: 'adam', settings: [0.002, decay, 0.1, 0.001, 1e-7], slots: ['signed', 'positive', 'positive'] },
  rmsprop: { kernel: 'rmsprop', settings: [0.01, decay, 0.9, 0.1, 0, 1e-7], slots: ['positive', 'absent', 'absent'] },
  'rmsprop, momentum': { kernel: 'rmsprop', settings: [0.01, decay, 0.9, 0.1, 0.8, 1e-7], slots: ['positive', 'absent', 'signed'] },
  'rmsprop, centered': { kernel: 'rmsprop', settings: [0.01, decay, 0.9, 0.1, 0, 1e-7], slots: ['positive', 'signed', 'absent'] },
  adagrad: { kernel: 'adagrad', settings: [0.1, decay, 1e-7], slots: ['positive'] },
  adadelta: { kernel: 'adadelta', settings: [1, decay, 0.95, 0.05, 1e-7], slots: ['positive', 'positive'] },
  adamax: { kernel: 'adamax', settings: [0.01, decay, 0.1, 0.999, 0.271, 1e-7], slots: ['signed', 'positive'] },
  nadam: { kernel: 'nadam', settings: [0.01, decay, 0.1, 0.001, 0.7, 0.5, 0.003, 1e-7], slots: ['signed', 'positive'] },
  ftrl: { kernel: 'ftrl', settings: [0.1, decay, 0.5, 0.3, 0.2, 0.1], slots: ['positive', 'signed'] },
  'ftrl, power 0.7': { kernel: 'ftrl', settings: [0.1, decay, 0.7, 0.3, 0.2, 0.1], slots: ['positive', 'signed'] },
  'ftrl, power 0': { kernel: 'ftrl', settings: [0.1, decay, 0, 0.3, 0.2, 0.1], slots: ['positive', 'signed'] },
  lion: { kernel: 'lion', settings: [0.01, decay, 0.9, 0.1, 0.99, 0.01], slots: ['signed'] },
};

/** Values for a slot; those of mean squares exceed the squares of means. */
function slotValues(kind: Slot, n: number, seed: number): Float32Array | undefined {
  if (kind === 'absent') return undefined;
  return kind === 'signed' ? randoms(n, seed, -0.5, 0.5) : randoms(n, seed, 0.3, 1);
}

interface State {
  weight: Float32Array;
  slots: (Float32Array | undefined)[];
}

function startOf({ slots }: Case, n: number): State {
  return { weight: randoms(n, 11), slots: slots.map((kind, k) => slotValues(kind, n, 20 + k)) };
}

/** Plays a step for each gradient. A sparse gradient has its rows in `unique`. */
function play(
  kernel: string,
  settings: number[],
  start: State,
  gradients: Float32Array[],
  rows: number,
  dim: number,
  unique?: number[],
): State {
  const box = new Sandbox();
  const offset = dim % 4 ? 4 : 0;
  const weight = box.float32(start.weight, offset);
  const slots = start.slots.map((slot) => slot && box.float32(slot, offset));
  const s = box.float32(settings);
  const ids = unique && box.int32(unique);
  const count = unique && box.int32([unique.length]);
  for (const gradient of gradients) {
    const pointers = [weight, box.float32(gradient, offset), ...slots].map((buffer) => buffer?.address ?? 0);
    box.run([kernel, ...pointers, s.address, rows, dim, ids?.address ?? 0, count?.address ?? 0] as unknown as KernelCall);
  }
  return { weight: weight.read(), slots: slots.map((slot) => slot?.read()) };
}

describe.each(Object.entries(cases))('%s', (_, option) => {
  const { kernel, settings } = option;

  it('follows the formula on flat arrays', () => {
    for (const n of [0, 1, 2, 3, 4, 5, 7, 8, 31, 1000]) {
      const gradients = [randoms(n, 3), new Float32Array(n)];
      const actual = play(kernel, settings, startOf(option, n), gradients, 1, n);
      const { weight, slots } = startOf(option, n);
      for (const gradient of gradients) reference.step(kernel, weight, gradient, slots, settings);
      expectClose(actual.weight, weight, { relative: 1e-5, absolute: 2e-6, name: 'weight' });
      for (const [k, slot] of slots.entries()) {
        if (slot) expectClose(actual.slots[k]!, slot, { relative: 1e-5, absolute: 2e-6, name: `slot ${k}` });
      }
    }
  });

  it('gives a sparse gradient the bits of the dense one', () => {
    const next = random(5);
    const rows = 43;
    const all = Array.from({ length: rows }, (_, row) => row);
    // The walk over the rows is the same for all kernels: one of them shows it in full.
    for (const dim of kernel === 'adam' ? [1, 2, 3, 4, 5, 7, 8, 16, 31] : [3, 8]) {
      for (const unique of [[], [0], [rows - 1], all, all.filter(() => next() < 0.3)]) {
        const start = startOf(option, rows * dim);
        const gradient = randoms(unique.length * dim, dim);
        const sparse = play(kernel, settings, start, [gradient], rows, dim, unique);
        const dense = play(kernel, settings, start, [reference.densify(gradient, unique, rows, dim)], rows, dim);
        expect(sparse).toEqual(dense);
      }
    }
  });

  it('passes NaN on to its own element only', () => {
    const start = startOf(option, 9);
    const gradient = randoms(9, 3);
    const healthy = play(kernel, settings, start, [gradient], 3, 3);
    gradient[7] = NaN;
    const { weight } = play(kernel, settings, start, [gradient], 3, 3);
    expect(weight[7]).toBeNaN();
    expect([...weight.subarray(0, 7), weight[8]]).toEqual([...healthy.weight.subarray(0, 7), healthy.weight[8]]);
  });
});

describe('lazyAdam', () => {
  const option = cases.adam;
  const { settings } = option;

  it('is adam on the rows listed and leaves the others', () => {
    for (const dim of [1, 2, 3, 4, 5, 7, 8, 16, 31]) {
      for (const unique of [[], [0], [42], [0, 1, 2, 17, 41, 42]]) {
        const start = startOf(option, 43 * dim);
        const gradient = randoms(unique.length * dim, dim);
        const [m, v] = start.slots;
        const lazy = play('lazyAdam', settings, { weight: start.weight, slots: [m, v] }, [gradient], 43, dim, unique);
        const full = play('adam', settings, start, [gradient], 43, dim, unique);
        const own = (before: Float32Array, after: Float32Array) =>
          before.map((x, i) => (unique.includes(Math.floor(i / dim)) ? after[i] : x));
        expect(lazy.weight).toEqual(own(start.weight, full.weight));
        expect(lazy.slots).toEqual([own(m!, full.slots[0]!), own(v!, full.slots[1]!)]);
      }
    }
  });
});

const decaying = Object.entries(cases).filter(([, { kernel }]) => !['sgd', 'adagrad', 'ftrl'].includes(kernel));

describe('slots that decay', () => {
  it.each(decaying)('%s: end at 0, not among the denormals, and no weight feels it', (_, { kernel, settings, slots: kinds }) => {
    const n = 40;
    const tiny = (exponent: number) => Float32Array.from({ length: n }, (_, i) => (1 + i / n) * 10 ** (exponent - i / 8));
    // Adam's third slot is the one that never shrinks.
    const slots = kinds.map((kind, k) =>
      kind === 'absent' || (kernel === 'adam' && k === 2) ? undefined : tiny(kind === 'positive' ? -36 : -38),
    );
    const weight = randoms(n, 1, 0.5, 1);
    const zeros = new Float32Array(n);
    const after = play(kernel, [settings[0], 0, ...settings.slice(2)], { weight, slots }, [zeros, zeros], 1, n);
    for (const slot of after.slots) {
      for (const x of slot ?? []) expect(x === 0 || Math.abs(x) >= 2 ** -126, `${x}`).toBe(true);
      if (slot) expect(slot[n - 1]).toBe(0);
    }
    if (kernel !== 'lion') expect(after.weight).toEqual(weight);
  });

  it('keep small values that matter', () => {
    const [m, v] = [Float32Array.of(1e-20, -1e-20, 1e-15, -1e-10), Float32Array.of(1e-24, 1e-20, 1e-15, 1e-10)];
    const { slots } = play(
      'lazyAdam',
      cases.adam.settings,
      { weight: new Float32Array(4), slots: [m, v] },
      [new Float32Array(4)],
      2,
      2,
      [0, 1],
    );
    expectClose(
      slots[0]!,
      m.map((x) => x * 0.9),
      { relative: 1e-6, absolute: 0 },
    );
    expectClose(
      slots[1]!,
      v.map((x) => x * 0.999),
      { relative: 1e-6, absolute: 0 },
    );
  });
});
