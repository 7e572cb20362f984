import { describe, expect, it } from 'vitest';
import { recurrentActivationCode, recurrentActivations } from '../../src/primitives/recurrent-activations.ts';
import {
  type Cell,
  gruBeforeCell,
  gruCell,
  lstmCell,
  type Recurrence,
  recurrenceCalls,
  recurrenceGradientCalls,
  recurrenceGradientScratch,
  recurrenceScratch,
  simpleCell,
} from '../../src/primitives/recurrent-plan.ts';
import { expectClose, random, randoms, Sandbox } from './harness.ts';
import { type CellName, type RecurrentArrays, type RecurrentSettings, recurrent, recurrentGradient } from './reference/recurrent.ts';

const cells: Record<CellName, Cell> = { simple: simpleCell, lstm: lstmCell, gru: gruCell, gruBefore: gruBeforeCell };
const names = Object.keys(cells) as CellName[];

interface Extras {
  mask?: boolean;
  dropout?: boolean;
  bias?: boolean;
  /** Added to the inputs, which lie between -2 and 2. */
  shift?: number;
}

/** Runs a case forth and back for 1 to 7 threads, and compares everything with the reference. */
function check(
  given: Partial<RecurrentSettings>,
  { mask = false, dropout = false, bias = false, shift = 0 }: Extras = {},
  tolerance = 2e-5,
): void {
  const settings: RecurrentSettings = {
    cell: 'lstm',
    batch: 3,
    steps: 4,
    units: 5,
    activation: 'tanh',
    recurrentActivation: 'sigmoid',
    backwards: false,
    zeroOutput: false,
    ...given,
  };
  const { batch, steps, units } = settings;
  const cell = cells[settings.cell];
  const [gates, size, all] = [cell.gates, batch * units, batch * steps * units];
  const bit = random(11);
  const arrays: RecurrentArrays = {
    x: randoms(all * gates, 1, shift - 2, shift + 2),
    kernel: randoms(units * units * gates, 2, -1 / Math.sqrt(units), 1 / Math.sqrt(units)),
    h0: randoms(size, 3),
    c0: randoms(size, 4),
    bias: bias ? randoms(gates * units, 5) : undefined,
    mask: mask ? Float32Array.from({ length: batch * steps }, () => (bit() < 0.6 ? 1 : 0)) : undefined,
    dropout: dropout ? Float32Array.from({ length: gates * size }, () => (bit() < 0.6 ? 1.25 : 0)) : undefined,
  };
  const seeds = { outputs: randoms(all, 6), last: randoms(size, 7), h: randoms(size, 8), c: cell.memory ? randoms(size, 9) : undefined };
  const r: Recurrence = {
    cell,
    batch,
    steps,
    units,
    dropout,
    activation: recurrentActivationCode('test', 'activation', settings.activation),
    recurrentActivation: recurrentActivationCode('test', 'activation', settings.recurrentActivation),
    backwards: settings.backwards,
    zeroOutput: settings.zeroOutput,
  };
  const box = new Sandbox();
  const place = (values: ArrayLike<number> | undefined): number => (values ? box.float32(values).address : 0);
  const [kernel, biasAt, maskAt, dropoutAt] = [arrays.kernel, arrays.bias, arrays.mask, arrays.dropout].map(place);
  const [y, previous, outputs, last, h] = [all * gates, all, all, size, size].map((n) => box.float32(n));
  const c = cell.memory ? box.float32(size) : undefined;
  const extra = cell.extra ? box.float32(all) : undefined;
  const common = { kernel, mask: maskAt, dropout: dropoutAt };
  const scratch = Math.max(recurrenceScratch(r), recurrenceGradientScratch(r));
  const [lean, leanC] = [box.float32(size), box.float32(size)];
  const forward = {
    ...common,
    x: place(arrays.x),
    bias: biasAt,
    h0: place(arrays.h0),
    c0: place(arrays.c0),
    y: y.address,
    previous: previous.address,
    extra: extra?.address ?? 0,
    outputs: outputs.address,
    last: last.address,
    h: h.address,
    c: c?.address ?? 0,
    scratch: box.float32(scratch / 4).address,
  };
  const [dx, dr, dh0, dc0] = [all * gates, all * gates, size, size].map((n) => box.float32(n));
  const resets = settings.cell === 'gru';
  box.run(
    ...recurrenceCalls(r, forward),
    ...recurrenceCalls(r, { ...forward, y: 0, previous: 0, extra: 0, outputs: 0, h: lean.address, c: leanC.address }),
    ...recurrenceGradientCalls(r, {
      ...common,
      y: y.address,
      previous: previous.address,
      extra: extra?.address ?? 0,
      dOutputs: place(seeds.outputs),
      dLast: place(seeds.last),
      dh: place(seeds.h),
      dc: place(seeds.c),
      dx: dx.address,
      dr: resets ? dr.address : 0,
      dh0: dh0.address,
      dc0: cell.memory ? dc0.address : 0,
      scratch: forward.scratch,
    }),
    // What the threads leave in the scratch may differ.
    ['fill', forward.scratch, scratch / 4, 0],
  );
  const name = JSON.stringify({ ...settings, mask, dropout, bias });
  const close = (actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void =>
    expectClose(actual, expected, { relative: tolerance, absolute: tolerance, name: `${what} of ${name}` });
  const expected = recurrent(settings, arrays);
  close(outputs.read(), expected.outputs, 'outputs');
  close(last.read(), expected.last, 'last');
  close(h.read(), expected.h, 'h');
  expect(lean.read(), `h of ${name} without the rest`).toEqual(h.read());
  if (c) close(c.read(), expected.c, 'c');
  if (c) expect(leanC.read(), `c of ${name} without the rest`).toEqual(c.read());
  close(dx.read(), recurrentGradient(settings, arrays, seeds, 'x'), 'dx');
  close(dh0.read(), recurrentGradient(settings, arrays, seeds, 'h0'), 'dh0');
  if (cell.memory) close(dc0.read(), recurrentGradient(settings, arrays, seeds, 'c0'), 'dc0');
  if (resets && bias) {
    const sums = new Float64Array(gates * units);
    dr.read().forEach((v, i) => {
      sums[i % sums.length] += v;
    });
    close(sums, recurrentGradient(settings, arrays, seeds, 'bias'), 'sum of dr');
  }
}

describe.each(names)('recurrence and its gradient: %s', (cell) => {
  it.each([1, 2, 3, 4, 5, 7, 8, 9])('compute %i units, any batch', (units) => {
    for (const batch of [1, 3, 5]) check({ cell, units, batch });
  });

  it('compute sizes around groups of rows and blocks of sums', () => {
    check({ cell, units: 3, batch: 17, steps: 2 });
    check({ cell, units: 2, batch: 37, steps: 2 });
    check({ cell, units: 31, batch: 1, steps: 2 });
  });

  it('compute nothing, and one step', () => {
    for (const [batch, steps] of [
      [0, 3],
      [2, 0],
      [2, 1],
    ])
      check({ cell, batch, steps });
    for (const steps of [0, 1]) check({ cell, steps }, { mask: true, dropout: true });
  });

  it('hold the state where the mask is 0, forwards and backwards', () => {
    for (const backwards of [false, true]) {
      for (const zeroOutput of [false, true]) check({ cell, batch: 6, steps: 7, units: 3, backwards, zeroOutput }, { mask: true });
    }
  });

  it('mask the state for each gate', () => {
    for (const units of [3, 8]) check({ cell, units }, { dropout: true });
    check({ cell, backwards: true }, { dropout: true, mask: true });
  });

  it.each(recurrentActivations)('apply %s', (activation) => {
    // An exponential of sums of exponentials is soon infinite.
    const shift = activation === 'exponential' ? -3 : 0;
    check({ cell, activation, units: 6, steps: 3 }, { shift }, 2e-4);
    if (cell !== 'simple') check({ cell, recurrentActivation: activation, units: 6, steps: 3 }, { mask: true, shift }, 2e-4);
  });
});

describe('recurrence', () => {
  it('adds the bias of a GRU to the products', () => {
    check({ cell: 'gru' }, { bias: true });
    check({ cell: 'gru', units: 9, backwards: true }, { bias: true, mask: true, dropout: true });
  });

  it('sums more than one block', () => {
    const [batch, steps, units] = [2, 2, 261];
    const settings: RecurrentSettings = {
      cell: 'simple',
      batch,
      steps,
      units,
      activation: 'tanh',
      recurrentActivation: 'sigmoid',
      backwards: false,
      zeroOutput: false,
    };
    const arrays = {
      x: randoms(batch * steps * units, 1),
      kernel: randoms(units * units, 2, -0.1, 0.1),
      h0: randoms(batch * units, 3),
      c0: [],
    };
    const r: Recurrence = {
      cell: simpleCell,
      batch,
      steps,
      units,
      dropout: false,
      activation: 1,
      recurrentActivation: 2,
      backwards: false,
      zeroOutput: false,
    };
    const box = new Sandbox();
    const [x, kernel, h0] = [arrays.x, arrays.kernel, arrays.h0].map((v) => box.float32(v).address);
    const [outputs, last, h] = [batch * steps * units, batch * units, batch * units].map((n) => box.float32(n));
    const scratch = box.float32(recurrenceScratch(r) / 4).address;
    box.run(
      ...recurrenceCalls(r, {
        x,
        kernel,
        h0,
        bias: 0,
        mask: 0,
        dropout: 0,
        c0: 0,
        y: 0,
        previous: 0,
        extra: 0,
        outputs: outputs.address,
        last: last.address,
        h: h.address,
        c: 0,
        scratch,
      }),
    );
    expectClose(outputs.read(), recurrent(settings, arrays).outputs);
  });
});
