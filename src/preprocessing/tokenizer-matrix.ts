// Bag-of-words matrices of the Tokenizer.
import { describe } from '../common/describe.ts';
import { mismatch } from '../common/errors.ts';
import { checkChoice } from '../common/options.ts';
import { log } from '../kernels/scalar.ts';
import { Tensor } from '../tensor/index.ts';
import { checkSequences } from './tokenizer-sequences.ts';

/** What a cell says of a word in a text. */
export type MatrixMode = 'binary' | 'count' | 'freq' | 'tfidf';

const MODES: readonly MatrixMode[] = ['binary', 'count', 'freq', 'tfidf'];
const OWNER = 'Tokenizer.sequencesToMatrix';

interface Corpus {
  /** Number of columns; 0 when it is not known. */
  readonly width: number;
  readonly documents: number;
  readonly documentsWith: ReadonlyMap<number, number>;
}

/** A row per sequence and a column per id below `width`; ids beyond it are left out, as in Keras. */
export function sequencesMatrix(sequences: Iterable<Iterable<number>>, mode: MatrixMode, corpus: Corpus): Tensor<'float32'> {
  checkChoice(OWNER, 'mode', mode, MODES);
  const { width, documents, documentsWith } = corpus;
  if (!width) throw mismatch(OWNER, 'numWords or a fitted tokenizer', 'neither', 'Set numWords or call fitOnTexts first.');
  if (mode === 'tfidf' && !documents) {
    throw mismatch(OWNER, "a fitted tokenizer for mode 'tfidf'", 'one without documents', 'Call fitOnTexts or fitOnSequences first.');
  }
  const rows = Array.from(checkSequences(OWNER, sequences), (sequence) => Array.from(sequence));
  const data = new Float32Array(rows.length * width);
  rows.forEach((ids, row) => {
    const counts = new Map<number, number>();
    for (const id of ids) {
      if (!Number.isInteger(id) || id < 0) {
        throw mismatch(OWNER, 'ids of 0 or more', `${describe(id)} in sequence ${row}`, 'Use the ids of textsToSequences.');
      }
      if (id < width) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    for (const [id, count] of counts) {
      const cell = row * width + id;
      if (mode === 'binary') data[cell] = 1;
      else if (mode === 'count') data[cell] = count;
      else if (mode === 'freq') data[cell] = count / ids.length;
      else data[cell] = (1 + log(count)) * log(1 + documents / (1 + (documentsWith.get(id) ?? 0)));
    }
  });
  return new Tensor<'float32'>(data, [rows.length, width]);
}
