// Every function that takes options refuses those it has not, and names the nearest one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import * as keratin from '../../src/index.ts';

const { Dataset, layers, Sequential } = keratin;
const folder = mkdtempSync(join(tmpdir(), 'options-'));
afterAll(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

// biome-ignore lint/suspicious/noExplicitAny: wrong options on purpose
type Any = any;
const x = [[1], [2]];
const y = [[1], [0]];
let model: keratin.Sequential;

beforeEach(async () => {
  keratin.clearSession();
  model = new Sequential([layers.Input({ shape: [1] }), new layers.Dense(1)]);
  model.compile({ optimizer: 'sgd', loss: 'mse' });
  await model.save(at('there.keras'));
  await model.saveWeights(at('there.weights.h5'));
});

const calls: Record<string, [misspelt: string, meant: string, call: (options: Any) => unknown]> = {
  compile: ['los', 'loss', (o) => model.compile({ optimizer: 'sgd', ...o })],
  'compile by place': ['metric', 'metrics', (o) => model.compile('sgd', 'mse', o)],
  fit: ['epoch', 'epochs', (o) => model.fit(x, y, o)],
  'fit of a dataset': ['epoch', 'epochs', (o) => model.fit(Dataset.fromTensorSlices([x, y]).batch(2), o)],
  evaluate: ['batchsize', 'batchSize', (o) => model.evaluate(x, y, o)],
  predict: ['step', 'steps', (o) => model.predict(x, o)],
  predictDataset: ['step', 'steps', (o) => model.predictDataset(Dataset.from(x).batch(2), o)],
  trainOnBatch: ['sampleWeights', 'sampleWeight', (o) => model.trainOnBatch(x, y, o)],
  testOnBatch: ['return_dict', 'returnDict', (o) => model.testOnBatch(x, y, o)],
  summary: ['printfn', 'printFn', (o) => model.summary(o)],
  save: ['overwrit', 'overwrite', (o) => model.save(at('new.keras'), o)],
  saveModel: ['overwrit', 'overwrite', (o) => keratin.saveModel(model, at('new.keras'), o)],
  'saveWeights of a model': ['overwrit', 'overwrite', (o) => model.saveWeights(at('new.weights.h5'), o)],
  saveWeights: ['overwrit', 'overwrite', (o) => keratin.saveWeights(model, at('new.weights.h5'), o)],
  'loadWeights of a model': ['skip_mismatch', 'skipMismatch', (o) => model.loadWeights(at('there.weights.h5'), o)],
  loadWeights: ['skipMismatc', 'skipMismatch', (o) => keratin.loadWeights(model, at('there.weights.h5'), o)],
  loadModel: ['compil', 'compile', (o) => keratin.loadModel(at('there.keras'), o)],
  modelFromJSON: ['customObject', 'customObjects', (o) => keratin.modelFromJSON(model.toJSON(), o)],
  modelFromConfig: ['customObject', 'customObjects', (o) => keratin.modelFromConfig(JSON.parse(model.toJSON()), o)],
  fromConfig: ['customObject', 'customObjects', (o) => Sequential.fromConfig(model.getConfig(), o)],
  deserialize: ['customObject', 'customObjects', (o) => keratin.deserialize(keratin.serialize(new layers.Dense(1)), o)],
  compileFromConfig: ['customObject', 'customObjects', (o) => keratin.compileFromConfig(model, keratin.compileConfig(model), o)],
  addWeight: ['initialiser', 'initializer', (o) => (new layers.Dense(1) as Any).addWeight({ name: 'w', shape: [1], ...o })],
  apply: ['trainin', 'training', (o) => new layers.Dense(1).apply(x, o)],
  'a layer': ['unit', 'units', (o) => new layers.Dense(o)],
  'an optimizer': ['learning_rate', 'learningRate', (o) => new keratin.optimizers.Adam(o)],
  'a loss': ['reductio', 'reduction', (o) => new keratin.losses.MeanSquaredError(o)],
  'a metric': ['nam', 'name', (o) => new keratin.metrics.MeanSquaredError(o)],
  'an initializer': ['sed', 'seed', (o) => new keratin.initializers.RandomNormal(o)],
  'a regularizer': ['l3', 'l1', (o) => new keratin.regularizers.L1L2(o)],
  'a constraint': ['maxvalue', 'maxValue', (o) => new keratin.constraints.MaxNorm(o)],
  'a schedule': ['decaystep', 'decaySteps', (o) => new keratin.schedules.CosineDecay(o)],
  'a callback': ['patienc', 'patience', (o) => new keratin.callbacks.EarlyStopping(o)],
  Tokenizer: ['numWord', 'numWords', (o) => new keratin.Tokenizer(o)],
  padSequences: ['maxLen', 'maxlen', (o) => keratin.padSequences([[1]], o)],
  adapt: ['step', 'steps', (o) => new layers.StringLookup().adapt(['a'], o)],
  'Dataset.batch': ['dropRemaindr', 'dropRemainder', (o) => Dataset.from([1]).batch(1, o)],
  'Dataset.paddedBatch': ['paddingValue', 'paddingValues', (o) => Dataset.from([[1]]).paddedBatch(1, o)],
  'Dataset.shuffle': ['sed', 'seed', (o) => Dataset.from([1]).shuffle(1, o)],
};

describe('unknown options are refused by', () => {
  for (const [name, [misspelt, meant, call]] of Object.entries(calls)) {
    it(name, async () => {
      const refused = expect(async () => call({ [misspelt]: 1 })).rejects;
      await refused.toThrow(/expected an option it has, got/);
      await expect(async () => call({ [misspelt]: 1 })).rejects.toThrow(meant);
      await expect(async () => call({ somethingElse: 1 })).rejects.toThrow("expected an option it has, got 'somethingElse'");
    });
  }

  it.each<[string, (o: Any) => unknown]>([
    ['Dataset.prefetch', (o) => Dataset.from([1]).prefetch(1, o)],
    ['Dataset.map', (o) => Dataset.from([1]).map((element) => element, o)],
  ])('%s, which has none', (name, call) => {
    expect(() => call({ deterministic: true })).toThrow(`${name}: expected an option it has, got 'deterministic'. It takes no options.`);
  });
});

describe('overwrite', () => {
  it.each<[string, string, (path: string, options: Any) => Promise<void>]>([
    ['model.save', 'there.keras', (path, o) => model.save(path, o)],
    ['saveModel', 'there.keras', (path, o) => keratin.saveModel(model, path, o)],
    ['model.saveWeights', 'there.weights.h5', (path, o) => model.saveWeights(path, o)],
    ['saveWeights', 'there.weights.h5', (path, o) => keratin.saveWeights(model, path, o)],
  ])('of %s', async (_, file, save) => {
    await expect(save(at(file), { overwrite: false })).rejects.toThrow('expected a path without a file');
    await expect(save(at(file), { overwrite: 'no' })).rejects.toThrow('expected overwrite to be true or false');
    await expect(save(at(file), false)).rejects.toThrow('expected an object of options');
    await save(at(file), { overwrite: true });
    await save(at(`fresh-${_}-${file}`), { overwrite: false });
  });
});
