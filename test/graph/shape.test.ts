// Lengths that are not known, and what ops say of values that have them.
import { describe, expect, it } from 'vitest';
import { broadcastDim, fitsShape, innerShape, publicShape, sameShape, shapeText, UNKNOWN } from '../../src/graph/shape.ts';
import { Trace, tracing } from '../../src/graph/trace.ts';
import type { Value } from '../../src/graph/value.ts';
import { add, broadcastShape, select } from '../../src/primitives/binary.ts';
import { gather } from '../../src/primitives/embedding.ts';
import { conv1d } from '../../src/primitives/im2col.ts';
import { concatenate, expandDims, flip, place, reshape, slice, transpose } from '../../src/primitives/layout.ts';
import { dense, matmul } from '../../src/primitives/matmul.ts';
import { lstm } from '../../src/primitives/recurrent.ts';
import { argMax, max, mean, sum } from '../../src/primitives/reduce.ts';
import { softmax } from '../../src/primitives/softmax.ts';
import { toInt } from '../../src/primitives/unary.ts';

type Dims = readonly (number | null)[];

describe('lengths', () => {
  it.each([
    [null, null, null],
    [null, 5, 5],
    [5, null, 5],
    [null, 1, null],
    [1, null, null],
    [1, 5, 5],
    [5, 5, 5],
  ])('%s with %s broadcasts to %s', (a, b, result) => {
    expect(broadcastDim(a ?? UNKNOWN, b ?? UNKNOWN)).toBe(result ?? UNKNOWN);
  });

  it('does not broadcast 4 with 5', () => {
    expect(broadcastDim(4, 5)).toBeUndefined();
    expect(() => broadcastShape([UNKNOWN, 4], [2, 5], 'add')).toThrow('got [null, 4] and [2, 5]');
  });

  it('fits what may be equal, and is the same where nothing differs', () => {
    expect(fitsShape([UNKNOWN, 3], [7, 3])).toBe(true);
    expect(fitsShape([UNKNOWN, 3], [7, 4])).toBe(false);
    expect(fitsShape([3], [3, 1])).toBe(false);
    expect(sameShape([UNKNOWN, 3], [UNKNOWN, 3])).toBe(true);
    expect(sameShape([UNKNOWN, 3], [7, 3])).toBe(false);
  });

  it('is null in public', () => {
    expect(publicShape([UNKNOWN, 3])).toEqual([null, 3]);
    expect(innerShape([null, 3])).toEqual([UNKNOWN, 3]);
    expect(shapeText([UNKNOWN, 3])).toBe('[null, 3]');
    expect(shapeText([null, 3])).toBe('[null, 3]');
  });
});

describe('ops on values of unknown length', () => {
  const b = UNKNOWN;
  const cases: readonly [name: string, inputs: readonly Dims[], body: (...x: Value[]) => Value, result: Dims][] = [
    [
      'add',
      [
        [null, 3],
        [10, 3],
      ],
      add,
      [10, 3],
    ],
    [
      'add, of 1',
      [
        [null, 3],
        [1, 3],
      ],
      add,
      [null, 3],
    ],
    [
      'add, another way',
      [
        [null, 1, 3],
        [4, null, 1],
      ],
      add,
      [4, null, 3],
    ],
    ['select', [[null, 1], [5, 3], [3]], select, [5, 3]],
    ['reshape', [[null, 12]], (x) => reshape(x, [b, 3, 4]), [null, 3, 4]],
    ['transpose', [[null, 2, null]], (x) => transpose(x, [2, 0, 1]), [null, null, 2]],
    ['expandDims', [[null, 2]], (x) => expandDims(x, -1), [null, 2, 1]],
    [
      'concatenate',
      [
        [null, 2],
        [4, 3],
      ],
      (x, y) => concatenate([x, y], 1),
      [4, 5],
    ],
    [
      'concatenate, along what is unknown',
      [
        [null, 2],
        [4, 2],
      ],
      (x, y) => concatenate([x, y], 0),
      [null, 2],
    ],
    ['slice', [[null, null, 3]], (x) => slice(x, [0, 2, 0], [b, 5, 3]), [null, 5, 3]],
    ['place', [[null, null]], (x) => place(x, [b, b], [0, 1]), [null, null]],
    ['flip', [[null, 2]], (x) => flip(x, [0]), [null, 2]],
    ['sum over what is unknown', [[null, null, 3]], (x) => sum(x, 1), [null, 3]],
    ['sum over all', [[null, 3]], (x) => sum(x), []],
    ['mean, axes kept', [[null, null, 3]], (x) => mean(x, [0, 1], true), [1, 1, 3]],
    ['max over axes apart', [[null, 4, null]], (x) => max(x, [0, 2]), [4]],
    ['argMax', [[null, null]], (x) => argMax(x, 1), [null]],
    ['softmax', [[null, null]], (x) => softmax(x), [null, null]],
    [
      'matmul',
      [
        [null, 3],
        [3, 4],
      ],
      (x, y) => matmul(x, y),
      [null, 4],
    ],
    [
      'matmul of stacks',
      [
        [null, null, 3],
        [8, 3, 4],
      ],
      (x, y) => matmul(x, y),
      [8, null, 4],
    ],
    [
      'matmul, inner length unknown',
      [
        [2, null],
        [3, 4],
      ],
      (x, y) => matmul(x, y),
      [2, 4],
    ],
    [
      'dense',
      [
        [null, null, 3],
        [3, 4],
      ],
      (x, y) => dense(x, y),
      [null, null, 4],
    ],
    [
      'gather',
      [
        [10, 4],
        [null, null],
      ],
      (table, ids) => gather(table, toInt(ids)),
      [null, null, 4],
    ],
    [
      'conv1d',
      [
        [null, null, 2],
        [3, 2, 5],
      ],
      (x, k) => conv1d(x, k, undefined, { padding: [1, 1] }),
      [null, null, 5],
    ],
    [
      'lstm',
      [
        [null, null, 8],
        [2, 8],
      ],
      (x, k) => lstm({ projected: x, recurrentKernel: k }).outputs,
      [null, null, 2],
    ],
  ];

  it.each(cases)('%s', (_name, inputs, body, result) => {
    const trace = new Trace();
    const y = tracing(trace, () => body(...inputs.map((shape) => trace.input({ shape: innerShape(shape), dtype: 'float32' }))));
    expect(publicShape(y.shape)).toEqual(result);
  });
});
