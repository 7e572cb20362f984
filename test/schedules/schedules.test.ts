import { describe, expect, it, test } from 'vitest';
import * as schedules from '../../src/schedules/index.ts';
import { expectClose } from '../kernels/harness.ts';

const values = (schedule: schedules.LearningRateSchedule, steps: readonly number[]): number[] => steps.map((step) => schedule.call(step));

describe('formulas', () => {
  test.each<[string, schedules.LearningRateSchedule, number[], number[]]>([
    ['ExponentialDecay', new schedules.ExponentialDecay(0.1, 4, 0.5), [0, 2, 4, 10], [0.1, 0.1 * Math.SQRT1_2, 0.05, 0.1 * 0.5 ** 2.5]],
    [
      'ExponentialDecay, staircase',
      new schedules.ExponentialDecay(0.1, 4, 0.5, { staircase: true }),
      [0, 3, 4, 11],
      [0.1, 0.1, 0.05, 0.025],
    ],
    ['InverseTimeDecay', new schedules.InverseTimeDecay(0.1, 4, 0.5), [0, 4, 6], [0.1, 0.1 / 1.5, 0.1 / 1.75]],
    [
      'InverseTimeDecay, staircase',
      new schedules.InverseTimeDecay({ initialLearningRate: 0.1, decaySteps: 4, decayRate: 0.5, staircase: true }),
      [3, 7],
      [0.1, 0.1 / 1.5],
    ],
    ['PolynomialDecay', new schedules.PolynomialDecay(0.1, 8, { endLearningRate: 0.02, power: 2 }), [0, 4, 8, 20], [0.1, 0.04, 0.02, 0.02]],
    ['PolynomialDecay, default end', new schedules.PolynomialDecay(0.1, 8), [8], [0.0001]],
    [
      'PolynomialDecay, cycle',
      new schedules.PolynomialDecay(0.1, 10, { endLearningRate: 0, cycle: true }),
      [0, 5, 10, 15, 20],
      [0.1, 0.05, 0, 0.025, 0],
    ],
    [
      'PiecewiseConstantDecay',
      new schedules.PiecewiseConstantDecay([3, 6], [0.1, 0.05, 0.01]),
      [0, 3, 4, 6, 7, 100],
      [0.1, 0.1, 0.05, 0.05, 0.01, 0.01],
    ],
    ['CosineDecay', new schedules.CosineDecay(0.1, 10), [0, 5, 10, 50], [0.1, 0.05, 0, 0]],
    ['CosineDecay, alpha', new schedules.CosineDecay(0.1, 10, { alpha: 0.2 }), [0, 5, 10], [0.1, 0.06, 0.02]],
    [
      'CosineDecay, warm-up',
      new schedules.CosineDecay(0.1, 10, { warmupTarget: 0.4, warmupSteps: 3 }),
      [0, 1, 3, 8, 13, 99],
      [0.1, 0.2, 0.4, 0.2, 0, 0],
    ],
    ['CosineDecayRestarts', new schedules.CosineDecayRestarts(0.1, 10), [0, 5, 10, 20, 30, 50, 70], [0.1, 0.05, 0.1, 0.05, 0.1, 0.05, 0.1]],
    [
      'CosineDecayRestarts, all options',
      new schedules.CosineDecayRestarts(0.1, 10, { tMul: 1, mMul: 0.5, alpha: 0.2 }),
      [0, 10, 15, 20],
      [0.1, 0.06, 0.04, 0.04],
    ],
  ])('%s', (_, schedule, steps, expected) => {
    expectClose(values(schedule, steps), expected, { relative: 1e-6, absolute: 1e-9 });
    for (const value of values(schedule, steps)) expect(value).toBe(Math.fround(value));
    const again = schedules.get(schedules.serialize(schedule));
    expect(again.getConfig()).toEqual(schedule.getConfig());
    expect(values(again, steps)).toEqual(values(schedule, steps));
  });
});

test("Keras's own form of a config", () => {
  const config = { initial_learning_rate: 0.1, first_decay_steps: 5, t_mul: 2, m_mul: 0.9, alpha: 0, name: 'SGDRDecay' };
  const schedule = schedules.get({ class_name: 'CosineDecayRestarts', config } as never);
  expectClose(values(schedule, [0, 5]), [0.1, 0.09]);
});

test('a schedule of the user', () => {
  class Halving extends schedules.LearningRateSchedule {
    call(step: number): number {
      return 1 / (1 + step);
    }
  }
  const halving = new Halving();
  expect(schedules.get(halving)).toBe(halving);
  expect(schedules.serialize(halving)).toEqual({ className: 'Halving', config: {} });
});

describe('errors', () => {
  test.each<[string, () => unknown, string]>([
    ['steps', () => new schedules.CosineDecay(0.1, 0), 'CosineDecay: expected decaySteps to be a number above 0, got 0'],
    [
      'rate',
      () => new schedules.ExponentialDecay(-1, 4, 0.5),
      'ExponentialDecay: expected initialLearningRate to be a number of at least 0, got -1',
    ],
    [
      'missing',
      () => new schedules.ExponentialDecay({ initialLearningRate: 1, decaySteps: 1 } as never),
      'expected decayRate to be a number above 0, got undefined',
    ],
    ['option', () => new schedules.PolynomialDecay(0.1, 4, { pwer: 2 } as never), 'Did you mean power?'],
    [
      'values',
      () => new schedules.PiecewiseConstantDecay([3, 6], [0.1, 0.05]),
      'expected an array of boundaries and one of values that is longer by one, got an array of shape [2] and an array of shape [2]',
    ],
    [
      'order',
      () => new schedules.PiecewiseConstantDecay([6, 3], [0.1, 0.05, 0.01]),
      'PiecewiseConstantDecay: expected boundaries[1] to be a number of at least 6, got 3',
    ],
    ['waves', () => new schedules.CosineDecayRestarts(0.1, 4, { tMul: 0.5 }), 'tMul to be a number of at least 1, got 0.5'],
    [
      'class',
      () => schedules.get({ className: 'CosinDecay' }),
      "schedule: expected a known name, got 'CosinDecay'. Did you mean 'cosine_decay'?",
    ],
    ['kind', () => schedules.get(5 as never), 'schedule: expected a name, an instance, or an object with className and config, got 5'],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: 'ValueError' }));
  });
});

describe('a restart', () => {
  const at = (tMul: number, mMul: number) => new schedules.CosineDecayRestarts(0.1, 7, { tMul, mMul });

  it('is where the waves before it end', () => {
    for (const [tMul, mMul] of [
      [1, 1],
      [1, 0.9],
      [2, 0.5],
      [1.5, 0.8],
    ]) {
      const schedule = at(tMul, mMul);
      let [start, length, height] = [0, 7, 1];
      for (let wave = 0; wave < 12; wave++) {
        expect(schedule.call(Math.ceil(start)), `wave ${wave} of ${tMul}`).toBeGreaterThan(0.099 * height * (start % 1 ? 0.9 : 1));
        expect(schedule.call(Math.ceil(start + length) - 1)).toBeLessThan(0.1 * height * 0.2);
        start += length;
        length *= tMul;
        height *= mMul;
      }
    }
  });

  it('is found at once, however many there were', () => {
    expect(new schedules.CosineDecayRestarts(0.1, 1, { tMul: 1 }).call(1e15)).toBe(Math.fround(0.1));
    expect(new schedules.CosineDecayRestarts(0.1, 1e-300, { tMul: 1 }).call(1e9)).toBeLessThanOrEqual(0.1);
    expect(new schedules.CosineDecayRestarts(0.1, 10, { tMul: 1 + 1e-12, mMul: 0.5 }).call(1e12)).toBe(0);
  });
});
