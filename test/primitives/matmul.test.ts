import { describe, expect, it } from 'vitest';
import * as ops from '../../src/primitives/matmul.ts';
import { at, type Index, type Nd, nd } from './nd.ts';
import { check, compute, expectSamples, floats, type Sample } from './samples.ts';

function product(a: Nd, b: Nd, transposeA = false, transposeB = false): Nd {
  const [p, q] = a.shape.slice(-2);
  const [r, s] = b.shape.slice(-2);
  const [m, k, n] = [transposeA ? q : p, transposeA ? p : q, transposeB ? r : s];
  const batch = a.shape.length === 3 ? a.shape[0] : b.shape.length === 3 ? b.shape[0] : undefined;
  const element = (x: Nd, stack: number, i: number, j: number) => at(x, x.shape.length === 3 ? [stack, i, j] : [i, j]);
  return nd(batch === undefined ? [m, n] : [batch, m, n], (index) => {
    const [i, j] = index.slice(-2);
    let sum = 0;
    for (let l = 0; l < k; l++) {
      sum +=
        element(a, index[0], ...(transposeA ? ([l, i] as const) : ([i, l] as const))) *
        element(b, index[0], ...(transposeB ? ([j, l] as const) : ([l, j] as const)));
    }
    return sum;
  });
}

const sizes: Index[] = [
  [1, 1, 1],
  [3, 4, 5],
  [1, 7, 5],
  [5, 7, 1],
  [4, 1, 8],
  [9, 17, 13],
  [1, 6, 1],
  [8, 3, 16],
];
const stacks: [number | undefined, number | undefined][] = [
  [undefined, undefined],
  [3, 3],
  [3, undefined],
  [undefined, 3],
  [1, 1],
];
const empty: Index[] = [
  [0, 3, 2],
  [3, 0, 2],
  [3, 2, 0],
];

const matmuls = [false, true].flatMap((transposeA) =>
  [false, true].flatMap((transposeB) =>
    stacks.flatMap(([stackA, stackB]) =>
      [...sizes, ...empty].map(([m, k, n]): Sample => {
        const a = [...(stackA ? [stackA] : []), ...(transposeA ? [k, m] : [m, k])];
        const b = [...(stackB ? [stackB] : []), ...(transposeB ? [n, k] : [k, n])];
        return {
          name: `matmul [${a}]${transposeA ? 'T' : ''} [${b}]${transposeB ? 'T' : ''}`,
          inputs: [floats(a, -1, 1), floats(b, -1, 1, 50)],
          graph: (x, y) => ops.matmul(x, y, transposeA, transposeB),
          reference: (x, y) => product(x, y, transposeA, transposeB),
          relative: 4e-6,
          absolute: 4e-6,
        };
      }),
    ),
  ),
);

const flat = (x: Nd): Nd => ({ shape: [x.shape.slice(0, -1).reduce((a, b) => a * b, 1), x.shape.at(-1) as number], data: x.data });

const denses = ([[4, 5], [1, 5], [2, 3, 5], [2, 1, 3, 5], [0, 5], [5]] as Index[]).flatMap((shape) =>
  [1, 7].flatMap((units) =>
    [false, true].map(
      (biased): Sample => ({
        name: `dense [${shape}] to ${units}${biased ? ' with bias' : ''}`,
        inputs: [floats(shape, -1, 1), floats([5, units], -1, 1, 3), ...(biased ? [floats([units], -1, 1, 9)] : [])],
        graph: ops.dense,
        reference: (x, kernel, bias) => {
          const y = product(flat(x), kernel);
          return { shape: [...x.shape.slice(0, -1), units], data: y.data.map((v, i) => v + (bias ? bias.data[i % units] : 0)) };
        },
        relative: 4e-6,
        absolute: 4e-6,
      }),
    ),
  ),
);

describe('matmul', () => {
  const samples = { matmul: matmuls, dense: denses };
  expectSamples(ops, samples);
  check(Object.values(samples).flat());

  it('refuses inner dimensions that differ', () => {
    expect(() => compute([floats([2, 3]), floats([4, 5])], (a, b) => ops.matmul(a, b))).toThrow(
      'matmul: expected matching inner dimensions, got [2, 3] and [4, 5] (3 and 4).',
    );
  });

  it('refuses stacks of different heights', () => {
    expect(() => compute([floats([1, 2, 3]), floats([4, 3, 5])], (a, b) => ops.matmul(a, b))).toThrow(
      'matmul: expected stacks of the same height, got [1, 2, 3] and [4, 3, 5]',
    );
  });

  it('takes one matrix twice', () => {
    const [y] = compute([floats([4, 4])], (a) => [ops.matmul(a, a, true)]);
    for (let i = 0; i < 4; i++) for (let j = 0; j < 4; j++) expect(y.at(i, j)).toBe(y.at(j, i));
  });
});
