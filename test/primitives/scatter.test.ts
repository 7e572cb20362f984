import { describe } from 'vitest';
import * as ops from '../../src/primitives/scatter.ts';
import type { Nd } from './nd.ts';
import { check, expectSamples, floats, ints, type Sample } from './samples.ts';

const summed = (rows: Nd, ids: Nd, count: number): Nd => {
  const width = rows.shape[1];
  const data = new Float64Array(count * width);
  for (let at = 0; at < rows.data.length; at++) data[ids.data[Math.floor(at / width)] * width + (at % width)] += rows.data[at];
  return { shape: [count, width], data };
};

const samples: Record<string, readonly Sample[]> = {
  scatterSum: [
    { inputs: [floats([5, 3]), ints([5], [0, 2, 2, 1, 0])], count: 4 },
    { inputs: [floats([2, 1]), ints([2], [1, 1])], count: 2 },
  ].map(({ inputs, count }, k) => ({
    name: `scatterSum ${k}`,
    inputs,
    graph: (rows, ids) => ops.scatterSum(rows, ids, count),
    reference: (rows: Nd, ids: Nd) => summed(rows, ids, count),
    wrt: [0],
  })),
};

describe('rows added up by id', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());
});
