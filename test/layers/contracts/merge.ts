// Contracts of the layers that merge several inputs.
import type { Contract, Contracts } from '../contract.ts';

export const merge: Contracts = {
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
};
