// Contracts of the layers that convolve, pool, pad and move steps and axes.
import type { Contracts } from '../contract.ts';

export const steps: Contracts = {
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
  GlobalAveragePooling1D: [
    { inputShape: [null, null, 3], mask: 'ends' },
    { inputShape: [null, 3, null], options: { dataFormat: 'channels_first', keepdims: true }, mask: 'ends' },
  ],
  GlobalMaxPooling1D: [
    { inputShape: [null, null, 3], options: { keepdims: true }, mask: 'ends' },
    { inputShape: [null, 3, null], options: { dataFormat: 'channels_first' }, mask: 'ends' },
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
  Flatten: [
    { inputShape: [null, 2, 3], mask: 'ends' },
    { inputShape: [null, null, 3], mask: 'ends' },
    { inputShape: [null, 2, null, 2], options: { dataFormat: 'channels_first' }, mask: 'ends' },
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
};
