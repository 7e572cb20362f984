// Mistakes a user may make: what the message says, and that the model is as before.
import { beforeEach, describe, expect, it } from 'vitest';
import { clearSession, Dataset, layers, metrics, Sequential, ValueError } from '../../src/index.ts';

beforeEach(clearSession);

function restaurant() {
  const model = new Sequential([
    new layers.Embedding(50, 8, { inputLength: 4 }),
    new layers.Flatten(),
    new layers.Dense(1, { activation: 'sigmoid' }),
  ]);
  model.compile({ optimizer: 'adam', loss: 'binary_crossentropy', metrics: ['acc'] });
  return model;
}

const x = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
];
const y = [1, 0];

// biome-ignore lint/suspicious/noExplicitAny: wrong arguments on purpose
type Any = any;

const mistakes: Record<string, [attempt: (model: Sequential) => unknown, ...words: string[]]> = {
  'an id above the range': [
    (m) =>
      m.fit(
        [
          [1, 2, 3, 50],
          [1, 2, 3, 4],
        ],
        y,
      ),
    'embedding',
    'got 50 at position [0, 3]',
    '[0, 50)',
  ],
  'a negative id in a later row': [
    (m) =>
      m.predict([
        [1, 2, 3, 4],
        [1, -2, 3, 4],
      ]),
    'embedding',
    'got -2 at position [1, 1]',
  ],
  'a fractional id': [(m) => m.predict([[1, 2.5, 3, 4]]), 'embedding', 'got 2.5 at position [0, 1]'],
  'NaN as an id': [(m) => m.evaluate([[1, Number.NaN, 3, 4]], [1]), 'embedding', 'got NaN at position [0, 1]'],
  'an id out of range in validation data': [(m) => m.fit(x, y, { validationData: [[[99, 0, 0, 0]], [1]] }), 'embedding', 'got 99'],
  'too many steps': [(m) => m.predict([[1, 2, 3, 4, 5]]), 'sequential.predict', '[null, 4]', '[1, 5]'],
  'words instead of ids': [(m) => m.predict([['good', 'bad', 'x', 'y']] as Any), 'sequential.predict', 'good'],
  'ragged rows': [
    (m) =>
      m.fit(
        [
          [1, 2, 3, 4],
          [1, 2],
        ],
        y,
      ),
    'sequential.fit',
    '[1]',
  ],
  'fewer labels than rows': [(m) => m.fit(x, [1]), 'sequential.fit', '2 in x', '1 in y'],
  'no rows': [(m) => m.fit([], []), 'sequential.fit'],
  'labels of another width': [
    (m) =>
      m.fit(x, [
        [1, 0],
        [0, 1],
      ]),
    '[2, 2]',
    '[2, 1]',
  ],
  'a misspelt option of fit': [(m) => m.fit(x, y, { epoch: 3 } as Any), 'sequential.fit', 'epochs'],
  'an option in snake case': [(m) => m.fit(x, y, { batch_size: 3 } as Any), 'batchSize'],
  'a batch of no rows': [(m) => m.fit(x, y, { batchSize: 0 }), 'sequential.fit', 'batchSize', '0'],
  'epochs that are no number': [(m) => m.fit(x, y, { epochs: '3' } as Any), 'epochs', "'3'"],
  'validationSplit of everything': [(m) => m.fit(x, y, { validationSplit: 0.9999 }), 'validationSplit', '2 samples'],
  'validationSplit above 1': [(m) => m.fit(x, y, { validationSplit: 1.5 }), 'validationSplit', '1.5'],
  'a verbose that is none': [(m) => m.fit(x, y, { verbose: 3 } as Any), 'verbose', '3'],
  'both kinds of weights': [(m) => m.fit(x, y, { classWeight: { 0: 1 }, sampleWeight: [1, 1] }), 'classWeight', 'sampleWeight'],
  'a class that is no number': [(m) => m.fit(x, y, { classWeight: { good: 1 } } as Any), 'classWeight', 'good'],
  'fewer weights than rows': [(m) => m.fit(x, y, { sampleWeight: [1] }), 'sampleWeight', '2 samples'],
  'a callback that is none': [(m) => m.fit(x, y, { callbacks: [{}] } as Any), 'callbacks'],
  'an unknown loss': [(m) => m.compile({ loss: 'binary_crossentropi' } as Any), 'binary_crossentropy'],
  'an unknown optimizer': [(m) => m.compile({ optimizer: 'adamm', loss: 'mse' } as Any), 'adam'],
  'an unknown metric': [(m) => m.compile({ loss: 'mse', metrics: ['accurancy'] } as Any), 'accuracy'],
  'a misspelt option of compile': [(m) => m.compile({ optimiser: 'adam', loss: 'mse' } as Any), 'optimizer'],
  'a metric outside an array': [(m) => m.compile({ loss: 'mse', metrics: 'acc' } as Any), 'metrics'],
  'a layer that is none': [(m) => m.add({} as Any), 'sequential.add', 'layer'],
  'the same layer name twice': [(m) => m.add(new layers.Dense(1, { name: 'dense' })), 'dense', 'different names'],
  'no data at all': [(m) => m.predict(undefined as Any), 'sequential.predict'],
  'an option of predict': [(m) => m.predict(x, { verbos: 0 } as Any), 'sequential.predict', 'verbose'],
  'a number as options of predict': [(m) => m.predict(x, 32 as Any), 'sequential.predict', 'got 32'],
  'a dataset to predict': [(m) => m.predict(Dataset.from(x).batch(1) as Any), 'sequential.predict', 'predictDataset'],
  'half an epoch': [(m) => m.fit(x, y, { epochs: 1.5 }), 'sequential.fit', 'epochs', '1.5'],
  'a first epoch that is none': [(m) => m.fit(x, y, { initialEpoch: 0.5, epochs: 3 }), 'initialEpoch', '0.5'],
  'a list of validations with text': [(m) => m.fit(x, y, { validationFreq: ['a'] } as Any), 'validationFreq', "'a'"],
  'a signal that is none': [(m) => m.fit(x, y, { signal: 'stop' } as Any), 'signal', "'stop'"],
  'class weights in a Map': [(m) => m.fit(x, y, { classWeight: new Map([[0, 1]]) } as Any), 'classWeight', 'an instance of Map'],
  'a lossWeight of NaN': [(m) => m.compile({ loss: 'mse', lossWeights: [Number.NaN] }), 'lossWeights', 'NaN'],
  'a loss that is a metric': [(m) => m.compile({ loss: new metrics.MeanSquaredError() } as Any), 'an instance of MeanSquaredError'],
  'a layer that is not there': [(m) => m.getLayer('flat'), 'sequential.getLayer', "'flat'", 'embedding, flatten, dense'],
};

describe('a mistake gets a clear error and costs nothing', () => {
  for (const [name, [attempt, ...words]] of Object.entries(mistakes)) {
    it(name, async () => {
      const model = restaurant();
      const before = model.getWeights().map((weight) => [...weight.data]);
      let error: unknown;
      try {
        await attempt(model);
      } catch (caught) {
        error = caught;
      }
      expect(error).toBeInstanceOf(ValueError);
      for (const word of words) expect((error as Error).message).toContain(word);
      expect(model.getWeights().map((weight) => [...weight.data])).toEqual(before);
      expect((await model.fit(x, y, { epochs: 2, verbose: 0 })).history.loss.length).toBe(2);
    });
  }

  it('a model that is not compiled', async () => {
    const model = new Sequential([new layers.Dense(1, { inputShape: [2] })]);
    await expect(model.fit([[1, 2]], [1])).rejects.toThrow('compile');
    await expect(model.evaluate([[1, 2]], [1])).rejects.toThrow('compile');
    expect(() => model.trainOnBatch([[1, 2]], [1])).toThrow('compile');
  });

  it('a Dense layer over an unknown length', () => {
    const model = new Sequential([new layers.Embedding(5, 2), new layers.Flatten(), new layers.Dense(1)]);
    expect(() => model.build([null, null])).toThrow('inputLength');
    expect([model.built, model.weights]).toEqual([false, []]);
  });

  it('ids that are computed', () => {
    const model = new Sequential([new layers.Dense(3, { inputShape: [3] }), new layers.Embedding(5, 2)]);
    expect(() => model.predict([[1, 2, 3]])).toThrow('dense');
  });
});

describe('a method that Keras would call in training', () => {
  for (const name of ['trainStep', 'testStep', 'computeLoss', 'computeMetrics']) {
    it(`${name} is refused, not ignored`, async () => {
      const model = Object.assign(restaurant(), { [name]: () => ({ loss: 0 }) });
      for (const run of [() => model.fit(x, y, { verbose: 0 }), () => model.evaluate(x, y, { verbose: 0 }), () => model.trainOnBatch(x, y)])
        await expect(async () => run()).rejects.toThrow(`expected a model without steps of its own, got ${name}`);
    });
  }
});
