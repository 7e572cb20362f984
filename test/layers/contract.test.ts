import { describe, expect, it } from 'vitest';
import * as layers from '../../src/layers/index.ts';
import { type Contract, checkLayer } from './contract.ts';

// biome-ignore lint/suspicious/noExplicitAny: as in contract.ts
type Arguments = any;

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
};

for (const [className, list] of Object.entries(contracts)) {
  const Class = layers[className as 'Dense'] as new (...args: Arguments[]) => layers.Layer;
  for (const contract of list) checkLayer((...args: Arguments[]) => new Class(...args), { className, ...contract });
}

describe('the contract', () => {
  it('is kept by every layer', () => {
    // InputLayer computes nothing and takes no layer options; the base class is abstract.
    const names = Object.keys(layers).filter((name) => !['Layer', 'InputLayer'].includes(name));
    expect(Object.keys(contracts).sort()).toEqual(names.sort());
  });

  it('is what InputLayer keeps of it', () => {
    const layer = new layers.InputLayer({ shape: [3], name: 'in' });
    expect(new layers.InputLayer(layer.getConfig()).getConfig()).toEqual({ batchShape: [null, 3], dtype: 'float32', name: 'in' });
    expect(layer.apply([[1, 2, 3]]).array()).toEqual([[1, 2, 3]]);
    expect(layer.computeOutputShape([null, 3])).toEqual([null, 3]);
  });
});
