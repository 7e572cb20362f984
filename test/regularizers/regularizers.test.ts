import { describe, expect, test } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import { gradientsOf } from '../../src/primitives/arithmetic.ts';
import { densify } from '../../src/primitives/embedding.ts';
import { sum } from '../../src/primitives/reduce.ts';
import * as regularizers from '../../src/regularizers/index.ts';
import { eager } from '../../src/runtime/eager.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';
import { expectClose, randoms } from '../kernels/harness.ts';

/** The penalty on a weight, and its gradient. */
function penalty(regularizer: regularizers.Regularizer, weight: Tensor): [number, Tensor] {
  const [value, gradient] = eager([weight], ([w]: readonly Value[]) => {
    const scalar = regularizer.call(w);
    expect(scalar.shape).toEqual([]);
    const [g] = gradientsOf(scalar, [w]);
    return g ? [scalar, densify(g)] : [scalar, w];
  });
  return [value.item() as number, gradient];
}

const weight = tensor([
  [1, -2],
  [0.5, 3],
]);

describe('penalties', () => {
  test.each<[string, regularizers.Regularizer, number, number[]]>([
    ['L1', new regularizers.L1(0.1), 0.65, [0.1, -0.1, 0.1, 0.1]],
    ['L2', new regularizers.L2({ l2: 0.1 }), 1.425, [0.2, -0.4, 0.1, 0.6]],
    ['L1L2', new regularizers.L1L2(0.1, 0.1), 2.075, [0.3, -0.5, 0.2, 0.7]],
  ])('%s', (_, regularizer, value, gradient) => {
    const [actual, slopes] = penalty(regularizer, weight);
    expectClose([actual], [value]);
    expectClose(slopes.data, gradient);
  });

  test('nothing costs 0', () => {
    expect(penalty(new regularizers.L1L2(), weight)[0]).toBe(0);
  });

  test('large weights', () => {
    const data = randoms(20000, 3);
    const [value, gradient] = penalty(new regularizers.L2(0.5), tensor(data, [200, 100]));
    expectClose([value], [data.reduce((s, v) => s + v * v, 0) / 2]);
    expectClose(gradient.data, data);
  });

  test('orthogonal rows and columns', () => {
    const cosine = (a: number[], b: number[]) => (a[0] * b[0] + a[1] * b[1]) / Math.hypot(...a) / Math.hypot(...b);
    const rows = penalty(new regularizers.OrthogonalRegularizer(0.1), weight);
    expectClose([rows[0]], [0.1 * Math.abs(cosine([1, -2], [0.5, 3]))], { relative: 1e-5 });
    const columns = new regularizers.OrthogonalRegularizer({ factor: 0.1, mode: 'columns' });
    expectClose([penalty(columns, weight)[0]], [0.1 * Math.abs(cosine([1, 0.5], [-2, 3]))], { relative: 1e-5 });
    const [, gradient] = penalty(columns, weight);
    const differences = Array.from(weight.data, (_, i) => {
      const at = (by: number) => {
        const data = Float32Array.from(weight.data as Float32Array);
        data[i] += by;
        return penalty(columns, tensor(data, [2, 2]))[0];
      };
      return (at(0.01) - at(-0.01)) / 0.02;
    });
    expectClose(gradient.data, differences, { relative: 1e-2, absolute: 1e-4 });
    expect(() => penalty(columns, tensor([1, 2]))).toThrow('OrthogonalRegularizer: expected a matrix, got shape [2]');
  });
});

describe('names', () => {
  test('and configs', () => {
    expect(regularizers.get('l1')).toEqual(new regularizers.L1(0.01));
    expect(regularizers.get('L2')).toEqual(new regularizers.L2(0.01));
    expect(regularizers.get(null)).toBeUndefined();
    expect(regularizers.serialize(undefined)).toBeNull();
    for (const one of [
      new regularizers.L1(0.5),
      new regularizers.L2(2),
      new regularizers.L1L2(1, 2),
      new regularizers.OrthogonalRegularizer({ mode: 'columns' }),
    ]) {
      expect(regularizers.get(one)).toBe(one);
      if (one instanceof regularizers.OrthogonalRegularizer) expect(new regularizers.OrthogonalRegularizer(one.getConfig())).toEqual(one);
      else expect(regularizers.get(regularizers.serialize(one) as never)).toEqual(one);
    }
  });

  test('a function', () => {
    function total(w: Value): Value {
      return sum(w);
    }
    expect(penalty(regularizers.get(total) as regularizers.Regularizer, weight)[0]).toBe(2.5);
    expect(regularizers.serialize(total)).toEqual({ className: 'function', config: 'total' });
  });

  test.each<[string, () => unknown, string]>([
    ['name', () => regularizers.get('l3'), "regularizer: expected a known name, got 'l3'. Did you mean 'l1'?"],
    ['both', () => regularizers.get('l1_l2'), 'Pass new regularizers.L1L2({ l1, l2 })'],
    ['kind', () => regularizers.get(0.1 as never), 'regularizer: expected a name, an instance'],
    ['factor', () => new regularizers.L2(-1), 'L2: expected l2 to be a number of at least 0, got -1'],
    ['option', () => new regularizers.L1({ l2: 1 } as never), "L1: expected an option it has, got 'l2'"],
    ['mode', () => new regularizers.OrthogonalRegularizer({ mode: 'row' as never }), "Did you mean 'rows'?"],
  ])('%s', (_, make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: 'ValueError' }));
  });
});
