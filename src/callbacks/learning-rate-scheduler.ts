import { mismatch } from '../common/errors.ts';
import { checkNumber, checkOptions, describe } from '../common/options.ts';
import { Callback, type Logs } from './callback.ts';
import { leading } from './leading.ts';
import { print } from './message.ts';
import { learningRateOf, optimizerOf } from './optimizer-of.ts';
import { floatRepr } from './python-number.ts';

export interface LearningRateSchedulerOptions {
  /** 1 prints the rate of each epoch. Default 0. */
  verbose?: 0 | 1;
}

type Schedule = (epoch: number, learningRate: number) => number;

/**
 * Sets the learning rate at the begin of each epoch.
 *
 * ```js
 * const halve = new callbacks.LearningRateScheduler((epoch, rate) => (epoch < 10 ? rate : rate / 2));
 * await model.fit(x, y, { epochs: 15, callbacks: [halve] });
 * ```
 * `schedule` gets the epoch, from 0, and the current rate. Adds `learning_rate` to the logs of each epoch.
 * @throws ValueError when `schedule` is not a function or gives no number, or when the optimizer follows a schedule already.
 */
export class LearningRateScheduler extends Callback {
  private readonly schedule: Schedule;
  private readonly verbose: number;

  constructor(schedule: Schedule, options?: LearningRateSchedulerOptions);
  constructor(options: LearningRateSchedulerOptions & { schedule: Schedule });
  constructor(first: unknown, more: unknown = {}) {
    super();
    const options = leading<LearningRateSchedulerOptions & { schedule: Schedule }>('LearningRateScheduler', 'schedule', first, more);
    checkOptions('LearningRateScheduler', options, ['schedule', 'verbose']);
    const { schedule } = options;
    if (typeof schedule !== 'function') {
      throw mismatch('LearningRateScheduler', 'a function of epoch and learning rate', describe(schedule));
    }
    this.schedule = schedule;
    this.verbose = checkNumber('LearningRateScheduler', 'verbose', options.verbose ?? 0);
  }

  override onEpochBegin(epoch: number): void {
    const optimizer = optimizerOf('LearningRateScheduler', this.model);
    const rate: unknown = this.schedule(epoch, learningRateOf(optimizer));
    if (typeof rate !== 'number' || !Number.isFinite(rate)) {
      throw mismatch('LearningRateScheduler', `the function to give a number for epoch ${epoch}`, describe(rate), 'Return the rate.');
    }
    optimizer.learningRate = rate;
    if (this.verbose > 0) print(`\nEpoch ${epoch + 1}: LearningRateScheduler setting learning rate to ${floatRepr(rate)}.`);
  }

  override onEpochEnd(_epoch: number, logs: Logs = {}): void {
    logs.learning_rate = learningRateOf(optimizerOf('LearningRateScheduler', this.model));
  }
}
