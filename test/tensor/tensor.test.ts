import { describe, expect, test } from 'vitest';
import { ValueError } from '../../src/common/errors.ts';
import { Tensor, tensor, toTensor } from '../../src/tensor/index.ts';

describe('tensor', () => {
  test('infers shape and dtype', () => {
    const of = (values: Parameters<typeof tensor>[0]): unknown[] => {
      const t = tensor(values);
      return [t.shape, t.dtype, Array.from(t.data as Float32Array)];
    };
    expect(of([3])).toEqual([[1], 'float32', [3]]);
    expect(
      of([
        [0, 1, 2],
        [3, 4, 5],
      ]),
    ).toEqual([[2, 3], 'float32', [0, 1, 2, 3, 4, 5]]);
    expect(of(3.5)).toEqual([[], 'float32', [3.5]]);
    expect(of(true)).toEqual([[], 'bool', [1]]);
    expect(of([[true], [false]])).toEqual([[2, 1], 'bool', [1, 0]]);
    expect(of([true, 2])).toEqual([[2], 'float32', [1, 2]]);
    expect(of([])).toEqual([[0], 'float32', []]);
    expect(of([[], []])).toEqual([[2, 0], 'float32', []]);
    expect(of(Int32Array.of(1, -2))).toEqual([[2], 'int32', [1, -2]]);
    expect(of(Uint8Array.of(0, 255))).toEqual([[2], 'int32', [0, 255]]);
    expect(of(BigInt64Array.of(5n, -5n))).toEqual([[2], 'int32', [5, -5]]);
    expect(of(Float64Array.of(0.1))).toEqual([[1], 'float32', [Math.fround(0.1)]]);
    expect(of([Int32Array.of(1, 2), Uint8Array.of(3, 4)])).toEqual([[2, 2], 'int32', [1, 2, 3, 4]]);
    expect(of([Int32Array.of(1, 2), Float32Array.of(0.5, 4)])).toEqual([[2, 2], 'float32', [1, 2, 0.5, 4]]);
    expect(of([tensor([1, 2]), [3, 4]])).toEqual([[2, 2], 'float32', [1, 2, 3, 4]]);
    expect(of([tensor(1), tensor(2)])).toEqual([[2], 'float32', [1, 2]]);
    expect(of({ shape: [2, 1], data: [7, 8] })).toEqual([[2, 1], 'float32', [7, 8]]);
  });

  test('takes a shape and a dtype', () => {
    expect(tensor(new Float32Array(6), [2, 3]).shape).toEqual([2, 3]);
    expect(
      tensor(
        [
          [1, 2],
          [3, 4],
        ],
        [4],
      ).shape,
    ).toEqual([4]);
    expect(Array.from(tensor([1.9, -1.9, -0.5], undefined, 'int32').data)).toEqual([1, -1, 0]);
    expect(tensor([0, 2, -0.5], undefined, 'bool').array()).toEqual([false, true, true]);
    expect(tensor(tensor([0, 1]), [2, 1], 'bool').array()).toEqual([[false], [true]]);
  });

  test('wraps a typed array of its own kind without copying', () => {
    const data = Float32Array.of(1, 2);
    expect(tensor(data, [2, 1]).data).toBe(data);
    const t = tensor(data);
    expect(toTensor('fit', t, 'float32')).toBe(t);
  });

  test('takes a million numbers quickly', () => {
    const rows = Array.from({ length: 10_000 }, (_, i) => Array.from({ length: 100 }, (_, j) => i + j));
    const start = performance.now();
    const t = tensor(rows);
    expect(performance.now() - start).toBeLessThan(1000);
    expect([t.size, t.at(9999, 99)]).toEqual([1_000_000, 10_098]);
  });

  test.each([
    [
      'ragged',
      [[1, 2], [3]],
      'tensor: expected an array of shape [2], as in the rows before, got an array of shape [1] at position [1]. All rows need one length: pad shorter ones first, e.g. with padSequences.',
    ],
    ['number for row', [[1, 2], 3], 'tensor: expected an array of shape [2], as in the rows before, got 3 at position [1].'],
    ['row for number', [[1, [2]]], 'tensor: expected a number, as in the rows before, got an array of shape [1] at position [0][1].'],
    [
      'text',
      [
        [1, 2, 3],
        [4, 5, 'six'],
      ],
      "tensor: expected numbers, got 'six' at position [1][2]. Turn text into numbers first",
    ],
    ['hole', [1, undefined], 'tensor: expected numbers, got undefined at position [1].'],
    // biome-ignore lint/suspicious/noSparseArray: what is tested
    ['hole of rows', [[1], , [2]], 'tensor: expected numbers, got undefined at position [1].'],
    ['null', [[1], [null]], 'tensor: expected numbers, got null at position [1][0].'],
    ['object', { a: 1 }, 'tensor: expected numbers, got an object with a. Pass numbers in nested arrays'],
    ['typed row of another length', [Float32Array.of(1, 2), Float32Array.of(1)], 'got a Float32Array of length 1 at position [1]'],
    ['promise', Promise.resolve(1), 'got a Promise (await it first)'],
  ])('%s', (_, values, message) => {
    expect(() => tensor(values as number[])).toThrow(ValueError);
    expect(() => tensor(values as number[])).toThrow(message);
  });

  test('names values that int32 cannot hold, wrong shapes and unknown dtypes', () => {
    expect(() => tensor([[1], [3e9]], undefined, 'int32')).toThrow(
      "tensor: expected int32 values from -2147483648 to 2147483647, got 3000000000 at position [1][0]. Use dtype 'float32' for such values.",
    );
    expect(() => tensor([NaN], undefined, 'int32')).toThrow('got NaN at position [0]');
    expect(() => tensor(new Float32Array(5), [2, 3])).toThrow('tensor: expected 6 elements for the shape [2, 3], got 5.');
    expect(() => tensor([1], [0.5])).toThrow('tensor: expected a shape, an array of whole numbers');
    expect(() => tensor([1], undefined, 'float16' as 'float32')).toThrow("Did you mean 'float32'?");
    expect(() => new Tensor(new Float32Array(5), [2, 3])).toThrow('tensor: expected 6 elements for the shape [2, 3], got 5');
  });
});

describe('Tensor', () => {
  const t = tensor([
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    [
      [7, 8, 9],
      [10, 11, 12],
    ],
  ]);

  test('has shape, size and rank', () => {
    expect([t.shape, t.size, t.rank, t.ndim, t.dtype]).toEqual([[2, 2, 3], 12, 3, 3, 'float32']);
    expect(() => (t.shape as number[]).push(1)).toThrow();
  });

  test('gives nested arrays', () => {
    expect(t.array()).toEqual([
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      [
        [7, 8, 9],
        [10, 11, 12],
      ],
    ]);
    expect(tensor(4).array()).toBe(4);
    expect(tensor(new Float32Array(0), [2, 0, 3]).array()).toEqual([[], []]);
    expect(tensor([true, false]).array()).toEqual([true, false]);
    expect(JSON.stringify({ t: tensor([[1, 2]]) })).toBe('{"t":[[1,2]]}');
  });

  test('at gives elements and parts that share memory', () => {
    expect(t.at(1, 0, 2)).toBe(9);
    expect(t.at(-1, -1, -1)).toBe(12);
    expect(tensor([true]).at(0)).toBe(true);
    expect(t.at<Tensor<'float32'>>(-1).array()).toEqual([
      [7, 8, 9],
      [10, 11, 12],
    ]);
    expect(t.at<Tensor<'float32'>>(0, 1).array()).toEqual([4, 5, 6]);
    const whole = tensor([
      [1, 2],
      [3, 4],
    ]);
    whole.at<Tensor>(1).data[0] = 9;
    expect(whole.array()).toEqual([
      [1, 2],
      [9, 4],
    ]);
  });

  test('at names a place that is not there', () => {
    expect(() => t.at(0, 2)).toThrow('Tensor.at: expected a place from -2 to 1 on axis 1, got 2. The shape is [2, 2, 3].');
    expect(() => t.at(0, 0, 0, 0)).toThrow('Tensor.at: expected at most 3 places, got 4.');
    expect(() => t.at(0.5)).toThrow('got 0.5');
  });

  test('item wants a single element', () => {
    expect(tensor([[7]]).item()).toBe(7);
    expect(() => tensor([1, 2]).item()).toThrow('Tensor.item: expected one element, got a Tensor of shape [2] and dtype float32.');
  });

  test('goes over its first axis', () => {
    expect([...tensor([1, 2])]).toEqual([1, 2]);
    expect(
      [
        ...tensor([
          [1, 2],
          [3, 4],
        ]),
      ].map(String),
    ).toEqual(['[1. 2.]', '[3. 4.]']);
    expect(() => [...tensor(1)]).toThrow('expected at least one axis');
  });
});
