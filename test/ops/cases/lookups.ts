// Tensors like others, casts and look-ups: what comes out.
import { type Case, m } from './case.ts';

export const lookups: readonly Case[] = [
  ['zerosLike', [[5, 6]], [0, 0]],
  ['onesLike', [[5, 6]], [1, 1]],
  ['fullLike', [[5, 6], 7], [7, 7]],
  ['cast', [[1.5, -1.5], 'int32'], [1, -1]],
  ['cast', [[0, 2], 'bool'], [false, true]],
  [
    'take',
    [m, [1, -2], 0],
    [
      [3, 4],
      [1, 2],
    ],
  ],
  [
    'take',
    [m, [[1], [0]], { axis: 1 }],
    [
      [[2], [1]],
      [[4], [3]],
    ],
  ],
  ['take', [m, 3], 4],
  [
    'oneHot',
    [[0, 2, 5], 3],
    [
      [1, 0, 0],
      [0, 0, 1],
      [0, 0, 0],
    ],
  ],
  [
    'oneHot',
    [[0, 1], 2, 0],
    [
      [1, 0],
      [0, 1],
    ],
  ],
];
