// Writes embeddings as two texts for TensorBoard's projector (projector.tensorflow.org, "Load").
import { mismatch } from '../../common/errors.ts';
import { checkOptions, describe, isPlain } from '../../common/options.ts';
import { labelLine, tsvField, vectorLines } from '../../files/tsv.ts';
import { type TensorLike, toTensor } from '../../tensor/convert.ts';

export interface EmbeddingToTsvOptions {
  /** Label of each row. */
  readonly words?: readonly string[];
  /** Row of each word, as `tokenizer.wordIndex`, instead of words; rows without a word get a label of their number, `[0]`. */
  readonly wordIndex?: Readonly<Record<string, number>> | ReadonlyMap<string, number>;
  /** Further columns by name, one value for each row. Default: none. */
  readonly columns?: Readonly<Record<string, readonly (string | number | boolean)[]>>;
}

const OWNER = 'embeddingToTsv';

/**
 * The vectors and labels of an embedding, for the projector of TensorBoard: what to save as `vectors.tsv` and `metadata.tsv`.
 *
 * ```js
 * const { vectors, metadata } = embeddingToTsv([[0, 1], [2.5, 3]], { words: ['cat', 'dog'] });
 * vectors;  // '0\t1\n2.5\t3\n'
 * metadata; // 'cat\ndog\n'
 * ```
 * `weights`: shape [rows, dim], as `layer.getWeights()[0]`. Numbers have the digits from which a float32 reads back as it was. One
 * column of labels has no header, several have one, `word` and the names of `columns`, as the projector asks for. Tabs and
 * line ends in texts become `\t`, `\n` and `\r`; a label of blanks alone is put in quotes. Words of `wordIndex` behind the last row are
 * left out, as a tokenizer with `numWords` knows more words than an embedding has rows.
 * @throws ValueError when weights are no table, when labels or columns are not as many as rows, and without words.
 */
export function embeddingToTsv(weights: TensorLike, options: EmbeddingToTsvOptions): { vectors: string; metadata: string } {
  checkOptions(OWNER, options ?? {}, ['words', 'wordIndex', 'columns']);
  const { words, wordIndex, columns = {} } = options ?? {};
  const { shape, data } = toTensor(OWNER, weights, 'float32');
  if (shape.length !== 2) {
    throw mismatch(OWNER, 'weights of shape [rows, dim]', `[${shape.join(', ')}]`, 'Pass layer.getWeights()[0].');
  }
  const [rows, dim] = shape;
  if ((words === undefined) === (wordIndex === undefined)) {
    throw mismatch(OWNER, 'words or wordIndex', words ? 'both' : 'neither', 'Pass the labels of the rows by one of them.');
  }
  const labels = words === undefined ? labelsOf(wordIndex, rows) : checkColumn('words', words, rows);
  if (!isPlain(columns)) throw mismatch(OWNER, 'columns to be an object of arrays by name', describe(columns));
  const namedColumns = Object.entries(columns).map(([name, values]) => ({ name, values: checkColumn(`columns.${name}`, values, rows) }));
  const lines =
    namedColumns.length === 0
      ? labels.map(labelLine)
      : [
          ['word', ...namedColumns.map(({ name }) => name)],
          ...labels.map((label, i) => [label, ...namedColumns.map(({ values }) => values[i])]),
        ].map((fields) => fields.map(tsvField).join('\t'));
  return { vectors: vectorLines(data, rows, dim), metadata: lines.map((line) => `${line}\n`).join('') };
}

function checkColumn(name: string, values: unknown, rows: number): string[] {
  const good = (value: unknown) =>
    typeof value === 'string' || (name !== 'words' && (typeof value === 'number' || typeof value === 'boolean'));
  if (!Array.isArray(values)) throw mismatch(OWNER, `${name} to be an array`, describe(values));
  if (values.length !== rows) throw mismatch(OWNER, `${rows} ${name}, one for each row`, values.length);
  const odd = values.findIndex((value) => !good(value));
  if (odd < 0) return values.map(String);
  throw mismatch(OWNER, `texts in ${name}`, `${describe(values[odd])} at position [${odd}]`, 'Use String(...).');
}

function labelsOf(wordIndex: unknown, rows: number): string[] {
  if (!(wordIndex instanceof Map) && !isPlain(wordIndex)) {
    throw mismatch(OWNER, 'wordIndex to be an object or a Map from words to rows', describe(wordIndex), 'Pass tokenizer.wordIndex.');
  }
  const labels = new Map<unknown, string>();
  for (const [word, row] of wordIndex instanceof Map ? wordIndex : Object.entries(wordIndex)) {
    if (typeof word !== 'string' || !Number.isSafeInteger(row) || row < 0) {
      throw mismatch(OWNER, 'wordIndex to hold words and rows from 0 on', `${describe(row)} for ${describe(word)}`);
    }
    if (!labels.has(row)) labels.set(row, word);
  }
  return Array.from({ length: rows }, (_, row) => labels.get(row) ?? `[${row}]`);
}
