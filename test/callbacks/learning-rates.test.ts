import { describe, expect, it } from 'vitest';
import { LearningRateScheduler, ReduceLROnPlateau } from '../../src/callbacks/index.ts';
import { SGD } from '../../src/optimizers/index.ts';
import { ExponentialDecay } from '../../src/schedules/index.ts';
import { curve, play } from './fake-model.ts';
import { printed, warned } from './printed.ts';

const f = Math.fround;
const rates = (run: Awaited<ReturnType<typeof play>>) => run.logs.map(({ learning_rate }) => learning_rate);

describe('ReduceLROnPlateau', () => {
  it('reduces after patience epochs, and logs the rate of each epoch before that', async () => {
    const run = await play(new ReduceLROnPlateau({ factor: 0.5, patience: 2 }), curve([3, 2, 2, 2, 2, 2, 2]));
    expect(rates(run)).toEqual([0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 0.025].map(f));
    expect(run.model.optimizer.learningRate).toBeCloseTo(0.025, 8);
  });

  it('prints the rate as Keras does', async () => {
    const text = await printed(() => play(new ReduceLROnPlateau({ factor: 0.5, patience: 2, verbose: 1 }), curve([3, 2, 2, 2])));
    expect(text).toBe('\nEpoch 4: ReduceLROnPlateau reducing learning rate to 0.05000000074505806.\n');
  });

  it('waits out the cooldown', async () => {
    const run = await play(new ReduceLROnPlateau({ factor: 0.1, patience: 1, cooldown: 2 }), curve([2, 2, 2, 2, 2, 2]));
    expect(rates(run).map((rate) => Number(rate.toPrecision(3)))).toEqual([0.1, 0.1, 0.01, 0.01, 0.001, 0.001]);
  });

  it('stops at minLr', async () => {
    const run = await play(new ReduceLROnPlateau({ factor: 0.1, patience: 1, minLr: 0.05 }), curve([2, 2, 2, 2]));
    expect(rates(run)).toEqual([0.1, 0.1, 0.05, 0.05].map(f));
  });

  it('takes a change up to minDelta for none', async () => {
    const run = await play(new ReduceLROnPlateau({ patience: 1, monitor: 'acc', minDelta: 0.1 }), curve([0.5, 0.6, 0.65, 0.65], 'acc'));
    expect(rates(run).map((rate) => Number(rate.toPrecision(3)))).toEqual([0.1, 0.1, 0.01, 0.01]);
  });

  it('warns of a missing log, and refuses a factor that reduces nothing', async () => {
    const texts = await warned(() => play(new ReduceLROnPlateau(), [{ loss: 1 }]));
    expect(texts).toEqual([
      'Learning rate reduction is conditioned on metric `val_loss` which is not available. Available metrics are: loss,learning_rate',
    ]);
    expect(() => new ReduceLROnPlateau({ factor: 1 })).toThrow('ReduceLROnPlateau: expected a factor below 1, got 1.');
  });
});

describe('LearningRateScheduler', () => {
  it('sets the rate at the begin of each epoch', async () => {
    const seen: [number, number][] = [];
    const schedule = (epoch: number, rate: number) => {
      seen.push([epoch, rate]);
      return epoch < 1 ? rate : rate / 2;
    };
    const run = await play(new LearningRateScheduler(schedule), curve([1, 1, 1]));
    expect(seen).toEqual([
      [0, f(0.1)],
      [1, f(0.1)],
      [2, f(0.05)],
    ]);
    expect(rates(run)).toEqual([f(0.1), f(0.05), f(0.025)]);
  });

  it('says what it does, and refuses what is no number', async () => {
    const text = await printed(() => play(new LearningRateScheduler(() => 0.5, { verbose: 1 }), curve([1])));
    expect(text).toBe('\nEpoch 1: LearningRateScheduler setting learning rate to 0.5.\n');
    await expect(play(new LearningRateScheduler((() => 'x') as never), curve([1]))).rejects.toThrow(
      "to give a number for epoch 0, got 'x'",
    );
    expect(() => new LearningRateScheduler(0.1 as never)).toThrow(
      'LearningRateScheduler: expected a function of epoch and learning rate, got 0.1.',
    );
  });

  it('leaves an optimizer with a schedule to its schedule', () => {
    const callback = new LearningRateScheduler(() => 0.5);
    const optimizer = new SGD({ learningRate: new ExponentialDecay(0.1, 10, 0.9) });
    callback.setModel({ optimizer } as never);
    expect(() => callback.onEpochBegin(0)).toThrow('schedule');
  });
});
