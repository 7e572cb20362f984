// Class weights: whom they weigh. Values from Keras 3.15.
import { describe, expect, it } from 'vitest';
import { Dense, Embedding, Sequential } from '../../src/index.ts';
import { tensor } from '../../src/tensor/index.ts';

describe('classWeight', () => {
  it('does not weigh what validationSplit holds back', async () => {
    const model = new Sequential([new Dense(1, { activation: 'sigmoid', inputShape: [1] })]);
    model.setWeights([[[0.5]], [-1]]);
    model.compile({ optimizer: 'sgd', loss: 'binary_crossentropy', weightedMetrics: ['accuracy'] });
    (model.optimizer as { learningRate: number }).learningRate = 0;
    const { history } = await model.fit(tensor([[0], [1], [2], [3], [4], [5]]), [1, 0, 1, 0, 0, 1], {
      batchSize: 2,
      epochs: 1,
      shuffle: false,
      validationSplit: 1 / 3,
      classWeight: { 0: 1, 1: 5 },
      verbose: 0,
    });
    expect((history.loss as number[])[0]).toBeCloseTo(2.87, 4);
    expect((history.val_loss as number[])[0]).toBeCloseTo(0.757338, 5);
    const [accuracy] = Object.entries(history).filter(([name]) => /^val_.*accuracy$/.test(name));
    expect(accuracy[1]).toEqual([0.5]);
  });

  const steps = [
    [1, 0, 2],
    [2, 1, 0],
  ];
  it.each<[string, unknown, string]>([
    ['labels [samples, steps]', steps, 'sparse_categorical_crossentropy'],
    ['labels [samples, steps, 1]', steps.map((row) => row.map((label) => [label])), 'sparse_categorical_crossentropy'],
    [
      'one-hot rows for each step',
      steps.map((row) => row.map((label) => [0, 1, 2].map((k) => Number(k === label)))),
      'categorical_crossentropy',
    ],
  ])('refuses %s', async (_, y, loss) => {
    const model = new Sequential([new Embedding(5, 3, { inputLength: 3 }), new Dense(3, { activation: 'softmax' })]);
    model.compile({ optimizer: 'sgd', loss });
    const before = model.getWeights().map((weight) => weight.array());
    const train = () => model.fit(steps, y as number[], { classWeight: { 1: 2 }, verbose: 0 });
    await expect((async () => train())()).rejects.toThrow(/expected one class per sample with classWeight, got targets of shape \[2, 3/);
    expect(model.getWeights().map((weight) => weight.array())).toEqual(before);
  });
});
