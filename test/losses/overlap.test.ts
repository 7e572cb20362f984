// Losses of overlap and of noisy labels in training, with Keras's numbers.
import { beforeEach, describe, expect, it } from 'vitest';
import { clearSession, Input, initializers, layers, losses, optimizers, Sequential, tensor } from '../../src/index.ts';
import { expectClose } from '../kernels/harness.ts';

beforeEach(clearSession);

const x = tensor(
  Float32Array.from({ length: 12 }, (_, i) => -1 + (2 * i) / 11),
  [4, 3],
);
const y = [
  [1, 0],
  [0, 1],
  [1, 0],
  [0, 1],
];
const sampleWeight = [1, 2, 0.5, 1];

describe('training', () => {
  it.each<[string, () => losses.Loss | 'dice' | 'tversky', object, number[]]>([
    ['dice', () => 'dice', {}, [0.49193060398101807, 0.47790253162384033, 0.46494102478027344]],
    ['tversky', () => 'tversky', {}, [0.49193063378334045, 0.4779025614261627, 0.4649410843849182]],
    [
      'dice of each row, weighted',
      () => new losses.Dice({ axis: [1] }),
      { sampleWeight },
      [0.5500222444534302, 0.530903160572052, 0.5135307312011719],
    ],
    ['dice of all, weighted', () => new losses.Dice(), { sampleWeight }, [0.5596242547035217, 0.539829671382904, 0.5217230319976807]],
  ])('%s', async (_, loss, options, expected) => {
    const kernel = [
      [0.1, -0.2],
      [0.3, 0.1],
      [-0.2, 0.4],
    ];
    const dense = new layers.Dense(2, { activation: 'sigmoid', kernelInitializer: new initializers.Constant(kernel) });
    const model = new Sequential([Input({ shape: [3] }), dense]);
    model.compile({ optimizer: new optimizers.SGD(0.5), loss: loss() });
    const { history } = await model.fit(x, y, { epochs: 3, shuffle: false, batchSize: 2, verbose: 0, ...options });
    expectClose(history.loss, expected, { relative: 1e-6 });
  });
});

describe('the generalized crossentropy', () => {
  it('goes from the crossentropy to the absolute error', () => {
    const value = (q: number) => new losses.CategoricalGeneralizedCrossEntropy({ q }).apply([1], [[0.2, 0.8]]).data[0];
    expect(value(1e-4)).toBeCloseTo(-Math.log(0.8), 3);
    expect(value(0.9999)).toBeCloseTo(0.2, 3);
  });

  it('checks q and labels', async () => {
    for (const q of [0, 1, -1, 2, Number.NaN]) expect(() => new losses.CategoricalGeneralizedCrossEntropy({ q })).toThrow(/expected q/);
    const model = new Sequential([Input({ shape: [1] }), new layers.Dense(2, { activation: 'softmax' })]);
    model.compile({ optimizer: 'sgd', loss: new losses.CategoricalGeneralizedCrossEntropy() });
    await expect(model.fit([[1]], [2], { verbose: 0 })).rejects.toThrow('expected whole labels in [0, 2), got 2');
  });
});
