import { describe, expect, test } from 'vitest';
import { ValueError } from '../../src/common/errors.ts';
import { SubwordTextEncoder } from '../../src/preprocessing/subword-encoder.ts';
import { fraction, MersenneTwister } from '../../src/random/mt19937.ts';
import { tensor } from '../../src/tensor/index.ts';
import golden from '../fixtures/subword.json';
import { draws } from '../helpers/draws.ts';

const random = new MersenneTwister(2024);
const pick = <T>(items: ArrayLike<T>): T => items[random.below(items.length)];

/** Characters of every kind, those with a meaning in vocabularies among them. */
const ALPHABET = [
  ...'abcdeABxyz0159____      .,!?\'"-&\\\n\r\t\0éßñøждл日本語ا\u0301\u200d\ufeff\ufffd\u2028😀👍🏽𝔘\u{10ffff}',
  '\\&undsc',
  '\\&newline',
  'undsc',
  '<EOS>',
];
const randomText = (): string => Array.from({ length: random.below(40) }, () => pick(ALPHABET)).join('');

function randomPoint(): string {
  const point = pick([0x80, 0x800, 0x10000, 0x110000]);
  const code = random.below(point);
  return code >= 0xd800 && code < 0xe000 ? '\ue000' : String.fromCodePoint(code);
}

describe.each(golden.cases.map((entry) => [entry.name, entry] as const))('tfds: %s', (_, { corpus, options, subwords, vocabSize, ids }) => {
  const texts = golden.corpora[corpus as keyof typeof golden.corpora];
  const encoder = SubwordTextEncoder.buildFromCorpus(texts, options);

  test('the same vocabulary', () => {
    expect(encoder.subwords).toEqual(subwords);
    expect(encoder.vocabSize).toBe(vocabSize);
  });

  test('the same ids', () => {
    golden.probe.forEach((text, i) => {
      expect(encoder.encode(text), text).toEqual(ids[i]);
    });
  });

  test('texts come back', () => {
    for (const text of [...golden.probe, ...texts, ...Array.from({ length: 100 }, randomText)]) {
      expect(encoder.decode(encoder.encode(text))).toBe(text);
    }
  });

  test('files come back', () => {
    const again = SubwordTextEncoder.fromText(encoder.toText());
    expect(again.subwords).toEqual(subwords);
    expect(again.encode(golden.probe.join(' '))).toEqual(encoder.encode(golden.probe.join(' ')));
  });
});

describe('SubwordTextEncoder', () => {
  test('any text comes back, with any vocabulary', () => {
    for (let round = 0; round < draws(60); round++) {
      const texts = Array.from({ length: 30 }, randomText).map((text) => text.repeat(1 + random.below(2)));
      texts.push('x');
      const built = SubwordTextEncoder.buildFromCorpus(texts, {
        targetVocabSize: random.randint(258, 600),
        maxSubwordLength: random.randint(1, 9),
        reservedTokens: round % 2 ? ['<EOS>', 'a.', 'a.b', '<E_S>'] : [],
      });
      const given = new SubwordTextEncoder(
        Array.from({ length: 30 }, () =>
          randomText()
            .slice(0, 1 + random.below(6))
            .replace(/\p{Surrogate}/gu, ''),
        ),
      );
      for (const encoder of [built, given, SubwordTextEncoder.fromText(built.toText()), SubwordTextEncoder.fromText(given.toText())]) {
        for (const text of [
          ...texts,
          ...Array.from({ length: 10 }, () => Array.from({ length: 9 }, randomPoint).join('') + randomText()),
        ]) {
          const ids = encoder.encode(text);
          expect(ids.every((id) => Number.isInteger(id) && id > 0 && id < encoder.vocabSize)).toBe(true);
          expect(encoder.decode(ids)).toBe(text);
        }
      }
      expect(SubwordTextEncoder.fromText(built.toText()).subwords).toEqual(built.subwords);
    }
  });

  test('ids: padding, subwords, bytes', () => {
    const encoder = new SubwordTextEncoder(['the_', 'cat', 'a\\&undscb', '', 'c']);
    expect(encoder.subwords).toEqual(['the_', 'cat', 'a\\&undscb', 'c']);
    expect(encoder.vocabSize).toBe(1 + 4 + 256);
    const byte = (text: string) => 5 + text.charCodeAt(0);
    expect(encoder.encode('the cat')).toEqual([1, 2]);
    expect(encoder.encode('cat the')).toEqual([2, byte(' '), byte('t'), byte('h'), byte('e')]);
    expect(encoder.encode('a_b ca_')).toEqual([3, byte(' '), 4, byte('a'), byte('_')]);
    expect(encoder.encode('é')).toEqual([5 + 0xc3, 5 + 0xa9]);
    expect(encoder.encode('')).toEqual([]);
    expect(encoder.decode([0, 1, 0, 2, 3, 0, 0])).toBe('the cata_b');
    expect(encoder.decode(tensor([1, 2]))).toBe('the cat');
    expect(encoder.decode(Int32Array.of(5 + 0xc3, 5 + 0xa9, 5 + 0xff))).toBe('é\ufffd');
    expect(encoder.decode([])).toBe('');
  });

  test('a lone surrogate becomes U+FFFD', () => {
    const encoder = new SubwordTextEncoder([]);
    expect(encoder.decode(encoder.encode('a\ud800b\udc00'))).toBe('a\ufffdb\ufffd');
  });

  test('reserved tokens are never split and come first', () => {
    const texts = golden.corpora.reserved;
    const encoder = SubwordTextEncoder.buildFromCorpus(texts, { targetVocabSize: 400, reservedTokens: ['<SEP>', '<EOS>', 'x_<E'] });
    expect(encoder.subwords.slice(0, 3)).toEqual(['<SEP>', '<EOS>', 'x_<E']);
    expect(encoder.encode('<EOS><SEP>x_<E')).toEqual([2, 1, 3]);
    expect(new Set(encoder.subwords).size).toBe(encoder.subwords.length);
  });

  test('the first characters of a corpus', () => {
    const build = (corpus: Iterable<string>, maxCorpusChars?: number) =>
      SubwordTextEncoder.buildFromCorpus(corpus, { targetVocabSize: 300, maxCorpusChars }).subwords;
    expect(build(['abab 😀😀 cdcd', 'efef'], 7)).toEqual(build(['abab 😀😀']));
    let taken = 0;
    function* endless() {
      for (;;) {
        taken++;
        yield 'ab ';
      }
    }
    expect(build(endless(), 30)).toEqual(build(['ab '.repeat(10)]));
    expect(taken).toBe(10);
  });

  test('a file of tfds, also with line ends of Windows', () => {
    const text = "### SubwordTextEncoder\n### Metadata: {}\n'the_'\n', '\n'it''\n";
    for (const file of [text, text.replaceAll('\n', '\r\n')]) {
      const encoder = SubwordTextEncoder.fromText(file);
      expect(encoder.subwords).toEqual(['the_', ', ', "it'"]);
      expect(encoder.toText()).toBe(text);
    }
    expect(() => SubwordTextEncoder.fromText('the_')).toThrow(/expected the text of a \.subwords file, got 'the_'/);
  });

  test('misuse is named', () => {
    const build = (corpus: unknown, options: object) => () => SubwordTextEncoder.buildFromCorpus(corpus as string[], options as never);
    expect(build(['a'], {})).toThrow(/expected targetVocabSize to be an integer of at least 258, got undefined/);
    expect(build(['a'], { targetVocabSize: 257 })).toThrow(ValueError);
    expect(build('a', { targetVocabSize: 300 })).toThrow(/expected an array or iterable of texts, got 'a'/);
    expect(build(['a', 5], { targetVocabSize: 300 })).toThrow(/expected a text, got 5 at position \[1\] of the texts/);
    expect(build([], { targetVocabSize: 300 })).toThrow(/at least one character/);
    expect(build(['a'], { targetVocabSize: 300, reserved_tokens: [] })).toThrow(/reservedTokens/);
    for (const tokens of [['EOS'], ['<>'], ['<EOS>_'], ['<a', '<a']]) {
      expect(build(['a'], { targetVocabSize: 300, reservedTokens: tokens })).toThrow(/reserved tokens/);
    }
    const encoder = new SubwordTextEncoder(['a']);
    expect(() => encoder.encode(5 as never)).toThrow(/encode: expected a text, got 5/);
    expect(() => encoder.decode([258])).toThrow('SubwordTextEncoder.decode: expected whole ids from 0 to 257, got 258.');
    expect(() => encoder.decode([-1])).toThrow(ValueError);
    expect(() => encoder.decode('a' as never)).toThrow(/expected an array of ids/);
    expect(() => encoder.decode(tensor([[1, 2]]))).toThrow(/got a Tensor of shape \[2\]/);
  });

  test('a larger corpus in reasonable time', () => {
    const words = Array.from({ length: 20_000 }, () =>
      Array.from({ length: random.randint(1, 5) }, () => pick(['ba', 'ko', 'ri', 'tu', 'me', 'lan', 'dor', 'sti', 'é'])).join(''),
    );
    const texts = Array.from({ length: 2000 }, () =>
      Array.from({ length: 100 }, () => words[Math.floor(fraction(random) * fraction(random) * words.length)]).join(' '),
    );
    const encoder = SubwordTextEncoder.buildFromCorpus(texts, { targetVocabSize: 8192 });
    let ids = 0;
    for (const text of texts) ids += encoder.encode(text).length;
    expect(Math.abs(encoder.vocabSize - 8192)).toBeLessThan(820);
    expect(ids).toBeLessThan(texts.join('').length / 2);
  });
});
