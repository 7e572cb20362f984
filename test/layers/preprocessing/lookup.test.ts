import { describe, expect, it } from 'vitest';
import { Dataset, layers, tensor } from '../../../src/index.ts';
import { compareTokens } from '../../../src/layers/preprocessing/tokens.ts';

const { IntegerLookup, StringLookup } = layers;
const vocabulary = ['a', 'b', 'c', 'd'];
const data = [
  ['a', 'c', 'd'],
  ['d', 'z', 'b'],
];
const samples = [
  ['a', 'c', 'd', 'd'],
  ['d', 'z', 'b', 'z'],
];
const close = (actual: unknown, expected: readonly (readonly number[])[]) => {
  const rows = actual as number[][];
  expect(rows.map((row) => row.length)).toEqual(expected.map((row) => row.length));
  for (const [i, row] of expected.entries()) for (const [j, value] of row.entries()) expect(rows[i][j]).toBeCloseTo(value, 6);
};

describe('compareTokens', () => {
  it('orders texts by their bytes in UTF-8 and numbers by size', () => {
    const texts = ['\u{10000}', '\uFFFD', 'b', 'ab', 'a', '', 'é', 'Z', '\u{1F600}x', '\u{1F600}'];
    const bytes = (text: string) => Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
    const expected = [...texts].sort((a, b) => (bytes(a) < bytes(b) ? -1 : 1));
    expect([...texts].sort(compareTokens)).toEqual(expected);
    expect([10, -2, 9, 2 ** 40].sort(compareTokens)).toEqual([-2, 9, 10, 2 ** 40]);
  });
});

describe('StringLookup', () => {
  it("gives the numbers of Keras's documentation", () => {
    expect(new StringLookup({ vocabulary }).apply(data).array()).toEqual([
      [1, 3, 4],
      [4, 0, 2],
    ]);
    expect(
      new StringLookup({ vocabulary, numOovIndices: 2 })
        .apply([
          ['a', 'c', 'd'],
          ['m', 'z', 'b'],
        ])
        .array(),
    ).toEqual([
      [2, 4, 5],
      [0, 1, 3],
    ]);
    expect(new StringLookup({ vocabulary, outputMode: 'one_hot' }).apply(['a', 'd', 'z']).array()).toEqual([
      [0, 1, 0, 0, 0],
      [0, 0, 0, 0, 1],
      [1, 0, 0, 0, 0],
    ]);
    expect(new StringLookup({ vocabulary, outputMode: 'multi_hot' }).apply(samples).array()).toEqual([
      [0, 1, 0, 1, 1],
      [1, 0, 1, 0, 1],
    ]);
    expect(new StringLookup({ vocabulary, outputMode: 'count' }).apply(samples).array()).toEqual([
      [0, 1, 0, 1, 2],
      [2, 0, 1, 0, 1],
    ]);
  });

  it("weighs as in Keras's documentation", () => {
    const layer = new StringLookup({ outputMode: 'tf_idf' });
    layer.setVocabulary(vocabulary, [0.25, 0.75, 0.6, 0.4]);
    close(layer.apply(samples).array(), [
      [0, 0.25, 0, 0.6, 0.8],
      [1, 0, 0.75, 0, 0.4],
    ]);
    layer.setVocabulary(['[UNK]', ...vocabulary], Float32Array.of(0.9, 0.25, 0.75, 0.6, 0.4));
    close(layer.apply(samples).array(), [
      [0, 0.25, 0, 0.6, 0.8],
      [1.8, 0, 0.75, 0, 0.4],
    ]);
  });

  it('turns ids into texts', () => {
    const layer = new StringLookup({ vocabulary, invert: true, maskToken: '' });
    expect(
      layer.apply<string[][]>([
        [2, 4, 0],
        [1, 99, 5],
      ]),
    ).toEqual([
      ['a', 'c', ''],
      ['[UNK]', '[UNK]', 'd'],
    ]);
    expect(layer.apply<string[]>(tensor([3, 0], undefined, 'int32'))).toEqual(['b', '']);
    expect(layer.apply<string>([[[2]]])).toEqual([[['a']]]);
  });

  it('learns a vocabulary by count, then by descending bytes', () => {
    const layer = new StringLookup();
    layer.adapt(data);
    expect(layer.getVocabulary()).toEqual(['[UNK]', 'd', 'z', 'c', 'b', 'a']);
    expect(layer.apply(data).array()).toEqual([
      [5, 3, 1],
      [1, 2, 4],
    ]);
    layer.adapt(['a', 'a', 'a', 'b', 'b', 'c']);
    expect(layer.apply(['b', 'c', 'd']).array()).toEqual([2, 3, 0]);
    const small = new StringLookup(4, { maskToken: 'z', numOovIndices: 2 });
    small.adapt(data);
    expect(small.getVocabulary()).toEqual(['z', '[UNK]', '[UNK]', 'd']);
    expect(small.getVocabulary({ includeSpecialTokens: false })).toEqual(['d']);
    expect(small.vocabularySize()).toBe(4);
  });

  it('learns from iterables and datasets of batches', async () => {
    const expected = ['[UNK]', 'cat', 'dog', 'bird'];
    const layer = new StringLookup();
    layer.adapt(
      (function* () {
        yield ['cat', 'dog'];
        yield ['bird', 'cat'];
      })(),
    );
    expect(layer.getVocabulary()).toEqual(expected);
    const words = Dataset.from(['cat', 'dog', 'bird', 'cat', 'emu']);
    await layer.adapt(words.batch(2), { steps: 2 });
    expect(layer.getVocabulary()).toEqual(expected);
    await layer.adapt(words);
    expect(layer.getVocabulary()).toEqual(['[UNK]', 'cat', 'emu', 'dog', 'bird']);
  });

  it('learns weights by documents', () => {
    const layer = new StringLookup({ outputMode: 'tf_idf', maxTokens: 6, padToMaxTokens: true });
    layer.adapt([
      ['a', 'a'],
      ['a', 'b'],
    ]);
    const [a, b] = [Math.log(1 + 2 / 3), Math.log(1 + 2 / 2)];
    close(layer.apply([['a', 'a', 'b', 'z']]).array(), [[(a + b) / 2, 2 * a, b, 0, 0, 0]]);
    const again = new StringLookup(layer.getConfig());
    expect(again.apply(samples)).toEqual(layer.apply(samples));
  });

  it('gives the mask token id 0, or leaves it out', () => {
    expect(new StringLookup({ vocabulary, maskToken: '' }).apply([['', 'a', 'z']]).array()).toEqual([[0, 2, 1]]);
    expect(new StringLookup({ vocabulary, maskToken: '', outputMode: 'count' }).apply([['', 'a', '']]).array()).toEqual([[0, 1, 0, 0, 0]]);
    expect(new StringLookup({ vocabulary, maskToken: '', outputMode: 'one_hot', numOovIndices: 0 }).apply([['', 'a']]).array()).toEqual([
      [
        [0, 0, 0, 0],
        [1, 0, 0, 0],
      ],
    ]);
  });

  it('takes single values, and samples of any rank', () => {
    expect(new StringLookup({ vocabulary }).apply('b').item()).toBe(2);
    expect(new StringLookup({ vocabulary, outputMode: 'multi_hot' }).apply(['a', 'b']).array()).toEqual([0, 1, 1, 0, 0]);
    expect(
      new StringLookup({ vocabulary, outputMode: 'count' })
        .apply([
          [
            ['a', 'a'],
            ['b', 'c'],
          ],
        ])
        .array(),
    ).toEqual([
      [
        [0, 2, 0, 0, 0],
        [0, 0, 1, 1, 0],
      ],
    ]);
  });

  it('names what is wrong', () => {
    const make = (options: layers.StringLookupOptions) => () => new StringLookup({ name: 'words', ...options });
    const learnt = (options: layers.StringLookupOptions = {}) => new StringLookup({ name: 'words', vocabulary, ...options });
    expect(make({ maxTokens: 1 })).toThrow('words: expected maxTokens to be an integer of at least 2, got 1');
    expect(make({ padToMaxTokens: true })).toThrow('words: expected maxTokens beside padToMaxTokens, got none');
    expect(make({ idfWeights: [1], outputMode: 'tf_idf' })).toThrow('words: expected a vocabulary beside idfWeights, got none');
    expect(make({ vocabulary, outputMode: 'tf_idf' })).toThrow('expected idfWeights as 4 numbers, one for each token given, got null');
    expect(make({ vocabulary, idfWeights: [1] })).toThrow("expected no idfWeights in outputMode 'int', got some");
    expect(make({ invert: true, outputMode: 'count' })).toThrow("expected outputMode 'int' where invert is true, got 'count'");
    expect(make({ outputMode: 'multihot' as 'multi_hot' })).toThrow("Did you mean 'multi_hot'?");
    expect(make({ vocabulary: [] })).toThrow('expected an array of at least one token, got an array of shape [0]');
    expect(make({ vocabulary: 'words.txt' as never })).toThrow("expected an array of at least one token, got 'words.txt'");
    expect(make({ vocabulary: ['a', 'b', 'a'] })).toThrow("expected each token once, got 'a' again");
    expect(make({ vocabulary: ['a', ''], maskToken: '' })).toThrow("expected the mask token '' at the start or nowhere");
    expect(make({ vocabulary: ['a', '[UNK]'], invert: true })).toThrow(
      "expected the token for unknown ones '[UNK]' at the start or nowhere",
    );
    expect(make({ vocabulary, maxTokens: 4 })).toThrow('expected at most maxTokens 4 tokens, got 5 with the special ones');
    expect(() => new StringLookup({ name: 'words' }).apply(['a'])).toThrow(
      'words: expected a vocabulary, got none yet. Call adapt(data) first',
    );
    expect(() => learnt({ numOovIndices: 0 }).apply(['a', 'z'])).toThrow(
      "words: expected tokens of the vocabulary, got 'z'. Set numOovIndices to 1 to allow others.",
    );
    expect(() => learnt().apply([['a', 3]])).toThrow('words: expected texts, got 3 at position [0, 1]. Convert it with String(...).');
    expect(() => learnt().adapt(['x'])).toThrow('words.adapt: expected a layer made without a vocabulary, got one with it');
    expect(() => new StringLookup().adapt([])).toThrow('expected data with tokens, got none');
    expect(() => new StringLookup().adapt(['a'], { steps: 2 })).toThrow('expected no steps beside an array, got 2');
  });

  it('keeps its columns once they are in use', () => {
    const layer = new StringLookup({ outputMode: 'count' });
    layer.adapt(['a', 'b']);
    layer.adapt(['a', 'b', 'c']);
    expect(layer.apply([['a']]).shape).toEqual([1, 4]);
    layer.adapt(['x', 'y', 'z']);
    expect(() => layer.adapt(['x', 'y'])).toThrow('expected 4 tokens again, since the layer is in use, got 3');
    expect(layer.getVocabulary()).toEqual(['[UNK]', 'z', 'y', 'x']);
  });

  it('keeps what it knew when data are wrong', async () => {
    const layer = new StringLookup();
    layer.adapt(['a']);
    await expect(layer.adapt(Dataset.from([['b'], [1]]))).rejects.toThrow('expected texts, got 1 at position 0');
    expect(layer.getVocabulary()).toEqual(['[UNK]', 'a']);
  });
});

describe('IntegerLookup', () => {
  const integers = [
    [12, 1138, 42],
    [42, 1000, 36],
  ];

  it("gives the numbers of Keras's documentation", () => {
    const known = [12, 36, 1138, 42];
    expect(new IntegerLookup({ vocabulary: known }).apply(integers).array()).toEqual([
      [1, 3, 4],
      [4, 0, 2],
    ]);
    const layer = new IntegerLookup();
    layer.adapt(integers);
    expect(layer.getVocabulary()).toEqual([-1, 42, 1138, 1000, 36, 12]);
    expect(layer.apply(tensor(integers, undefined, 'int32')).array()).toEqual([
      [5, 2, 1],
      [1, 3, 4],
    ]);
    expect(
      new IntegerLookup({ vocabulary: known, numOovIndices: 2 })
        .apply([
          [12, 1138, 42],
          [37, 1000, 36],
        ])
        .array(),
    ).toEqual([
      [2, 4, 5],
      [1, 0, 3],
    ]);
    const inverse = new IntegerLookup({ vocabulary: layer.getVocabulary(), invert: true });
    expect(inverse.apply(layer.apply([[12, 1138, 7]])).array()).toEqual([[12, 1138, -1]]);
  });

  it('takes integers of any size, and remainders as Python does', () => {
    const layer = new IntegerLookup({ vocabulary: [2 ** 40, -5], numOovIndices: 3, maskToken: 0 });
    expect(layer.apply([2 ** 40, -5, 0, -1, 4, 2 ** 40 + 1]).array()).toEqual([4, 5, 0, 3, 2, 3]);
    expect(layer.apply([BigInt(2 ** 40)]).array()).toEqual([4]);
  });

  it('names what is wrong', () => {
    const layer = new IntegerLookup({ vocabulary: [1, 2 ** 40], name: 'codes' });
    expect(() => layer.apply([[1, 1.5]])).toThrow('codes: expected integers, got 1.5 at position [0, 1]. Whole numbers may go up to 2^53.');
    expect(() => layer.apply(['1'])).toThrow("codes: expected integers, got '1' at position 0");
    const inverse = new IntegerLookup({ vocabulary: [1, 2 ** 40], name: 'codes', invert: true });
    expect(() => inverse.apply([2])).toThrow(`codes: expected integers of 32 bits where invert is true, got ${2 ** 40}`);
  });
});
