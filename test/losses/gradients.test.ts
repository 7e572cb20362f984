import { describe, test } from 'vitest';
import * as losses from '../../src/losses/index.ts';
import { subtract } from '../../src/primitives/binary.ts';
import { square } from '../../src/primitives/unary.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';
import { lossAndGradient } from '../helpers/loss-and-gradient.ts';
import { expectClose, randoms } from '../kernels/harness.ts';

describe('gradients as differences', () => {
  const probabilities = tensor(randoms(12, 3, 0.1, 0.9), [4, 3]);
  const any = tensor(randoms(12, 4, -2, 2), [4, 3]);
  const oneHot = tensor([
    [1, 0, 0],
    [0, 0, 1],
    [0, 1, 0],
    [1, 0, 0],
  ]);
  const binary = tensor([
    [1, 0, 1],
    [0, 0, 1],
    [0, 1, 1],
    [1, 0, 0],
  ]);
  const numbers = tensor(randoms(12, 5, 0.2, 3), [4, 3]);
  const labels = tensor([0, 2, 1, 0], undefined, 'int32');

  test.each<[string, losses.Loss, Tensor, Tensor]>([
    ['BinaryCrossentropy', new losses.BinaryCrossentropy({ labelSmoothing: 0.1 }), binary, probabilities],
    ['BinaryCrossentropy, logits', new losses.BinaryCrossentropy({ fromLogits: true }), binary, any],
    ['BinaryFocalCrossentropy', new losses.BinaryFocalCrossentropy({ applyClassBalancing: true }), binary, probabilities],
    ['CategoricalCrossentropy', new losses.CategoricalCrossentropy({ labelSmoothing: 0.1 }), oneHot, probabilities],
    ['CategoricalCrossentropy, logits', new losses.CategoricalCrossentropy({ fromLogits: true }), oneHot, any],
    ['CategoricalCrossentropy, first axis', new losses.CategoricalCrossentropy({ axis: 0 }), oneHot, probabilities],
    ['CategoricalFocalCrossentropy', new losses.CategoricalFocalCrossentropy(), oneHot, probabilities],
    ['CategoricalFocalCrossentropy, logits', new losses.CategoricalFocalCrossentropy({ fromLogits: true }), oneHot, any],
    ['SparseCategoricalCrossentropy', new losses.SparseCategoricalCrossentropy(), labels, probabilities],
    ['SparseCategoricalCrossentropy, logits', new losses.SparseCategoricalCrossentropy({ fromLogits: true }), labels, any],
    ['SparseCategoricalCrossentropy, ignored', new losses.SparseCategoricalCrossentropy({ fromLogits: true, ignoreClass: 0 }), labels, any],
    ['MeanSquaredError', new losses.MeanSquaredError(), numbers, any],
    ['MeanAbsoluteError', new losses.MeanAbsoluteError(), numbers, any],
    ['MeanAbsolutePercentageError', new losses.MeanAbsolutePercentageError({ reduction: 'sum' }), numbers, any],
    ['MeanSquaredLogarithmicError', new losses.MeanSquaredLogarithmicError(), numbers, probabilities],
    ['LogCosh', new losses.LogCosh(), numbers, any],
    ['Poisson', new losses.Poisson(), numbers, probabilities],
    ['Huber', new losses.Huber({ delta: 0.7 }), numbers, any],
    ['Hinge', new losses.Hinge(), binary, any],
    ['SquaredHinge', new losses.SquaredHinge(), binary, any],
    ['KLDivergence', new losses.KLDivergence(), probabilities, probabilities],
    ['CategoricalHinge', new losses.CategoricalHinge(), oneHot, any],
    ['CosineSimilarity', new losses.CosineSimilarity(), numbers, any],
    ['CosineSimilarity, first axis', new losses.CosineSimilarity({ axis: 0 }), numbers, any],
    ['a function', losses.get((y, p) => square(subtract(y, p))), numbers, any],
  ])('%s', (_, loss, target, prediction) => {
    const [, gradient] = lossAndGradient(loss, target, prediction);
    const step = 2 ** -9;
    const at = (i: number, by: number): number => {
      const data = Float32Array.from(prediction.data);
      data[i] += by;
      return loss.apply(target, tensor(data, prediction.shape)).item() as number;
    };
    const differences = Array.from(prediction.data, (_p, i) => (at(i, step) - at(i, -step)) / (2 * step));
    expectClose(gradient.data, differences, { relative: 5e-3, absolute: 5e-4, name: 'gradient' });
  });
});
