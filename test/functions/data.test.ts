// Ops whose results depend on the numbers: of data, with Keras's values, and refused in graphs.
import { describe, expect, it } from 'vitest';
import { Input, layers, ops, type Tensor, tensor, ValueError } from '../../src/index.ts';

const x = tensor(Int32Array.of(3, 1, 3, 0, 1, 2), [2, 3]);
const arrays = (results: Tensor | Tensor[]): unknown => (Array.isArray(results) ? results.map((one) => one.array()) : results.array());

describe('values are those of Keras', () => {
  it.each<[string, () => Tensor | Tensor[], unknown]>([
    [
      'nonzero',
      () => ops.nonzero(x),
      [
        [0, 0, 0, 1, 1],
        [0, 1, 2, 1, 2],
      ],
    ],
    ['nonzero of truth values', () => ops.nonzero([true, false, true]), [[0, 2]]],
    ['bincount', () => ops.bincount([0, 2, 2, 5]), [1, 0, 2, 0, 0, 1]],
    ['bincount with weights', () => ops.bincount([0, 2, 2], [0.5, 1, 2], 5), [0.5, 0, 3, 0, 0]],
    [
      'bincount of rows',
      () =>
        ops.bincount([
          [0, 1],
          [2, 2],
        ]),
      [
        [1, 1, 0],
        [0, 0, 2],
      ],
    ],
    ['bincount of nothing', () => ops.bincount([], { minlength: 2 }), [0, 0]],
    [
      'histogram',
      () => ops.histogram([1, 2, 2, 5], 4),
      [
        [1, 2, 0, 1],
        [1, 2, 3, 4, 5],
      ],
    ],
    [
      'histogram of a range',
      () => ops.histogram([1, 2, 2, 5], { bins: 3, range: [0, 6] }),
      [
        [1, 2, 1],
        [0, 2, 4, 6],
      ],
    ],
    ['unique', () => ops.unique(x), [0, 1, 2, 3]],
    [
      'unique with all that goes with it',
      () => ops.unique(x, { returnIndex: true, returnInverse: true, returnCounts: true }),
      [
        [0, 1, 2, 3],
        [3, 1, 5, 0],
        [
          [3, 1, 3],
          [0, 1, 2],
        ],
        [1, 2, 1, 2],
      ],
    ],
    [
      'unique columns',
      () => ops.unique(x, { axis: 1 }),
      [
        [1, 3, 3],
        [1, 0, 2],
      ],
    ],
    [
      'unique rows',
      () =>
        ops.unique(
          [
            [1, 2],
            [1, 2],
            [0, 5],
          ],
          { axis: 0 },
        ),
      [
        [0, 5],
        [1, 2],
      ],
    ],
    ['unique, filled up', () => ops.unique(x, { size: 6, fillValue: -1 }), [0, 1, 2, 3, -1, -1]],
    ['unique, cut', () => ops.unique(x, { size: 2 }), [0, 1]],
    ['argpartition', () => ops.argpartition([3, 1, 2], 1), [1, 2, 0]],
    ['view', () => ops.view([1.5], 'int32'), [1069547520]],
    ['view of whole numbers', () => ops.view(tensor(Int32Array.of(1069547520)), 'float32'), [1.5]],
    ['empty', () => ops.empty([2], 'int32'), [0, 0]],
  ])('%s', (_, call, expected) => {
    expect(arrays(call())).toEqual(expected);
  });
});

describe('facts', () => {
  const symbol = Input({ shape: [null, 3], dtype: 'int32' });

  it('of data and symbolic tensors', () => {
    expect([ops.shape([[1, 2]]), ops.ndim(5), ops.size([[1, 2]]), ops.dtype(x)]).toEqual([[1, 2], 0, 2, 'int32']);
    expect([ops.shape(symbol), ops.ndim(symbol), ops.size(symbol), ops.dtype(symbol)]).toEqual([[null, null, 3], 3, null, 'int32']);
    expect([ops.isTensor(x), ops.isTensor(symbol), ops.isTensor([1]), ops.isTensor(1)]).toEqual([true, true, false, false]);
  });

  it('of values in a call', () => {
    const seen: unknown[] = [];
    class Facts extends layers.Layer {
      override call(value: never) {
        seen.push(ops.shape(value), ops.ndim(value), ops.dtype(value), ops.isTensor(value));
        return value;
      }
    }
    new Facts().apply([[1, 2]]);
    expect(seen.slice(-4)).toEqual([[1, 2], 2, 'float32', true]);
  });

  it('of numbers as arrays of their own', () => {
    const numbers = ops.convertToNumpy(x);
    numbers[0] = 9;
    expect([numbers.constructor, x.data[0]]).toEqual([Int32Array, 3]);
    expect(() => ops.convertToNumpy(symbol as never)).toThrow(ValueError);
  });
});

describe('in graphs', () => {
  it.each(['nonzero', 'bincount', 'histogram', 'unique', 'view'] as const)('%s is refused', (name) => {
    const call = ops[name] as (x: unknown) => unknown;
    expect(() => call(Input({ shape: [3] }))).toThrow(`${name}: expected data, got`);
    class Inside extends layers.Layer {
      override call(value: never) {
        return call(value) as never;
      }
    }
    expect(() => new Inside().apply([[1, 2]])).toThrow(`${name}: expected data, got`);
  });

  it('segments need their number', () => {
    const ids = Input({ shape: [], dtype: 'int32' });
    expect(() => ops.segmentSum(Input({ shape: [2] }), ids)).toThrow('segmentSum: expected numSegments');
    expect(ops.segmentSum([1, 2, 3], [0, 2, 2]).array()).toEqual([1, 0, 5]);
    expect(() => ops.segmentSum([1, 2], [0, 5], 2)).toThrow(/segmentSum: expected whole ids in \[0, 2\), got 5/);
  });

  it('keys and subscripts are checked', () => {
    for (const [call, message] of [
      [() => ops.getItem([1, 2], ':, 0'), 'getItem: expected at most 1 axes in key, got 2'],
      [() => ops.getItem([1, 2], 2), 'getItem: expected a place below 2 along axis 0, got 2'],
      [() => ops.getItem([1, 2], 'a'), "getItem: expected key to say which elements, got 'a'"],
      [() => ops.einsum('ij,jk->ik', [[1, 2]]), 'einsum: expected 2 operands for the subscripts, got 1'],
      [() => ops.einsum('ij,jk->ik', [[1, 2]], [[1, 2]]), "einsum: expected one length for 'j', got 2 and 1"],
      [() => ops.einsum('i->ii', [1]), "einsum: expected 'i' once behind '->'"],
      [() => ops.einsum('i$', [1]), "einsum: expected subscripts of letters, commas and '->', got 'i$'"],
      [() => ops.einsum('ij', [1]), "einsum: expected an operand of 2 axes for 'ij', got shape [1]"],
      [() => ops.topK([1, 2], 3), 'topK: expected rows of at least 3 elements, got shape [2]'],
      [() => ops.quantile([1], 2), 'quantile: expected q from 0 to 1, got 2'],
      [() => ops.takeAlongAxis([[1, 2]], [0], 1), 'takeAlongAxis: expected indices of 2 axes, got shape [1]'],
      [() => ops.sliceUpdate([1, 2], [0], [1, 2, 3]), 'sliceUpdate: expected a block inside [2]'],
    ] as const)
      expect(call).toThrow(message);
  });

  it('matrices are checked', () => {
    for (const [call, message] of [
      [() => ops.cholesky([1, 2]), 'cholesky: expected matrices, got shape [2]. They are in the last two axes.'],
      [() => ops.det([[1, 2]]), 'det: expected square matrices, got shape [1, 2]'],
      [() => ops.svd([[]]), 'svd: expected at least one element, got shape [1, 0]'],
      [
        () =>
          ops.cholesky([
            [1, 2],
            [2, 1],
          ]),
        'cholesky: expected a symmetric matrix with positive eigenvalues, got one that is not',
      ],
      [() => ops.logdet([[-1]]), 'logdet: expected a symmetric matrix with positive eigenvalues'],
      [() => ops.inv([[0]]), 'inv: expected a matrix that has an inverse, got one that is not'],
      [() => ops.solve([[0]], [1]), 'solve: expected a matrix that has an inverse'],
      [() => ops.solve([[1]], [1, 2]), 'solve: expected b for matrices of shape [1, 1], got shape [2]'],
      [() => ops.lstsq([[1]], [1, 2]), 'lstsq: expected a matrix and a column of as many rows, or several, got [1, 1] and [2]'],
      [() => ops.qr([[1]], 'all' as never), "qr: expected mode to be 'reduced' or 'complete'"],
    ] as const)
      expect(call).toThrow(message);
    expect(ops.inv([[Number.NaN]]).array()).toEqual([[Number.NaN]]);
    expect(ops.svd([[0, 2]], { computeUv: false }).array()).toEqual([2]);
    expect(
      ops
        .svd([
          [0, 2],
          [0, 0],
        ])[1]
        .array(),
    ).toEqual([2, 0]);
  });
});
