// What happened in each epoch.
import { Callback, type Logs } from './callback.ts';

/**
 * The record of a training run, returned by `fit`.
 *
 * ```js
 * const history = await model.fit(x, y, { epochs: 3, verbose: 0 });
 * history.history.loss; // [0.69, 0.68, 0.67]
 * history.epoch; // [0, 1, 2]
 * ```
 */
export class History extends Callback {
  /** One list per name, loss first, validation last, with a number per epoch. */
  history: Record<string, number[]> = {};
  /** The epochs that ran, from 0. */
  epoch: number[] = [];

  override onTrainBegin(): void {
    this.epoch = [];
    this.history = {};
  }

  override onEpochEnd(epoch: number, logs: Logs = {}): void {
    this.epoch.push(epoch);
    for (const [name, value] of Object.entries(logs)) {
      this.history[name] ??= [];
      this.history[name].push(value);
    }
  }
}
