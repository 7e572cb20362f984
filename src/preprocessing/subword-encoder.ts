import { describe } from '../common/describe.ts';
import { mismatch, type ValueError } from '../common/errors.ts';
import { checkInteger, checkOptions, checkPositiveInteger } from '../common/options.ts';
import { readWhole, writeWhole } from './subword-file.ts';
import { fileText, isMixed, read, subwordsOfFile, symbolsOf, tokenizer, type Visit, wellFormed } from './subword-text.ts';
import { ROOT, SPACE_AFTER, Trie } from './subword-trie.ts';
import { buildVocabulary } from './subword-vocabulary.ts';
import { utf8 } from './utf8.ts';

export interface SubwordOptions {
  /** About how many ids the encoder shall have, at least 258: padding, 256 bytes and the subwords. */
  readonly targetVocabSize: number;
  /** Most characters in a subword. Default: 20. */
  readonly maxSubwordLength?: number;
  /** How many characters of the corpus are read. Default: null, all. */
  readonly maxCorpusChars?: number | null;
  /** Tokens that are never split, such as '<EOS>', with letters or digits as well as other characters. They get the first ids. */
  readonly reservedTokens?: readonly string[];
}

const OWNER = 'SubwordTextEncoder';
const OPTIONS = ['targetVocabSize', 'maxSubwordLength', 'maxCorpusChars', 'reservedTokens'];
const BYTES = 256;
const SPACE = 0x20;

/**
 * Texts as ids of words and parts of words, and back: an encoder without unknown words, since what no subword covers is spelt
 * in bytes.
 *
 * ```ts
 * const encoder = SubwordTextEncoder.buildFromCorpus(['the cat sat', 'the dog sat'], { targetVocabSize: 270 });
 * const ids = encoder.encode('the cow');  // e.g. [1, 104, 116, 124]: 'the ' is a subword, the rest are bytes
 * encoder.decode(ids);                    // 'the cow'
 * ```
 * Id 0 is for padding, 1 to n are the subwords, n + 1 to n + 256 the bytes; `vocabSize` counts them all, as
 * `new layers.Embedding(encoder.vocabSize, 16)` wants it. In a subword a final `_` stands for the space after a word and `\&undsc`
 * for an underscore. `decode(encode(text))` is the text for any text of valid Unicode; a lone surrogate becomes U+FFFD.
 *
 * `new SubwordTextEncoder(vocabList)` takes a vocabulary as `subwords` gives it. The algorithm and the files are those of
 * TensorFlow Datasets' SubwordTextEncoder. Differs from it where that loses text: underscores in words, line ends in saved
 * subwords and the text `\&undsc` survive, padding may stand anywhere.
 */
export class SubwordTextEncoder {
  /** Number of ids: padding, subwords and bytes. */
  readonly vocabSize: number;
  private readonly vocabulary: readonly string[];
  private readonly texts: readonly string[];
  private readonly trie = new Trie();
  /** The id of each node of the trie, 0 for none. */
  private readonly ids: Int32Array;
  private readonly cut: (text: string, visit: Visit) => void;

  constructor(vocabList: Iterable<string> = []) {
    const vocabulary: string[] = [];
    for (const subword of strings(OWNER, vocabList, 'subwords')) if (subword !== '') vocabulary.push(wellFormed(subword));
    const parts = vocabulary.map(read);
    const reserved = new Set<string>();
    const nodes = parts.map(({ text, spaceAfter }) => {
      if (isMixed(text)) reserved.add(text);
      // An underscore alone is always a byte, as in tfds.
      return text === '_' && !spaceAfter ? ROOT : symbolsOf(text, spaceAfter).reduce((node, symbol) => this.trie.add(node, symbol), ROOT);
    });
    this.ids = new Int32Array(this.trie.size);
    nodes.forEach((node, i) => {
      if (node !== ROOT) this.ids[node] = i + 1;
    });
    this.vocabulary = vocabulary;
    this.texts = parts.map(({ text, spaceAfter }) => (spaceAfter ? `${text} ` : text));
    this.vocabSize = 1 + vocabulary.length + BYTES;
    this.cut = tokenizer(reserved);
  }

  /**
   * An encoder for texts like those of the corpus: `SubwordTextEncoder.buildFromCorpus(texts, { targetVocabSize: 8192 })`. Its
   * size is as near to the target as leaving out rare subwords can make it. Time and memory grow with the number of distinct
   * words. A corpus without a word, a reserved token of one kind of characters and a target below 258 are ValueErrors.
   */
  static buildFromCorpus(corpus: Iterable<string>, options: SubwordOptions): SubwordTextEncoder {
    const owner = `${OWNER}.buildFromCorpus`;
    checkOptions(owner, options, OPTIONS);
    const { targetVocabSize, maxSubwordLength = 20, maxCorpusChars = null, reservedTokens = [] } = options ?? {};
    checkInteger(owner, 'targetVocabSize', targetVocabSize, BYTES + 2);
    checkPositiveInteger(owner, 'maxSubwordLength', maxSubwordLength);
    if (maxCorpusChars !== null) checkPositiveInteger(owner, 'maxCorpusChars', maxCorpusChars);
    const reserved = [...strings(owner, reservedTokens, 'reserved tokens')].map(wellFormed);
    checkReserved(owner, reserved);
    const [plain, spaced] = [new Map<string, number>(), new Map<string, number>()];
    const cut = tokenizer(reserved);
    const count: Visit = (token, spaceAfter) => {
      const counts = spaceAfter ? spaced : plain;
      counts.set(token, (counts.get(token) ?? 0) + 1);
    };
    for (const text of begun(strings(owner, corpus, 'texts'), maxCorpusChars ?? Infinity)) cut(wellFormed(text), count);
    if (plain.size + spaced.size === 0) {
      throw mismatch(owner, 'a corpus with at least one character', 'none', 'Check that the texts were read.');
    }
    return new SubwordTextEncoder(buildVocabulary({ plain, spaced }, { targetVocabSize, maxSubwordLength, reservedTokens: reserved }));
  }

  /** The subwords, those of ids 1, 2, ... */
  get subwords(): string[] {
    return [...this.vocabulary];
  }

  /** The ids of a text: `encoder.encode('the cow')`. The empty text gives []. */
  encode(text: string): number[] {
    if (typeof text !== 'string') throw notText(`${OWNER}.encode`, text, '');
    const out: number[] = [];
    this.cut(wellFormed(text), (token, spaceAfter) => this.encodeToken(symbolsOf(token, spaceAfter), out));
    return out;
  }

  private encodeToken(symbols: readonly number[], out: number[]): void {
    const { trie, ids } = this;
    for (let start = 0; start < symbols.length; ) {
      let id = 0;
      let end = start + 1;
      for (let i = start, node = ROOT; i < symbols.length; i++) {
        node = trie.find(node, symbols[i]);
        if (node === ROOT) break;
        if (ids[node] !== 0) [id, end] = [ids[node], i + 1];
      }
      if (id !== 0) out.push(id);
      else this.encodeSymbol(symbols[start], out);
      start = end;
    }
  }

  private encodeSymbol(symbol: number, out: number[]): void {
    const first = this.vocabulary.length + 1;
    if (symbol < 128) out.push(first + symbol);
    else if (symbol === SPACE_AFTER) out.push(first + SPACE);
    else for (const byte of utf8(String.fromCodePoint(symbol))) out.push(first + byte);
  }

  /**
   * The text of ids, an array or a Tensor of one axis: `encoder.decode(ids)`. Padding (0) is left out, bytes that are no UTF-8
   * become U+FFFD. An id outside [0, vocabSize) is a ValueError.
   */
  decode(ids: Iterable<number | boolean | object>): string {
    const { texts, vocabSize } = this;
    const owner = `${OWNER}.decode`;
    if (typeof ids === 'string' || typeof (ids as Iterable<number> | undefined)?.[Symbol.iterator] !== 'function') {
      throw mismatch(owner, 'an array of ids', describe(ids), 'Write it like [1, 2].');
    }
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    let text = '';
    let bytes: number[] = [];
    const spell = () => {
      if (bytes.length > 0) text += decoder.decode(Uint8Array.from(bytes));
      bytes = [];
    };
    for (const id of ids) {
      if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= vocabSize) {
        throw mismatch(owner, `whole ids from 0 to ${vocabSize - 1}`, describe(id), 'Give ids of this encoder, a text at a time.');
      }
      if (id > texts.length) bytes.push(id - texts.length - 1);
      else if (id > 0) {
        spell();
        text += texts[id - 1];
      }
    }
    spell();
    return text;
  }

  /** The vocabulary as the text of a `.subwords` file, for {@link fromText}. */
  toText(): string {
    return fileText(this.vocabulary);
  }

  /** The encoder of a `.subwords` file's text, also one that tfds saved. Any other text is a ValueError. */
  static fromText(text: string): SubwordTextEncoder {
    const owner = `${OWNER}.fromText`;
    if (typeof text !== 'string') throw notText(owner, text, '');
    const subwords = subwordsOfFile(text);
    if (subwords) return new SubwordTextEncoder(subwords);
    throw mismatch(owner, 'the text of a .subwords file', describe(text), `It begins with '### ${OWNER}'.`);
  }

  /** Writes the file `<prefix>.subwords`, whole or not at all (Node): `await encoder.saveToFile('vocabulary')`. */
  async saveToFile(prefix: string): Promise<void> {
    await writeWhole(`${OWNER}.saveToFile`, `${prefix}.subwords`, this.toText());
  }

  /** The encoder of the file `<prefix>.subwords` (Node): `await SubwordTextEncoder.loadFromFile('vocabulary')`. */
  static async loadFromFile(prefix: string): Promise<SubwordTextEncoder> {
    return SubwordTextEncoder.fromText(await readWhole(`${OWNER}.loadFromFile`, `${prefix}.subwords`));
  }
}

function* strings(owner: string, source: unknown, what: string): Iterable<string> {
  if (typeof source === 'string' || typeof (source as Iterable<unknown> | undefined)?.[Symbol.iterator] !== 'function') {
    throw mismatch(owner, `an array or iterable of ${what}`, describe(source), "Write it like ['one', 'two'].");
  }
  let i = 0;
  for (const text of source as Iterable<unknown>) {
    if (typeof text !== 'string') throw notText(owner, text, ` at position [${i}] of the ${what}`);
    i++;
    yield text;
  }
}

const notText = (owner: string, value: unknown, where: string): ValueError =>
  mismatch(owner, 'a text', `${describe(value)}${where}`, 'Convert it with String(...).');

/** The first `most` characters of the texts. */
function* begun(texts: Iterable<string>, most: number): Iterable<string> {
  let left = most;
  for (const text of texts) {
    if (text.length < left) {
      left -= symbolsOf(text, false).length;
      yield text;
      continue;
    }
    const characters = Array.from(text);
    yield characters.length > left ? characters.slice(0, left).join('') : text;
    left -= characters.length;
    if (left <= 0) return;
  }
}

function checkReserved(owner: string, tokens: readonly string[]): void {
  tokens.forEach((token, i) => {
    const advice = "Write them like '<EOS>'.";
    if (tokens.indexOf(token) !== i) {
      throw mismatch(owner, 'different reserved tokens', `${describe(token)} twice`, 'Name each once.');
    }
    if (!token.endsWith('_') && isMixed(token)) return;
    throw mismatch(owner, 'reserved tokens of letters or digits and other characters, without _ at the end', describe(token), advice);
  });
}
