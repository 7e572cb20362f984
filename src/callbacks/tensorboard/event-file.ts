// An event file that is appended to.
import { join } from '../../files/bytes.ts';
import { hostName, processId } from '../../files/node.ts';
import { inFolder } from '../../files/paths.ts';
import type { Output } from '../../files/writer.ts';
import { type SummaryValue, summaryEvent, versionEvent } from './events.ts';
import { record } from './records.ts';

const FULL = 1 << 16; // bytes kept back at most
const OLD = 2; // seconds that they are kept back at most

let files = 0;

const now = (): number => Date.now() / 1000;

/** Events of one run, such as `train`. The file is made with the first of them. */
export class EventFile {
  private readonly out: Output;
  private readonly folder: string;
  private path: string | undefined;
  private pending: Uint8Array[] = [];
  private size = 0;
  private written = 0;

  constructor(out: Output, folder: string) {
    this.out = out;
    this.folder = folder;
  }

  add(step: number, values: readonly SummaryValue[]): void {
    const seconds = now();
    if (this.path === undefined) {
      // TensorBoard finds files by 'tfevents' and reads those of a folder in the order of their names.
      const host = hostName().replace(/[^A-Za-z0-9.-]/g, '_');
      const time = String(Math.floor(seconds)).padStart(10, '0');
      this.path = inFolder(this.folder, `events.out.tfevents.${time}.${host}.${processId()}.${files++}.v2`);
      this.written = seconds;
      this.keep(versionEvent(seconds));
    }
    this.keep(summaryEvent(seconds, step, values));
  }

  /** Whether enough has come together to be written before the end of the epoch. */
  get due(): boolean {
    return this.size >= FULL || (this.size > 0 && now() - this.written >= OLD);
  }

  flush(): void | Promise<void> {
    if (this.path === undefined || this.pending.length === 0) return;
    const bytes = join(this.pending);
    this.pending = [];
    this.size = 0;
    this.written = now();
    return this.out.append(this.path, bytes);
  }

  private keep(event: Uint8Array): void {
    const bytes = record(event);
    this.pending.push(bytes);
    this.size += bytes.length;
  }
}
