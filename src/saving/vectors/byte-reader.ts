// Reads a stream piece by piece, keeping the bytes that were not consumed yet.
import { END, type Pass } from '../../data/pass.ts';

const NEWLINE = 10;

export class ByteReader {
  /** Bytes consumed so far: the offset of the next one in the file. */
  offset = 0;
  /** Whether the stream has ended. */
  over = false;
  readonly #pass: Pass<Uint8Array>;
  #buffer: Uint8Array = new Uint8Array(0);
  #at = 0;
  #size = 0;
  /** Bytes behind `at` that were searched already. */
  #searched = 0;
  #ending = NEWLINE;
  #owned = false;

  constructor(pass: Pass<Uint8Array>) {
    this.#pass = pass;
  }

  /** Bytes that are buffered. */
  get ready(): number {
    return this.#size - this.#at;
  }

  /** Waits for more bytes; false when the file has ended. */
  async fill(): Promise<boolean> {
    while (!this.over) {
      const chunk = await this.#pass.next();
      if (chunk === END) this.over = true;
      else if (chunk.length > 0) {
        this.#append(chunk);
        return true;
      }
    }
    return false;
  }

  /** Waits until `size` bytes are buffered; false when the file ends before. */
  async has(size: number): Promise<boolean> {
    while (this.ready < size) if (!(await this.fill())) return false;
    return true;
  }

  /** Up to `size` buffered bytes, not consumed; valid until the next call that waits. */
  peek(size = this.ready): Uint8Array {
    return this.#buffer.subarray(this.#at, Math.min(this.#size, this.#at + size));
  }

  /** Buffered bytes before the next `ending`, or -1 when it is not there yet. */
  lineLength(ending = NEWLINE): number {
    if (ending !== this.#ending) [this.#ending, this.#searched] = [ending, 0];
    const found = this.#buffer.subarray(0, this.#size).indexOf(ending, this.#at + this.#searched);
    if (found >= 0) return found - this.#at;
    this.#searched = this.ready;
    return -1;
  }

  take(size: number): void {
    this.#at += size;
    this.offset += size;
    this.#searched = 0;
  }

  #append(chunk: Uint8Array): void {
    const rest = this.ready;
    if (rest === 0) {
      [this.#buffer, this.#at, this.#size, this.#owned] = [chunk, 0, chunk.length, false];
      return;
    }
    if (!this.#owned || this.#size + chunk.length > this.#buffer.length) {
      const larger = new Uint8Array(2 * (rest + chunk.length));
      larger.set(this.peek());
      [this.#buffer, this.#at, this.#size, this.#owned] = [larger, 0, rest, true];
    }
    this.#buffer.set(chunk, this.#size);
    this.#size += chunk.length;
  }
}
