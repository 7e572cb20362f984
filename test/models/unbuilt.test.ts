// Sequential models whose first layer does not say what goes in: built by the first data, by `build`, or where they are used.
import { beforeEach, describe, expect, it } from 'vitest';
import { clearSession, Dataset, Input, layers, Model, Sequential, setRandomSeed, tensor } from '../../src/index.ts';

beforeEach(clearSession);

const ids = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 0, 1, 2],
];
const labels = [1, 0, 1];

/** Flatten and Dense have to know the length, which an Embedding leaves open. */
const words = (): Sequential => new Sequential([new layers.Embedding(50, 8), new layers.Flatten(), new layers.Dense(1)]);

const compiled = (): Sequential => {
  const model = words();
  model.compile({ optimizer: 'adam', loss: 'mse' });
  return model;
};

const shapes = (model: Sequential): unknown[] => model.layers.map((layer) => layer.outputShape);

describe('before there are data', () => {
  it('a model has no weights and no shapes', () => {
    const model = compiled();
    expect(model.built).toBe(false);
    expect(model.layers.map((layer) => layer.built)).toEqual([false, false, false]);
    expect([model.weights, model.getWeights(), model.trainableWeights]).toEqual([[], [], []]);
    for (const part of ['inputShape', 'outputShape', 'inputs', 'outputs', 'input', 'output'] as const) {
      expect(() => model[part]).toThrow('sequential: expected a built model');
    }
    expect(() => model.layers[0].output).toThrow('expected a layer that is used in a model');
    expect(() => model.countParams()).toThrow('sequential: expected a built model');
    model.setWeights([]);
    expect(() => model.setWeights([[1]])).toThrow('sequential: expected a built model');
    expect(model.getLayer(0).name).toBe('embedding');
    expect(model.computeOutputShape([null, 4])).toEqual([null, 1]);
    expect([model.built, model.weights, shapes(model)]).toEqual([false, [], [undefined, undefined, undefined]]);
  });

  it('a model without layers says so', () => {
    expect(() => new Sequential().build([null, 3])).toThrow('expected at least one layer');
    expect(() => new Sequential().predict([[1]])).toThrow('expected at least one layer');
  });

  it('what no length can mend is refused at once', () => {
    const bad = () => new Sequential([new layers.Embedding(50, 8), new layers.LSTM(3), new layers.LSTM(2)]);
    expect(bad).toThrow('lstm_1: expected inputs of three axes');
  });
});

describe('the first data build it', () => {
  it.each<[string, (model: Sequential) => unknown]>([
    ['fit', (model) => model.fit(ids, labels, { verbose: 0 })],
    ['fit with a validation split', (model) => model.fit(ids, labels, { verbose: 0, validationSplit: 0.4 })],
    ['fit on a dataset', (model) => model.fit(Dataset.from(ids.map((row, i) => [row, labels[i]] as const)).batch(2), { verbose: 0 })],
    ['evaluate', (model) => model.evaluate(ids, labels, { verbose: 0 })],
    ['predict', (model) => model.predict(ids)],
    ['predictOnBatch', (model) => model.predictOnBatch(ids)],
    ['trainOnBatch', (model) => model.trainOnBatch(ids, labels)],
    ['testOnBatch', (model) => model.testOnBatch(ids, labels)],
    ['apply', (model) => model.apply(tensor(ids, undefined, 'int32'))],
    ['build', (model) => model.build([null, 4])],
    ['a functional model', (model) => new Model({ inputs: Input({ shape: [4] }), outputs: model.apply(Input({ shape: [4] })) })],
  ])('%s', async (_name, use) => {
    const model = compiled();
    try {
      await use(model);
    } catch (error) {
      // The functional model is drawn from another input; what counts is that the stack is built by then.
      expect(String(error)).toContain('depend on the given inputs');
    }
    expect(model.built).toBe(true);
    expect(model.inputShape).toEqual([null, 4]);
    expect(model.outputShape).toEqual([null, 1]);
    expect(shapes(model)).toEqual([
      [null, 4, 8],
      [null, 32],
      [null, 1],
    ]);
    expect(model.weights.map((weight) => weight.shape)).toEqual([[50, 8], [32, 1], [1]]);
    expect(model.layers[1].output).toMatchObject({ shape: [null, 32] });
  });

  it('with the weights that it would have had from the start', async () => {
    const train = async (model: Sequential) => {
      model.compile({ optimizer: 'adam', loss: 'mse' });
      await model.fit(ids, labels, { epochs: 3, verbose: 0, shuffle: false });
      return model.getWeights().map((weight) => weight.array());
    };
    setRandomSeed(5);
    const late = await train(words());
    setRandomSeed(5);
    const early = await train(new Sequential([new layers.Embedding(50, 8, { inputLength: 4 }), new layers.Flatten(), new layers.Dense(1)]));
    expect(late).toEqual(early);
  });

  it('of other lengths follow where the layers let them', () => {
    const recurrent = new Sequential([new layers.LSTM(3), new layers.Dense(1)]);
    expect(recurrent.predict([[[1], [2]]]).shape).toEqual([1, 1]);
    expect(recurrent.inputShape).toEqual([null, 2, 1]);
    expect(recurrent.predict([[[1], [2], [3]]]).shape).toEqual([1, 1]);
    const flat = words();
    flat.predict(ids);
    expect(() => flat.predict([[1, 2, 3]])).toThrow('expected an input with last axis 32');
  });

  it('and not a second shape', () => {
    const model = words();
    model.build([null, 4]);
    model.build([null, 4]);
    expect(() => model.build([null, 6])).toThrow('sequential.build: expected the shape [null, 4]');
  });
});

describe('a shape that an Embedding presumes', () => {
  it('holds as long as no layer has to know more', () => {
    const model = new Sequential([new layers.Embedding(50, 8), new layers.GlobalAveragePooling1D(), new layers.Dense(1)]);
    expect(model.built).toBe(true);
    expect(model.outputShape).toEqual([null, 1]);
    model.build([null, 6]);
    expect(shapes(model)[0]).toEqual([null, 6, 8]);
  });

  it('is given up when a layer is added that does, with what was built for it', () => {
    const model = new Sequential();
    const embedding = new layers.Embedding(50, 8);
    model.add(embedding);
    expect(model.built).toBe(true);
    model.add(new layers.Flatten());
    model.add(new layers.Dense(1));
    expect([model.built, embedding.built, embedding.outputShape]).toEqual([false, false, undefined]);
    model.add(new layers.Dense(2));
    expect(model.predict(ids).shape).toEqual([3, 2]);
  });

  it('but not weights that were set', () => {
    const embedding = new layers.Embedding(3, 1);
    const model = new Sequential([embedding]);
    embedding.setWeights([[[5], [6], [7]]]);
    model.add(new layers.Flatten());
    model.add(new layers.Dense(1, { kernelInitializer: 'ones' }));
    expect(model.predict([[0, 1, 2]]).array()).toEqual([[18]]);
  });
});
