import { describe, expect, it } from 'vitest';
import { layers, Sequential, setRandomSeed, tensor } from '../../src/index.ts';
import golden from '../fixtures/seeded_fit.json' with { type: 'json' };
import { expectClose } from '../kernels/harness.ts';

describe('a training run from a seed', () => {
  it('starts from the weights of Keras and follows its losses and weights', async () => {
    setRandomSeed(golden.seed);
    const model = new Sequential([
      new layers.InputLayer({ shape: [4], dtype: 'int32' }),
      new layers.Embedding(50, 8),
      new layers.Flatten(),
      new layers.Dense(1, { activation: 'sigmoid' }),
    ]);
    model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['acc'] });
    for (const [i, weight] of model.getWeights().entries()) expect([...weight.data]).toEqual(golden.weights_before[i].data);

    const x = tensor(Int32Array.from(golden.x.data), golden.x.shape);
    const history = await model.fit(x, golden.y.data, { epochs: 100, batchSize: 4, verbose: 0 });
    expectClose(history.history.loss, golden.history.loss, { relative: 1e-5, absolute: 0, name: 'loss' });
    expectClose(history.history.acc, golden.history.acc, { relative: 1e-6, absolute: 0, name: 'acc' });
    for (const [i, weight] of model.getWeights().entries()) {
      expectClose(weight.data, golden.weights_after[i].data, { relative: 1e-4, absolute: 1e-6, name: `weight ${i}` });
    }
  });
});
