import { describe } from 'vitest';
import * as ops from '../../src/primitives/losses.ts';
import { crossentropy, losses, oneHot } from '../kernels/reference/losses.ts';
import { type Index, type Nd, zip } from './nd.ts';
import { check, expectSamples, floats, ints, type Sample } from './samples.ts';

const ranges: Record<ops.ElementwiseLoss, readonly [low: number, high: number]> = {
  binaryCrossentropy: [0.1, 0.9],
  binaryCrossentropyLogits: [-3, 3],
  squaredError: [-2, 2],
  absoluteError: [-2, 2],
  absolutePercentageError: [0.5, 2],
  squaredLogarithmicError: [0.1, 3],
  logCosh: [-2, 2],
  hinge: [-1.5, 1.5],
  squaredHinge: [-1.5, 1.5],
  poisson: [0.2, 3],
  klDivergence: [0.1, 0.9],
  huber: [-2, 2],
};
const shapes: Index[] = [[7], [3, 5], [2, 3, 2], [], [0, 3]];

const elementwise = (Object.keys(ranges) as ops.ElementwiseLoss[]).flatMap((name) =>
  shapes.map((shape): Sample => {
    const [low, high] = ranges[name];
    const settings = name === 'huber' ? [0.5] : [];
    return {
      name: `${name} [${shape}]`,
      inputs: [floats(shape, low, high, 31), floats(shape, low, high)],
      graph: (target, prediction) => ops.elementLoss(name, target, prediction, ...settings),
      reference: (target, prediction) => zip([target, prediction], (y, p) => losses[name][0](y, p, 0.5)),
      wrt: [1],
      relative: 4e-6,
    };
  }),
);

const rows: Index[] = [[4, 3], [1, 1], [2, 3, 5], [0, 3], [6]];
const perRow = (shape: Index, data: readonly number[]): Nd => ({ shape: shape.slice(0, -1), data: Float64Array.from(data) });

const samples: Record<string, readonly Sample[]> = {
  elementLoss: elementwise,
  crossentropy: rows.map((shape) => ({
    name: `crossentropy [${shape}]`,
    inputs: [floats(shape, 0, 1, 8), floats(shape, -3, 3)],
    graph: ops.crossentropy,
    reference: (target, logits) => perRow(shape, crossentropy(target.data, logits.data, shape.at(-1) as number)),
    wrt: [1],
  })),
  sparseCrossentropy: rows.map((shape) => {
    const columns = shape.at(-1) as number;
    const count = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    return {
      name: `sparseCrossentropy [${shape}]`,
      inputs: [
        ints(
          shape.slice(0, -1),
          Array.from({ length: count }, (_, i) => (i * 2) % columns),
        ),
        floats(shape, -3, 3),
      ],
      graph: ops.sparseCrossentropy,
      reference: (labels: Nd, logits: Nd) => perRow(shape, crossentropy(oneHot(labels.data, columns), logits.data, columns)),
      wrt: [1],
    };
  }),
};

describe('losses', () => {
  expectSamples(ops, samples);
  check(Object.values(samples).flat());
});
