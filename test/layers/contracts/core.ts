// Contracts of the core layers and of activations.
import { affine, square } from '../../../src/primitives/unary.ts';
import type { Contracts } from '../contract.ts';

export const core: Contracts = {
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
  Masking: [
    { inputShape: [null, null, 3], mask: 'is made' },
    { inputShape: [null, 4, 1], positional: { maskValue: -1 }, mask: 'is made' },
  ],
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
  Activation: [
    { inputShape: [null, 4], positional: { activation: 'relu' }, mask: 'passes' },
    { inputShape: [null, null, 4], positional: { activation: 'softmax' }, mask: 'passes' },
    { inputShape: [null, 4], positional: { activation: 'linear' }, mask: 'passes' },
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
  Identity: [{ inputShape: [null, null, 4], mask: 'passes' }],
};
