// Sums, extremes and norms along axes: what comes out.
import { type Case, m } from './case.ts';

export const reductions: readonly Case[] = [
  ['sum', [m], 10],
  ['sum', [m, 0], [4, 6]],
  ['sum', [m, { axis: -1, keepdims: true }], [[3], [7]]],
  ['mean', [m, [0, 1]], 2.5],
  ['max', [m, -1], [2, 4]],
  ['min', [m, 0, true], [[1, 2]]],
  ['var', [[1, 3]], 1],
  ['std', [m, 0], [1, 1]],
  ['any', [[0, 2]], true],
  [
    'all',
    [
      [
        [0, 2],
        [1, 1],
      ],
      -1,
    ],
    [false, true],
  ],
  ['countNonzero', [[0, 2, 3]], 2],
  ['logsumexp', [[1000, 1000]], 1000 + Math.log(2)],
  ['logsumexp', [[[0, -Infinity]], -1], [0]],
  [
    'argmax',
    [
      [
        [1, 5],
        [7, 2],
      ],
    ],
    2,
  ],
  [
    'argmax',
    [
      [
        [1, 5],
        [7, 2],
      ],
      -1,
    ],
    [1, 0],
  ],
  [
    'argmin',
    [
      [
        [1, 5],
        [7, 2],
      ],
      { axis: 0, keepdims: true },
    ],
    [[0, 1]],
  ],
  ['norm', [[3, 4]], 5],
  ['norm', [m, { ord: 1 }], 6],
  ['norm', [m, { ord: Infinity }], 7],
  ['norm', [m, { ord: 'fro' }], Math.sqrt(30)],
  ['norm', [m, { ord: 3, axis: 1 }], [Math.cbrt(9), Math.cbrt(91)]],
  ['norm', [[[0, -4]], { ord: 0, axis: -1, keepdims: true }], [[1]]],
  ['normalize', [[3, 4]], [0.6, 0.8]],
  ['normalize', [[0, 0]], [0, 0]],
  ['normalize', [[1, 3], { order: 1 }], [0.25, 0.75]],
];
