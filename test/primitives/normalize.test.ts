import { describe, expect, it } from 'vitest';
import * as ops from '../../src/primitives/normalize.ts';
import { at, nd, reduce, total } from './nd.ts';
import { check, compute, expectSamples, floats, gradientsOfSum, type Sample, values } from './samples.ts';

const samples: Record<string, readonly Sample[]> = {
  normalizeLength: (
    [
      [[5], -1],
      [[3, 4], 0],
      [[3, 4], 1],
      [[2, 3, 4], 1],
      [
        [2, 3, 4],
        [0, 2],
      ],
    ] as [number[], number | number[]][]
  ).map(([shape, axis]) => ({
    name: `normalizeLength [${shape}] along ${axis}`,
    inputs: [floats(shape)],
    graph: (x) => ops.normalizeLength(x, axis),
    reference: (x) => {
      const length = reduce(x, typeof axis === 'number' ? [axis] : axis, true, (v) => Math.sqrt(total(v.map((e) => e * e))));
      return nd(shape, (index) => at(x, index) / at(length, index));
    },
  })),
};

describe('normalizeLength', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());

  it('leaves zeros alone, with a finite gradient', () => {
    const zeros = values([2, 2], [0, 0, 3, 4]);
    expect([...compute([zeros], (x) => ops.normalizeLength(x))[0].data.slice(0, 2)]).toEqual([0, 0]);
    const [g] = gradientsOfSum([zeros], (x) => ops.normalizeLength(x), values([2, 2], [1, 1, 1, 1]));
    expect(g.data.every(Number.isFinite)).toBe(true);
    const [tiny] = compute([values([2], [3e-20, 4e-20])], (x) => ops.normalizeLength(x, -1, 1e-12));
    expect([...tiny.data].map((v) => v.toPrecision(6))).toEqual(['3.00000e-8', '4.00000e-8']);
  });
});
