// The same weights, bit for bit, in every engine: each model's digest after training stands here.
import { describe, expect, it } from 'vitest';
import { layers, losses, optimizers, Sequential, setRandomSeed } from '../../src/index.ts';
import { digest } from '../helpers/digest.ts';
import { random, randoms } from '../kernels/harness.ts';

function ids(rows: number, columns: number, bound: number): number[][] {
  const next = random(11);
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => Math.floor(next() * bound)));
}

const models = {
  restaurant: async () => {
    const x = ids(10, 4, 50);
    const model = new Sequential([
      new layers.Embedding(50, 8, { inputLength: 4 }),
      new layers.Flatten(),
      new layers.Dense(1, { activation: 'sigmoid' }),
    ]);
    model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['acc'] });
    await model.fit(x, [1, 1, 1, 1, 1, 0, 0, 0, 0, 0], { epochs: 100, verbose: 0 });
    return model;
  },
  'masked average with dropout': async () => {
    const x = ids(57, 9, 30);
    const model = new Sequential([
      new layers.Embedding(30, 7, { maskZero: true }),
      new layers.GlobalAveragePooling1D(),
      new layers.Dropout(0.3),
      new layers.Dense(11, { activation: 'gelu', kernelRegularizer: 'l2' }),
      new layers.Dense(1),
    ]);
    const loss = new losses.BinaryCrossentropy({ fromLogits: true });
    model.compile({ optimizer: new optimizers.RMSprop({ learningRate: 0.01, momentum: 0.5 }), loss });
    await model.fit(
      x,
      x.map((row) => (row[0] % 2 ? 1 : 0)),
      { epochs: 20, batchSize: 16, verbose: 0 },
    );
    return model;
  },
  'classes of dense features': async () => {
    const x = Array.from({ length: 40 }, (_, i) => [...randoms(13, i + 1)]);
    const model = new Sequential([
      new layers.Dense(17, { activation: 'tanh', inputShape: [13] }),
      new layers.Dense(19, { activation: 'selu' }),
      new layers.Dense(5, { activation: 'softmax' }),
    ]);
    const optimizer = new optimizers.SGD({ learningRate: 0.05, momentum: 0.9, nesterov: true, clipnorm: 1 });
    model.compile({ optimizer, loss: 'sparse_categorical_crossentropy', metrics: ['accuracy'] });
    await model.fit(
      x,
      x.map((_, i) => i % 5),
      { epochs: 20, batchSize: 7, verbose: 0 },
    );
    return model;
  },
};

const digests: Record<keyof typeof models, string> = {
  restaurant: '54f58d64',
  'masked average with dropout': '68591066',
  'classes of dense features': 'ec587dc6',
};

describe('digest of the weights after training', () => {
  for (const [name, train] of Object.entries(models)) {
    it(name, async () => {
      setRandomSeed(42);
      const found = digest((await train()).getWeights());
      console.log(`digest of ${name}: ${found}`);
      expect(found).toBe(digests[name as keyof typeof models]);
    });
  }
});
