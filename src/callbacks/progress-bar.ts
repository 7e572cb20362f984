import { fixed, scientific } from '../tensor/digits.ts';
import { oneNumber } from './log-value.ts';

export interface ProgressBarOptions {
  /** Number of steps; null while it is not known. */
  readonly target: number | null;
  /** Takes the text; it ends its lines itself. */
  readonly write: (text: string) => void;
  /** The time in milliseconds. Default: performance.now. */
  readonly now?: () => number;
  /** Whether the text goes to a terminal, where the line is redrawn. Default: false. */
  readonly tty?: boolean;
  /** 1: a bar, 2: one line at the end. Default: 1. */
  readonly verbose?: 1 | 2;
}

/** A stretch of text, and the terminal's code for its look. */
type Piece = readonly [text: string, code?: typeof BOLD | typeof GREEN | typeof WHITE];

const BOLD = '1';
const GREEN = '32';
const WHITE = '37';
const WIDTH = 20; // characters of the bar
const INTERVAL = 0.05; // seconds between redraws
const SMALL = 1e-3; // values up to here are written with an exponent

/**
 * The progress of an epoch as Keras prints it (keras.utils.Progbar of Keras 3), with values that are shown as they come.
 *
 * ```ts
 * const bar = new ProgressBar({ target: 4, write: (text) => process.stdout.write(text), tty: true });
 * bar.update(1, [['loss', 0.6931]]); // 1/4 ━━━━━━━━━━━━━━━━━━━━ 0s 20ms/step - loss: 0.6931
 * ```
 *
 * In a terminal (`tty`) the line is redrawn at most every 50 ms, with the bytes Keras writes. Elsewhere, where Keras writes
 * the same control characters into the file, a single plain line is written at the end. `verbose: 2` writes one line without
 * a bar at the end. The time per step leaves the first step out.
 */
export class ProgressBar {
  /** Number of steps; set it when it becomes known. */
  target: number | null;
  readonly #write: (text: string) => void;
  readonly #seconds: () => number;
  readonly #tty: boolean;
  readonly #verbose: 1 | 2;
  readonly #start: number;
  readonly #values = new Map<string, number>();
  #afterFirst: number | undefined;
  #drawn = -Infinity;
  #width = 0;

  constructor({ target, write, now = () => performance.now(), tty = false, verbose = 1 }: ProgressBarOptions) {
    this.target = target;
    this.#write = write;
    this.#seconds = () => now() / 1000;
    this.#tty = tty;
    this.#verbose = verbose;
    this.#start = this.#seconds();
  }

  /**
   * Says that `current` steps are done, with the latest values: `bar.update(4, [['loss', 0.5]])`. New names are added
   * behind the ones before. `finalize` ends the line; by default it is when the target is reached.
   */
  update(current: number, logs: Iterable<readonly [name: string, value: number]> = [], finalize?: boolean): void {
    const last = finalize ?? (this.target !== null && current >= this.target);
    for (const [name, value] of logs) this.#values.set(name, oneNumber(value));
    const now = this.#seconds();
    const step = this.#stepTime(current, now);
    if (this.#verbose === 2) {
      if (last && this.target)
        this.#write(`${count(current, this.target)} - ${fixed(now - this.#start, 0)}s -${perStep(step)}${this.#metrics(false)}\n`);
      return;
    }
    if (!last && (now - this.#drawn < INTERVAL || !this.#tty)) return;
    this.#draw(this.#line(current, now, step, last), last);
    this.#drawn = now;
  }

  #stepTime(current: number, now: number): number {
    if (current === 0) return 0;
    const step = this.#afterFirst !== undefined && current > 1 ? (now - this.#afterFirst) / (current - 1) : (now - this.#start) / current;
    if (current === 1) this.#afterFirst = now;
    return step;
  }

  #line(current: number, now: number, step: number, last: boolean): Piece[] {
    const pieces: Piece[] = [];
    const { target } = this;
    if (target) {
      const done = Math.trunc(WIDTH * (current / target));
      pieces.push([count(current, target), BOLD], [' ']);
      if (done > 0) pieces.push(['━'.repeat(done), GREEN]);
      pieces.push(['━'.repeat(Math.max(0, WIDTH - done)), WHITE]);
    } else {
      pieces.push([`${String(current).padStart(7)}/Unknown`]);
    }
    const time = target && !last ? remaining(step * (target - current)) : `${fixed(now - this.#start, 0)}s`;
    pieces.push([' '], [time, BOLD], [perStep(step) + this.#metrics(true)]);
    return pieces;
  }

  #draw(pieces: readonly Piece[], last: boolean): void {
    const plain = pieces.map(([text]) => text).join('');
    if (!this.#tty) {
      this.#write(`${plain}\n`);
      return;
    }
    const styled = pieces.map(([text, code]) => (code ? `\x1b[${code}m${text}\x1b[0m` : text)).join('');
    const width = Array.from(plain).length;
    const cover = ' '.repeat(Math.max(0, this.#width - width)); // the rest of a longer line before
    this.#write(`${'\b'.repeat(this.#width)}\r${styled}${cover}${last ? '\n' : ''}`);
    this.#width = width;
  }

  /** Keras looks at the size of a value beside a bar, and at the value itself without one. */
  #metrics(bySize: boolean): string {
    return Array.from(this.#values, ([name, value]) => ` - ${name}: ${number(value, (bySize ? Math.abs(value) : value) > SMALL)}`).join('');
  }
}

const count = (current: number, target: number): string => `${String(current).padStart(String(target).length)}/${target}`;

/** Python's `%.4f` or `%.4e`. */
function number(value: number, positional: boolean): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return positional ? fixed(value, 4) : scientific(value, 4);
}

function perStep(seconds: number): string {
  if (seconds >= 1 || seconds === 0) return ` ${fixed(seconds, 0)}s/step`;
  return seconds >= 1e-3 ? ` ${fixed(seconds * 1e3, 0)}ms/step` : ` ${fixed(seconds * 1e6, 0)}us/step`;
}

function remaining(seconds: number): string {
  const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0');
  if (seconds > 3600) return `${Math.floor(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
  return seconds > 60 ? `${Math.floor(seconds / 60)}:${two(seconds % 60)}` : `${Math.trunc(seconds)}s`;
}
