import { describe } from 'vitest';
import * as ops from '../../src/primitives/clip.ts';
import { type Nd, total, zip } from './nd.ts';
import { check, expectSamples, floats, type Sample, values } from './samples.ts';

const factor = (squares: Nd, limit: number): Nd => ({
  shape: [],
  data: Float64Array.of(limit / Math.max(Math.sqrt(total(squares.data)), limit)),
});

const samples: Record<string, readonly Sample[]> = {
  clipFactor: [[1], [5], []].flatMap((shape) =>
    [0.5, 1, 100].map((limit) => ({
      name: `clipFactor [${shape}] to ${limit}`,
      inputs: [floats(shape, 0, 4)],
      graph: (x) => ops.clipFactor(x, limit),
      reference: (x: Nd) => factor(x, limit),
      wrt: [],
    })),
  ),
  scaleBy: [[7], [3, 5], [], [0, 2]].map((shape) => ({
    name: `scaleBy [${shape}]`,
    inputs: [floats(shape), values([], [0.25])],
    graph: ops.scaleBy,
    reference: (x, by) => zip([x, by], (a, b) => a * b),
    wrt: [],
  })),
};

describe('clipping by norm', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());
});
