import { checkBoolean, checkInteger, checkNumber, checkOptions } from '../common/options.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { Callback, type Logs } from './callback.ts';
import { leading } from './leading.ts';
import { print } from './message.ts';
import { type Mode, Monitor } from './monitor.ts';
import type { CallbackState } from './state.ts';

export interface EarlyStoppingOptions {
  /** Log to watch. Default 'val_loss'. */
  monitor?: string;
  /** Smallest change that counts as better. Default 0. */
  minDelta?: number;
  /** Epochs without progress after which training stops. Default 0, which acts like 1. */
  patience?: number;
  /** 1 prints what it does. Default 0. */
  verbose?: 0 | 1;
  /** Whether the log should fall ('min') or grow ('max'). Default 'auto': by the metric. */
  mode?: Mode;
  /** A value the log has to be better than for the patience to start anew. */
  baseline?: number | null;
  /** Whether the model ends with the weights of its best epoch. Default false: with the last ones. */
  restoreBestWeights?: boolean;
  /** Epochs, counted from 0, before this one are not looked at. Default 0. */
  startFromEpoch?: number;
}

const allowed = ['monitor', 'minDelta', 'patience', 'verbose', 'mode', 'baseline', 'restoreBestWeights', 'startFromEpoch'];

/**
 * Stops training when a log no longer gets better.
 *
 * ```js
 * const stop = new callbacks.EarlyStopping({ monitor: 'val_loss', patience: 3, restoreBestWeights: true });
 * await model.fit(x, y, { epochs: 100, validationSplit: 0.2, callbacks: [stop] });
 * stop.stoppedEpoch; // 12, counted from 0; 0 if training ran to its end
 * ```
 * As in Keras 3, `restoreBestWeights` acts at the end of training also when nothing stopped it, the first epoch never stops,
 * and the best value is kept even while it misses the baseline. A log that is missing gives a warning and nothing more.
 * @throws ValueError for a wrong option; in training when `mode` is 'auto' and nothing is known about the metric.
 */
export class EarlyStopping extends Callback {
  readonly monitor: string;
  readonly patience: number;
  /** The epoch after which training was stopped, from 0; 0 when it was not. */
  stoppedEpoch = 0;
  /** The best value so far, and its epoch. */
  best: number | undefined;
  bestEpoch = 0;
  /** Epochs since there was progress. */
  wait = 0;
  private bestWeights: Tensor[] | undefined;
  private readonly watched: Monitor;
  private readonly verbose: number;
  private readonly baseline: number | undefined;
  private readonly restores: boolean;
  private readonly startFromEpoch: number;

  constructor(options?: EarlyStoppingOptions);
  constructor(monitor: string, options?: Omit<EarlyStoppingOptions, 'monitor'>);
  constructor(first: unknown = {}, more: unknown = {}) {
    super();
    const owner = 'EarlyStopping';
    const options = leading<EarlyStoppingOptions>(owner, 'monitor', first, more);
    checkOptions(owner, options, allowed);
    const {
      monitor = 'val_loss',
      minDelta = 0,
      patience = 0,
      verbose = 0,
      mode = 'auto',
      baseline,
      restoreBestWeights = false,
      startFromEpoch = 0,
    } = options;
    this.watched = new Monitor(owner, monitor, mode, minDelta);
    this.monitor = monitor;
    this.patience = checkInteger(owner, 'patience', patience);
    this.verbose = checkNumber(owner, 'verbose', verbose);
    this.baseline = baseline == null ? undefined : checkNumber(owner, 'baseline', baseline);
    this.restores = checkBoolean(owner, 'restoreBestWeights', restoreBestWeights);
    this.startFromEpoch = checkInteger(owner, 'startFromEpoch', startFromEpoch);
  }

  override onTrainBegin(): void {
    this.wait = 0;
    this.stoppedEpoch = 0;
    this.best = undefined;
    this.bestWeights = undefined;
    this.bestEpoch = 0;
  }

  override onEpochEnd(epoch: number, logs: Logs = {}): void {
    const { model } = this;
    const current = this.watched.read(logs, model, 'Early stopping');
    if (current === undefined || epoch < this.startFromEpoch) return;
    // Should no epoch be better than nothing, the first one is what is restored.
    if (this.restores && !this.bestWeights) this.keep(epoch);
    this.wait++;
    if (this.watched.improves(current, this.best)) {
      this.best = current;
      this.bestEpoch = epoch;
      if (this.restores) this.keep(epoch);
      if (this.baseline === undefined || this.watched.improves(current, this.baseline)) this.wait = 0;
      return;
    }
    if (this.wait >= this.patience && epoch > 0) {
      this.stoppedEpoch = epoch;
      if (model) model.stopTraining = true;
    }
  }

  override onTrainEnd(): void {
    if (this.stoppedEpoch > 0 && this.verbose > 0) print(`Epoch ${this.stoppedEpoch + 1}: early stopping`);
    if (!this.bestWeights) return;
    if (this.verbose > 0) print(`Restoring model weights from the end of the best epoch: ${this.bestEpoch + 1}.`);
    this.model?.setWeights(this.bestWeights);
  }

  override getState(): CallbackState {
    const { wait, bestEpoch, best = null } = this;
    const weights = this.bestWeights?.map((tensor, i) => [`weight${i}`, tensor] as const) ?? [];
    return { wait, bestEpoch, best, ...Object.fromEntries(weights) };
  }

  override setState({ wait, bestEpoch, best, ...weights }: CallbackState): void {
    this.wait = wait as number;
    this.bestEpoch = bestEpoch as number;
    this.best = (best as number | null) ?? undefined;
    const tensors = Object.values(weights) as Tensor[];
    this.bestWeights = tensors.length > 0 ? tensors : undefined;
  }

  private keep(epoch: number): void {
    this.bestWeights = this.model?.getWeights();
    this.bestEpoch = epoch;
  }
}
