import { describe, expect, it } from 'vitest';
import * as ops from '../../src/primitives/im2col.ts';
import { at, type Nd, nd } from './nd.ts';
import { check, compute, expectSamples, floats, ints, type Sample } from './samples.ts';

type Moves = readonly [steps: number, dim: number, size: number, stride: number, dilation: number];

const moves: Moves[] = [
  [7, 3, 3, 1, 1],
  [7, 3, 3, 2, 1],
  [9, 2, 3, 1, 2],
  [8, 2, 2, 2, 1],
  [9, 4, 2, 2, 1],
  [9, 4, 2, 3, 1],
  [5, 1, 1, 1, 1],
  [6, 5, 1, 2, 1],
  [3, 2, 4, 1, 1],
  [12, 3, 2, 1, 5],
];

function windowsOf(x: Nd, size: number, stride: number, dilation: number): Nd {
  const [batch, steps, dim] = x.shape;
  let count = 0;
  while (count * stride + (size - 1) * dilation < steps) count++;
  return nd([batch, count, size, dim], ([b, w, j, c]) => at(x, [b, w * stride + j * dilation, c]));
}

const padded = (x: Nd, before: number, after: number): Nd =>
  nd([x.shape[0], before + x.shape[1] + after, x.shape[2]], ([b, t, c]) =>
    t < before || t >= before + x.shape[1] ? 0 : at(x, [b, t - before, c]),
  );

const count = moves.map(([steps, dim, size, stride, dilation]) => ({
  name: `windows of ${size} in [2, ${steps}, ${dim}], stride ${stride}, dilation ${dilation}`,
  inputs: [floats([2, steps, dim])],
  graph: (x: Parameters<typeof ops.windows>[0]) => ops.windows(x, { size, stride, dilation }),
  reference: (x: Nd) => windowsOf(x, size, stride, dilation),
}));

/** [steps, dim, size, filters, stride, dilation, padding, groups] */
const convolutions: [number, number, number, number, number, number, [number, number], number][] = [
  [7, 3, 3, 5, 1, 1, [0, 0], 1],
  [7, 3, 3, 2, 2, 1, [1, 1], 1],
  [9, 2, 2, 4, 1, 3, [3, 0], 1],
  [6, 4, 3, 6, 1, 1, [1, 1], 2],
  [5, 3, 1, 3, 1, 1, [0, 0], 3],
];

const samples: Record<string, readonly Sample[]> = {
  windows: count,
  countWindows: count,
  padSteps: (
    [
      [0, 0],
      [2, 0],
      [1, 3],
    ] as const
  ).map((padding) => ({
    name: `padSteps ${padding}`,
    inputs: [floats([2, 3, 4])],
    graph: (x) => ops.padSteps(x, padding),
    reference: (x) => padded(x, padding[0], padding[1]),
  })),
  conv1d: convolutions.map(([steps, dim, size, filters, stride, dilation, padding, groups], i) => ({
    name: `conv1d of [2, ${steps}, ${dim}] with ${filters} filters of ${size}, stride ${stride}, dilation ${dilation}, padding ${padding}, groups ${groups}`,
    inputs: [floats([2, steps, dim]), floats([size, dim / groups, filters], -1, 1, 5), ...(i % 2 ? [] : [floats([filters], -1, 1, 7)])],
    graph: (x, kernel, bias) => ops.conv1d(x, kernel, bias, { stride, dilation, padding, groups }),
    reference: (x, kernel, bias) => {
      const patches = windowsOf(padded(x, ...padding), size, stride, dilation);
      return nd([2, patches.shape[1], filters], ([b, t, f]) => {
        let sum = bias ? bias.data[f] : 0;
        const group = Math.floor((f * groups) / filters);
        for (let j = 0; j < size; j++) {
          for (let c = 0; c < dim / groups; c++) sum += at(patches, [b, t, j, group * (dim / groups) + c]) * at(kernel, [j, c, f]);
        }
        return sum;
      });
    },
    relative: 4e-6,
    absolute: 4e-6,
  })),
};

describe('windows along time', () => {
  expectSamples(ops, samples);
  check([...new Set(Object.values(samples).flat())]);

  it('move integers too', () => {
    const [y] = compute([ints([1, 3, 1], [7, 8, 9])], (x) => ops.windows(x, { size: 2 }));
    expect([y.dtype, ...y.data]).toEqual(['int32', 7, 8, 8, 9]);
  });
});
