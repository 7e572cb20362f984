import { describe, expect, it } from 'vitest';
import * as ops from '../../src/primitives/reduce.ts';
import { at, indices, type Nd, nd, reduce, sizeOf, total } from './nd.ts';
import { check, compute, expectSamples, floats, gradientsOfSum, type Sample, values } from './samples.ts';

const byName = { ...ops };

type Axes = number | readonly number[] | undefined;
type Reduction = (v: number[]) => number;

const cases: [shape: number[], axes: Axes][] = [
  [[], undefined],
  [[7], undefined],
  [[7], 0],
  [[3, 5], 0],
  [[3, 5], 1],
  [[3, 5], -1],
  [[3, 5], undefined],
  [[2, 3, 5], 1],
  [
    [2, 3, 5],
    [0, 2],
  ],
  [
    [2, 3, 5],
    [2, 0],
  ],
  [
    [2, 3, 5],
    [0, -1],
  ],
  [
    [2, 3, 5],
    [1, 2],
  ],
  [
    [2, 3, 5],
    [0, 1],
  ],
  [
    [2, 3, 2, 4],
    [0, 2],
  ],
  [
    [2, 3, 2, 4],
    [1, 3],
  ],
  [
    [2, 3, 2, 2, 3],
    [0, 2, 4],
  ],
  [
    [2, 3, 2, 2, 3],
    [1, 2, 3],
  ],
  [[3, 1, 2], 1],
];
const empty: [number[], Axes][] = [
  [[0, 3], 1],
  [[0, 3], 0],
  [[2, 0], undefined],
];
const large: [number[], Axes][] = [
  [[8193], undefined],
  [[91, 101], undefined],
  [
    [2, 4100, 3],
    [0, 1, 2],
  ],
];

const sample = (name: 'sum' | 'mean' | 'max' | 'min', f: Reduction, which: [number[], Axes][], extra: Partial<Sample> = {}): Sample[] =>
  which.flatMap(([shape, axes]) =>
    [false, true].map((keepdims) => ({
      name: `${name} [${shape}] over ${axes ?? 'all'}${keepdims ? ', kept' : ''}`,
      inputs: [floats(shape)],
      graph: (x) => byName[name](x, axes, keepdims),
      reference: (x: Nd) => reduce(x, typeof axes === 'number' ? [axes] : axes, keepdims, f),
      relative: 4e-6,
      absolute: 4e-6 * Math.max(1, Math.sqrt(sizeOf(shape) / 100)),
      ...extra,
    })),
  );

const average: Reduction = (v) => total(v) / v.length;

const samples: Record<string, readonly Sample[]> = {
  sum: [...sample('sum', total, [...cases, ...empty, [[2, 3], []]]), ...sample('sum', total, large, { relative: 1e-5 })],
  mean: [...sample('mean', average, cases), ...sample('mean', average, large)],
  max: sample('max', (v) => Math.max(...v), cases),
  min: sample('min', (v) => Math.min(...v), cases),
  argMax: (
    [
      [[7], 0],
      [[3, 5], 0],
      [[3, 5], 1],
      [[2, 3, 5], 1],
      [[2, 3, 5], -1],
    ] as [number[], number][]
  ).map(([shape, axis]) => ({
    name: `argMax [${shape}] along ${axis}`,
    inputs: [floats(shape)],
    graph: (x) => ops.argMax(x, axis),
    reference: (x: Nd) => reduce(x, [axis], false, (v) => v.indexOf(Math.max(...v))),
    dtype: 'int32',
  })),
  sumSquares: [[3, 5], [4096], [4097], [3, 4000], [0], []].map((shape) => ({
    name: `sumSquares [${shape}]`,
    inputs: [floats(shape)],
    graph: ops.sumSquares,
    reference: (x: Nd) => reduce(x, undefined, false, (v) => total(v.map((e) => e * e))),
    wrt: [],
    relative: 4e-6,
  })),
};

describe('reductions', () => {
  expectSamples(ops, { ...samples, reduceWith: 'integer.test.ts' });
  check(Object.values(samples).flat());

  it('the sum of a million ones is a million', () => {
    const ones = values([1000, 1000], new Float32Array(1e6).fill(1));
    expect(compute([ones], (x) => ops.sum(x))[0].data[0]).toBe(1e6);
    expect(compute([ones], (x) => ops.mean(x))[0].data[0]).toBe(1);
  });

  it('the gradient of a large sum reaches every element', () => {
    const [g] = gradientsOfSum([floats([100, 90])], (x) => ops.sum(x), values([], [2.5]));
    expect(g.shape).toEqual([100, 90]);
    expect(g.data.every((v) => v === 2.5)).toBe(true);
  });

  it.each([
    [[4], undefined],
    [[2, 3], 1],
    [[2, 3], undefined],
    [
      [2, 2, 3],
      [0, 2],
    ],
    [
      [2, 3, 2, 2],
      [0, 2],
    ],
  ] as [number[], Axes][])('ties of a maximum over [%s], axes %s, share its gradient evenly', (shape, axes) => {
    const data = Float32Array.from({ length: sizeOf(shape) }, (_, i) => [3, 1, 3, 3, 2][i % 5]);
    const x = { shape, data: Float64Array.from(data) };
    const list = typeof axes === 'number' ? [axes] : axes;
    const largest = reduce(x, list, true, (v) => Math.max(...v));
    const count = reduce(x, list, true, (v) => v.filter((e) => e === Math.max(...v)).length);
    const expected = nd(shape, (index) => (at(x, index) === at(largest, index) ? 1 / at(count, index) : 0));
    const kept = largest.shape;
    const [g] = gradientsOfSum(
      [values(shape, data)],
      (v) => ops.max(v, axes, true),
      values(
        kept,
        indices(kept).map(() => 1),
      ),
    );
    for (const [i, v] of g.data.entries()) expect(v).toBeCloseTo(expected.data[i], 6);
  });
});
