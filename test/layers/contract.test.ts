import { describe, expect, it } from 'vitest';
import type { HostLayer } from '../../src/layers/host-layer.ts';
import * as layers from '../../src/layers/index.ts';
import { affine, square } from '../../src/ops/unary.ts';
import { type Contract, checkLayer } from './contract.ts';
import { checkHostLayer, type HostContract } from './host-contract.ts';

const classes = { ...layers };

// biome-ignore lint/suspicious/noExplicitAny: as in contract.ts
type Arguments = any;

const projected = ['kernel', 'bias', 'kernel', 'bias', 'kernel', 'bias', 'kernel', 'bias'];

const contracts: Record<string, readonly Omit<Contract, 'className'>[]> = {
  Embedding: [
    { inputShape: [null, null], positional: { inputDim: 7, outputDim: 3 }, ids: 7, weights: ['embeddings'], mask: 'ends' },
    {
      inputShape: [null, null],
      positional: { inputDim: 7, outputDim: 3 },
      options: { maskZero: true },
      ids: 7,
      weights: ['embeddings'],
      mask: 'is made',
    },
    { inputShape: [null, null, 2], positional: { inputDim: 4, outputDim: 1 }, ids: 4, weights: ['embeddings'], mask: 'ends' },
  ],
  Dense: [
    { inputShape: [null, 4], positional: { units: 3 }, weights: ['kernel', 'bias'], mask: 'passes' },
    {
      inputShape: [null, null, 4],
      positional: { units: 3 },
      options: { activation: 'tanh', useBias: false },
      weights: ['kernel'],
      mask: 'passes',
    },
    {
      inputShape: [null, 4],
      positional: { units: 2 },
      options: {
        activation: 'softplus',
        biasInitializer: 'ones',
        kernelRegularizer: 'l2',
        kernelConstraint: 'max_norm',
        kernelInitializer: 'he_normal',
      },
      weights: ['kernel', 'bias'],
      mask: 'passes',
    },
    {
      inputShape: [null, null, 2, 3],
      positional: { units: 5 },
      options: { activation: 'softmax' },
      weights: ['kernel', 'bias'],
      mask: 'passes',
    },
  ],
  LSTM: [
    { inputShape: [null, null, 3], positional: { units: 4 }, weights: ['kernel', 'recurrent_kernel', 'bias'], mask: 'ends' },
    {
      inputShape: [null, 5, 3],
      positional: { units: 2 },
      options: { returnSequences: true, useBias: false, activation: 'softsign', goBackwards: true },
      weights: ['kernel', 'recurrent_kernel'],
      mask: 'passes',
    },
  ],
  GRU: [
    { inputShape: [null, null, 3], positional: { units: 4 }, weights: ['kernel', 'recurrent_kernel', 'bias'], mask: 'ends' },
    {
      inputShape: [null, null, 2],
      positional: { units: 3 },
      options: { returnSequences: true, resetAfter: false, recurrentActivation: 'hard_sigmoid' },
      weights: ['kernel', 'recurrent_kernel', 'bias'],
      mask: 'passes',
    },
  ],
  SimpleRNN: [
    { inputShape: [null, null, 3], positional: { units: 4 }, weights: ['kernel', 'recurrent_kernel', 'bias'], mask: 'ends' },
    {
      inputShape: [null, null, 3],
      positional: { units: 4 },
      options: { returnSequences: true, activation: 'relu', recurrentInitializer: 'glorot_normal' },
      weights: ['kernel', 'recurrent_kernel', 'bias'],
      mask: 'passes',
    },
  ],
  Bidirectional: [
    {
      inputShape: [null, null, 3],
      positional: { layer: { className: 'LSTM', config: { units: 4, name: 'inner' } } },
      weights: ['kernel', 'recurrent_kernel', 'bias', 'kernel', 'recurrent_kernel', 'bias'],
      mask: 'ends',
    },
    {
      inputShape: [null, null, 3],
      positional: { layer: { className: 'GRU', config: { units: 2, returnSequences: true, name: 'inner' } } },
      options: { mergeMode: 'sum' },
      weights: ['kernel', 'recurrent_kernel', 'bias', 'kernel', 'recurrent_kernel', 'bias'],
      mask: 'passes',
    },
  ],
  Flatten: [
    { inputShape: [null, 2, 3], mask: 'ends' },
    { inputShape: [null, null, 3], mask: 'ends' },
    { inputShape: [null, 2, null, 2], options: { dataFormat: 'channels_first' }, mask: 'ends' },
  ],
  Activation: [
    { inputShape: [null, 4], positional: { activation: 'relu' }, mask: 'passes' },
    { inputShape: [null, null, 4], positional: { activation: 'softmax' }, mask: 'passes' },
    { inputShape: [null, 4], positional: { activation: 'linear' }, mask: 'passes' },
  ],
  Dropout: [
    { inputShape: [null, 40], positional: { rate: 0.5 }, mask: 'passes', isRandom: true },
    {
      inputShape: [null, null, 40],
      positional: { rate: 0.25 },
      options: { seed: 3, noiseShape: [null, 1, null] },
      mask: 'passes',
      isRandom: true,
    },
    { inputShape: [null, 4], positional: { rate: 0 }, mask: 'passes' },
    { inputShape: [null, 4], positional: { rate: 1 }, mask: 'passes' },
  ],
  GlobalAveragePooling1D: [
    { inputShape: [null, null, 3], mask: 'ends' },
    { inputShape: [null, 3, null], options: { dataFormat: 'channels_first', keepdims: true }, mask: 'ends' },
  ],
  GlobalMaxPooling1D: [
    { inputShape: [null, null, 3], options: { keepdims: true }, mask: 'ends' },
    { inputShape: [null, 3, null], options: { dataFormat: 'channels_first' }, mask: 'ends' },
  ],
  Reshape: [
    { inputShape: [null, 4, 3], positional: { targetShape: [2, -1] }, mask: 'ends' },
    { inputShape: [null, null, 4], positional: { targetShape: [-1, 2] }, mask: 'ends' },
    { inputShape: [null, 6], positional: { targetShape: [3, 1, 2] }, mask: 'ends' },
  ],
  Permute: [
    { inputShape: [null, null, 3], positional: { dims: [2, 1] }, mask: 'ends' },
    { inputShape: [null, 2, null, 3], positional: { dims: [3, 1, 2] }, mask: 'ends' },
  ],
  RepeatVector: [{ inputShape: [null, 4], positional: { n: 3 }, mask: 'ends' }],
  Masking: [
    { inputShape: [null, null, 3], mask: 'is made' },
    { inputShape: [null, 4, 1], positional: { maskValue: -1 }, mask: 'is made' },
  ],
  Conv1D: [
    { inputShape: [null, 7, 4], positional: { filters: 3, kernelSize: [3] }, weights: ['kernel', 'bias'], mask: 'ends' },
    {
      inputShape: [null, null, 4],
      positional: { filters: 5, kernelSize: [3] },
      options: { padding: 'same', strides: [2], useBias: false, activation: 'tanh' },
      weights: ['kernel'],
      mask: 'ends',
    },
    {
      inputShape: [null, null, 4],
      positional: { filters: 6, kernelSize: [2] },
      options: {
        padding: 'causal',
        dilationRate: [3],
        groups: 2,
        kernelInitializer: 'he_normal',
        kernelRegularizer: 'l2',
        biasConstraint: 'non_neg',
      },
      weights: ['kernel', 'bias'],
      mask: 'ends',
    },
    {
      inputShape: [null, 3, null],
      positional: { filters: 2, kernelSize: [1] },
      options: { dataFormat: 'channels_first' },
      weights: ['kernel', 'bias'],
      mask: 'ends',
    },
  ],
  MaxPooling1D: [
    { inputShape: [null, 7, 3], positional: { poolSize: [2] }, mask: 'ends' },
    { inputShape: [null, null, 3], positional: { poolSize: [3] }, options: { strides: [2], padding: 'same' }, mask: 'ends' },
    { inputShape: [null, 3, null], options: { padding: 'same', dataFormat: 'channels_first' }, mask: 'ends' },
  ],
  AveragePooling1D: [
    { inputShape: [null, 7, 3], positional: { poolSize: [3] }, mask: 'ends' },
    { inputShape: [null, null, 3], positional: { poolSize: [3] }, options: { strides: [1], padding: 'same' }, mask: 'ends' },
    { inputShape: [null, 3, null], options: { padding: 'same', dataFormat: 'channels_first' }, mask: 'ends' },
  ],
  ZeroPadding1D: [
    { inputShape: [null, null, 3], positional: { padding: [2, 0] }, mask: 'ends' },
    { inputShape: [null, 3, null], options: { dataFormat: 'channels_first' }, mask: 'ends' },
  ],
  Cropping1D: [
    { inputShape: [null, 5, 3], positional: { cropping: [1, 2] }, mask: 'ends' },
    { inputShape: [null, null, 3], positional: { cropping: [0, 0] }, mask: 'ends' },
  ],
  UpSampling1D: [{ inputShape: [null, null, 3], positional: { size: 3 }, mask: 'ends' }],
  LayerNormalization: [
    { inputShape: [null, null, 4], weights: ['gamma', 'beta'], mask: 'passes' },
    { inputShape: [null, 6], options: { center: false, epsilon: 1e-6, gammaRegularizer: 'l2' }, weights: ['gamma'], mask: 'passes' },
    { inputShape: [null, 4, null], options: { axis: 1, scale: false }, weights: ['beta'], mask: 'passes' },
    { inputShape: [null, 3, null, 2], options: { axis: [1, -1] }, weights: ['gamma', 'beta'], mask: 'passes' },
  ],
  BatchNormalization: [
    { inputShape: [null, 4], weights: ['gamma', 'beta'], state: ['moving_mean', 'moving_variance'], mask: 'passes' },
    {
      inputShape: [null, null, 4],
      options: { scale: false },
      weights: ['beta'],
      state: ['moving_mean', 'moving_variance'],
      mask: 'passes',
    },
    {
      inputShape: [null, 4, null],
      options: { axis: 1, center: false, momentum: 0.5, epsilon: 0.01 },
      weights: ['gamma'],
      state: ['moving_mean', 'moving_variance'],
      mask: 'passes',
    },
  ],
  UnitNormalization: [
    { inputShape: [null, null, 4], mask: 'passes' },
    { inputShape: [null, null, 4], positional: { axis: [1, 2] }, mask: 'passes' },
  ],
  PReLU: [
    { inputShape: [null, 4], weights: ['alpha'], mask: 'passes' },
    { inputShape: [null, null, 4], options: { sharedAxes: [1], alphaInitializer: 'ones' }, weights: ['alpha'], mask: 'passes' },
  ],
  LeakyReLU: [{ inputShape: [null, null, 4], positional: { negativeSlope: 0.1 }, mask: 'passes' }],
  ReLU: [
    { inputShape: [null, null, 4], mask: 'passes' },
    { inputShape: [null, 4], positional: { maxValue: 0.5 }, options: { negativeSlope: 0.25, threshold: 0.125 }, mask: 'passes' },
  ],
  ELU: [{ inputShape: [null, null, 4], positional: { alpha: 0.5 }, mask: 'passes' }],
  Softmax: [
    { inputShape: [null, null, 4], mask: 'passes' },
    { inputShape: [null, null, 4], positional: { axis: 1 }, mask: 'passes' },
    { inputShape: [null, null, 4], positional: { axis: [1, 2] }, mask: 'passes' },
  ],
  SpatialDropout1D: [
    { inputShape: [null, null, 40], positional: { rate: 0.5 }, mask: 'passes', isRandom: true },
    { inputShape: [null, null, 4], positional: { rate: 0 }, mask: 'passes' },
  ],
  GaussianNoise: [
    { inputShape: [null, null, 4], positional: { stddev: 0.5 }, mask: 'passes', isRandom: true },
    { inputShape: [null, 4], positional: { stddev: 0 }, mask: 'passes' },
  ],
  GaussianDropout: [
    { inputShape: [null, null, 4], positional: { rate: 0.5 }, options: { seed: 4 }, mask: 'passes', isRandom: true },
    { inputShape: [null, 4], positional: { rate: 0 }, mask: 'passes' },
  ],
  AlphaDropout: [
    { inputShape: [null, 40], positional: { rate: 0.5 }, mask: 'passes', isRandom: true },
    {
      inputShape: [null, null, 40],
      positional: { rate: 0.5 },
      options: { seed: 3, noiseShape: [null, 1, null] },
      mask: 'passes',
      isRandom: true,
    },
    { inputShape: [null, 4], positional: { rate: 0 }, mask: 'passes' },
  ],
  ActivityRegularization: [{ inputShape: [null, null, 4], positional: { l1: 0.5, l2: 0.25 }, mask: 'passes' }],
  Identity: [{ inputShape: [null, null, 4], mask: 'passes' }],
  Lambda: [
    { inputShape: [null, null, 4], positional: { function: (x: never) => square(x) }, mask: 'ends', hasNoConfig: true },
    {
      inputShape: [null, 3],
      positional: { function: (x: never, { times }: { times: number }) => affine(x, times, 0) },
      options: { arguments: { times: 3 }, outputShape: [3], mask: (_: never, mask: never) => mask },
      mask: 'passes',
      hasNoConfig: true,
    },
  ],
  Rescaling: [
    { inputShape: [null, null, 4], positional: { scale: 0.5, offset: -1 }, mask: 'passes' },
    { inputShape: [null, null, 3], positional: { scale: [1, 2, 4], offset: 3 }, mask: 'passes' },
    { inputShape: [null, null, 2], positional: { scale: 2, offset: [1, 2] }, mask: 'passes' },
  ],
  CategoryEncoding: [
    { inputShape: [null, null], positional: { numTokens: 6 }, ids: 6, mask: 'ends' },
    { inputShape: [null, 2, null], positional: { numTokens: 6, outputMode: 'count' }, ids: 6, mask: 'ends' },
    { inputShape: [null, null], positional: { numTokens: 3, outputMode: 'one_hot' }, ids: 3, mask: 'ends' },
    { inputShape: [null, 1], positional: { numTokens: 3, outputMode: 'one_hot' }, ids: 3, mask: 'ends' },
  ],
  Discretization: [
    { inputShape: [null, null], positional: { binBoundaries: [-0.5, 0, 0.5] }, mask: 'ends' },
    { inputShape: [null, null], positional: { binBoundaries: [0] }, options: { outputMode: 'multi_hot' }, mask: 'ends' },
  ],
  Normalization: [
    { inputShape: [null, null, 3], state: ['mean', 'variance', 'count'], mask: 'passes' },
    { inputShape: [null, null, 3], positional: { axis: null }, state: ['mean', 'variance', 'count'], mask: 'passes' },
    {
      inputShape: [null, 2, 3],
      positional: { axis: [1, 2] },
      options: { mean: [1, 2, 3], variance: [4, 5, 6], invert: true },
      mask: 'passes',
    },
    { inputShape: [null, 3], options: { mean: 2, variance: 4 }, mask: 'passes' },
  ],
  TimeDistributed: [
    {
      inputShape: [null, null, 3],
      positional: { layer: { className: 'Dense', config: { name: 'inner', units: 2 } } },
      weights: ['kernel', 'bias'],
      mask: 'passes',
      hasNoConfig: true,
    },
    {
      inputShape: [null, null, 2, 3],
      positional: { layer: { className: 'BatchNormalization', config: { name: 'inner' } } },
      weights: ['gamma', 'beta'],
      state: ['moving_mean', 'moving_variance'],
      mask: 'passes',
      hasNoConfig: true,
    },
  ],
  ...Object.fromEntries(
    ['Add', 'Multiply', 'Average', 'Maximum', 'Minimum'].map((name) => [
      name,
      [
        {
          inputShape: [
            [null, 4],
            [null, 4],
            [null, 4],
          ],
          mask: 'is merged',
        },
        {
          inputShape: [
            [null, null, 3],
            [null, 1, 3],
          ],
          mask: 'is merged',
        },
        {
          inputShape: [
            [null, null, 3],
            [null, 3],
          ],
          mask: 'is merged',
        },
      ] satisfies Omit<Contract, 'className'>[],
    ]),
  ),
  Subtract: [
    {
      inputShape: [
        [null, 4],
        [null, 4],
      ],
      mask: 'is merged',
    },
    {
      inputShape: [
        [null, 1, 3],
        [null, 2, 3],
      ],
      mask: 'is merged',
    },
  ],
  Concatenate: [
    {
      inputShape: [
        [null, 4],
        [null, 3],
      ],
      mask: 'is merged',
    },
    {
      inputShape: [
        [null, null, 2],
        [null, 3, 2],
        [null, null, 2],
      ],
      positional: { axis: 1 },
      mask: 'is merged',
    },
    {
      inputShape: [
        [null, null, 2],
        [null, null, 3],
      ],
      positional: { axis: -1 },
      mask: 'is merged',
    },
  ],
  Dot: [
    {
      inputShape: [
        [null, 4],
        [null, 4],
      ],
      positional: { axes: 1, normalize: false },
      mask: 'ends',
    },
    {
      inputShape: [
        [null, 4],
        [null, 4],
      ],
      positional: { axes: -1, normalize: true },
      mask: 'ends',
    },
    {
      inputShape: [
        [null, null, 4],
        [null, 3, 4],
      ],
      positional: { axes: 2, normalize: false },
      mask: 'ends',
    },
    {
      inputShape: [
        [null, null, 4],
        [null, 4, 2],
      ],
      positional: { axes: [2, 1], normalize: false },
      mask: 'ends',
    },
    {
      inputShape: [
        [null, 4, 2, 3],
        [null, 2, 4],
      ],
      positional: { axes: [1, 2], normalize: false },
      mask: 'ends',
    },
    {
      inputShape: [
        [null, 4],
        [null, 3, 4, 2],
      ],
      positional: { axes: [-1, 2], normalize: false },
      mask: 'ends',
    },
  ],
  Attention: [
    {
      inputShape: [
        [null, null, 3],
        [null, 5, 3],
      ],
      mask: 'passes',
    },
    {
      inputShape: [
        [null, 4, 3],
        [null, null, 2],
        [null, null, 3],
      ],
      options: { useScale: true },
      weights: ['scale'],
      mask: 'passes',
    },
    {
      inputShape: [
        [null, null, 3],
        [null, 5, 3],
      ],
      options: { useScale: true, scoreMode: 'concat' },
      weights: ['scale', 'concat_score_weight'],
      mask: 'passes',
    },
    {
      inputShape: [
        [null, 4, 3],
        [null, 5, 3],
      ],
      options: { dropout: 0.5, seed: 3 },
      mask: 'passes',
      isRandom: true,
    },
  ],
  AdditiveAttention: [
    {
      inputShape: [
        [null, null, 3],
        [null, 5, 3],
      ],
      weights: ['scale'],
      mask: 'passes',
    },
    {
      inputShape: [
        [null, 4, 3],
        [null, null, 3],
      ],
      options: { useScale: false },
      mask: 'passes',
    },
  ],
  MultiHeadAttention: [
    {
      inputShape: [
        [null, null, 5],
        [null, 6, 4],
      ],
      positional: { numHeads: 2, keyDim: 3 },
      weights: projected,
      mask: 'passes',
    },
    {
      inputShape: [
        [null, 4, 5],
        [null, null, 3],
        [null, null, 2],
      ],
      positional: { numHeads: 3, keyDim: 2 },
      options: { valueDim: 4, outputShape: 7, useBias: false, kernelRegularizer: 'l2', dropout: 0.25, seed: 1 },
      weights: ['kernel', 'kernel', 'kernel', 'kernel'],
      mask: 'passes',
      isRandom: true,
    },
    {
      inputShape: [
        [null, 4, null, 3],
        [null, 4, 6, 3],
      ],
      positional: { numHeads: 2, keyDim: 2 },
      options: { outputShape: [3, 2], attentionAxes: [2] },
      weights: projected,
      mask: 'passes',
    },
    {
      inputShape: [
        [null, 2, 3, 3],
        [null, 4, null, 3],
      ],
      positional: { numHeads: 1, keyDim: 2 },
      weights: projected,
      mask: 'passes',
    },
  ],
};

/** A layer that TimeDistributed is to have, made anew for each. */
function withLayers(given: Arguments): Arguments {
  if (typeof given?.className === 'string' && given.className in classes) return new classes[given.className as 'Dense'](given.config);
  return given?.layer ? { ...given, layer: withLayers(given.layer) } : given;
}

for (const [className, list] of Object.entries(contracts)) {
  const Class = classes[className as 'Dense'] as new (...args: Arguments[]) => layers.Layer;
  for (const contract of list)
    checkLayer((...args: Arguments[]) => new Class(...(className === 'TimeDistributed' ? args.map(withLayers) : args)), {
      className,
      ...contract,
    });
}

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

const hostContracts: Record<string, readonly Omit<HostContract, 'className'>[]> = {
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

for (const [className, list] of Object.entries(hostContracts)) {
  const Class = classes[className as 'Hashing'] as new (...args: Arguments[]) => HostLayer;
  for (const contract of list) checkHostLayer((...args: Arguments[]) => new Class(...args), { className, ...contract });
}

describe('the contract', () => {
  it('is kept by every layer', () => {
    // Names in lower case are functions. InputLayer computes nothing and takes no layer options; the base class is abstract.
    const names = Object.keys(layers).filter((name) => /^[A-Z]/.test(name) && !['Layer', 'InputLayer'].includes(name));
    expect(Object.keys({ ...contracts, ...hostContracts }).sort()).toEqual(names.sort());
  });

  it('is what InputLayer keeps of it', () => {
    const layer = new layers.InputLayer({ shape: [3], name: 'in' });
    expect(new layers.InputLayer(layer.getConfig()).getConfig()).toEqual({ batchShape: [null, 3], dtype: 'float32', name: 'in' });
    expect(layer.apply([[1, 2, 3]]).array()).toEqual([[1, 2, 3]]);
    expect(layer.computeOutputShape([null, 3])).toEqual([null, 3]);
  });
});
