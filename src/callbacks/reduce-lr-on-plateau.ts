import { mismatch } from '../common/errors.ts';
import { checkInteger, checkNumber, checkOptions } from '../common/options.ts';
import { Callback, type Logs } from './callback.ts';
import { leading } from './leading.ts';
import { print } from './message.ts';
import { type Mode, Monitor } from './monitor.ts';
import { learningRateOf, optimizerOf } from './optimizer-of.ts';
import { floatRepr } from './python-number.ts';
import type { CallbackState } from './state.ts';

export interface ReduceLROnPlateauOptions {
  /** Log to watch. Default 'val_loss'. */
  monitor?: string;
  /** Factor of the learning rate, below 1. Default 0.1. */
  factor?: number;
  /** Epochs without progress after which it is reduced. Default 10. */
  patience?: number;
  /** 1 prints each change. Default 0. */
  verbose?: 0 | 1;
  /** Whether the log should fall ('min') or grow ('max'). Default 'auto': by the metric. */
  mode?: Mode;
  /** Smallest change that counts as better. Default 1e-4. */
  minDelta?: number;
  /** Epochs to wait after a reduction. Default 0. */
  cooldown?: number;
  /** The learning rate never falls below this. Default 0. */
  minLr?: number;
}

const allowed = ['monitor', 'factor', 'patience', 'verbose', 'mode', 'minDelta', 'cooldown', 'minLr'];

/**
 * Multiplies the learning rate by `factor` when a log no longer gets better.
 *
 * ```js
 * const reduce = new callbacks.ReduceLROnPlateau({ monitor: 'val_loss', factor: 0.2, patience: 5, minLr: 0.001 });
 * const history = await model.fit(x, y, { epochs: 50, validationSplit: 0.2, callbacks: [reduce] });
 * history.history.learning_rate; // the rate of each epoch
 * ```
 * Adds `learning_rate`, the rate the epoch ran with, to the logs.
 * @throws ValueError for a wrong option or a factor of 1 or more; in training when the learning rate follows a schedule, or
 * when `mode` is 'auto' and nothing is known about the metric.
 */
export class ReduceLROnPlateau extends Callback {
  readonly monitor: string;
  readonly factor: number;
  readonly patience: number;
  readonly cooldown: number;
  readonly minLr: number;
  /** The best value so far. */
  best: number | undefined;
  /** Epochs since there was progress. */
  wait = 0;
  /** Epochs left to wait after the last reduction. */
  cooldownCounter = 0;
  private readonly verbose: number;
  private readonly watched: Monitor;

  constructor(options?: ReduceLROnPlateauOptions);
  constructor(monitor: string, options?: Omit<ReduceLROnPlateauOptions, 'monitor'>);
  constructor(first: unknown = {}, more: unknown = {}) {
    super();
    const owner = 'ReduceLROnPlateau';
    const options = leading<ReduceLROnPlateauOptions>(owner, 'monitor', first, more);
    checkOptions(owner, options, allowed);
    const {
      monitor = 'val_loss',
      factor = 0.1,
      patience = 10,
      verbose = 0,
      mode = 'auto',
      minDelta = 1e-4,
      cooldown = 0,
      minLr = 0,
    } = options;
    this.watched = new Monitor(owner, monitor, mode, minDelta);
    this.monitor = monitor;
    this.factor = checkNumber(owner, 'factor', factor, { min: 0 });
    if (factor >= 1) throw mismatch(owner, 'a factor below 1', factor, 'The learning rate is multiplied by it.');
    this.patience = checkInteger(owner, 'patience', patience);
    this.verbose = checkNumber(owner, 'verbose', verbose);
    this.cooldown = checkInteger(owner, 'cooldown', cooldown);
    this.minLr = checkNumber(owner, 'minLr', minLr, { min: 0 });
  }

  override onTrainBegin(): void {
    this.best = undefined;
    this.wait = 0;
    this.cooldownCounter = 0;
  }

  override onEpochEnd(epoch: number, logs: Logs = {}): void {
    const optimizer = optimizerOf('ReduceLROnPlateau', this.model);
    const rate = learningRateOf(optimizer);
    logs.learning_rate = rate;
    const current = this.watched.read(logs, this.model, 'Learning rate reduction is');
    if (current === undefined) return;
    if (this.cooldownCounter > 0) {
      this.cooldownCounter--;
      this.wait = 0;
    }
    if (this.watched.improves(current, this.best)) {
      this.best = current;
      this.wait = 0;
      return;
    }
    if (this.cooldownCounter > 0) return;
    this.wait++;
    if (this.wait < this.patience || rate <= Math.fround(this.minLr)) return;
    const reduced = Math.max(rate * this.factor, this.minLr);
    optimizer.learningRate = reduced;
    if (this.verbose > 0) print(`\nEpoch ${epoch + 1}: ReduceLROnPlateau reducing learning rate to ${floatRepr(reduced)}.`);
    this.cooldownCounter = this.cooldown;
    this.wait = 0;
  }

  override getState(): CallbackState {
    const { wait, cooldownCounter, best = null } = this;
    return { wait, cooldownCounter, best };
  }

  override setState({ wait, cooldownCounter, best }: CallbackState): void {
    this.wait = wait as number;
    this.cooldownCounter = cooldownCounter as number;
    this.best = (best as number | null) ?? undefined;
  }
}
