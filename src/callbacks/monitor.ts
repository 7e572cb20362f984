// Watches one of the logs and tells when it improves.
import { mismatch, ValueError } from '../common/errors.ts';
import { checkChoice, checkNumber, describe } from '../common/options.ts';
import type { Logs } from './callback.ts';
import { isNumber } from './log-value.ts';
import { Warnings } from './message.ts';
import type { TrainedModel } from './trained-model.ts';

/** Whether smaller ('min') or larger ('max') is better; 'auto' knows by the metric. */
export type Mode = 'auto' | 'min' | 'max';

/** Metrics that get better as they grow, by their usual names. */
const UP = [
  'acc',
  'accuracy',
  'auc',
  'binary_accuracy',
  'binary_io_u',
  'categorical_accuracy',
  'cosine_similarity',
  'f1_score',
  'fbeta_score',
  'io_u',
  'mean_io_u',
  'precision',
  'precision_at_recall',
  'r2_score',
  'recall',
  'recall_at_precision',
  'sensitivity_at_specificity',
  'sparse_categorical_accuracy',
  'sparse_top_k_categorical_accuracy',
  'specificity_at_sensitivity',
  'top_k_categorical_accuracy',
];

/** Metrics that get better as they shrink. */
const DOWN = [
  'bce',
  'binary_crossentropy',
  'categorical_crossentropy',
  'categorical_hinge',
  'ce',
  'crossentropy',
  'hinge',
  'kl_divergence',
  'kullback_leibler_divergence',
  'log_cosh_error',
  'logcosh',
  'loss',
  'mae',
  'mape',
  'mean_absolute_error',
  'mean_absolute_percentage_error',
  'mean_squared_error',
  'mean_squared_logarithmic_error',
  'mse',
  'msle',
  'poisson',
  'rmse',
  'root_mean_squared_error',
  'sparse_categorical_crossentropy',
  'squared_hinge',
];

/** The direction of a log, such as `val_acc`, `out_accuracy` or `auc_1`. */
function directionOf(monitor: string, model: TrainedModel | undefined): 'min' | 'max' | undefined {
  let name = monitor.replace(/^val_/, '').toLowerCase();
  for (const output of model?.outputNames ?? []) {
    if (name.startsWith(`${output.toLowerCase()}_`)) name = name.slice(output.length + 1);
  }
  for (const candidate of [name, name.replace(/^weighted_/, ''), name.replace(/_\d+$/, '')]) {
    if (UP.includes(candidate)) return 'max';
    if (DOWN.includes(candidate)) return 'min';
  }
  return undefined;
}

export class Monitor {
  readonly name: string;
  private readonly owner: string;
  private readonly mode: Mode;
  private readonly minDelta: number;
  private direction: 'min' | 'max' | undefined;
  private readonly warnings = new Warnings();

  constructor(owner: string, monitor: unknown, mode: unknown, minDelta: unknown) {
    if (typeof monitor !== 'string' || monitor === '') {
      throw mismatch(owner, 'monitor to be the name of a log', describe(monitor), "For example 'val_loss'.");
    }
    this.owner = owner;
    this.name = monitor;
    this.mode = checkChoice(owner, 'mode', mode, ['auto', 'min', 'max']);
    this.minDelta = Math.abs(checkNumber(owner, 'minDelta', minDelta));
  }

  /** The watched number, or undefined with a warning when the logs lack it, which begins with `action`. */
  read(logs: Logs, model: TrainedModel | undefined, action: string): number | undefined {
    this.prepare(model);
    const value = logs[this.name];
    if (value === undefined) {
      this.warnings.give(
        `${action} conditioned on metric \`${this.name}\` which is not available. Available metrics are: ${Object.keys(logs).join(',')}`,
      );
    }
    return value;
  }

  /** Whether `value` is better than `reference` by more than `minDelta`; anything is better than nothing. */
  improves(value: number, reference: number | undefined): boolean {
    if (!isNumber(value)) {
      const advice = 'Watch another, or give the metric an average or one threshold.';
      throw mismatch(this.owner, `one number as ${this.name}`, describe(value), advice);
    }
    if (reference === undefined) return true;
    return this.direction === 'max' ? value - this.minDelta > reference : value + this.minDelta < reference;
  }

  /** Finds out what is better; a ValueError when 'auto' does not know. */
  prepare(model: TrainedModel | undefined): void {
    if (this.direction) return;
    this.direction = this.mode === 'auto' ? directionOf(this.name, model) : this.mode;
    if (this.direction) return;
    throw new ValueError(
      `${this.owner} callback received monitor=${this.name}, but cannot tell whether that metric should be maximized or minimized. ` +
        "Pass mode: 'max' if larger values are better, or mode: 'min' if smaller ones are.",
    );
  }
}
