import { beforeEach, describe, expect, it } from 'vitest';
import { clearSession, Input, layers, Model, Sequential, setRandomSeed, tensor } from '../../src/index.ts';

const summary = (model: Sequential): string[] => {
  const lines: string[] = [];
  model.summary({ printFn: (line) => lines.push(line) });
  return lines;
};

beforeEach(clearSession);

describe('Sequential', () => {
  it('builds while layers are added when the first one knows its input', () => {
    const model = new Sequential();
    model.add(new layers.Embedding(10, 4, { inputLength: 2 }));
    expect(model.built).toBe(true);
    expect(model.inputShape).toEqual([null, 2]);
    expect(model.outputShape).toEqual([null, 2, 4]);
    model.add(new layers.Flatten());
    model.add(new layers.Dense(3));
    expect(model.outputShape).toEqual([null, 3]);
    expect(model.countParams()).toBe(40 + 27);
  });

  it('builds when it first sees data otherwise', () => {
    const model = new Sequential([new layers.Dense(3), new layers.Dense(2)]);
    expect(model.built).toBe(false);
    expect(() => model.outputShape).toThrow('not known');
    expect(() => model.summary()).toThrow('not known');
    expect(model.predict([[1, 2, 3, 4]]).shape).toEqual([1, 2]);
    expect(model.inputShape).toEqual([null, 4]);
    expect(model.layers[0].getWeights()[0].shape).toEqual([4, 3]);
  });

  it('is built by build() too, and by inputShape, batchInputShape, inputDim and an InputLayer', () => {
    const built = new Sequential([new layers.Dense(3)]);
    built.build([null, 5]);
    const models = [
      built,
      new Sequential([new layers.Dense(3, { inputShape: [5] })]),
      new Sequential([new layers.Dense(3, { batchInputShape: [null, 5] })]),
      new Sequential([new layers.Dense(3, { inputDim: 5 })]),
      new Sequential([new layers.InputLayer({ shape: [5] }), new layers.Dense(3)]),
    ];
    for (const model of models) {
      expect(model.inputShape).toEqual([null, 5]);
      expect(model.countParams()).toBe(18);
      expect(model.layers.length).toBe(1);
    }
  });

  it('names models and layers as Keras 2 does', () => {
    const names = [new Sequential().name, new Sequential().name, new Sequential([], { name: 'mine' }).name, new Sequential().name];
    expect(names).toEqual(['sequential', 'sequential_1', 'mine', 'sequential_2']);
    expect([new layers.Dense(1).name, new layers.Dense(1).name]).toEqual(['dense', 'dense_1']);
    expect(new layers.GlobalAveragePooling1D().name).toBe('global_average_pooling1d');
  });

  it('computes with the values of whole numbers', () => {
    const ones = () => new layers.Dense(1, { kernelInitializer: 'ones' });
    const input = () => new layers.InputLayer({ shape: [1], dtype: 'int32' });
    const inner = new Sequential([input(), ones()]);
    expect(inner.predict([[70], [80]]).array()).toEqual([[70], [80]]);
    expect(new Sequential([input(), inner]).predict([[70]]).array()).toEqual([[70]]);
    const x = Input({ shape: [1], dtype: 'int32' });
    const model = new Model({ inputs: x, outputs: [ones().apply(x), new layers.Embedding(100, 2).apply(x)] });
    const [sums] = model.predict([[70]]) as unknown as { array(): number[][] }[];
    expect(sums.array()).toEqual([[70]]);
  });

  it('takes a layer off again', () => {
    const model = new Sequential([new layers.Dense(3, { inputShape: [5] }), new layers.Dense(2)]);
    expect(model.pop().name).toBe('dense_1');
    expect(model.outputShape).toEqual([null, 3]);
    expect(model.predict([[1, 2, 3, 4, 5]]).shape).toEqual([1, 3]);
  });

  it('shares a layer with another model', () => {
    const embedding = new layers.Embedding(3, 2, {
      weights: [
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      ],
      inputLength: 1,
    });
    const [a, b] = [new Sequential([embedding]), new Sequential([embedding, new layers.Flatten()])];
    a.setWeights([
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
    ]);
    expect(b.predict([[2]]).array()).toEqual([[3, 3]]);
  });

  it('looks layers up by name and index', () => {
    const model = new Sequential([new layers.Dense(3, { inputShape: [5], name: 'first' }), new layers.Dense(2)]);
    expect(model.getLayer('first')).toBe(model.layers[0]);
    expect(model.getLayer(1)).toBe(model.layers[1]);
    expect(() => model.getLayer('second')).toThrow('first, dense');
  });

  it('does not train what is frozen', async () => {
    setRandomSeed(1);
    const frozen = new layers.Dense(3, { inputShape: [2], trainable: false });
    const model = new Sequential([frozen, new layers.Dense(1)]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    const before = frozen.getWeights().map(String);
    const top = String(model.layers[1].getWeights()[0]);
    await model.fit([[1, 2]], [[3]], { epochs: 2, verbose: 0 });
    expect(frozen.getWeights().map(String)).toEqual(before);
    expect(String(model.layers[1].getWeights()[0])).not.toBe(top);
    expect(model.nonTrainableWeights.length).toBe(2);
    expect(summary(model).slice(-4, -1)).toEqual(['Total params: 13', 'Trainable params: 4', 'Non-trainable params: 9']);
  });

  it('passes masks on to the layers that use them, and to the loss', async () => {
    const table = [
      [9, 9],
      [1, 2],
      [3, 4],
    ];
    const model = new Sequential([new layers.Embedding(3, 2, { maskZero: true, weights: [table] }), new layers.GlobalAveragePooling1D()]);
    expect(model.predict([[1, 2, 0, 0]]).array()).toEqual([[2, 3]]);
    const perStep = new Sequential([new layers.Embedding(3, 2, { maskZero: true, weights: [table] })]);
    perStep.compile({ optimizer: 'sgd', loss: 'mse' });
    const [loss] = await perStep.evaluate(
      [[1, 2, 0]],
      [
        [
          [0, 0],
          [0, 0],
          [0, 0],
        ],
      ],
      { verbose: 0 },
    );
    expect(loss).toBeCloseTo(((1 + 4) / 2 + (9 + 16) / 2) / 2, 5);
  });
});

describe('summary', () => {
  it('prints the table of Keras 2, to the byte', () => {
    const model = new Sequential([
      new layers.Embedding(8185, 16),
      new layers.GlobalAveragePooling1D(),
      new layers.Dense(16, { activation: 'relu' }),
      new layers.Dense(1),
    ]);
    expect(summary(model)).toEqual([
      'Model: "sequential"',
      '_'.repeat(65),
      'Layer (type)                 Output Shape              Param #   ',
      '='.repeat(65),
      'embedding (Embedding)        (None, None, 16)          130960    ',
      '_'.repeat(65),
      'global_average_pooling1d (Gl (None, 16)                0         ',
      '_'.repeat(65),
      'dense (Dense)                (None, 16)                272       ',
      '_'.repeat(65),
      'dense_1 (Dense)              (None, 1)                 17        ',
      '='.repeat(65),
      'Total params: 131,249',
      'Trainable params: 131,249',
      'Non-trainable params: 0',
      '_'.repeat(65),
    ]);
  });

  it('takes a width and the ends of the columns', () => {
    const model = new Sequential([new layers.Dense(3, { inputShape: [5] })]);
    const lines: string[] = [];
    model.summary({ lineLength: 40, positions: [0.5, 0.8, 1], printFn: (line) => lines.push(line) });
    expect(lines[4]).toBe('dense (Dense)       (None, 3)   18      ');
  });
});

describe('weights', () => {
  it('go out as copies and come in by shape', () => {
    const model = new Sequential([new layers.Dense(2, { inputShape: [1] })]);
    const [kernel] = model.getWeights();
    kernel.data.fill(7);
    expect(model.getWeights()[0].data).not.toEqual(kernel.data);
    model.setWeights([tensor([[1, 2]]), [3, 4]]);
    expect(model.predict([[10]]).array()).toEqual([[13, 24]]);
    expect(() => model.setWeights([[[1, 2]]])).toThrow('kernel, bias');
    expect(() => model.setWeights([[[5, 6]], [1, 2, 3]])).toThrow('weight bias of shape [2], got [3]');
    expect(model.getWeights()[0].array()).toEqual([[1, 2]]);
  });
});
