// Contracts of the layers that normalize and regularize.
import type { Contracts } from '../contract.ts';

export const normalization: Contracts = {
  LayerNormalization: [
    { inputShape: [null, null, 4], weights: ['gamma', 'beta'], mask: 'passes' },
    { inputShape: [null, 6], options: { center: false, epsilon: 1e-6, gammaRegularizer: 'l2' }, weights: ['gamma'], mask: 'passes' },
    { inputShape: [null, 4, null], options: { axis: 1, scale: false }, weights: ['beta'], mask: 'passes' },
    { inputShape: [null, 3, null, 2], options: { axis: [1, -1] }, weights: ['gamma', 'beta'], mask: 'passes' },
  ],
  RMSNormalization: [
    { inputShape: [null, null, 4], weights: ['scale'], mask: 'ends' },
    { inputShape: [null, 3, 4], options: { axis: [1, 2], epsilon: 0.1 }, weights: ['scale'], mask: 'ends' },
  ],
  GroupNormalization: [
    { inputShape: [null, null, 4], positional: { groups: 2 }, weights: ['gamma', 'beta'], mask: 'passes' },
    { inputShape: [null, 3, 6], options: { groups: -1, center: false }, weights: ['gamma'], mask: 'passes' },
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
};
