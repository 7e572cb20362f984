// The formats of pretrained word vectors, and their detection.
import { ModelFormatError } from '../../files/model-format-error.ts';
import type { ByteReader } from './byte-reader.ts';
import { float32Of } from './decimal.ts';

/** Formats of word vectors; fastText's `.vec` files are those of word2vec. */
export type WordVectorFormat = 'glove' | 'word2vec' | 'word2vec-binary' | 'fasttext';

export const OWNER = 'loadWordVectors';
/** Most bytes of a line of text. */
export const MAX_LINE = 2 ** 20;

const MAX_DIM = 65_536;
const FASTTEXT_MODEL = [0xba, 0x16, 0x4f, 0x2f];

/** Layout of a file of word vectors. */
export interface Layout {
  readonly format: WordVectorFormat;
  readonly dim: number;
  /** Vectors in the file, if it says so. */
  readonly count: number | undefined;
}

export function refuse(problem: string, byte: number, advice?: string): never {
  throw new ModelFormatError({ file: OWNER, format: 'word vectors', problem: `found ${problem}`, byte, advice });
}

export const isBlank = (byte: number): boolean => byte === 32 || byte === 9 || byte === 13;

/** The line without the blanks at its end. */
export function trimmed(line: Uint8Array): Uint8Array {
  let end = line.length;
  while (end > 0 && isBlank(line[end - 1])) end--;
  return line.subarray(0, end);
}

const fieldsOf = (line: Uint8Array): string[] => new TextDecoder().decode(trimmed(line)).split(/[ \t]+/);

/** The numbers at the end of a line, at most all but its first field. */
function numbersIn(line: Uint8Array): number {
  const fields = fieldsOf(line);
  let count = 0;
  while (count < fields.length - 1 && !Number.isNaN(float32Of(fields[fields.length - 1 - count]))) count++;
  return count;
}

/** The next line, not consumed; undefined when it does not end within MAX_LINE. */
async function peekLine(reader: ByteReader, max = MAX_LINE): Promise<Uint8Array | undefined> {
  let length = reader.lineLength();
  while (length < 0 && reader.ready <= max) {
    if (!(await reader.fill())) return reader.peek();
    length = reader.lineLength();
  }
  return length < 0 ? undefined : reader.peek(length);
}

/** Detects the layout of the file, and consumes a header line. */
export async function layoutOf(reader: ByteReader, format: WordVectorFormat | undefined): Promise<Layout> {
  const known = (magic: readonly number[]) => magic.every((byte, i) => reader.peek(magic.length)[i] === byte);
  if (!(await reader.has(1))) refuse('nothing', 0);
  await reader.has(4);
  if (known([0x50, 0x4b, 3, 4])) refuse('a ZIP archive', 0, 'Unpack it, and pass one of its files.');
  if (known(FASTTEXT_MODEL)) refuse('a model of fastText (.bin)', 0, 'Pass the .vec file that comes with it.');
  if (known([0x80]) && format !== 'word2vec-binary') refuse('a pickle of Python', 0, 'Save it with save_word2vec_format of gensim.');
  if (known([0xef, 0xbb, 0xbf])) reader.take(3);
  const line = (await peekLine(reader)) ?? refuse(`a first line of more than ${MAX_LINE} bytes`, 0);
  const header = /^(\d{1,12})[ \t]+(\d{1,9})\s*$/.exec(new TextDecoder().decode(line.subarray(0, 64)));
  if (format === 'glove' || (format === undefined && !header)) {
    const dim =
      numbersIn(line) || refuse('no word with numbers behind it in line 1', reader.offset, 'Check that the file holds word vectors.');
    return { format: 'glove', dim, count: undefined };
  }
  if (!header || line.length > 64)
    return refuse("no two numbers, as 'words dim', in line 1", 0, "Pass format: 'glove' for a file without them.");
  const [count, dim] = [Number(header[1]), Number(header[2])];
  if (dim < 1 || dim > MAX_DIM) refuse(`vectors of ${dim} numbers (1 to ${MAX_DIM} are read) in line 1`, 0);
  reader.take(Math.min(line.length + 1, reader.ready));
  if (format) return { format, dim, count };
  const second = await peekLine(reader, Math.min(MAX_LINE, 4096 + dim * 64));
  const isText = count === 0 || (second !== undefined && numbersIn(second) >= dim);
  return { format: isText ? 'word2vec' : 'word2vec-binary', dim, count };
}
