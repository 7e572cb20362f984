// Contracts of the layers that see data on the host.
import type { HostContracts } from '../host-contract.ts';

const vocabulary = ['a', 'b', 'c'];
const idfWeights = [0.25, 0.75, 0.5];
const texts = [['a b b'], ['C, z']];
const rows = [
  ['a', 'b', 'b'],
  ['c', 'z', ''],
];
const integers = [
  [7, -3, 7],
  [2 ** 40, 0, 12],
];

export const host: HostContracts = {
  TextVectorization: [
    { positional: { maxTokens: null }, options: { vocabulary }, data: texts, shape: [1], inputDtype: 'string' },
    {
      positional: { maxTokens: 9 },
      options: { vocabulary, split: 'character', ngrams: [1, 2], outputSequenceLength: 3, standardize: 'lower' },
      data: texts,
      shape: [1],
      inputDtype: 'string',
    },
    {
      positional: { maxTokens: 7 },
      options: { vocabulary, idfWeights, outputMode: 'tf_idf', padToMaxTokens: true, ngrams: 2 },
      data: texts,
      shape: [1],
      inputDtype: 'string',
    },
    { positional: { maxTokens: null }, options: { vocabulary, split: null }, data: rows, shape: [3], inputDtype: 'string' },
    {
      positional: { maxTokens: null },
      options: { vocabulary, split: null, standardize: null, outputMode: 'count' },
      data: rows,
      shape: [3],
      inputDtype: 'string',
    },
  ],
  StringLookup: [
    { positional: { maxTokens: null }, options: { vocabulary }, data: rows, shape: [3], inputDtype: 'string' },
    {
      positional: { maxTokens: 20 },
      options: { vocabulary, numOovIndices: 3, maskToken: '', oovToken: '?' },
      data: rows,
      shape: [3],
      inputDtype: 'string',
    },
    { positional: { maxTokens: null }, options: { vocabulary, outputMode: 'one_hot' }, data: rows, shape: [3], inputDtype: 'string' },
    { positional: { maxTokens: null }, options: { vocabulary, outputMode: 'one_hot' }, data: texts, shape: [1], inputDtype: 'string' },
    {
      positional: { maxTokens: 6 },
      options: { vocabulary, outputMode: 'tf_idf', idfWeights, padToMaxTokens: true },
      data: rows,
      shape: [3],
      inputDtype: 'string',
    },
  ],
  IntegerLookup: [
    { positional: { maxTokens: null }, options: { vocabulary: [7, 12, 2 ** 40] }, data: integers, shape: [3], inputDtype: 'int32' },
    {
      positional: { maxTokens: null },
      options: { vocabulary: [7, 12], maskToken: 0, numOovIndices: 2, outputMode: 'count' },
      data: integers,
      shape: [3],
      inputDtype: 'int32',
    },
    {
      positional: { maxTokens: null },
      options: { vocabulary: [7, 12], invert: true },
      data: [
        [1, 2],
        [0, 5],
      ],
      shape: [2],
      inputDtype: 'int32',
    },
  ],
  Hashing: [
    { positional: { numBins: 5 }, data: rows, shape: [3], inputDtype: 'string' },
    { positional: { numBins: 5 }, options: { maskValue: '', salt: [3, 4] }, data: rows, shape: [3], inputDtype: 'string' },
    { positional: { numBins: 4 }, options: { maskValue: 0, outputMode: 'multi_hot' }, data: integers, shape: [3], inputDtype: 'int32' },
    { positional: { numBins: 4 }, options: { outputMode: 'one_hot' }, data: texts, shape: [1], inputDtype: 'string' },
  ],
};
