import { describe, expect, it } from 'vitest';
import { gradientsOf } from '../../src/primitives/arithmetic.ts';
import { add, equal, multiply } from '../../src/primitives/binary.ts';
import { sum } from '../../src/primitives/reduce.ts';
import { relabel, stopGradient } from '../../src/primitives/views.ts';
import { eager } from '../../src/runtime/eager.ts';
import { tensor } from '../../src/tensor/index.ts';
import { check, values } from './samples.ts';

describe('relabel', () => {
  check([
    {
      name: 'a truth value as a number',
      inputs: [values([3], [1, 2, 3])],
      graph: (x) => relabel(equal(x, relabel(x, 'float32')), 'float32'),
      reference: ({ shape }) => ({ shape, data: Float64Array.of(1, 1, 1) }),
      wrt: [],
    },
    {
      name: 'a number as a truth value',
      inputs: [values([2], [0, 1])],
      graph: (x) => relabel(x, 'bool'),
      reference: (x) => x,
      dtype: 'bool',
      wrt: [],
    },
  ]);

  it('costs nothing and hands gradients on', () => {
    const [y] = eager([tensor([2, 3])], ([x]) => [gradientsOf(sum(multiply(relabel(relabel(x, 'bool'), 'float32'), x)), [x])[0] as never]);
    expect(y.array()).toEqual([4, 6]);
  });
});

describe('stopGradient', () => {
  it('gives x and no gradient', () => {
    const [y, dx] = eager([tensor([2, 3])], ([x]) => {
      const product = multiply(x, stopGradient(x));
      return [add(product, x), gradientsOf(sum(product), [x])[0] as never];
    });
    expect(y.array()).toEqual([6, 12]);
    expect(dx.array()).toEqual([2, 3]);
  });
});
