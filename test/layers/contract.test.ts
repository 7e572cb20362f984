import { describe, expect, it } from 'vitest';
import * as layers from '../../src/layers/index.ts';
import { type Contract, checkLayer } from './contract.ts';

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

for (const [className, list] of Object.entries(contracts)) {
  const Class = classes[className as 'Dense'] as new (...args: Arguments[]) => layers.Layer;
  for (const contract of list) checkLayer((...args: Arguments[]) => new Class(...args), { className, ...contract });
}

describe('the contract', () => {
  it('is kept by every layer', () => {
    // Names in lower case are functions. InputLayer computes nothing and takes no layer options; the base class is abstract.
    const names = Object.keys(layers).filter((name) => /^[A-Z]/.test(name) && !['Layer', 'InputLayer'].includes(name));
    expect(Object.keys(contracts).sort()).toEqual(names.sort());
  });

  it('is what InputLayer keeps of it', () => {
    const layer = new layers.InputLayer({ shape: [3], name: 'in' });
    expect(new layers.InputLayer(layer.getConfig()).getConfig()).toEqual({ batchShape: [null, 3], dtype: 'float32', name: 'in' });
    expect(layer.apply([[1, 2, 3]]).array()).toEqual([[1, 2, 3]]);
    expect(layer.computeOutputShape([null, 3])).toEqual([null, 3]);
  });
});
