// Fractal heaps: where the latest versions keep the links or attributes of an object that has many (HDF5 File Format
// Specification 3.0, III.G). Blocks of a table, each row of which is as wide as the others and has blocks twice as large.
import { lookup3 } from './checksum.ts';
import { type Fields, REWRITE, type Source } from './source.ts';

interface Block {
  /** Place in the addresses of the heap. */
  readonly from: number;
  readonly fields: Fields;
}

/** Sizes that the header tells. */
interface Table {
  readonly header: number;
  readonly width: number;
  readonly firstSize: number;
  readonly largest: number;
  readonly offsetSize: number;
  readonly lengthSize: number;
  readonly checked: boolean;
}

const CHECKED = 2;

/** Bytes that a number up to `most` needs. */
export function widthOf(most: number): number {
  let width = 1;
  for (let rest = most; rest >= 256; rest = Math.floor(rest / 256)) width++;
  return width;
}

const isPowerOfTwo = (value: number) => value > 0 && value <= 2 ** 30 && (value & (value - 1)) === 0;

export class FractalHeap {
  readonly #source: Source;
  readonly #table: Table;
  readonly #blocks: Block[] = [];

  constructor(source: Source, address: number | undefined) {
    this.#source = source;
    const fields = source.claim(address, 146, 'a fractal heap');
    fields.signature('FRHP');
    fields.expect(1, 0, 'version');
    fields.skip(2);
    fields.expect(2, 0, 'filters');
    const checked = (fields.number(1) & CHECKED) !== 0;
    const largestObject = fields.number(4);
    fields.skip(12 * 8); // huge and tiny objects, free space, and counts
    const [width, firstSize, largest, bits] = [fields.number(2), fields.number(8), fields.number(8), fields.number(2)];
    fields.skip(2);
    const root = fields.address();
    const rows = fields.number(2);
    source.checkSum(fields.at - 142, fields);
    if (width === 0 || !isPowerOfTwo(firstSize) || !isPowerOfTwo(largest) || largest < firstSize || bits === 0 || bits > 48) {
      source.refuse('a fractal heap of odd sizes', address);
    }
    const lengthSize = Math.min(widthOf(largest - 1), widthOf(largestObject));
    const offsetSize = Math.ceil(bits / 8);
    this.#table = { header: address ?? 0, width, firstSize, largest, offsetSize, lengthSize, checked };
    if (root === undefined) return;
    if (rows === 0) this.#addBlock(root, 0, firstSize);
    else this.#addRows(root, rows);
  }

  /** The object that an identifier of the heap stands for. */
  object(id: Fields): Fields {
    const at = id.at;
    const kind = id.number(1);
    if (kind !== 0) this.#source.refuse(`an object of kind ${kind} of a fractal heap`, at, REWRITE);
    const offset = id.whole(this.#table.offsetSize);
    const length = id.whole(this.#table.lengthSize);
    const block = this.#blockOf(offset);
    if (!block || length > block.fields.end - block.fields.at - (offset - block.from)) {
      return this.#source.refuse(`an object of ${length} bytes at ${offset}, which is not in its fractal heap`, at);
    }
    return block.fields.part(offset - block.from, length, 'a message');
  }

  #blockOf(offset: number): Block | undefined {
    let [low, high] = [0, this.#blocks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#blocks[middle].from <= offset) low = middle + 1;
      else high = middle;
    }
    return this.#blocks[low - 1];
  }

  #start(fields: Fields, signature: string, from: number): void {
    fields.signature(signature);
    fields.expect(1, 0, 'version');
    fields.expect(8, this.#table.header, 'heap');
    const at = fields.at;
    if (fields.whole(this.#table.offsetSize) !== from) this.#source.refuse('a block at another place of its fractal heap', at);
  }

  #addBlock(address: number, from: number, size: number): void {
    const source = this.#source;
    const fields = source.claim(address, size, 'a block of a fractal heap');
    const whole = fields.part(0, size, fields.what);
    this.#start(fields, 'FHDB', from);
    if (this.#table.checked) {
      const place = fields.at - address;
      const copy = whole.part(0, size, whole.what).bytes(size).slice();
      copy.fill(0, place, place + 4); // as it was when the sum was made
      if (fields.number(4) !== lookup3(copy)) source.refuse('a wrong checksum of a block of a fractal heap', address);
    }
    this.#blocks.push({ from, fields: whole });
  }

  /** The root when it is a table of blocks. Tables inside it begin at half a megabyte of names, far from what models have. */
  #addRows(address: number, rows: number): void {
    const source = this.#source;
    const { width, firstSize, largest, offsetSize } = this.#table;
    const size = 4 + 1 + 8 + offsetSize + rows * width * 8 + 4;
    const fields = source.claim(address, size, 'a table of a fractal heap');
    this.#start(fields, 'FHIB', 0);
    let from = 0;
    for (let row = 0, block = firstSize; row < rows; row++) {
      if (row > 1) block *= 2;
      for (let i = 0; i < width; i++, from += block) {
        const child = fields.address();
        if (child === undefined) continue;
        if (block > largest) source.refuse('a fractal heap of several tables', address, REWRITE);
        this.#addBlock(child, from, block);
      }
    }
    source.checkSum(address, fields);
  }
}
