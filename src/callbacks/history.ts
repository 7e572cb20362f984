// Records loss and metrics of each epoch.
import { mismatch } from '../common/errors.ts';
import { checkOptions, checkPositiveInteger } from '../common/options.ts';
import { fixed, scientific } from '../tensor/digits.ts';
import { inspect } from '../tensor/tensor.ts';
import { Callback, type Logs } from './callback.ts';
import { oneNumber } from './log-value.ts';
import { print } from './message.ts';

const BARS = '▁▂▃▄▅▆▇█';
const NOT_FINITE = '×';
const MAX_ROWS = 20;

/**
 * The record of a training run, returned by `fit`.
 *
 * ```js
 * const history = await model.fit(x, y, { epochs: 3, verbose: 0 });
 * history.history.loss; // [0.69, 0.68, 0.67]
 * history.epoch; // [0, 1, 2]
 * history.sparkline('loss'); // '█▅▁'
 * history.print(); // a table
 * ```
 */
export class History extends Callback {
  /** One list per name, loss first, validation last, with a number per epoch. */
  history: Record<string, number[]> = {};
  /** The epochs that ran, from 0. */
  epoch: number[] = [];
  /** The numbers of each epoch, as not every name is there in every epoch. */
  #rows: Logs[] = [];

  override onTrainBegin(): void {
    this.epoch = [];
    this.history = {};
    this.#rows = [];
  }

  override onEpochEnd(epoch: number, logs: Logs = {}): void {
    this.epoch.push(epoch);
    this.#rows.push({ ...logs });
    for (const [name, value] of Object.entries(logs)) {
      this.history[name] ??= [];
      this.history[name].push(value);
    }
  }

  /**
   * A table with a line per epoch, numbered from 1; of more than 20 epochs the first and last ten.
   *
   * ```js
   * console.log(`${history}`);
   * // epoch    loss     acc
   * //     1  0.6931  0.5000
   * //     2  0.6820  0.7500
   * ```
   */
  override toString(): string {
    const names = Object.keys(this.history);
    const lines = this.#rows.map((row, i) => [String(this.epoch[i] + 1), ...names.map((name) => (name in row ? number(row[name]) : ''))]);
    const shown = lines.length > MAX_ROWS ? [...lines.slice(0, MAX_ROWS / 2), ['...'], ...lines.slice(-MAX_ROWS / 2)] : lines;
    const table = [['epoch', ...names], ...shown];
    const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
    return table.map((line) => line.map((cell, column) => cell.padStart(widths[column])).join('  ')).join('\n');
  }

  /** What console.log shows in Node, Deno and Bun: the table, and the course of each log. */
  [inspect](): string {
    const courses = Object.keys(this.history).map((name) => `${name} ${this.sparkline(name)}`);
    return [this, ...courses].join('\n');
  }

  /** Prints the table of `toString` where the progress bar goes: `history.print()`. */
  print(): void {
    print(this.toString());
  }

  /**
   * The course of a log in one line, its smallest value as the lowest bar: `history.sparkline('val_loss')` is '█▅▃▂▁▁▂'.
   * More epochs than `width` (default 60) are averaged in groups; × stands for values that are not finite.
   * @throws ValueError for a name that was not recorded.
   */
  sparkline(name = 'loss', options: { width?: number } = {}): string {
    checkOptions('History.sparkline', options, ['width']);
    const width = checkPositiveInteger('History.sparkline', 'width', options.width ?? 60);
    const values = this.history[name];
    if (!values) throw mismatch('History.sparkline', `one of ${Object.keys(this.history).join(', ') || 'no logs'}`, `'${name}'`);
    const count = Math.min(width, values.length);
    const points = Array.from({ length: count }, (_, i) =>
      mean(values.slice(Math.floor((i * values.length) / count), Math.floor(((i + 1) * values.length) / count))),
    );
    const finite = points.filter(Number.isFinite);
    const low = Math.min(...finite);
    const range = Math.max(...finite) - low;
    const bar = (value: number): string =>
      BARS[range === 0 ? 0 : Math.min(BARS.length - 1, Math.floor(((value - low) / range) * BARS.length))];
    return points.map((value) => (Number.isFinite(value) ? bar(value) : NOT_FINITE)).join('');
  }
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + oneNumber(value), 0) / values.length;

/** Four places, or an exponent where they would show nothing. */
function number(log: number): string {
  const value = oneNumber(log);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  return value === 0 || Math.abs(value) > 1e-3 ? fixed(value, 4) : scientific(value, 4);
}
