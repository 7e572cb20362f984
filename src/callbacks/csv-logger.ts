import { mismatch } from '../common/errors.ts';
import { checkBoolean, checkOptions, describe } from '../common/options.ts';
import { utf8 } from '../files/bytes.ts';
import { findFileSystem } from '../files/node.ts';
import { type Output, outputTo, type Writer } from '../files/writer.ts';
import { Callback, type Logs } from './callback.ts';
import { leading } from './leading.ts';
import { isNumber } from './log-value.ts';
import { floatRepr } from './python-number.ts';

export interface CSVLoggerOptions {
  /** A single character between values. Default ','. */
  separator?: string;
  /** Whether to add to a file that is there. Default false: it is replaced. */
  append?: boolean;
  /** Takes the file where there is no file system; `append` then means a file without a header. */
  writer?: Writer;
}

/**
 * Writes the logs of each epoch as a line of a CSV file.
 *
 * ```js
 * await model.fit(x, y, { epochs: 3, callbacks: [new callbacks.CSVLogger('training.csv')] });
 * // epoch,acc,loss,val_acc,val_loss
 * // 0,0.5,0.6931,NA,NA
 * ```
 * The same bytes as Keras: columns in alphabetical order, epochs from 0, numbers as Python prints them, lines that end in
 * `\r\n`. Columns `val_...` are there even when the first epoch had no validation; missing values are `NA`.
 * @throws ValueError for a wrong option, and in a page when no `writer` is given.
 */
export class CSVLogger extends Callback {
  readonly filename: string;
  private readonly separator: string;
  private readonly appends: boolean;
  private readonly out: Output;
  private readonly hasWriter: boolean;
  private keys: string[] | undefined;

  constructor(filename: string, options?: CSVLoggerOptions);
  constructor(options: CSVLoggerOptions & { filename: string });
  constructor(first: unknown, more: unknown = {}) {
    super();
    const owner = 'CSVLogger';
    const options = leading<CSVLoggerOptions & { filename: string }>(owner, 'filename', first, more);
    checkOptions(owner, options, ['filename', 'separator', 'append', 'writer']);
    const { filename } = options;
    if (typeof filename !== 'string' || filename === '') throw mismatch(owner, 'the path of a file', describe(filename));
    const { separator = ',', append = false, writer } = options;
    if (typeof separator !== 'string' || separator.length !== 1 || /["\r\n]/.test(separator)) {
      throw mismatch(owner, "separator to be one character such as ',' or ';'", describe(separator));
    }
    this.filename = filename;
    this.separator = separator;
    this.appends = checkBoolean(owner, 'append', append);
    this.hasWriter = writer !== undefined;
    this.out = outputTo(owner, writer);
  }

  override onTrainBegin(): void | Promise<void> {
    this.keys = undefined;
    if (!this.appends) return this.out.write(this.filename, new Uint8Array(0));
  }

  override onEpochEnd(epoch: number, logs: Logs = {}): void | Promise<void> {
    let text = '';
    if (!this.keys) {
      this.keys = columns(logs);
      if (!this.appends || !this.hasLines()) text = this.line(['epoch', ...this.keys]);
    }
    text += this.line([String(epoch), ...this.keys.map((key) => (key in logs ? field(logs[key]) : 'NA'))]);
    return this.out.append(this.filename, utf8(text));
  }

  /** Whether the file has a first line already. */
  private hasLines(): boolean {
    if (this.hasWriter) return true;
    const fs = findFileSystem();
    return fs?.existsSync(this.filename) === true && fs.statSync(this.filename).size > 0;
  }

  /** Fields are quoted only where they need to be, as Python's csv module does. */
  private line(fields: readonly string[]): string {
    const quoted = fields.map((field) =>
      /["\r\n]/.test(field) || field.includes(this.separator) ? `"${field.replaceAll('"', '""')}"` : field,
    );
    return `${quoted.join(this.separator)}\r\n`;
  }
}

/** A number, or several as Keras writes an array. */
const field = (log: number): string => (isNumber(log) ? floatRepr(log) : `"[${(log as unknown as number[]).map(floatRepr).join(', ')}]"`);

function columns(logs: Logs): string[] {
  const keys = Object.keys(logs).sort();
  return keys.some((key) => key.startsWith('val_')) ? keys : [...keys, ...keys.map((key) => `val_${key}`)];
}
