// A file being written: space is reserved in order and filled once its contents are known.
import { numbers } from '../bytes.ts';

/** The address that stands for nowhere. */
export const NOWHERE = /* @__PURE__ */ new Uint8Array(8).fill(255);

export const padded = (size: number): number => Math.ceil(size / 8) * 8;

export class Output {
  readonly #pieces: { at: number; bytes: Uint8Array }[] = [];
  size = 0;

  /** An address with room for so many bytes, a multiple of 8. */
  reserve(size: number): number {
    const at = this.size;
    this.size += padded(size);
    return at;
  }

  put(at: number, ...pieces: readonly Uint8Array[]): void {
    let place = at;
    for (const bytes of pieces) {
      this.#pieces.push({ at: place, bytes });
      place += bytes.length;
    }
  }

  /** One file of all pieces, with zeros between them. */
  bytes(): Uint8Array<ArrayBuffer> {
    const whole = new Uint8Array(this.size);
    for (const { at, bytes } of this.#pieces) whole.set(bytes, at);
    return whole;
  }
}

/** A field of 8 bytes. */
export const address = (at: number | undefined): Uint8Array => (at === undefined ? NOWHERE : numbers([8, at]));
