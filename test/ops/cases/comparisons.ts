// Comparisons, logic and choices: what comes out.
import type { Case } from './case.ts';

export const comparisons: readonly Case[] = [
  ['equal', [[1, 2], 2], [false, true]],
  ['notEqual', [[1, 2], 2], [true, false]],
  ['greater', [[1, 3], 2], [false, true]],
  ['greaterEqual', [[1, 2], 2], [false, true]],
  ['less', [[1, 3], 2], [true, false]],
  ['lessEqual', [[2, 3], 2], [true, false]],
  [
    'logicalAnd',
    [
      [1, 1],
      [0, 3],
    ],
    [false, true],
  ],
  [
    'logicalOr',
    [
      [0, 0],
      [0, 1],
    ],
    [false, true],
  ],
  [
    'logicalXor',
    [
      [2, 1],
      [0, 5],
    ],
    [true, false],
  ],
  ['logicalNot', [[0, 2]], [true, false]],
  ['isfinite', [[1, Infinity, Number.NaN]], [true, false, false]],
  ['isinf', [[1, -Infinity, Number.NaN]], [false, true, false]],
  ['isnan', [[1, Infinity, Number.NaN]], [false, false, true]],
  ['where', [[true, false], [1, 2], 0], [1, 0]],
];
