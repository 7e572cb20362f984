// The public ops on plain data, on values of a trace and on symbolic tensors: the same functions, the same numbers.
import { describe, expect, it } from 'vitest';
import { clearSession, Input, layers, Model, ops, tensor } from '../../src/index.ts';
import { Tensor } from '../../src/tensor/index.ts';

type Result = Tensor | readonly Tensor[];
const nested = (result: Result): unknown => (result instanceof Tensor ? result.array() : result.map((part) => part.array()));

function expectNear(actual: unknown, expected: unknown, name: string): void {
  if (Array.isArray(expected)) {
    expect(Array.isArray(actual) ? actual.length : actual, name).toBe(expected.length);
    for (const [i, entry] of expected.entries()) expectNear((actual as unknown[])[i], entry, `${name}[${i}]`);
  } else if (typeof expected === 'number' && Number.isFinite(expected)) {
    expect(Math.abs((actual as number) - expected), `${name}: ${actual} for ${expected}`).toBeLessThanOrEqual(
      1e-4 * Math.max(1, Math.abs(expected)),
    );
  } else {
    expect(actual, name).toEqual(expected);
  }
}

const m = [
  [1, 2],
  [3, 4],
];

/** name, arguments, what comes out. Arguments that are tables come first. */
const cases: [name: keyof typeof ops, args: readonly unknown[], expected: unknown][] = [
  ['add', [[1, 2], 3], [4, 5]],
  ['subtract', [[1, 2], 3], [-2, -1]],
  [
    'multiply',
    [m, [1, 10]],
    [
      [1, 20],
      [3, 40],
    ],
  ],
  ['divide', [[1, 2], 2], [0.5, 1]],
  ['trueDivide', [[1, 2], 4], [0.25, 0.5]],
  [
    'divideNoNan',
    [
      [1, 2],
      [0, 2],
    ],
    [0, 1],
  ],
  ['floorDivide', [[7, -7], 2], [3, -4]],
  ['mod', [[7, -7], 4], [3, 1]],
  ['power', [[2, 3], 2], [4, 9]],
  ['maximum', [[1, 5], 3], [3, 5]],
  ['minimum', [[1, 5], 3], [1, 3]],
  [
    'logaddexp',
    [
      [0, 200],
      [0, 200],
    ],
    [Math.log(2), 200 + Math.log(2)],
  ],
  ['negative', [[1, -2]], [-1, 2]],
  ['absolute', [[1, -2]], [1, 2]],
  ['abs', [[1, -2]], [1, 2]],
  ['sign', [[-3, 0, 2]], [-1, 0, 1]],
  ['floor', [[1.5, -1.5]], [1, -2]],
  ['ceil', [[1.5, -1.5]], [2, -1]],
  ['trunc', [[1.5, -1.5]], [1, -1]],
  ['round', [[0.5, 1.5, 2.5, -1.2, 16777217]], [0, 2, 2, -1, 16777216]],
  ['reciprocal', [[2, 4]], [0.5, 0.25]],
  ['square', [[2, 3]], [4, 9]],
  ['sqrt', [[4, 9]], [2, 3]],
  ['rsqrt', [[4, 16]], [0.5, 0.25]],
  ['exp', [[0, 1]], [1, Math.E]],
  ['expm1', [[0, 1]], [0, Math.E - 1]],
  ['log', [[1, Math.E]], [0, 1]],
  ['log1p', [[0, 1]], [0, Math.log(2)]],
  ['log2', [[1, 8]], [0, 3]],
  ['log10', [[1, 100]], [0, 2]],
  ['erf', [[0, 1]], [0, 0.8427008]],
  ['clip', [[1, 5, 9], 2, 6], [2, 5, 6]],
  ['stopGradient', [[1, 2]], [1, 2]],
  ['relu', [[-1, 2]], [0, 2]],
  ['relu6', [[-1, 8]], [0, 6]],
  ['sigmoid', [[0, 1]], [0.5, 1 / (1 + Math.exp(-1))]],
  ['tanh', [[0, 1]], [0, Math.tanh(1)]],
  ['softplus', [[0]], [Math.log(2)]],
  ['softsign', [[1]], [0.5]],
  ['silu', [[1]], [0.7310586]],
  ['swish', [[1]], [0.7310586]],
  ['selu', [[1]], [1.0507009]],
  ['mish', [[1]], [0.8650984]],
  ['logSigmoid', [[0]], [-Math.log(2)]],
  ['hardSigmoid', [[0]], [0.5]],
  ['hardSilu', [[3]], [3]],
  ['hardSwish', [[3]], [3]],
  ['hardTanh', [[2]], [1]],
  ['tanhShrink', [[1]], [1 - Math.tanh(1)]],
  ['sparsePlus', [[0]], [0.25]],
  ['sparseSigmoid', [[0]], [0.5]],
  ['softmax', [[[0, 0]]], [[0.5, 0.5]]],
  [
    'softmax',
    [m, { axis: 0 }],
    [
      [0.1192029, 0.1192029],
      [0.8807971, 0.8807971],
    ],
  ],
  ['logSoftmax', [[[0, 0]]], [[-Math.log(2), -Math.log(2)]]],
  ['glu', [[[1, 0]]], [[0.5]]],
  ['leakyRelu', [[-1]], [-0.2]],
  ['leakyRelu', [[-1], { negativeSlope: 0.5 }], [-0.5]],
  ['elu', [[-1], 2], [2 * (Math.exp(-1) - 1)]],
  ['celu', [[-1]], [Math.exp(-1) - 1]],
  ['gelu', [[1]], [0.841192]],
  ['gelu', [[1], false], [0.8413447]],
  ['hardShrink', [[0.4, 1]], [0, 1]],
  ['softShrink', [[0.4, 1]], [0, 0.5]],
  ['squareplus', [[0]], [1]],
  ['threshold', [[0, 2], 1, -1], [-1, 2]],
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
  [
    'reshape',
    [
      [1, 2, 3, 4],
      [2, -1],
    ],
    m,
  ],
  ['ravel', [m], [1, 2, 3, 4]],
  [
    'transpose',
    [m],
    [
      [1, 3],
      [2, 4],
    ],
  ],
  ['transpose', [[[[1, 2]]], [2, 0, 1]], [[[1]], [[2]]]],
  [
    'swapaxes',
    [m, 0, -1],
    [
      [1, 3],
      [2, 4],
    ],
  ],
  ['moveaxis', [[[[1, 2]]], 2, 0], [[[1]], [[2]]]],
  ['expandDims', [[1, 2], -1], [[1], [2]]],
  ['squeeze', [[[[1], [2]]]], [1, 2]],
  ['squeeze', [[[[1], [2]]], 0], [[1], [2]]],
  [
    'concatenate',
    [[m, [[5, 6]]], 0],
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
  ],
  [
    'stack',
    [
      [
        [1, 2],
        [3, 4],
      ],
      { axis: 1 },
    ],
    [
      [1, 3],
      [2, 4],
    ],
  ],
  [
    'unstack',
    [m, 1],
    [
      [1, 3],
      [2, 4],
    ],
  ],
  [
    'split',
    [[1, 2, 3, 4], 2],
    [
      [1, 2],
      [3, 4],
    ],
  ],
  [
    'split',
    [
      [1, 2, 3, 4],
      [1, 3],
    ],
    [[1], [2, 3], [4]],
  ],
  ['slice', [m, [0, 1], [-1, 1]], [[2], [4]]],
  [
    'broadcastTo',
    [
      [1, 2],
      [2, 2],
    ],
    [
      [1, 2],
      [1, 2],
    ],
  ],
  [
    'repeat',
    [m, 2, 1],
    [
      [1, 1, 2, 2],
      [3, 3, 4, 4],
    ],
  ],
  ['repeat', [[1, 2], 2], [1, 1, 2, 2]],
  [
    'tile',
    [
      [1, 2],
      [2, 2],
    ],
    [
      [1, 2, 1, 2],
      [1, 2, 1, 2],
    ],
  ],
  ['pad', [[1, 2], [[1, 2]]], [0, 1, 2, 0, 0]],
  ['pad', [[1, 2], [[0, 1]], 9], [1, 2, 9]],
  [
    'flip',
    [m],
    [
      [4, 3],
      [2, 1],
    ],
  ],
  [
    'flip',
    [m, 1],
    [
      [2, 1],
      [4, 3],
    ],
  ],
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

const call = (name: keyof typeof ops, args: readonly unknown[]): Result =>
  (ops[name] as unknown as (...a: readonly unknown[]) => Result)(...args);

/** Functions that take no operand, and those whose first argument is a list of them. */
const makers = ['zeros', 'ones', 'full', 'arange', 'eye', 'convertToTensor'];
const ofLists = ['concatenate', 'stack'];

/** The first argument through a layer's call: the same function on a value. */
class Inside extends layers.Layer {
  readonly operation: keyof typeof ops;
  readonly rest: readonly unknown[];
  constructor(name: keyof typeof ops, rest: readonly unknown[]) {
    super();
    this.operation = name;
    this.rest = rest;
  }
  override call(x: never): never {
    return call(this.operation, [x, ...this.rest]) as never;
  }
}

describe('ops', () => {
  it.each(cases.map(([name, args, expected], i) => ({ name, args, expected, i })))('$i $name', ({ name, args, expected }) => {
    expectNear(nested(call(name, args)), expected, `${name} at once`);
    if (ofLists.includes(name) || typeof args[0] === 'number') return;
    const inner = new Inside(name, args.slice(1)).apply(args[0] as never) as unknown as Result;
    expectNear(nested(inner), expected, `${name} on values`);
    const first = tensor(args[0] as never);
    const x = Input({ batchShape: [...first.shape] });
    const model = new Model({ inputs: x, outputs: call(name, [x, ...args.slice(1)]) as never });
    const symbolic = model.layers[1].outputShape;
    const outputs = model.apply(first) as unknown as Result;
    expectNear(nested(outputs), expected, `${name} on symbolic tensors`);
    const shapes = outputs instanceof Tensor ? outputs.shape : outputs.map((part) => part.shape);
    expect(symbolic, name).toEqual(shapes);
  });

  it('have a case each', () => {
    const tested = new Set<string>(cases.map(([name]) => name));
    expect(Object.keys(ops).filter((name) => !tested.has(name) && !makers.includes(name))).toEqual([]);
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

  it('keep dtypes when they move and give float32 when they compute', () => {
    const ids = tensor([[16777217, 2]], undefined, 'int32');
    expect(ops.transpose(ids)).toMatchObject({ dtype: 'int32' });
    expect(ops.transpose(ids).array()).toEqual([[16777217], [2]]);
    expect(ops.add(ids, 1).dtype).toBe('float32');
    expect(ops.equal(ids, tensor([[16777216, 2]], undefined, 'int32')).array()).toEqual([[false, true]]);
    expect(ops.equal([1], [2]).dtype).toBe('bool');
    expect(ops.add([true, false], [true, true]).array()).toEqual([2, 1]);
    expect(ops.argmax([1, 2]).dtype).toBe('int32');
    expect(ops.concatenate([ids, ids], 0).dtype).toBe('int32');
    expect(ops.concatenate([ids, [[0.5, 1]]], 0).dtype).toBe('float32');
    expect(ops.where([true], tensor([5], undefined, 'int32'), tensor([6], undefined, 'int32')).dtype).toBe('int32');
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
      outputs: ops.concatenate([
        ops.matmul(a, [
          [1, 0],
          [1, 1],
        ]),
        b,
      ]),
    });
    expect(model.predict([[[1, 2]], [[3, 4]]]).array()).toEqual([[3, 2, 3, 4]]);
  });

  it('check ids that come from an input, and limit those that are computed', () => {
    const ids = Input({ shape: [2], dtype: 'int32' });
    const table = [[1], [2], [3]];
    const model = new Model({ inputs: ids, outputs: ops.take(table, ids, 0) });
    expect(model.predict([[2, 0]]).array()).toEqual([[[3], [1]]]);
    expect(() => model.predict([[2, 3]])).toThrow('take: expected whole ids in [0, 3), got 3 at position [0, 1] of its input');
    const shifted = new Model({ inputs: ids, outputs: ops.take(table, ops.cast(ops.add(ids, 1), 'int32'), 0) });
    expect(shifted.predict([[0, 2]]).array()).toEqual([[[2], [3]]]);
  });

  it('say what went wrong, and where', () => {
    expect(() => ops.add([1, 2], [1, 2, 3])).toThrow('add: expected shapes that broadcast together, got [2] and [3]');
    expect(() => ops.matmul([[1, 2]], [[1, 2]])).toThrow(
      'matmul: expected the last axis of x1 to be as long as the last but one axis of x2, got [1, 2] and [1, 2]',
    );
    expect(() => ops.sum([1], 1)).toThrow('sum: expected an axis from -1 to 0, got 1. The input has shape [1].');
    expect(() => ops.softmax([1], 1)).toThrow('softmax: expected an axis from -1 to 0, got 1');
    expect(() => ops.sum([1], { axes: 0 } as never)).toThrow("sum: expected an option it has, got 'axes'. Did you mean axis?");
    expect(() => ops.reshape([1, 2, 3], [2, -1])).toThrow('reshape: expected a shape of as many elements as [3], got [2, -1]');
    expect(() => ops.take([1, 2], [2])).toThrow('take: expected whole places from -2 to 1, got 2 at position 0');
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
    expect(() => ops.sum(dense.weights[0])).toThrow("sum: expected to be called inside a layer's call");
  });
});
