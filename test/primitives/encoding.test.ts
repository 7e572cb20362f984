import { describe } from 'vitest';
import * as ops from '../../src/primitives/encoding.ts';
import * as reference from '../kernels/reference/encoding.ts';
import type { Nd } from './nd.ts';
import { check, expectSamples, floats, ints, type Sample, values } from './samples.ts';

const bins: Sample[] = [[7], [2, 3], [], [0, 2]].map((shape) => ({
  name: `bucketize [${shape}]`,
  inputs: [floats(shape), values([3], [-1, 0, 0.5])],
  graph: ops.bucketize,
  reference: (x: Nd, bounds: Nd) => ({ shape: x.shape, data: Float64Array.from(reference.bucketize(x.data, bounds.data)) }),
  dtype: 'int32',
}));

const encodings: Sample[] = [
  [3, 4, 6, 0],
  [3, 4, 6, 1],
  [5, 1, 2, 0],
  [0, 3, 2, 1],
].map(([rows, length, tokens, counts]) => ({
  name: `encodeIds [${rows}, ${length}] of ${tokens}${counts ? ' as counts' : ''}`,
  inputs: [
    ints(
      [rows, length],
      Array.from({ length: rows * length }, (_, i) => (i * i) % tokens),
    ),
  ],
  graph: (ids) => ops.encodeIds(ids, tokens, counts === 1),
  reference: (ids: Nd) => ({
    shape: [rows, tokens],
    data: Float64Array.from(reference.encodeIds(ids.data, rows, length, tokens, counts === 1)),
  }),
}));

const samples = { bucketize: bins, encodeIds: encodings };

describe('encoding', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());
});
