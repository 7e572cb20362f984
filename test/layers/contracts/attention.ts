// Contracts of the attention layers.
import type { Contracts } from '../contract.ts';

const projected = ['kernel', 'bias', 'kernel', 'bias', 'kernel', 'bias', 'kernel', 'bias'];

export const attention: Contracts = {
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
