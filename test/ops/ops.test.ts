// The public ops on plain data, on values of a trace and on symbolic tensors: the same functions, the same numbers.
import { describe, expect, it } from 'vitest';
import { clearSession, Input, layers, Model, ops, tensor } from '../../src/index.ts';
import { Tensor } from '../../src/tensor/index.ts';
import { activations } from './cases/activations.ts';
import type { Case } from './cases/case.ts';
import { comparisons } from './cases/comparisons.ts';
import { elementwise } from './cases/elementwise.ts';
import { lookups } from './cases/lookups.ts';
import { matrices } from './cases/matrices.ts';
import { reductions } from './cases/reductions.ts';
import { shapes } from './cases/shapes.ts';

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

const cases: readonly Case[] = [...elementwise, ...activations, ...comparisons, ...reductions, ...shapes, ...matrices, ...lookups];

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

  it('take options by position, by name, or the axis by position and the rest by name', () => {
    const x = [
      [1, 2],
      [3, 4],
    ];
    for (const sum of [ops.sum(x, -1, true), ops.sum(x, { axis: -1, keepdims: true }), ops.sum(x, -1, { keepdims: true })])
      expect(sum.array()).toEqual([[3], [7]]);
    expect(ops.argmax(x, 1, { keepdims: true }).array()).toEqual([[1], [1]]);
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
    expect(() => ops.sum([1], 0, { keepdim: true } as never)).toThrow('Did you mean keepdims?');
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
    expect(ops.sum(dense.weights[0])).toBeInstanceOf(Tensor);
  });
});
