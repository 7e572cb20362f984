// Text, sequences and labels; the free functions answer to Keras's spelling too.
export {
  type HashFunction,
  type HashingTrickOptions,
  hashingTrick,
  hashingTrick as hashing_trick,
  type OneHotOptions,
  oneHot,
  oneHot as one_hot,
} from './hashing.ts';
export { makeSamplingTable, makeSamplingTable as make_sampling_table, type SamplingTableOptions } from './make-sampling-table.ts';
export { type PadOptions, padSequences, padSequences as pad_sequences } from './pad-sequences.ts';
export { type SkipgramLabels, type SkipgramOptions, skipgrams } from './skipgrams.ts';
export { type SubwordOptions, SubwordTextEncoder } from './subword-encoder.ts';
export { textToWordSequence, textToWordSequence as text_to_word_sequence } from './text-to-word-sequence.ts';
export { type CategoricalOptions, toCategorical, toCategorical as to_categorical } from './to-categorical.ts';
export { type TextOrTokens, Tokenizer } from './tokenizer.ts';
export type { MatrixMode } from './tokenizer-matrix.ts';
export type { TokenizerOptions } from './tokenizer-options.ts';
export { type Analyzer, DEFAULT_FILTERS, type WordOptions } from './words.ts';
