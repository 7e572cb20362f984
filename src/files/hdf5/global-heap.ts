// Global heaps: collections of values of any length (HDF5 File Format Specification 3.0, III.E).
import { type Fields, type Source, textOf } from './source.ts';

const HEAD = 16;

export class GlobalHeaps {
  /** The values of a collection by its address; a value that was read is taken out. */
  readonly #collections = new Map<number, Map<number, Fields>>();

  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  /**
   * A text. Each is read once only, as each is written for one place: otherwise a short file could ask for one long text
   * thousands of times.
   */
  text(address: number | undefined, index: number, size: number, at: number): string {
    const source = this.#source;
    if (address === undefined) return source.refuse('a text without an address', at);
    const values = this.#collections.get(address) ?? this.#collection(address);
    this.#collections.set(address, values);
    const value = values.get(index);
    if (!value || value.left < size) return source.refuse(`a text of ${size} bytes that is not in the global heap at ${address}`, at);
    values.delete(index);
    const from = value.at;
    const bytes = value.bytes(size);
    // Some writers count the NUL at the end.
    return textOf(source, size > 0 && bytes[size - 1] === 0 ? bytes.subarray(0, size - 1) : bytes, from);
  }

  #collection(address: number): Map<number, Fields> {
    const source = this.#source;
    const head = source.claim(address, HEAD, 'a global heap');
    head.signature('GCOL');
    head.expect(1, 1, 'version');
    head.skip(3);
    const size = head.number(8);
    if (size < HEAD) source.refuse(`a global heap of ${size} bytes`, address);
    const fields = source.claim(address + HEAD, size - HEAD, 'a global heap');
    const values = new Map<number, Fields>();
    while (fields.left >= HEAD) {
      const at = fields.at;
      const index = fields.number(2);
      fields.skip(6);
      const length = fields.number(8);
      if (index === 0) break; // the rest is free
      if (values.has(index)) source.refuse(`value ${index} of a global heap a second time`, at);
      values.set(index, fields.inner(length, 'a value of a global heap'));
      fields.skip(Math.min(fields.left, (8 - (length % 8)) % 8));
    }
    return values;
  }
}
