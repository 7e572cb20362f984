// Products of vectors and matrices: what comes out.
import { type Case, m } from './case.ts';

export const matrices: readonly Case[] = [
  ['matmul', [[[1, 2]], [[3], [4]]], [[11]]],
  ['matmul', [m, [1, 1]], [3, 7]],
  ['matmul', [[1, 1], m], [4, 6]],
  [
    'matmul',
    [
      [m, m],
      [
        [[1], [0]],
        [[0], [1]],
      ],
    ],
    [
      [[1], [3]],
      [[2], [4]],
    ],
  ],
  [
    'matmul',
    [
      [[m], [m]],
      [
        [[1], [0]],
        [[0], [1]],
      ],
    ],
    [
      [
        [[1], [3]],
        [[2], [4]],
      ],
      [
        [[1], [3]],
        [[2], [4]],
      ],
    ],
  ],
  [
    'dot',
    [
      [1, 2],
      [3, 4],
    ],
    11,
  ],
  [
    'dot',
    [m, 2],
    [
      [2, 4],
      [6, 8],
    ],
  ],
  [
    'dot',
    [
      [1, 1],
      [m, m],
    ],
    [
      [4, 6],
      [4, 6],
    ],
  ],
];
