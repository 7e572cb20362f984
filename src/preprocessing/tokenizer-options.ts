// Options of a Tokenizer.
import { type Analyzer, WORD_OPTIONS, type WordOptions } from './words.ts';

export interface TokenizerOptions extends WordOptions {
  /** Only the ids 1 to numWords - 1 are given out, those of the most frequent words. Default: null, all of them. */
  readonly numWords?: number | null;
  /** Every character is a token; `filters` and `split` are then not used. Default: false. */
  readonly charLevel?: boolean;
  /** Stands for words without an id, and has the id 1. Default: null, such words are left out. */
  readonly oovToken?: string | null;
  /** Turns a text into words by itself; `filters`, `lower` and `split` are then not used. Default: none. */
  readonly analyzer?: Analyzer | null;
}

/** Their names. */
export const TOKENIZER_OPTIONS = [...WORD_OPTIONS, 'numWords', 'charLevel', 'oovToken', 'analyzer'] as const;
