import { describe } from '../common/describe.ts';
import { mismatch } from '../common/errors.ts';
import { checkBoolean, checkInteger, checkOptions } from '../common/options.ts';
import type { Tensor } from '../tensor/index.ts';
import { dumps, type JsonValue } from './python-json.ts';
import { configOf, type TokenizerConfig, type TokenizerTable, withSettings } from './tokenizer-config.ts';
import { type MatrixMode, sequencesMatrix } from './tokenizer-matrix.ts';
import { TOKENIZER_OPTIONS, type TokenizerOptions } from './tokenizer-options.ts';
import { checkSequences } from './tokenizer-sequences.ts';
import { checkAnalyzer, checkText, DEFAULT_FILTERS, splitter } from './words.ts';

/** A text, or its tokens already split (they are lower-cased if `lower`, and not filtered). */
export type TextOrTokens = string | readonly string[];

/**
 * Learns a vocabulary from texts and turns texts into lists of ids: Keras's Tokenizer.
 *
 * ```ts
 * const tokenizer = new Tokenizer({ numWords: 10, oovToken: '?' });
 * tokenizer.fitOnTexts(['This is a text', 'This is not a text']);
 * tokenizer.wordIndex;                             // { '?': 1, this: 2, is: 3, a: 4, text: 5, not: 6 }
 * tokenizer.textsToSequences(['is this a test?']); // [[3, 2, 4, 1]]
 * ```
 *
 * Ids go from 1 by falling count, words of one count in the order of their first appearance; 0 is never given, it is for
 * padding. Options and their defaults are those of {@link TokenizerOptions}: `numWords` (null), `filters` (punctuation
 * except `'`, tab, newline), `lower` (true), `split` (`' '`), `charLevel` (false), `oovToken` (null), `analyzer` (null).
 * Throws a ValueError for an unknown option or a value of the wrong kind. Rules are those of Keras's legacy Tokenizer,
 * characters are whole code points. Differs from Keras: tables such as `wordIndex` are frozen snapshots (assign an object to
 * `wordIndex` to replace it), and with an `oovToken` the tokenizer has to be fitted before it is used.
 */
export class Tokenizer {
  readonly numWords: number | null;
  readonly filters: string;
  readonly lower: boolean;
  readonly split: string;
  readonly charLevel: boolean;
  readonly oovToken: string | null;
  /** Number of texts (or sequences) fitted on so far. */
  documentCount = 0;

  private readonly words: (text: string) => readonly string[];
  private counts = new Map<string, number>();
  private docs = new Map<string, number>();
  private ids = new Map<string, number>();
  private wordsById = new Map<number, string>();
  private docsById = new Map<number, number>();
  private snapshots = new Map<ReadonlyMap<string | number, unknown>, object>();

  constructor(options: TokenizerOptions = {}) {
    checkOptions('Tokenizer', options, TOKENIZER_OPTIONS);
    const { numWords = null, filters = DEFAULT_FILTERS, lower = true, split = ' ', charLevel = false, oovToken = null, analyzer } = options;
    this.numWords = numWords === null ? null : checkInteger('Tokenizer', 'numWords', numWords);
    this.charLevel = checkBoolean('Tokenizer', 'charLevel', charLevel);
    // Nothing is split at `split` then, so that '' is as good as any other.
    const unused = split === '' && (charLevel || analyzer != null);
    const words = splitter('Tokenizer', { filters, lower, split: unused ? ' ' : split });
    this.words = analyzer == null ? words : checkAnalyzer('Tokenizer', analyzer);
    this.filters = filters;
    this.lower = lower;
    this.split = split;
    this.oovToken = oovToken === null ? null : checkText('Tokenizer', 'oovToken', oovToken);
  }

  /**
   * Counts the words of the texts and numbers them anew; further calls add to the counts:
   * `tokenizer.fitOnTexts(['a b', 'b'])`. A text may be an array of tokens. A ValueError if one is neither.
   */
  fitOnTexts(texts: Iterable<TextOrTokens>): void {
    // Copies, so that a text that is none leaves everything as it was.
    const [counts, docs] = [new Map(this.counts), new Map(this.docs)];
    let documents = this.documentCount;
    for (const tokens of this.tokenized('Tokenizer.fitOnTexts', texts)) {
      documents++;
      for (const word of tokens) counts.set(word, (counts.get(word) ?? 0) + 1);
      for (const word of new Set(tokens)) docs.set(word, (docs.get(word) ?? 0) + 1);
    }
    [this.documentCount, this.counts, this.docs] = [documents, counts, docs];
    const byCount = [...this.counts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
    if (this.oovToken !== null) byCount.unshift(this.oovToken);
    this.ids = new Map(byCount.map((word, i) => [word, i + 1]));
    this.wordsById = new Map(Array.from(this.ids, ([word, id]) => [id, word]));
    for (const [word, count] of this.docs) this.docsById.set(this.ids.get(word)!, count);
    this.snapshots.clear();
  }

  /** Counts in how many sequences each id occurs, for `tfidf` without texts: `tokenizer.fitOnSequences([[1, 2], [2]])`. */
  fitOnSequences(sequences: Iterable<Iterable<number>>): void {
    const owner = 'Tokenizer.fitOnSequences';
    const docs = new Map(this.docsById);
    let documents = this.documentCount;
    for (const sequence of checkSequences(owner, sequences)) {
      documents++;
      for (const id of new Set(sequence)) docs.set(checkInteger(owner, 'each id', id), (docs.get(id) ?? 0) + 1);
    }
    [this.documentCount, this.docsById] = [documents, docs];
    this.snapshots.clear();
  }

  /**
   * The ids of each text's words: `tokenizer.textsToSequences(['is this a test?'])`. Words without an id, or with one of
   * `numWords` or more, become the id of `oovToken`, or are left out without one.
   */
  textsToSequences(texts: Iterable<TextOrTokens>): number[][] {
    const oov = this.oovId('Tokenizer.textsToSequences');
    const sequences: number[][] = [];
    for (const tokens of this.tokenized('Tokenizer.textsToSequences', texts)) {
      const sequence: number[] = [];
      for (const word of tokens) {
        const id = this.known(this.ids.get(word)) ?? oov;
        if (id !== undefined) sequence.push(id);
      }
      sequences.push(sequence);
    }
    return sequences;
  }

  /** The words of each sequence of ids, joined by spaces; the inverse of {@link textsToSequences}, by the same rules. */
  sequencesToTexts(sequences: Iterable<Iterable<number>>): string[] {
    const owner = 'Tokenizer.sequencesToTexts';
    const oov = this.oovId(owner);
    return Array.from(checkSequences(owner, sequences), (sequence) => {
      const words: string[] = [];
      for (const id of sequence) {
        const known = this.wordsById.has(id) ? this.known(id) : undefined;
        const shown = known ?? oov;
        if (shown !== undefined) words.push(this.wordsById.get(shown)!);
      }
      return words.join(' ');
    });
  }

  /**
   * A row per text and a column per id: `tokenizer.textsToMatrix(texts, 'count')`, float32, shape [texts, numWords], or
   * [texts, number of words + 1] without `numWords`. `mode`: `'binary'` (default; 1 where a word occurs), `'count'`,
   * `'freq'` (count by length of the text) or `'tfidf'` ((1 + ln count) ln(1 + documents / (1 + documents with the word))).
   * A ValueError for another mode, or when nothing has been fitted yet. Differs from Keras: float32 instead of float64.
   */
  textsToMatrix(texts: Iterable<TextOrTokens>, mode: MatrixMode = 'binary'): Tensor<'float32'> {
    return this.sequencesToMatrix(this.textsToSequences(texts), mode);
  }

  /** {@link textsToMatrix} of texts that are sequences of ids already. */
  sequencesToMatrix(sequences: Iterable<Iterable<number>>, mode: MatrixMode = 'binary'): Tensor<'float32'> {
    const width = this.numWords || (this.ids.size ? this.ids.size + 1 : 0);
    return sequencesMatrix(sequences, mode, { width, documents: this.documentCount, documentsWith: this.docsById });
  }

  /** Id of each word: `{ this: 1, is: 2 }`. Assign an object to replace the vocabulary (`indexWord` follows it). */
  get wordIndex(): Readonly<Record<string, number>> {
    return this.snapshot(this.ids);
  }

  set wordIndex(index: Readonly<Record<string, number>>) {
    this.ids = new Map(Object.entries(index).map(([word, id]) => [word, checkInteger('Tokenizer', `wordIndex['${word}']`, id)]));
    this.wordsById = new Map(Array.from(this.ids, ([word, id]) => [id, word]));
    this.snapshots.clear();
  }

  /** Word of each id: `{ 1: 'this', 2: 'is' }`. */
  get indexWord(): Readonly<Record<number, string>> {
    return this.snapshot(this.wordsById);
  }

  /** How often each word occurs in all texts. */
  get wordCounts(): Readonly<Record<string, number>> {
    return this.snapshot(this.counts);
  }

  /** In how many texts each word occurs. */
  get wordDocs(): Readonly<Record<string, number>> {
    return this.snapshot(this.docs);
  }

  /** In how many texts the word of each id occurs. */
  get indexDocs(): Readonly<Record<number, number>> {
    return this.snapshot(this.docsById);
  }

  /** Keras's get_config: its names, the tables as JSON texts. The analyzer is not part of it, as in Keras. */
  getConfig(): TokenizerConfig {
    return {
      num_words: this.numWords,
      filters: this.filters,
      lower: this.lower,
      split: this.split,
      char_level: this.charLevel,
      oov_token: this.oovToken,
      document_count: this.documentCount,
      word_counts: dumps(this.counts),
      word_docs: dumps(this.docs),
      index_docs: dumps(this.docsById),
      index_word: dumps(this.wordsById),
      word_index: dumps(this.ids),
    };
  }

  /**
   * The text of Keras's to_json, which its tokenizer_from_json reads too: `localStorage.setItem('words', tokenizer.toJSON())`.
   * Differs from Keras: words of one text enter `word_docs` in the order of the text, in Python in no order.
   */
  toJSON(): string {
    const config = new Map(Object.entries(this.getConfig()));
    return dumps(
      new Map<string, JsonValue>([
        ['class_name', 'Tokenizer'],
        ['config', config],
      ]),
    );
  }

  /**
   * The Tokenizer of a text from {@link toJSON} or from Keras's to_json:
   * `Tokenizer.fromJSON(await (await fetch('tokenizer.json')).text())`. `JSON.stringify(tokenizer)` makes that text the text of a
   * JSON string; this and the parsed object are taken, too.
   * @throws ModelFormatError if it is something else or damaged; ValueError for what is neither text nor object.
   */
  static fromJSON(json: string | object): Tokenizer {
    const [config, tables] = configOf(json);
    const tokenizer = withSettings(config, (options) => new Tokenizer(options));
    const table = <K, V>(name: TokenizerTable, key: (text: string) => K): Map<K, V> =>
      new Map(tables[name].map(([word, value]) => [key(word), value as V]));
    tokenizer.documentCount = config.document_count as number;
    tokenizer.counts = table('word_counts', String);
    tokenizer.docs = table('word_docs', String);
    tokenizer.docsById = table('index_docs', Number);
    tokenizer.wordsById = table('index_word', Number);
    tokenizer.ids = table('word_index', String);
    return tokenizer;
  }

  private *tokenized(owner: string, texts: Iterable<TextOrTokens>): Generator<Iterable<string>> {
    if (typeof texts === 'string' || typeof (texts as Iterable<unknown> | undefined)?.[Symbol.iterator] !== 'function') {
      throw mismatch(owner, 'a list of texts', describe(texts), 'Put a single text into an array: [text].');
    }
    let place = 0;
    for (const text of texts) {
      if (typeof text !== 'string' && !(Array.isArray(text) && text.every((token) => typeof token === 'string'))) {
        throw mismatch(
          owner,
          'a text or an array of tokens',
          `${describe(text)} at position [${place}]`,
          'Convert it with String(...) first.',
        );
      }
      place++;
      yield this.tokensOf(text);
    }
  }

  private tokensOf(text: TextOrTokens): Iterable<string> {
    if (typeof text !== 'string') return this.lower ? text.map((token) => token.toLowerCase()) : text;
    if (this.charLevel) return Array.from(this.lower ? text.toLowerCase() : text);
    return this.words(text);
  }

  private known(id: number | undefined): number | undefined {
    return id !== undefined && this.numWords && id >= this.numWords ? undefined : id;
  }

  private oovId(owner: string): number | undefined {
    if (this.oovToken === null) return undefined;
    const id = this.ids.get(this.oovToken);
    if (id !== undefined) return id;
    throw mismatch(owner, 'a fitted tokenizer', `one whose oovToken '${this.oovToken}' has no id`, 'Call fitOnTexts first.');
  }

  private snapshot<T extends object>(map: ReadonlyMap<string | number, unknown>): T {
    let object = this.snapshots.get(map);
    if (!object) {
      object = {};
      // defined, not assigned: assigning to `__proto__` would set the prototype
      for (const [key, value] of map) Object.defineProperty(object, key, { value, enumerable: true });
      this.snapshots.set(map, Object.freeze(object));
    }
    return object as T;
  }
}
