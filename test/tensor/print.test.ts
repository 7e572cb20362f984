import { describe, expect, test } from 'vitest';
import { type DType, type Tensor, tensor } from '../../src/tensor/index.ts';
import recorded from '../fixtures/print.json';
import more from '../fixtures/print_more.json';

interface Case {
  shape: number[];
  dtype: string;
  data: (number | string)[] | null;
  divisor?: number;
  str: string;
  repr: string;
}

function build({ shape, dtype, data, divisor }: Case): Tensor {
  const count = shape.reduce((product, length) => product * length, 1);
  const values = data?.map(Number) ?? Array.from({ length: count }, (_, i) => i / divisor!);
  return tensor(values, shape, dtype as DType);
}

describe('prints as NumPy does', () => {
  const cases = [...recorded, ...more] as Case[];
  test.each(cases.map((c, i) => [`${i}: ${c.dtype} [${c.shape}]`, c] as const))('%s', (_, c) => {
    expect(String(build(c))).toBe(c.str);
    expect(build(c).repr()).toBe(c.repr);
  });
});

test('a summary chooses its format by the elements it shows', () => {
  const values = new Float32Array(1200).fill(1);
  values[600] = 1e9;
  expect(String(tensor(values))).toBe('[1. 1. 1. ... 1. 1. 1.]');
});

test('a tie in the last digit goes to the even digit', () => {
  expect(String(tensor([1 / 512, 3 / 512]))).toBe('[0.00195312 0.00585938]');
});

test('console.log shows shape, dtype and the text', () => {
  const show = Symbol.for('nodejs.util.inspect.custom') as unknown as keyof Tensor;
  const shown = (t: Tensor): string => (t[show] as () => string).call(t);
  expect(
    shown(
      tensor([
        [1, 2],
        [3, 4],
      ]),
    ),
  ).toBe('Tensor(shape=[2, 2], dtype=float32)\n[[1. 2.]\n [3. 4.]]');
  expect(shown(tensor(5, undefined, 'int32'))).toBe('Tensor(shape=[], dtype=int32) 5');
});
