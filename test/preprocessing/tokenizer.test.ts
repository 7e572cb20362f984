import { describe, expect, test } from 'vitest';
import { ValueError } from '../../src/common/errors.ts';
import { ModelFormatError } from '../../src/files/model-format-error.ts';
import { type MatrixMode, Tokenizer, type TokenizerOptions } from '../../src/preprocessing/index.ts';
import golden from '../fixtures/tokenizer.json';

const camel = (options: object): TokenizerOptions =>
  Object.fromEntries(Object.entries(options).map(([key, value]) => [key.replace(/_(.)/g, (_, c: string) => c.toUpperCase()), value]));

/** The JSON text with the two tables whose order Python does not fix as sorted entries. */
function normal(json: string): unknown {
  const { class_name, config } = JSON.parse(json);
  const sorted = (text: string): unknown => Object.entries(JSON.parse(text)).sort(([a], [b]) => (a < b ? -1 : 1));
  return [class_name, Object.entries({ ...config, word_docs: sorted(config.word_docs), index_docs: sorted(config.index_docs) })];
}

const withoutDocs = (json: string): string => json.replace(/"(word|index)_docs": "(\\"|[^"])*(?<!\\)"/g, '$1');

describe.each(golden.map((entry) => [`${entry.corpus} ${JSON.stringify(entry.options)}`, entry] as const))('Keras: %s', (_, entry) => {
  const tokenizer = new Tokenizer(camel(entry.options));
  tokenizer.fitOnTexts(entry.texts);

  test('counts and numbers words', () => {
    expect(tokenizer.wordIndex).toStrictEqual(entry.word_index);
    expect(tokenizer.wordCounts).toStrictEqual(entry.word_counts);
    expect(tokenizer.wordDocs).toStrictEqual(entry.word_docs);
    expect(tokenizer.documentCount).toBe(entry.document_count);
    expect(tokenizer.indexWord).toStrictEqual(Object.fromEntries(Object.entries(entry.word_index).map(([word, id]) => [id, word])));
  });

  test('turns texts into ids and back', () => {
    expect(tokenizer.textsToSequences(entry.probe)).toEqual(entry.sequences);
    expect(tokenizer.sequencesToTexts(entry.sequences)).toEqual(entry.back);
  });

  test('makes matrices', () => {
    for (const [mode, { shape, data }] of Object.entries(entry.matrix)) {
      const matrix = tokenizer.sequencesToMatrix(
        entry.sequences.filter((ids) => ids.length),
        mode as MatrixMode,
      );
      expect(matrix.shape).toEqual(shape);
      const worst = matrix.data.reduce((most, value, i) => Math.max(most, Math.abs(value - data[i])), 0);
      expect(worst, mode).toBeLessThanOrEqual(mode === 'tfidf' ? 2e-7 : 0);
    }
  });

  test('writes the JSON of Keras and reads it', () => {
    expect(normal(tokenizer.toJSON())).toEqual(normal(entry.json));
    expect(withoutDocs(tokenizer.toJSON())).toBe(withoutDocs(entry.json));
    const read = Tokenizer.fromJSON(entry.json);
    expect(read.toJSON()).toBe(entry.json);
    expect(read.textsToSequences(entry.probe)).toEqual(entry.sequences);
  });
});

describe('Tokenizer', () => {
  test('words named like members of Object are words', () => {
    const tokenizer = new Tokenizer({ filters: '' });
    tokenizer.fitOnTexts(['__proto__ constructor __proto__ toString hasOwnProperty', '__proto__ 10 2']);
    expect(tokenizer.textsToSequences(['constructor __proto__ valueOf 2'])).toEqual([[2, 1, 6]]);
    expect(Object.entries(tokenizer.wordIndex).find(([word]) => word === '__proto__')).toEqual(['__proto__', 1]);
    expect(Object.getPrototypeOf(tokenizer.wordIndex)).toBe(Object.prototype);
    expect(tokenizer.wordCounts.constructor).toBe(1);
    expect(Tokenizer.fromJSON(tokenizer.toJSON()).textsToSequences(['__proto__ 10'])).toEqual([[1, 5]]);
  });

  test('counts add up over several fits, tokens and generators are texts too', () => {
    const tokenizer = new Tokenizer();
    tokenizer.fitOnTexts(['a b', ['B!', 'c']]);
    expect(tokenizer.wordIndex).toEqual({ a: 1, b: 2, 'b!': 3, c: 4 });
    tokenizer.fitOnTexts(
      (function* () {
        yield 'c c';
        yield 'b';
      })(),
    );
    expect(tokenizer.wordIndex).toEqual({ c: 1, b: 2, a: 3, 'b!': 4 });
    expect(tokenizer.documentCount).toBe(4);
    expect(tokenizer.indexDocs).toEqual({ 1: 2, 2: 2, 3: 1, 4: 1 });
  });

  test('takes an analyzer', () => {
    const tokenizer = new Tokenizer({ analyzer: (text) => text.split('-') });
    tokenizer.fitOnTexts(['x-Y-x']);
    expect(tokenizer.wordIndex).toEqual({ x: 1, Y: 2 });
  });

  test('charLevel goes by code points', () => {
    const tokenizer = new Tokenizer({ charLevel: true });
    tokenizer.fitOnTexts(['😀A😀']);
    expect(tokenizer.wordIndex).toEqual({ '😀': 1, a: 2 });
    expect(tokenizer.toJSON()).toContain('\\\\ud83d\\\\ude00');
  });

  test("charLevel needs no split; Keras's JSON of it", () => {
    const tokenizer = new Tokenizer({ charLevel: true, split: '' });
    tokenizer.fitOnTexts(['abca', 'b a']);
    expect(tokenizer.textsToSequences(['cab'])).toEqual([[3, 1, 2]]);
    const json = String.raw`{"class_name": "Tokenizer", "config": {"num_words": null, "filters": "\t", "lower": true, "split": "", "char_level": true, "oov_token": null, "document_count": 2, "word_counts": "{\"a\": 3, \"b\": 2, \"c\": 1, \" \": 1}", "word_docs": "{\"b\": 2, \"c\": 1, \"a\": 2, \" \": 1}", "index_docs": "{\"2\": 2, \"3\": 1, \"1\": 2, \"4\": 1}", "index_word": "{\"1\": \"a\", \"2\": \"b\", \"3\": \"c\", \"4\": \" \"}", "word_index": "{\"a\": 1, \"b\": 2, \"c\": 3, \" \": 4}"}}`;
    const read = Tokenizer.fromJSON(json);
    expect(read.wordIndex).toEqual(tokenizer.wordIndex);
    expect(read.toJSON()).toBe(json);
    expect(new Tokenizer({ analyzer: (text) => text.split('-'), split: '' }).split).toBe('');
  });

  test('JSON.stringify gives a text of a text, which is read as the text and the object are', () => {
    const tokenizer = new Tokenizer({ oovToken: '?' });
    tokenizer.fitOnTexts(['a b a']);
    const json = tokenizer.toJSON();
    const together = JSON.parse(JSON.stringify({ tokenizer })) as { tokenizer: string };
    for (const form of [json, JSON.stringify(tokenizer), together.tokenizer, JSON.parse(json) as object]) {
      expect(Tokenizer.fromJSON(form).toJSON()).toBe(json);
    }
    for (const none of [JSON.stringify('text'), JSON.stringify(JSON.stringify(json)), [], {}]) {
      expect(() => Tokenizer.fromJSON(none)).toThrow(ModelFormatError);
    }
  });

  test('a text without known words is a row of zeros', () => {
    const tokenizer = new Tokenizer();
    tokenizer.fitOnTexts(['a b a']);
    const matrix = tokenizer.textsToMatrix(['', 'c', 'a a b'], 'count');
    expect([matrix.dtype, matrix.array()]).toEqual([
      'float32',
      [
        [0, 0, 0],
        [0, 0, 0],
        [0, 2, 1],
      ],
    ]);
    expect(tokenizer.textsToMatrix(['a a']).array()).toEqual([[0, 1, 0]]);
  });

  test('fits on sequences for tfidf', () => {
    const tokenizer = new Tokenizer({ numWords: 4 });
    tokenizer.fitOnSequences([[1, 1, 2], [2, 3], new Set([2])]);
    expect(tokenizer.indexDocs).toEqual({ 1: 1, 2: 3, 3: 1 });
    const [one, two] = [Math.log(1 + 3 / 2), Math.log(1 + 3 / 4)];
    const { data } = tokenizer.sequencesToMatrix([[1, 1, 2, 7]], 'tfidf');
    expect(Array.from(data, (v) => Math.round(v * 1e6))).toEqual([0, (1 + Math.log(2)) * one, two, 0].map((v) => Math.round(v * 1e6)));
  });

  test('tables are frozen; a new wordIndex replaces the vocabulary', () => {
    const tokenizer = new Tokenizer();
    tokenizer.fitOnTexts(['a b']);
    expect(() => {
      (tokenizer.wordIndex as Record<string, number>).c = 3;
    }).toThrow(TypeError);
    tokenizer.wordIndex = { b: 1 };
    expect(tokenizer.textsToSequences(['a b'])).toEqual([[1]]);
    expect(tokenizer.indexWord).toEqual({ 1: 'b' });
  });

  test('is as before when a text is none', () => {
    const tokenizer = new Tokenizer();
    tokenizer.fitOnTexts(['a b']);
    const before = tokenizer.toJSON();
    expect(() => tokenizer.fitOnTexts(['c', 5 as never])).toThrow('at position [1]');
    expect(() => tokenizer.fitOnSequences([[1], 5 as never])).toThrow('at position [1]');
    expect(tokenizer.toJSON()).toBe(before);
  });

  test.each<[string, () => unknown, string]>([
    [
      'option',
      () => new Tokenizer({ num_words: 5 } as object),
      "Tokenizer: expected an option it has, got 'num_words'. Keras's num_words is written numWords here.",
    ],
    ['numWords', () => new Tokenizer({ numWords: 1.5 }), 'Tokenizer: expected numWords to be an integer of at least 0, got 1.5.'],
    ['split', () => new Tokenizer({ split: '' }), 'Tokenizer: expected split to be at least one character'],
    ['analyzer', () => new Tokenizer({ analyzer: 'char' as never }), "Tokenizer: expected analyzer to be a function, got 'char'."],
    [
      'single text',
      () => new Tokenizer().fitOnTexts('a b'),
      "Tokenizer.fitOnTexts: expected a list of texts, got 'a b'. Put a single text into an array: [text].",
    ],
    [
      'no text',
      () => new Tokenizer().textsToSequences(['a', 5 as never]),
      'Tokenizer.textsToSequences: expected a text or an array of tokens, got 5 at position [1].',
    ],
    [
      'unfitted',
      () => new Tokenizer({ oovToken: '?' }).textsToSequences(['a']),
      "expected a fitted tokenizer, got one whose oovToken '?' has no id. Call fitOnTexts first.",
    ],
    [
      'no width',
      () => new Tokenizer().textsToMatrix(['a']),
      'Tokenizer.sequencesToMatrix: expected numWords or a fitted tokenizer, got neither.',
    ],
    ['no documents', () => new Tokenizer({ numWords: 3 }).textsToMatrix(['a'], 'tfidf'), "expected a fitted tokenizer for mode 'tfidf'"],
    [
      'mode',
      () => new Tokenizer({ numWords: 3 }).textsToMatrix(['a'], 'tf-idf' as 'tfidf'),
      "expected mode to be 'binary' or 'count' or 'freq' or 'tfidf', got 'tf-idf'. Did you mean 'tfidf'?",
    ],
    ['ids', () => new Tokenizer({ numWords: 3 }).sequencesToMatrix([[1], [-1]]), 'expected ids of 0 or more, got -1 in sequence 1.'],
    [
      'no sequences',
      () => new Tokenizer().sequencesToTexts(null as never),
      'expected a list of sequences, got null. Write it like [[1, 2], [3]].',
    ],
    ['one sequence', () => new Tokenizer().sequencesToTexts([1] as never), 'expected a list of ids, got 1 at position [0].'],
    [
      'a number',
      () => new Tokenizer({ numWords: 3 }).sequencesToMatrix(5 as never),
      'sequencesToMatrix: expected a list of sequences, got 5.',
    ],
    ['one sequence to count', () => new Tokenizer().fitOnSequences([1] as never), 'fitOnSequences: expected a list of ids, got 1'],
    [
      'words to count',
      () => new Tokenizer().fitOnSequences([['a']] as never),
      "fitOnSequences: expected each id to be an integer of at least 0, got 'a'.",
    ],
    [
      'analyzer of numbers',
      () => new Tokenizer({ analyzer: () => [5] as never }).fitOnTexts(['a']),
      'Tokenizer: expected analyzer to return words, got an array of shape [1]. Return an array of strings.',
    ],
    ['text to read', () => Tokenizer.fromJSON(5 as never), "Tokenizer.fromJSON: expected the text of a tokenizer's toJSON, got 5."],
  ])('names a wrong %s', (_, call, message) => {
    expect(call).toThrow(ValueError);
    expect(call).toThrow(message);
  });
});
