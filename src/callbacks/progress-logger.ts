// Prints how training goes.
import { Callback, type Logs } from './callback.ts';
import { ProgressBar } from './progress-bar.ts';

interface Output {
  write(text: string): void;
  readonly tty: boolean;
}

/** The part of Node's standard output that is used. */
interface Stdout {
  write?(text: string, done: (error?: Error | null) => void): unknown;
  once?(event: 'error', listener: () => void): unknown;
  readonly isTTY?: boolean;
}

/** Standard output in Node; the console, line by line, elsewhere. */
export function output(): Output {
  const { process } = globalThis as { process?: { stdout?: Stdout } };
  const stdout = process?.stdout;
  if (stdout?.write) {
    // As console.log: who reads has gone (`node train.mjs | head`), which is no reason for training to end.
    let isClosed = false;
    const done = (error?: Error | null): void => {
      if (error && !isClosed) stdout.once?.('error', () => {});
      isClosed ||= Boolean(error);
    };
    return { write: (text) => void (isClosed || stdout.write?.(text, done)), tty: stdout.isTTY === true };
  }
  let line = '';
  const write = (text: string): void => {
    const lines = (line + text).split('\n');
    line = lines.pop() ?? '';
    for (const whole of lines) console.log(whole);
  };
  return { write, tty: false };
}

/** A bar per epoch (verbose 1) or a line per epoch (verbose 2), in Keras's words. */
export class ProgressLogger extends Callback {
  readonly #verbose: 1 | 2;
  readonly #out = output();
  #bar: ProgressBar | undefined;
  #seen = 0;
  #target: number | null = null;
  #testing = false;

  constructor(verbose: 1 | 2) {
    super();
    this.#verbose = verbose;
  }

  override onEpochBegin(epoch: number): void {
    const epochs = this.params?.epochs ?? 1;
    if (epochs > 1) this.#out.write(`Epoch ${epoch + 1}/${epochs}\n`);
    this.#start();
    this.#testing = false;
  }

  override onTrainBatchEnd(batch: number, logs: Logs = {}): void {
    this.#advance(batch, logs);
  }

  override onEpochEnd(_epoch: number, logs: Logs = {}): void {
    this.#finish(logs);
  }

  override onTestBegin(): void {
    // Validation inside an epoch prints nothing of its own.
    if (this.#bar) return;
    this.#testing = true;
    this.#start();
  }

  override onTestBatchEnd(batch: number, logs: Logs = {}): void {
    if (this.#testing) this.#advance(batch, logs);
  }

  override onTestEnd(logs: Logs = {}): void {
    if (this.#testing) this.#finish(logs);
  }

  override onPredictBegin(): void {
    this.onTestBegin();
  }

  override onPredictBatchEnd(batch: number): void {
    this.onTestBatchEnd(batch);
  }

  override onPredictEnd(): void {
    this.onTestEnd();
  }

  #start(): void {
    this.#seen = 0;
    this.#bar = new ProgressBar({
      target: this.params?.steps ?? this.#target,
      verbose: this.#verbose,
      write: this.#out.write,
      tty: this.#out.tty,
    });
  }

  #advance(batch: number, logs: Logs): void {
    this.#seen = batch + 1;
    this.#bar?.update(this.#seen, Object.entries(logs), false);
  }

  #finish(logs: Logs): void {
    // Now it is known how many steps there are.
    if (this.#bar) this.#target = this.#bar.target ??= this.#seen;
    this.#bar?.update(this.#seen, Object.entries(logs), true);
    this.#bar = undefined;
    this.#testing = false;
  }
}
