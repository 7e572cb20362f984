// Prints messages and warnings of callbacks.
import { output } from './progress-logger.ts';

/** Prints a line where the progress bar goes. */
export const print = (line: string): void => output().write(`${line}\n`);

/** Prints a warning once for each text. */
export class Warnings {
  private readonly printed = new Set<string>();

  give(text: string): void {
    if (this.printed.has(text)) return;
    this.printed.add(text);
    console.warn(text);
  }
}
