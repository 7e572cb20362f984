import { describe, expect, it } from 'vitest';
import { Dataset, type layers, TextVectorization } from '../../../src/index.ts';

const vocabulary = ['foo', 'bar', 'baz'];
const texts = ['foo bar', 'bar baz', 'baz bada boom'];
const ids = (options: layers.TextVectorizationOptions, text: string) => new TextVectorization(options).apply([text]).array<number[][]>()[0];

describe('TextVectorization', () => {
  it("gives the numbers of Keras's documentation", () => {
    const layer = new TextVectorization(5000, { outputSequenceLength: 4 });
    layer.adapt(texts);
    expect(layer.getVocabulary()).toEqual(['', '[UNK]', 'baz', 'bar', 'foo', 'boom', 'bada']);
    expect(layer.apply([['foo qux bar'], ['qux baz']]).array()).toEqual([
      [4, 1, 3, 0],
      [1, 2, 0, 0],
    ]);
    const given = new TextVectorization({ vocabulary: ['earth', 'wind', 'and', 'fire'] });
    expect(given.getVocabulary()).toEqual(['', '[UNK]', 'earth', 'wind', 'and', 'fire']);
    expect([given.vocabularySize(), given.getVocabulary({ includeSpecialTokens: false }).length]).toEqual([6, 4]);
  });

  it('lowers ASCII letters and deletes ASCII punctuation, or does as told', () => {
    const words = ['efé', 'dont', 'É', 'e-f', "don't", 'Dont', 'e'];
    expect(ids({ vocabulary: words }, "E-fé don't É É!")).toEqual([2, 3, 4, 4]);
    expect(ids({ vocabulary: words, standardize: 'lower' }, "E-F Don't e")).toEqual([5, 6, 8]);
    expect(ids({ vocabulary: words, standardize: 'strip_punctuation' }, "Don't [e]")).toEqual([7, 8]);
    expect(ids({ vocabulary: words, standardize: null }, "e-f don't E")).toEqual([5, 6, 1]);
    expect(ids({ vocabulary: words, standardize: (text) => text.replace('-', ' ') }, 'e-e')).toEqual([8, 8]);
    const all = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\'';
    expect(ids({ vocabulary: ['ab'] }, `a${all}b`)).toEqual([2]);
  });

  it('splits on white space, into characters, or as told', () => {
    expect(ids({ vocabulary }, ' \tfoo\n\n bar\v\f\r')).toEqual([2, 3]);
    expect(ids({ vocabulary: ['foo\u00a0bar'] }, 'foo\u00a0bar')).toEqual([2]);
    expect(ids({ vocabulary: ['a', '😀', ' '], split: 'character' }, 'a 😀b')).toEqual([2, 4, 3, 1]);
    expect(ids({ vocabulary, split: (text) => text.split('x') }, 'fooxbarx')).toEqual([2, 3, 0]);
    const whole = new TextVectorization({ vocabulary, split: null });
    expect(whole.apply([['FOO'], ['bar'], ['foo bar']]).array()).toEqual([[2], [3], [1]]);
    expect(whole.apply(['foo', 'baz']).array()).toEqual([2, 4]);
    expect(new TextVectorization({ vocabulary, split: null, outputSequenceLength: 3 }).apply([['foo', 'bar']]).array()).toEqual([
      [2, 3, 0],
    ]);
    expect(new TextVectorization({ vocabulary, split: null, outputMode: 'count' }).apply(['foo', 'baz']).array()).toEqual([
      [0, 1, 0, 0],
      [0, 0, 0, 1],
    ]);
  });

  it('joins ngrams, the short ones first', () => {
    const words = ['foo', 'foo bar', 'foo bar baz'];
    expect(ids({ vocabulary: words, ngrams: 2 }, 'foo bar baz')).toEqual([2, 1, 1, 3, 1]);
    expect(ids({ vocabulary: words, ngrams: [1, 3] }, 'foo bar baz')).toEqual([2, 1, 1, 4]);
    expect(ids({ vocabulary: words, ngrams: [3, 2] }, 'foo bar')).toEqual([3]);
    const layer = new TextVectorization({ ngrams: [1, 3] });
    layer.adapt(['foo bar baz']);
    expect(layer.getVocabulary({ includeSpecialTokens: false })).toEqual(['foo bar baz', 'foo', 'baz', 'bar']);
  });

  it('pads to the longest text, or to outputSequenceLength', () => {
    const layer = new TextVectorization({ vocabulary });
    expect(layer.apply(['foo', 'bar baz x', '']).array()).toEqual([
      [2, 0, 0],
      [3, 4, 1],
      [0, 0, 0],
    ]);
    expect(layer.apply('bar foo').array()).toEqual([3, 2]);
    expect(new TextVectorization({ vocabulary, outputSequenceLength: 2 }).apply(['foo bar baz', 'foo']).array()).toEqual([
      [2, 3],
      [2, 0],
    ]);
  });

  it('counts and weighs', () => {
    expect(new TextVectorization({ vocabulary, outputMode: 'multi_hot' }).apply([['foo bar'], ['baz foo foo']]).array()).toEqual([
      [0, 1, 1, 0],
      [0, 1, 0, 1],
    ]);
    expect(new TextVectorization({ vocabulary, outputMode: 'count' }).apply(['foo bar', 'baz foo x']).array()).toEqual([
      [0, 1, 1, 0],
      [1, 1, 0, 1],
    ]);
    const weighed = new TextVectorization({ vocabulary, outputMode: 'tf_idf', idfWeights: [0.3, 0.5, 0.2] }).apply([
      'foo bar',
      'baz foo foo',
    ]);
    for (const [i, value] of [0, 0.3, 0.5, 0, 0, 0.6, 0, 0.2].entries()) expect(weighed.data[i]).toBeCloseTo(value, 6);
    const wide = new TextVectorization(8, { vocabulary, outputMode: 'multi_hot', padToMaxTokens: true }).apply(['foo x']);
    expect(wide.array()).toEqual([[1, 1, 0, 0, 0, 0, 0, 0]]);
  });

  it('learns weights, that of unknown tokens being the mean', () => {
    const layer = new TextVectorization({ outputMode: 'tf_idf' });
    layer.adapt(['a b', 'a c', 'a a']);
    expect(layer.getVocabulary()).toEqual(['[UNK]', 'a', 'c', 'b']);
    const [a, b] = [Math.log(1 + 3 / 4), Math.log(1 + 3 / 2)];
    const row = layer.apply(['a a b z']).data;
    for (const [i, value] of [(a + 2 * b) / 3, 2 * a, 0, b].entries()) expect(row[i]).toBeCloseTo(value, 6);
  });

  it('learns at most maxTokens tokens, from datasets too', async () => {
    const layer = new TextVectorization(5);
    layer.adapt(['a b c d e f g h i j', 'c c']);
    expect(layer.getVocabulary()).toEqual(['', '[UNK]', 'c', 'j', 'i']);
    await layer.adapt(Dataset.from(texts).batch(2));
    expect(layer.getVocabulary()).toEqual(['', '[UNK]', 'baz', 'bar', 'foo']);
    layer.adapt([['x'], ['y y']]);
    expect(layer.getVocabulary()).toEqual(['', '[UNK]', 'y', 'x']);
  });

  it('maps texts in a dataset', async () => {
    const layer = new TextVectorization({ vocabulary, outputSequenceLength: 2 });
    const batches = await Dataset.from(texts)
      .batch(2)
      .map((batch) => layer.apply(batch).array())
      .toArray();
    expect(batches).toEqual([
      [
        [2, 3],
        [3, 4],
      ],
      [[4, 1]],
    ]);
  });

  it('makes an equal layer from its config after learning', () => {
    for (const outputMode of ['int', 'count', 'tf_idf'] as const) {
      const layer = new TextVectorization({ outputMode, ngrams: 2 });
      layer.adapt(texts);
      const again = new TextVectorization(JSON.parse(JSON.stringify(layer.getConfig())));
      expect(again.getVocabulary()).toEqual(layer.getVocabulary());
      expect(again.apply(texts)).toEqual(layer.apply(texts));
    }
  });

  it('names what is wrong', () => {
    // biome-ignore lint/suspicious/noExplicitAny: wrong arguments on purpose
    const make = (options: any) => () => new TextVectorization({ name: 'text', ...options });
    expect(make({ standardize: 'lowercase' })).toThrow("expected standardize to be 'lower_and_strip_punctuation' or");
    expect(make({ split: 'words' })).toThrow("text: expected split to be 'whitespace' or 'character', got 'words'");
    expect(make({ outputMode: 'one_hot' })).toThrow(
      "text: expected outputMode to be 'int' or 'multi_hot' or 'count' or 'tf_idf', got 'one_hot'",
    );
    expect(make({ ngrams: [0] })).toThrow('text: expected ngrams to be a positive integer or an array of them, got an array of shape [1]');
    expect(make({ outputMode: 'count', outputSequenceLength: 3 })).toThrow(
      "text: expected no outputSequenceLength in outputMode 'count', got 3",
    );
    expect(make({ output_sequence_length: 3 })).toThrow("Keras's output_sequence_length is written outputSequenceLength here");
    expect(() => make({})().apply(['a'])).toThrow('text: expected a vocabulary, got none yet');
    expect(() => make({ vocabulary })().apply([['a', 'b']])).toThrow(
      'text: expected texts of shape [batch] or [batch, 1], got [1, 2]. Join the parts, or set split: null.',
    );
    expect(() => make({ vocabulary, split: () => 'a' })().apply(['a'])).toThrow(
      "text: expected split to return an array of texts, got 'a'",
    );
    expect(() => make({ vocabulary, standardize: () => 1 })().apply(['a'])).toThrow('text: expected standardize to return a text, got 1');
    expect(() => make({ vocabulary })().apply([null])).toThrow('text: expected texts, got null at position 0');
  });
});
