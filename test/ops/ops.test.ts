// The public ops beyond what Keras was asked about: arguments, dtypes of bare numbers, names in models, errors.
import { describe, expect, it } from 'vitest';
import { clearSession, Input, layers, Model, ops, tensor } from '../../src/index.ts';
import { Tensor } from '../../src/tensor/index.ts';

describe('ops', () => {
  it('take options by position, by name, or the axis by position and the rest by name', () => {
    const x = [
      [1, 2],
      [3, 4],
    ];
    for (const sum of [ops.sum(x, -1, true), ops.sum(x, { axis: -1, keepdims: true }), ops.sum(x, -1, { keepdims: true })])
      expect(sum.array()).toEqual([[3], [7]]);
    expect(ops.argmax(x, 1, { keepdims: true }).array()).toEqual([[1], [1]]);
  });

  it('make tensors', () => {
    expect(ops.zeros([2, 1]).array()).toEqual([[0], [0]]);
    expect(ops.ones([2], { dtype: 'int32' }).dtype).toBe('int32');
    expect(ops.full([2], 7).array()).toEqual([7, 7]);
    expect(ops.full([1], 2, 'bool').array()).toEqual([true]);
    expect(ops.arange(3).array()).toEqual([0, 1, 2]);
    expect(ops.arange(1, 7, 2, 'int32').array()).toEqual([1, 3, 5]);
    expect(ops.arange(1, 0, -0.5).array()).toEqual([1, 0.5]);
    expect(ops.eye(2).array()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(ops.eye(1, 3, 1).array()).toEqual([[0, 1, 0]]);
    expect(ops.convertToTensor([1, 2]).shape).toEqual([2]);
    expect(ops.convertToTensor([1, 2], 'int32').dtype).toBe('int32');
  });

  it('take bare numbers as what stands beside them', () => {
    const ids = tensor([[16777217, 2]], undefined, 'int32');
    expect(ops.add(ids, 1)).toMatchObject({ dtype: 'int32' });
    expect(ops.add(ids, 1).array()).toEqual([[16777218, 3]]);
    expect(ops.add(ids, 0.5).dtype).toBe('float32');
    expect(ops.add(ids, 3e9).dtype).toBe('float32');
    expect(ops.add([1, 2], 3).dtype).toBe('float32');
    expect(ops.multiply(100000, 100000).item()).toBe(1e10);
    expect(ops.add([true, false], [true, true])).toMatchObject({ dtype: 'int32' });
    expect(ops.equal(ids, 16777217).array()).toEqual([[true, false]]);
    expect(ops.full([1], 16777217, 'int32').array()).toEqual([16777217]);
    expect(ops.arange(0, 2e9, 1e9).dtype).toBe('int32');
    expect(ops.arange(0, 4e9, 1e9).dtype).toBe('float32');
  });

  it('refuse to divide whole numbers by 0', () => {
    const ids = tensor([3], undefined, 'int32');
    expect(() => ops.floorDivide(ids, 0)).toThrow('floorDivide: expected whole numbers other than 0 to divide by, got 0');
    expect(() => ops.mod(ids, tensor([0], undefined, 'int32'))).toThrow('mod: expected whole numbers other than 0');
    expect(ops.floorDivide([3], 0).array()).toEqual([Infinity]);
  });

  it('have norms of every order', () => {
    const m = [
      [1, 2],
      [3, 4],
    ];
    for (const [x, options, expected] of [
      [m, { ord: Infinity }, 7],
      [m, { ord: -1, keepdims: true }, [[4]]],
      [[[0, -4]], { ord: 0, axis: -1, keepdims: true }, [[1]]],
      [[3, -4], { ord: -Infinity }, 3],
    ] as const) {
      expect(ops.norm(x, options).array()).toEqual(expected);
    }
    expect(ops.logsumexp([[0, -Infinity]], -1).array()).toEqual([0]);
    expect(ops.logsumexp([1000, 1000]).item()).toBeCloseTo(1000 + Math.log(2), 3);
  });

  it('leave the remainder that Keras leaves', () => {
    // x1, x2, keras.ops.mod(x1, x2)
    const cases = [
      [2, 0.2, 0.19999997],
      [1, Infinity, 1],
      [-1, Infinity, Infinity],
      [-1, -Infinity, -1],
      [5, -3, -1],
      [-5, 3, 1],
      [-5, -3, -2],
      [-0, 3, -0],
      [Infinity, 2, NaN],
      [1, 0, NaN],
      [1e8, 0.3, 0.026357174],
      [0.3, 0.1, 7.450581e-9],
      [-0.3, 0.1, 0.099999994],
    ];
    const [x1, x2, left] = [0, 1, 2].map((k) => cases.map((row) => row[k]));
    expect(ops.mod(x1, x2).data).toEqual(Float32Array.from(left));
  });

  it('are layers of a functional model with Keras 3 names', () => {
    clearSession();
    const x = Input({ shape: [4] });
    const y = ops.add(x, 1);
    const z = ops.expandDims(ops.add(y, x), -1);
    expect(y.shape).toEqual([null, 4]);
    expect(z.shape).toEqual([null, 4, 1]);
    const model = new Model({ inputs: x, outputs: z });
    expect(model.layers.map(({ name, className }) => [name, className]).slice(1)).toEqual([
      ['add', 'Add'],
      ['add_1', 'Add'],
      ['expand_dims', 'ExpandDims'],
    ]);
    expect(model.predict([[1, 2, 3, 4]]).array()).toEqual([[[3], [5], [7], [9]]]);
    expect(ops.argmax(x, -1).dtype).toBe('int32');
    expect(ops.reshape(x, [-1, 2, 2]).shape).toEqual([null, 2, 2]);
  });

  it('take several symbolic tensors and constants', () => {
    const [a, b] = [Input({ shape: [2] }), Input({ shape: [2] })];
    const model = new Model({
      inputs: [a, b],
      outputs: ops.concatenate(
        [
          ops.matmul(a, [
            [1, 0],
            [1, 1],
          ]),
          b,
        ],
        -1,
      ),
    });
    expect(model.predict([[[1, 2]], [[3, 4]]]).array()).toEqual([[3, 2, 3, 4]]);
  });

  it('check ids, those that are computed too', () => {
    const ids = Input({ shape: [2], dtype: 'int32' });
    const table = [[1], [2], [3]];
    const model = new Model({ inputs: ids, outputs: ops.take(table, ids, 0) });
    expect(model.predict([[2, 0]]).array()).toEqual([[[3], [1]]]);
    expect(() => model.predict([[2, 3]])).toThrow(
      'take: expected whole ids in [-3, 3), got 3 at position [0, 1] of its input. Map it to one in range.',
    );
    const shifted = new Model({ inputs: ids, outputs: ops.take(table, ops.cast(ops.add(ids, 1), 'int32'), 0) });
    expect(shifted.predict([[0, 1]]).array()).toEqual([[[2], [3]]]);
    expect(() => shifted.predict([[0, 2]])).toThrow('take: expected whole ids in [-3, 3), got 3 at position [0, 1] of the output of add');
  });

  it('say what went wrong, and where', () => {
    expect(() => ops.add([1, 2], [1, 2, 3])).toThrow('add: expected shapes that broadcast together, got [2] and [3]');
    expect(() => ops.matmul([[1, 2]], [[1, 2]])).toThrow(
      'matmul: expected the last axis of x1 to be as long as the last but one axis of x2, got [1, 2] and [1, 2]',
    );
    expect(() => ops.sum([1], 1)).toThrow('sum: expected an axis from -1 to 0, got 1. The input has shape [1].');
    expect(() => ops.sum([1], 0, { keepdim: true } as never)).toThrow('Did you mean keepdims?');
    expect(() => ops.softmax([1], 1)).toThrow('softmax: expected an axis from -1 to 0, got 1');
    expect(() => ops.sum([1], { axes: 0 } as never)).toThrow("sum: expected an option it has, got 'axes'. Did you mean axis?");
    expect(() => ops.reshape([1, 2, 3], [2, -1])).toThrow('reshape: expected a shape of as many elements as [3], got [2, -1]');
    expect(() => ops.take([1, 2], [2])).toThrow('take: expected whole ids in [-2, 2), got 2 at position [0]');
    expect(() => ops.exp('a' as never)).toThrow("exp: expected a number, an array or a Tensor, got 'a'");
    expect(() => ops.cast([1], 'int' as never)).toThrow("cast: expected dtype to be 'float32' or 'int32' or 'bool', got 'int'");
    expect(() => ops.concatenate([[[1]], [[1, 2]]], 0)).toThrow(
      'concatenate: expected shapes that differ along axis 0 only, got [1, 1] and [1, 2]',
    );
    const x = Input({ shape: [3] });
    expect(() => ops.add(x, [1, 2])).toThrow('add: expected shapes that broadcast together, got [null, 3] and [2]');
    const dense = new layers.Dense(2, { inputShape: [3] });
    dense.apply([[1, 2, 3]]);
    expect(() => ops.add(x, dense.weights[0])).toThrow(
      'add: expected symbolic tensors and constants, got the weight kernel beside a symbolic tensor',
    );
    expect(ops.sum(dense.weights[0])).toBeInstanceOf(Tensor);
  });
});
