// The instructions are tested with their kernels in test/kernels/recurrent.test.ts; this file looks at what only a plan sees.
import { describe, expect, it } from 'vitest';
import * as plans from '../../src/primitives/recurrent-plan.ts';

const shape = (more: Partial<plans.Recurrence>): plans.Recurrence => ({
  cell: plans.lstmCell,
  batch: 3,
  steps: 4,
  units: 5,
  activation: 1,
  recurrentActivation: 2,
  backwards: false,
  zeroOutput: false,
  dropout: false,
  ...more,
});

const names = [
  'x',
  'kernel',
  'bias',
  'mask',
  'dropout',
  'h0',
  'c0',
  'y',
  'previous',
  'extra',
  'outputs',
  'last',
  'h',
  'c',
  'scratch',
] as const;
const buffers = (start: number) =>
  Object.fromEntries(names.map((name, i) => [name, start + i * 1000])) as unknown as plans.RecurrenceBuffers;
const gradientNames = [
  'y',
  'previous',
  'extra',
  'kernel',
  'mask',
  'dropout',
  'dOutputs',
  'dLast',
  'dh',
  'dc',
  'dx',
  'dr',
  'dh0',
  'dc0',
  'scratch',
] as const;
const gradientBuffers = (start: number) =>
  Object.fromEntries(gradientNames.map((name, i) => [name, start + i * 1000])) as unknown as plans.GradientBuffers;

const kernelsOf = (calls: readonly (readonly [string, ...number[]])[]) => calls.map(([name]) => name);

describe('recurrent plan', () => {
  it('has nothing to do for an empty batch', () => {
    expect(plans.recurrenceCalls(shape({ batch: 0 }), buffers(64))).toEqual([]);
    expect(plans.recurrenceGradientCalls(shape({ batch: 0 }), gradientBuffers(64))).toEqual([]);
  });

  it('walks any number of steps in one kernel', () => {
    for (const steps of [1, 500]) {
      expect(kernelsOf(plans.recurrenceCalls(shape({ steps }), { ...buffers(64), h0: 0 }))).toEqual([
        'matmulPack',
        'fill',
        'copyStrided',
        'recurrence',
      ]);
    }
    expect(plans.recurrenceScratch(shape({ steps: 1 }))).toBe(plans.recurrenceScratch(shape({ steps: 500 })));
    expect(plans.recurrenceGradientScratch(shape({ steps: 1 }))).toBe(plans.recurrenceGradientScratch(shape({ steps: 500 })));
  });

  it('splits the recurrent kernel by gates where each has a product of its own', () => {
    for (const r of [shape({ dropout: true }), shape({ cell: plans.gruBeforeCell })]) {
      expect(kernelsOf(plans.recurrenceCalls(r, buffers(64))).slice(0, 2)).toEqual(['copyStrided', 'matmulPack']);
      expect(kernelsOf(plans.recurrenceGradientCalls(r, gradientBuffers(64))).slice(0, 2)).toEqual(['copyStrided', 'matmulPack']);
    }
  });

  it('only ever adds to the addresses it is given', () => {
    const far = 2 ** 40;
    const back = (calls: readonly (readonly (string | number)[])[]) =>
      calls.map((call) => call.map((v) => (typeof v === 'number' && v >= far ? v - far : v)));
    for (const cell of [plans.simpleCell, plans.lstmCell, plans.gruCell, plans.gruBeforeCell]) {
      for (const dropout of [false, true]) {
        const r = shape({ cell, dropout });
        expect(back(plans.recurrenceCalls(r, buffers(far + 64)))).toEqual(plans.recurrenceCalls(r, buffers(64)));
        expect(back(plans.recurrenceGradientCalls(r, gradientBuffers(far + 64)))).toEqual(
          plans.recurrenceGradientCalls(r, gradientBuffers(64)),
        );
      }
    }
  });
});
