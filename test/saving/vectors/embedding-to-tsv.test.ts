import { expect, test } from 'vitest';
import { ValueError } from '../../../src/common/errors.ts';
import { type EmbeddingToTsvOptions, embeddingToTsv } from '../../../src/saving/vectors/embedding-to-tsv.ts';
import { tensor } from '../../../src/tensor/index.ts';

const weights = [
  [0, 0.1],
  [-2.5, 1 / 3],
];

test('vectors and labels, a row each', () => {
  expect(embeddingToTsv(tensor(weights), { words: ['cat', 'dog'] })).toEqual({
    vectors: '0\t0.100000001\n-2.5\t0.333333343\n',
    metadata: 'cat\ndog\n',
  });
});

test('numbers read back as the float32 they were', () => {
  const values = Float32Array.from({ length: 300 }, (_, i) => Math.fround((i - 150) / 7) * (i % 2 ? 1e-30 : 1e10));
  const { vectors } = embeddingToTsv(tensor(values, [100, 3]), { words: Array(100).fill('w') });
  const read = vectors
    .trimEnd()
    .split('\n')
    .flatMap((line) => line.split('\t').map(Number));
  expect(Float32Array.from(read)).toEqual(values);
});

test('labels by the rows of words', () => {
  const wordIndex = { the: 1, THE: 1, cat: 2, far: 9 };
  for (const index of [wordIndex, new Map(Object.entries(wordIndex))]) {
    expect(embeddingToTsv([[1], [2], [3], [4]], { wordIndex: index }).metadata).toBe('[0]\nthe\ncat\n[3]\n');
  }
});

test('several columns have a header, one has none', () => {
  const { metadata } = embeddingToTsv(weights, { words: ['cat', 'dog'], columns: { count: [3, 1], 'is\tpet': [true, false] } });
  expect(metadata).toBe('word\tcount\tis\\tpet\ncat\t3\ttrue\ndog\t1\tfalse\n');
});

test('tabs and line ends cannot break rows', () => {
  const words = ['a\tb\r\nc', ' '];
  expect(embeddingToTsv(weights, { words }).metadata).toBe("a\\tb\\r\\nc\n' '\n");
  expect(embeddingToTsv(weights, { words, columns: { note: ['x\ny', ''] } }).metadata).toBe('word\tnote\na\\tb\\r\\nc\tx\\ny\n \t\n');
});

test.each<[unknown, unknown, string]>([
  [[1, 2], { words: ['a', 'b'] }, 'embeddingToTsv: expected weights of shape [rows, dim], got [2]. Pass layer.getWeights()[0].'],
  [weights, {}, 'expected words or wordIndex, got neither'],
  [weights, undefined, 'expected words or wordIndex, got neither'],
  [weights, { words: ['a', 'b'], wordIndex: {} }, 'expected words or wordIndex, got both'],
  [weights, { words: ['a'] }, 'expected 2 words, one for each row, got 1'],
  [weights, { words: ['a', 1] }, 'expected texts in words, got 1 at position [1]'],
  [weights, { words: 'ab' }, "expected words to be an array, got 'ab'"],
  [weights, { word: ['a'] }, 'Did you mean words?'],
  [weights, { words: ['a', 'b'], columns: [1] }, 'expected columns to be an object of arrays by name, got an array'],
  [weights, { words: ['a', 'b'], columns: { c: [1] } }, 'expected 2 columns.c, one for each row, got 1'],
  [weights, { words: ['a', 'b'], columns: { c: [1, null] } }, 'expected texts in columns.c, got null at position [1]'],
  [weights, { wordIndex: ['a'] }, 'expected wordIndex to be an object or a Map from words to rows, got an array'],
  [weights, { wordIndex: { a: 'b' } }, "expected wordIndex to hold words and rows from 0 on, got 'b' for 'a'"],
])('refuses %j %j', (table, options, message) => {
  expect(() => embeddingToTsv(table as never, options as EmbeddingToTsvOptions)).toThrow(message);
  expect(() => embeddingToTsv(table as never, options as EmbeddingToTsvOptions)).toThrow(ValueError);
});
