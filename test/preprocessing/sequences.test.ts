import { describe, expect, test } from 'vitest';
import { ValueError } from '../../src/common/errors.ts';
import {
  make_sampling_table,
  makeSamplingTable,
  type PadOptions,
  pad_sequences,
  padSequences,
  skipgrams,
  to_categorical,
  toCategorical,
} from '../../src/preprocessing/index.ts';
import { setRandomSeed } from '../../src/random/seed.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';
import samplingTable from '../fixtures/make_sampling_table.json';
import padded from '../fixtures/pad_sequences.json';
import grams from '../fixtures/skipgrams.json';
import categorical from '../fixtures/to_categorical.json';

const plain = (t: Tensor): unknown => ({ shape: [...t.shape], dtype: t.dtype, data: Array.from(t.data as Float32Array) });

describe('padSequences', () => {
  test.each(padded)('Keras: $options', ({ sequences, options, result }) => {
    expect(plain(padSequences(sequences, options as PadOptions<'int32'>))).toEqual(result);
  });

  test('takes typed arrays, Tensors and nested samples', () => {
    expect(padSequences([Int32Array.of(1, 2), tensor([3])]).array()).toEqual([
      [1, 2],
      [0, 3],
    ]);
    expect(
      padSequences(
        [
          [[1, 2]],
          [],
          [
            [3, 4],
            [5, 6],
          ],
        ],
        { padding: 'post' },
      ).array(),
    ).toEqual([
      [
        [1, 2],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 0],
      ],
      [
        [3, 4],
        [5, 6],
      ],
    ]);
    expect(padSequences(new Set([[1], [2, 3]])).array()).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(padSequences([[], []]).shape).toEqual([2, 0]);
    expect(padSequences([[], []], { maxlen: 2, value: 5 }).array()).toEqual([
      [5, 5],
      [5, 5],
    ]);
  });

  test('drops fractions in int32 and keeps them in float32', () => {
    expect(padSequences([[1.9, -1.9]], { maxlen: 3, value: 0.5 }).array()).toEqual([[0, 1, -1]]);
    expect(plain(padSequences([[1.5]], { maxlen: 2, value: 0.5, dtype: 'float32' }))).toEqual({
      shape: [1, 2],
      dtype: 'float32',
      data: [0.5, 1.5],
    });
    expect(padSequences([[16777217]]).at(0, 0)).toBe(16777217);
    expect(
      String(
        padSequences([
          [9, 42, 7, 0],
          [14, 9, 0, 0],
        ]),
      ),
    ).toBe('[[ 9 42  7  0]\n [14  9  0  0]]');
    expect(pad_sequences).toBe(padSequences);
  });

  test.each<[unknown, object, string]>([
    [5, {}, 'padSequences: expected an array of sequences, got 5. Write it like [[1, 2], [3]].'],
    ['abc', {}, "padSequences: expected an array of sequences, got 'abc'."],
    [[1, 2], {}, 'padSequences: expected an array of sequences, got 1 at position [0]. A single sequence goes into an array: [[1, 2, 3]].'],
    [[[1], 'ab'], {}, "got 'ab' at position [1]"],
    [[[1], ['ab']], {}, "padSequences: sequence 1: expected numbers, got 'ab' at position [0]."],
    [[], {}, 'padSequences: expected at least one sequence, got none.'],
    [[[[1, 2]], [[3]]], {}, 'padSequences: expected samples of shape [2], got [1] in the sequence at position [1].'],
    [[[1]], { padding: 'left' }, "padSequences: expected padding to be 'pre' or 'post', got 'left'."],
    [[[1]], { truncating: 'psot' }, "got 'psot'. Did you mean 'post'?"],
    [[[1]], { maxlen: 0 }, 'expected maxlen to be a positive integer, got 0.'],
    [[[1]], { maxLength: 3 }, "padSequences: expected an option it has, got 'maxLength'."],
    [[[1]], { value: '<pad>' }, "expected value to be a number, got '<pad>'."],
    [[[1]], { dtype: 'int64' }, "expected dtype to be 'int32' or 'float32', got 'int64'."],
  ])('names what is wrong with %j %j', (sequences, options, message) => {
    expect(() => padSequences(sequences as number[][], options)).toThrow(ValueError);
    expect(() => padSequences(sequences as number[][], options)).toThrow(message);
  });
});

describe('toCategorical', () => {
  test.each(categorical)('Keras: $labels, $num_classes', ({ labels, num_classes, result }) => {
    expect(plain(toCategorical(labels as number[], { numClasses: num_classes }))).toEqual(result);
  });

  test('takes the number of classes as in Keras, and typed arrays', () => {
    expect(toCategorical(Uint8Array.of(1, 0), 3).array()).toEqual([
      [0, 1, 0],
      [1, 0, 0],
    ]);
    expect(String(to_categorical([0, 2, 1]))).toBe('[[1. 0. 0.]\n [0. 0. 1.]\n [0. 1. 0.]]');
    expect(toCategorical(2).array()).toEqual([0, 0, 1]);
    expect(toCategorical([], 3).shape).toEqual([0, 3]);
  });

  test('names what is wrong', () => {
    expect(() => toCategorical([0, 5], 3)).toThrow(
      'toCategorical: expected labels from 0 to 2, got 5 at label 1. Set numClasses to at least 6.',
    );
    expect(() => toCategorical([1, -1])).toThrow(
      'toCategorical: expected labels from 0 to 1, got -1 at label 1. Number the classes from 0.',
    );
    expect(() => toCategorical([])).toThrow('expected at least one label, got none');
    expect(() => toCategorical([0], { num_classes: 3 } as object)).toThrow("Keras's num_classes is written numClasses here.");
    expect(() => toCategorical(['a'] as never)).toThrow("toCategorical: expected numbers, got 'a' at position [0].");
  });
});

describe('makeSamplingTable', () => {
  test('Keras: 200 words', () => {
    const table = makeSamplingTable(200);
    expect(table.shape).toEqual(samplingTable.shape);
    const worst = table.data.reduce((most, value, i) => Math.max(most, Math.abs(value / samplingTable.data[i] - 1)), 0);
    expect(worst).toBeLessThan(1.2e-7);
  });

  test('takes a factor and names what is wrong', () => {
    expect(makeSamplingTable(3, { samplingFactor: 10 }).array()).toEqual([1, 1, 1]);
    expect(() => make_sampling_table(0)).toThrow('makeSamplingTable: expected size to be a positive integer, got 0.');
    expect(() => makeSamplingTable(3, { samplingFactor: 0 })).toThrow('expected samplingFactor to be a number');
  });
});

describe('skipgrams', () => {
  const afterSeed = grams.at(-1)!;
  test.each(grams.slice(0, -1))(
    'Keras: $sequence, $options, seed $seed',
    ({ sequence, vocabulary_size, options, seed, sampling_size, couples, labels }) => {
      const { window_size, negative_samples, ...rest } = options as Record<string, number>;
      const result = skipgrams(sequence, vocabulary_size, {
        ...rest,
        windowSize: window_size,
        negativeSamples: negative_samples,
        seed,
        samplingTable: sampling_size ? makeSamplingTable(sampling_size, { samplingFactor: 1e-3 }) : null,
      });
      expect(result).toEqual([couples, labels]);
    },
  );

  test('without a seed it draws from the generator of setRandomSeed', () => {
    const { sequence, vocabulary_size, seed, couples, labels } = afterSeed;
    setRandomSeed(seed);
    expect(skipgrams(sequence, vocabulary_size)).toEqual([couples, labels]);
    expect(skipgrams(sequence, vocabulary_size)).not.toEqual([couples, labels]);
  });

  test('names what is wrong', () => {
    expect(() => skipgrams([1, 10], 10)).toThrow(
      'skipgrams: expected ids from 0 to 9, got 10 at position [1]. vocabularySize is the greatest id + 1.',
    );
    expect(() => skipgrams([[1], [2]], 10)).toThrow('skipgrams: expected one sequence of ids, got an array of shape [2, 1].');
    expect(() => skipgrams([1, 2], 10, { samplingTable: [0.5] })).toThrow('expected a samplingTable of at least 3 entries, got 1.');
    expect(() => skipgrams([1, 2], 10, { window: 2 } as object)).toThrow("got 'window'.");
    expect(() => skipgrams([1], 1)).toThrow('expected vocabularySize to be an integer of at least 2, got 1.');
  });
});
