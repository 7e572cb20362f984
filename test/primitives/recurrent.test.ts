import { describe, expect, it } from 'vitest';
import { ValueError } from '../../src/common/errors.ts';
import { Trace, tracing } from '../../src/graph/trace.ts';
import type { Value } from '../../src/graph/value.ts';
import { buildPlan } from '../../src/plan/plan.ts';
import { gradientsFrom } from '../../src/primitives/arithmetic.ts';
import { fill } from '../../src/primitives/layout.ts';
import * as ops from '../../src/primitives/recurrent.ts';
import { type CellName, gateCount, type RecurrentSettings, recurrent } from '../kernels/reference/recurrent.ts';
import { nd } from './nd.ts';
import { check, expectSamples, floats, type Input, type Sample, values } from './samples.ts';

const functions: Record<CellName, (inputs: ops.LstmInputs) => Partial<Record<Result, Value>>> = {
  simple: ops.simpleRnn,
  lstm: ops.lstm,
  gru: ops.gru,
  gruBefore: ops.gru,
};
type Result = 'outputs' | 'last' | 'h' | 'c';
type Optional = 'h0' | 'c0' | 'mask' | 'dropoutMasks' | 'recurrentBias';

interface Case extends Partial<RecurrentSettings> {
  cell: CellName;
  results?: readonly Result[];
  given?: readonly Optional[];
  /** 0s and 1s, a row for each sequence. */
  mask?: readonly string[];
}

const binary = (shape: readonly number[], kept: number): Input => {
  const noise = floats(shape, 0, 1, 9);
  return values(
    shape,
    noise.data.map((v) => (v < 0.6 ? kept : 0)),
  );
};

function sampleOf({ results, given = ['h0', 'c0'], mask, ...rest }: Case): Sample {
  const settings: RecurrentSettings = {
    batch: 3,
    steps: 4,
    units: 3,
    activation: 'tanh',
    recurrentActivation: 'sigmoid',
    backwards: false,
    zeroOutput: false,
    ...rest,
  };
  const { cell, batch, steps, units, activation, recurrentActivation, backwards, zeroOutput } = settings;
  const gates = gateCount(cell);
  const wanted: readonly Result[] = results ?? (cell === 'lstm' ? ['outputs', 'last', 'h', 'c'] : ['outputs', 'last', 'h']);
  const names = [...given.filter((name) => name !== 'c0' || cell === 'lstm'), ...(mask ? ['mask' as const] : [])];
  const made: Record<Optional, () => Input> = {
    h0: () => floats([batch, units], -1, 1, 3),
    c0: () => floats([batch, units], -1, 1, 4),
    mask: () =>
      values(
        [batch, steps],
        (mask ?? []).flatMap((row) => [...row].map(Number)),
      ),
    dropoutMasks: () => binary([gates, batch, units], 1.25),
    recurrentBias: () => floats([gates * units], -1, 1, 5),
  };
  const wrt = names.map((name, i) => (name === 'mask' || name === 'dropoutMasks' ? -1 : i + 2)).filter((i) => i >= 0);
  const options = { activation, recurrentActivation, goBackwards: backwards, zeroOutputForMask: zeroOutput };
  return {
    name: `${cell} ${[batch, steps, units]} ${names.join(' ')} ${mask ?? ''} ${wanted.join(' ')} ${JSON.stringify(rest)}`,
    inputs: [floats([batch, steps, gates * units]), floats([units, gates * units], -0.7, 0.7, 2), ...names.map((name) => made[name]())],
    graph: (projected, recurrentKernel, ...others) => {
      const more: Partial<Record<Optional, Value>> = Object.fromEntries(names.map((name, i) => [name, others[i]]));
      const inputs = { projected, recurrentKernel, ...more, ...options, ...(cell === 'gruBefore' ? { resetAfter: false } : {}) };
      const result = functions[cell](inputs);
      return wanted.map((name) => result[name] as Value);
    },
    reference: (x, kernel, ...others) => {
      const of = (name: Optional) => others[names.indexOf(name)]?.data;
      const zeros = new Float64Array(batch * units);
      const arrays = {
        x: x.data,
        kernel: kernel.data,
        h0: of('h0') ?? zeros,
        c0: of('c0') ?? zeros,
        bias: of('recurrentBias'),
        mask: of('mask'),
        dropout: of('dropoutMasks'),
      };
      const all = recurrent(settings, arrays);
      return wanted.map((name) => {
        const shape = name === 'outputs' ? [batch, steps, units] : [batch, units];
        const step = (index: readonly number[]) => index.reduce((at, i, axis) => at * shape[axis] + i, 0);
        return nd(shape, (index) => all[name][step(index)]);
      });
    },
    wrt: [0, 1, ...wrt],
    relative: 1e-5,
  };
}

const masks = [
  ['1111', '1100', '1000'], // right padding
  ['1111', '0011', '0001'], // left padding
  ['1010', '0110', '0000'], // holes, and nothing at all
];

function samplesOf(cell: CellName): Sample[] {
  const bias = cell === 'gru' ? (['recurrentBias'] as const) : [];
  const cases: Omit<Case, 'cell'>[] = [
    {},
    { given: [] },
    { given: ['h0', ...bias], units: 5, batch: 5 },
    ...masks.flatMap((mask) => [false, true].map((zeroOutput) => ({ mask, zeroOutput }))),
    { mask: masks[2], backwards: true, given: ['h0', 'c0', ...bias] },
    { backwards: true },
    { given: ['dropoutMasks', 'h0', ...bias] },
    { given: ['dropoutMasks', 'h0'], mask: masks[1], units: 8 },
    { results: ['last'] },
    { results: ['h'], mask: masks[1] },
    { results: ['outputs'], mask: masks[0] },
    { batch: 1, steps: 1, units: 1 },
    { steps: 0 },
    { activation: 'relu', recurrentActivation: 'hard_sigmoid' },
  ];
  if (cell === 'lstm') cases.push({ results: ['c'] });
  return cases.map((each) => sampleOf({ cell, ...each }));
}

const samples = { simpleRnn: samplesOf('simple'), lstm: samplesOf('lstm'), gru: [...samplesOf('gru'), ...samplesOf('gruBefore')] };

describe('recurrences', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());

  it('save nothing when no gradient is asked for', () => {
    const bytes = (train: boolean): number => {
      const trace = new Trace();
      const plan = tracing(trace, () => {
        const projected = trace.input({ shape: [8, 100, 64], dtype: 'float32' });
        const recurrentKernel = trace.input({ shape: [16, 64], dtype: 'float32' });
        const { last } = ops.lstm({ projected, recurrentKernel });
        const gradients = train ? gradientsFrom([last], [fill(last.shape, 1)], [recurrentKernel]) : [];
        return buildPlan(trace, [last, ...(gradients as Value[])]);
      });
      return plan.bytesWithoutReuse;
    };
    const sequence = 8 * 100 * 16 * 4;
    expect(bytes(false)).toBeLessThan(4.5 * sequence);
    expect(bytes(true)).toBeGreaterThan(6 * sequence);
  });

  it('refuse shapes that do not fit', () => {
    const [x, kernel, state] = [
      [2, 3, 8],
      [2, 8],
      [2, 3],
    ];
    const attempt = (shapes: number[][], call: (values: Value[]) => unknown) => () => {
      const trace = new Trace();
      tracing(trace, () => call(shapes.map((shape) => trace.input({ shape, dtype: 'float32' }))));
    };
    const lstm = ([projected, recurrentKernel, h0]: Value[]) => ops.lstm({ projected, recurrentKernel, h0 });
    expect(attempt([x, [2, 6]], lstm)).toThrow('lstm: expected recurrentKernel of shape [2, 8], got [2, 6].');
    expect(attempt([[2, 3, 6], kernel], lstm)).toThrow('lstm: expected projected of shape [2, 3, 8], got [2, 3, 6].');
    expect(attempt([x, kernel, state], lstm)).toThrow('lstm: expected h0 of shape [2, 2], got [2, 3].');
    const biased = ([projected, recurrentKernel, recurrentBias]: Value[]) =>
      ops.gru({ projected, recurrentKernel, recurrentBias, resetAfter: false });
    expect(attempt([[2, 3, 6], [2, 6], [6]], biased)).toThrow(ValueError);
  });
});
