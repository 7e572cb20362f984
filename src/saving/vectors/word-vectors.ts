// Loads pretrained word vectors as the initial weights of an Embedding layer.

import { mismatch } from '../../common/errors.ts';
import { checkChoice, checkOptions, checkPositiveInteger, describe, isPlain } from '../../common/options.ts';
import type { Pass } from '../../data/pass.ts';
import { END } from '../../data/pass.ts';
import { openBytes, type TextSource } from '../../data/text-source.ts';
import { get, type InitializerIdentifier } from '../../initializers/get.ts';
import { initialValues } from '../../initializers/initializer.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { ByteReader } from './byte-reader.ts';
import { gunzipped } from './gunzip.ts';
import { abortable, prepended } from './text-streams.ts';
import { layoutOf, OWNER, refuse, type WordVectorFormat } from './word-format.ts';
import { readRows } from './word-rows.ts';

export interface WordVectorOptions {
  /** Row of each word, as `tokenizer.wordIndex`. */
  readonly wordIndex: Readonly<Record<string, number>> | ReadonlyMap<string, number>;
  /** Numbers in a vector, to be checked. Default: those of the file. */
  readonly dim?: number;
  /** Vectors to read at most, from the start of the file, where the common words are. Default: all. */
  readonly limit?: number;
  /** Default: found out by the first lines. */
  readonly format?: WordVectorFormat;
  /** Gives the rows of words that are not in the file. Default: zeros. */
  readonly initializer?: InitializerIdentifier;
  /** Ends the reading; the promise is rejected with its reason. */
  readonly signal?: AbortSignal;
}

export interface WordVectors {
  /** Shape [largest index + 1, dim], float32: the `weights` of an Embedding layer. Rows without a word are zeros. */
  readonly matrix: Tensor<'float32'>;
  /** Numbers in a vector. */
  readonly dim: number;
  /** Words of wordIndex that are in the file. */
  readonly found: number;
  /** Those that are not, in the order of wordIndex. */
  readonly missing: string[];
  readonly format: WordVectorFormat;
}

const MAX_ELEMENTS = 2 ** 29;
const FORMATS: readonly WordVectorFormat[] = ['glove', 'word2vec', 'word2vec-binary', 'fasttext'];

/**
 * The vectors of the words of a vocabulary, out of a file of GloVe, word2vec (text or binary) or fastText (`.vec`).
 *
 * ```js
 * const tokenizer = new Tokenizer();
 * tokenizer.fitOnTexts(['the cat sat', 'the dog']);
 * const source = { text: 'the 0.1 0.2\ncat 0.3 -0.4\ndog 1 2e-3\n' }; // or 'glove.6B.100d.txt', also packed by gzip
 * const { matrix, missing } = await loadWordVectors(source, { wordIndex: tokenizer.wordIndex });
 * missing; // ['sat']
 * const [rows, dim] = matrix.shape; // [5, 2]: row 0 stays free for padding
 * const model = new Sequential([new layers.Embedding(rows, dim, { weights: [matrix], trainable: false })]);
 * model.predict([[1, 2]]).array(); // the vectors of 'the' and 'cat': [[[0.1, 0.2], [0.3, -0.4]]], as float32
 * ```
 * `source`: a path, a URL, a Blob, a Response, a stream, bytes, or `{ text }`; gzip is recognised. The file is read in pieces, of
 * which only the vectors asked for are kept, and no further than needed. Decimal numbers are rounded to the nearest float32. Words
 * are compared as they are: vectors of lower-case words need a lower-case vocabulary. A word that the file has twice keeps its first
 * vector. In text a word may hold blanks, as some of glove.840B do: the last `dim` fields are the numbers.
 * @throws ModelFormatError, naming line and byte (of the unpacked file), for a malformed line or vector on the way;
 * ValueError for a wrong option, another `dim` than that of the file, and a source that cannot be read.
 */
export async function loadWordVectors(source: TextSource, options: WordVectorOptions): Promise<WordVectors> {
  checkOptions(OWNER, options ?? {}, ['wordIndex', 'dim', 'limit', 'format', 'initializer', 'signal']);
  const { dim: wanted, limit, format: requestedFormat, initializer, signal } = options ?? {};
  const index = checkIndex(options?.wordIndex);
  if (wanted !== undefined) checkPositiveInteger(OWNER, 'dim', wanted);
  if (limit !== undefined) checkPositiveInteger(OWNER, 'limit', limit);
  if (requestedFormat !== undefined) checkChoice(OWNER, 'format', requestedFormat, FORMATS);
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw mismatch(OWNER, 'signal to be an AbortSignal', describe(signal), 'Pass that of an AbortController.');
  }
  const fill = initializer === undefined ? undefined : get(initializer);
  const open = openBytes(OWNER, source);
  signal?.throwIfAborted();
  let pass = signal ? abortable(open(), signal) : open();
  try {
    pass = await unpacked(pass);
    const reader = new ByteReader(pass);
    const { format, dim, count } = await layoutOf(reader, requestedFormat);
    if (wanted !== undefined && wanted !== dim) {
      throw mismatch(OWNER, `vectors of dim ${wanted}`, `${dim} numbers in the file`, 'Leave dim out, or take another file.');
    }
    const rows = rowsOf(index, dim);
    const matrix = new Float32Array(rows * dim);
    const missing = new Set(index.keys());
    const filled = new Uint8Array(rows);
    const place = (word: string): Float32Array | undefined => {
      if (!missing.delete(word)) return undefined;
      const row = index.get(word) as number;
      // Of two words in one row the first of the file counts.
      if (filled[row]) return undefined;
      filled[row] = 1;
      return matrix.subarray(row * dim, (row + 1) * dim);
    };
    await readRows(reader, { format, dim, count }, limit ?? Infinity, place, () => missing.size === 0);
    if (fill) {
      const drawn = initialValues(fill, [rows, dim]);
      for (const word of missing) {
        const row = index.get(word) as number;
        if (!filled[row]) matrix.set(drawn.subarray(row * dim, (row + 1) * dim), row * dim);
      }
    }
    return { matrix: new Tensor<'float32'>(matrix, [rows, dim]), dim, found: index.size - missing.size, missing: [...missing], format };
  } finally {
    await pass.close();
  }
}

/** The bytes of the file, unpacked if they are gzip's. */
async function unpacked(pass: Pass<Uint8Array>): Promise<Pass<Uint8Array>> {
  const first: Uint8Array[] = [];
  let size = 0;
  while (size < 2) {
    const chunk = await pass.next();
    if (chunk === END) break;
    first.push(chunk);
    size += chunk.length;
  }
  const [a, b] = first.flatMap((chunk) => [...chunk.subarray(0, 2)]);
  const whole = prepended(first, pass);
  if (a !== 0x1f || b !== 0x8b) return whole;
  return gunzipped(whole, () => refuse('bytes that gzip cannot unpack', 0, 'The file may be cut off: download it again.'));
}

function checkIndex(wordIndex: unknown): Map<string, number> {
  if (!(wordIndex instanceof Map) && !isPlain(wordIndex)) {
    throw mismatch(OWNER, 'wordIndex to be an object or a Map from words to rows', describe(wordIndex), 'Pass tokenizer.wordIndex.');
  }
  const index = new Map<string, number>(wordIndex instanceof Map ? wordIndex : Object.entries(wordIndex as Record<string, number>));
  for (const [word, row] of index) {
    if (typeof word === 'string' && Number.isSafeInteger(row) && row >= 0) continue;
    throw mismatch(OWNER, 'wordIndex to hold words and rows from 0 on', `${describe(row)} for ${describe(word)}`);
  }
  if (index.size === 0) throw mismatch(OWNER, 'words in wordIndex', 'none', 'Fit the tokenizer on texts first.');
  return index;
}

/** Rows of the matrix; a ValueError when it would be too large. */
function rowsOf(index: ReadonlyMap<string, number>, dim: number): number {
  let rows = 0;
  for (const row of index.values()) rows = Math.max(rows, row + 1);
  if (rows * dim <= MAX_ELEMENTS) return rows;
  throw mismatch(OWNER, `a matrix of at most ${MAX_ELEMENTS} numbers`, `rows up to ${rows - 1} of ${dim}`, 'Number the words from 1 on.');
}
