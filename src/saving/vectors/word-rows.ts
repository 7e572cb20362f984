// Reads the words of a file and their vectors, one after the other.
import { describe } from '../../common/options.ts';
import type { ByteReader } from './byte-reader.ts';
import { float32Of } from './decimal.ts';
import { isBlank, type Layout, MAX_LINE, refuse, trimmed } from './word-format.ts';

/** The row that takes a word's vector; undefined for words that are not wanted. */
export type RowOf = (word: string) => Float32Array | undefined;

/** Reads up to `limit` vectors into their places, until `enough()`; gives how many were read. */
export const readRows = (reader: ByteReader, layout: Layout, limit: number, rowOf: RowOf, enough: () => boolean): Promise<number> =>
  (layout.format === 'word2vec-binary' ? readBinary : readLines)(reader, layout, limit, rowOf, enough);

const decoder = /* @__PURE__ */ new TextDecoder('utf-8', { ignoreBOM: true });
const LINE_ADVICE = 'The file may be damaged, cut off or of another format: pass format and dim.';

async function readLines(reader: ByteReader, { dim, count }: Layout, limit: number, rowOf: RowOf, enough: () => boolean): Promise<number> {
  let read = 0;
  let number = count === undefined ? 0 : 1;
  while (read < limit && !enough()) {
    let length = reader.lineLength();
    if (length < 0) {
      if (reader.ready > MAX_LINE) refuse(`more than ${MAX_LINE} bytes in line ${number + 1}`, reader.offset, LINE_ADVICE);
      if (await reader.fill()) continue;
      length = reader.ready;
      if (length === 0) break;
    }
    number++;
    const line = trimmed(reader.peek(length));
    if (line.length > 0) {
      if (read === count) refuse(`more than the ${count} words that line 1 tells in line ${number}`, reader.offset, LINE_ADVICE);
      readLine(line, dim, rowOf, number, reader.offset);
      read++;
    }
    reader.take(Math.min(length + 1, reader.ready));
  }
  if (count !== undefined && read < Math.min(count, limit) && !enough()) {
    refuse(`${read} words where line 1 tells ${count}`, reader.offset, 'The file may be cut off: download it again.');
  }
  return read;
}

function readLine(line: Uint8Array, dim: number, rowOf: RowOf, number: number, offset: number): void {
  let at = line.length;
  let start = at;
  for (let i = 0; i < dim; i++) {
    while (at > 0 && !isBlank(line[at - 1])) at--;
    start = at;
    while (at > 0 && isBlank(line[at - 1])) at--;
    if (at === 0) refuse(`${i} numbers behind a word where ${dim} are expected in line ${number}`, offset, LINE_ADVICE);
  }
  const word = decoder.decode(line.subarray(0, at));
  const row = rowOf(word);
  if (!row) {
    // Words of GloVe may hold blanks, but one number too many is no part of a word.
    const [first, ...rest] = /[ \t]/.test(word) ? word.split(/[ \t]+/) : [word];
    if (rest.length > 0 && rest.every((field) => !Number.isNaN(float32Of(field))) && rowOf(first)) {
      refuse(`${dim + rest.length} numbers behind ${describe(first)} where ${dim} are expected in line ${number}`, offset, LINE_ADVICE);
    }
    return;
  }
  const fields = decoder.decode(line.subarray(start)).split(/[ \t]+/);
  for (let i = 0; i < dim; i++) {
    const value = float32Of(fields[i]);
    if (!Number.isFinite(value)) {
      const what = Number.isNaN(value)
        ? `${describe(fields[i])}, which is no number,`
        : `${describe(fields[i])}, which float32 cannot hold,`;
      refuse(`${what} behind ${describe(word)} in line ${number}`, offset, LINE_ADVICE);
    }
    row[i] = value;
  }
}

const SPACE = 32;
const NEWLINE = 10;
const BINARY_ADVICE = 'The file may be cut off, or text: pass format.';

async function readBinary(reader: ByteReader, layout: Layout, limit: number, rowOf: RowOf, enough: () => boolean): Promise<number> {
  const { dim } = layout;
  const count = layout.count as number;
  let read = 0;
  for (; read < Math.min(count, limit) && !enough(); read++) {
    // Some writers end each vector with a new line, which belongs to no word.
    while ((await reader.has(1)) && reader.peek(1)[0] === NEWLINE) reader.take(1);
    let length = reader.lineLength(SPACE);
    while (length < 0) {
      if (reader.ready > MAX_LINE) refuse(`a word of more than ${MAX_LINE} bytes`, reader.offset, BINARY_ADVICE);
      if (!(await reader.fill())) refuse(`the end after ${read} of ${count} words`, reader.offset + reader.ready, BINARY_ADVICE);
      length = reader.lineLength(SPACE);
    }
    const word = decoder.decode(reader.peek(length));
    reader.take(length + 1);
    if (!(await reader.has(dim * 4))) refuse(`the end in the vector of ${describe(word)}`, reader.offset + reader.ready, BINARY_ADVICE);
    const row = rowOf(word);
    if (row) {
      row.set(new Float32Array(new Uint8Array(reader.peek(dim * 4)).buffer));
      const odd = row.findIndex((value) => !Number.isFinite(value));
      if (odd >= 0) refuse(`${row[odd]} in the vector of ${describe(word)}`, reader.offset + odd * 4, BINARY_ADVICE);
    }
    reader.take(dim * 4);
  }
  while (read === count && (await reader.has(1))) {
    if (!isBlank(reader.peek(1)[0]) && reader.peek(1)[0] !== NEWLINE) {
      refuse(`more than the ${count} words that line 1 tells`, reader.offset, BINARY_ADVICE);
    }
    reader.take(1);
  }
  return read;
}
