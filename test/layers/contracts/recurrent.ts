// Contracts of the recurrent layers and of the wrappers.
import type { Contracts } from '../contract.ts';

export const recurrent: Contracts = {
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
      positional: { layer: { className: 'LSTM', config: { units: 4, name: 'forward_inner' } } },
      weights: ['kernel', 'recurrent_kernel', 'bias', 'kernel', 'recurrent_kernel', 'bias'],
      mask: 'ends',
    },
    {
      inputShape: [null, null, 3],
      positional: { layer: { className: 'GRU', config: { units: 2, returnSequences: true, name: 'forward_inner' } } },
      options: { mergeMode: 'sum' },
      weights: ['kernel', 'recurrent_kernel', 'bias', 'kernel', 'recurrent_kernel', 'bias'],
      mask: 'passes',
    },
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
};
