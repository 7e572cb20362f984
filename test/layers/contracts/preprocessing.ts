// Contracts of the layers that prepare numbers.
import type { Contracts } from '../contract.ts';

export const preprocessing: Contracts = {
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
};
