import { describe, expect, it } from 'vitest';
import * as ops from '../../src/primitives/metrics.ts';
import { randoms } from '../kernels/harness.ts';
import { type Index, type Nd, nd } from './nd.ts';
import { check, compute, expectSamples, floats, ints, type Sample, values } from './samples.ts';
import { checkUpdates, type Update } from './updates.ts';

const rows: [Index, number][] = [
  [[5, 4], 1],
  [[5, 4], 2],
  [[2, 3, 7], 3],
  [[3, 2], 5],
  [[0, 3], 1],
  [[1, 1], 1],
];

const row = (x: Nd, r: number): number[] => {
  const columns = x.shape[x.shape.length - 1];
  return [...x.data.slice(r * columns, (r + 1) * columns)];
};

const tops: Record<'inTopK' | 'keepTopK', readonly Sample[]> = {
  inTopK: rows.map(([shape, k]) => {
    const columns = shape[shape.length - 1];
    const outer = shape.slice(0, -1);
    const count = outer.reduce((a, b) => a * b, 1);
    return {
      name: `inTopK ${k} of [${shape}]`,
      inputs: [
        ints(
          outer,
          Array.from({ length: count }, (_, i) => (i * 3) % columns),
        ),
        floats(shape),
      ],
      graph: (labels, x) => ops.inTopK(labels, x, k),
      reference: (labels, x) => ({
        shape: outer,
        data: labels.data.map((label, r) => Number(row(x, r).filter((v) => v > row(x, r)[label]).length < k)),
      }),
      wrt: [],
    };
  }),
  keepTopK: rows.map(([shape, k]) => ({
    name: `keepTopK ${k} of [${shape}]`,
    inputs: [floats(shape)],
    graph: (x) => ops.keepTopK(x, k),
    reference: (x) => {
      const columns = shape[shape.length - 1];
      let flat = 0;
      return nd(shape, () => {
        const given = row(x, Math.floor(flat / columns));
        const v = given[flat++ % columns];
        return given.filter((other) => other > v).length < k ? v : -1e10;
      });
    },
    wrt: [],
  })),
};

const target = randoms(40, 1).map((v) => Number(v > 0));
const prediction = randoms(40, 2, 0, 1);
const weight = randoms(40, 3, 0, 1);
const counted = (is: (i: number) => boolean, weights?: Float32Array): number =>
  target.reduce((sum, _, i) => sum + (is(i) ? (weights ? weights[i] : 1) : 0), 0);
const outcome = (threshold: number, weights?: Float32Array) =>
  [
    [true, true],
    [false, true],
    [true, false],
    [false, false],
  ].map(([truth, found]) => counted((i) => (target[i] !== 0) === truth && prediction[i] > threshold === found, weights));
const BUCKETS = 6;
const bucket = (p: number): number => Math.max(0, Math.ceil(p * (BUCKETS - 1)) - 1);
const buckets = (weights?: Float32Array) =>
  [1, 0].flatMap((truth) =>
    Array.from({ length: BUCKETS }, (_, b) => counted((i) => target[i] === truth && bucket(prediction[i]) === b, weights)),
  );

const states: Record<'accumulateConfusion' | 'accumulateHistogram', readonly Update[]> = {
  accumulateConfusion: [
    {
      shape: [4],
      values: [target, prediction],
      apply: (v, [y, p]) => ops.accumulateConfusion(v, y, p, undefined, 0.5),
      expected: (s, i) => s + outcome(0.5)[i],
    },
    {
      shape: [4],
      values: [target, prediction, weight],
      apply: (v, [y, p, w]) => ops.accumulateConfusion(v, y, p, w, 0.25),
      expected: (s, i) => s + outcome(0.25, weight)[i],
    },
  ],
  accumulateHistogram: [
    {
      shape: [2, BUCKETS],
      values: [target, prediction],
      apply: (v, [y, p]) => ops.accumulateHistogram(v, y, p, undefined),
      expected: (s, i) => s + buckets()[i],
    },
    {
      shape: [2, BUCKETS],
      values: [target, prediction, weight],
      apply: (v, [y, p, w]) => ops.accumulateHistogram(v, y, p, w),
      expected: (s, i) => s + buckets(weight)[i],
    },
  ],
};

describe('metrics', () => {
  expectSamples(ops, { ...tops, ...states });
  check(Object.values(tops).flat());
  checkUpdates(states);

  it('a label outside the row, or of NaN, is not among the largest', () => {
    const [y] = compute([ints([4], [-1, 2, 0, 1]), values([4, 2], [1, 2, 1, 2, NaN, 0, NaN, 1])], (labels, x) => ops.inTopK(labels, x, 1));
    expect([...y.data]).toEqual([0, 0, 0, 0]);
  });

  it('of equal numbers the first is kept', () => {
    const [y] = compute([values([1, 4], [3, 5, 5, 5])], (x) => ops.keepTopK(x, 2));
    expect([...y.data]).toEqual([-1e10, 5, 5, -1e10]);
  });
});
