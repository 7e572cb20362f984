// What compile takes, and what outputs, weights and runs have to do with it. Values are Keras 3.15.1's.
import { beforeEach, describe, expect, it } from 'vitest';
import {
  callbacks,
  clearSession,
  Dataset,
  Input,
  layers,
  loadModel,
  Model,
  metrics,
  optimizers,
  Sequential,
  toKeras,
} from '../../src/index.ts';
import type { CompileOptions } from '../../src/models/compiled.ts';
import type { Tensor } from '../../src/tensor/index.ts';
import { expectClose } from '../kernels/harness.ts';

beforeEach(clearSession);

const ones = [[1], [1]];
const threes = [[3], [3]];
const dense = (name: string) => new layers.Dense(1, { name, kernelInitializer: 'ones' });
const one = () => new Sequential([new layers.Dense(1, { inputShape: [1], kernelInitializer: 'ones' })]);
const two = () => {
  const x = Input({ shape: [1], name: 'x' });
  return new Model(x, [dense('p').apply(x), dense('q').apply(x)]);
};

describe('names of metrics', () => {
  const named = () => new metrics.MeanAbsoluteError({ name: 'w' });
  it.each<[string, () => Model | Sequential, Partial<CompileOptions>, string[]]>([
    ['of one output', one, { metrics: ['mae', 'mse'], weightedMetrics: ['mae', 'mape'] }, ['mae', 'mse', 'weighted_mae', 'mape']],
    ['twice', one, { metrics: ['mae', 'mae'], weightedMetrics: ['mape', 'mape'] }, ['mae', 'mae_1', 'mape', 'weighted_mape']],
    [
      'by output',
      two,
      { metrics: { p: ['mae'] }, weightedMetrics: { p: ['mae'], q: ['mae', 'mse'] } },
      ['p_mae', 'p_weighted_mae', 'q_mae', 'q_mse'],
    ],
    [
      'in arrays',
      two,
      { metrics: [['mae', 'mae'], ['mse']], weightedMetrics: [['mse'], ['mse', 'mse']] },
      ['p_mae', 'p_mae_1', 'q_mse', 'p_mse', 'q_weighted_mse', 'q_weighted_mse_1'],
    ],
    [
      'three times',
      two,
      { metrics: [['mae'], []], weightedMetrics: [['mae', 'mae'], []] },
      ['p_mae', 'p_weighted_mae', 'p_weighted_mae_1'],
    ],
    ['of objects', two, { metrics: [[named()], []], weightedMetrics: [[named()], []] }, ['p_w', 'p_weighted_w']],
  ])('%s', (_, make, options, wanted) => {
    const model = make();
    model.compile({ loss: 'mse', ...options });
    model.testOnBatch(ones, model.outputNames.length > 1 ? [ones, ones] : ones);
    expect(model.metricsNames.filter((name) => !name.endsWith('loss'))).toEqual(wanted);
  });
});

describe('an output without a loss', () => {
  it.each<[string, CompileOptions['loss'], unknown, number]>([
    ['needs no target', ['mse', null], ones, 0],
    ['in the first place neither', [null, 'mse'], threes, 4],
    ['may have nothing in its place', ['mse', null], [threes, null], 4],
    ['may have a target', ['mse', null], [threes, ones], 4],
    ['by name', { q: 'mse' }, { q: threes }, 4],
    ['by name with nothing', { q: 'mse' }, { p: null, q: threes }, 4],
  ])('%s', async (_, loss, y, wanted) => {
    const model = two();
    model.compile({ optimizer: new optimizers.SGD(0), loss });
    expect(model.trainOnBatch(ones, y as never)[0]).toBe(wanted);
    expect((await model.fit(ones, y as never, { verbose: 0, validationSplit: 0.5 })).history.loss).toEqual([wanted]);
    expect((await model.evaluate(Dataset.from([[ones, y]]) as never, { verbose: 0 }))[0]).toBe(wanted);
  });

  it('needs one for a metric', () => {
    const model = two();
    model.compile({ loss: ['mse', null], metrics: { q: ['mae'] } });
    expect(() => model.trainOnBatch(ones, [ones, null] as never)).toThrow('target q');
  });

  it.each(['Adam', 'SGD', 'RMSprop', 'Ftrl'] as const)('has its weights in the slots of %s, and in files', async (name) => {
    const options = { learningRate: 0.1, useEma: true, ...(name === 'SGD' ? { momentum: 0.5 } : {}) };
    const model = two();
    model.compile({ optimizer: new optimizers[name](options), loss: ['mse', null] });
    const before = model.getLayer('q').getWeights();
    await model.fit(ones, threes, { verbose: 0 });
    const { variables } = model.optimizer as optimizers.Optimizer;
    expect(variables.length % model.weights.length).toBe(0);
    // The moving average of a weight that stays is the weight.
    expect(model.getLayer('q').getWeights()).toEqual(before);
    const copy = await loadModel(await toKeras(model));
    const loaded = (copy.optimizer as optimizers.Optimizer).variables;
    expect(loaded.map((slot) => [...slot.view()])).toEqual(variables.map((slot) => [...slot.view()]));
  });
});

describe('a model without weights to train', () => {
  const frozen = () => {
    const model = one();
    model.layers[0].trainable = false;
    return model;
  };
  it.each([
    ['has none', () => new Sequential([new layers.Flatten({ inputShape: [1] })])],
    ['has frozen ones', frozen],
  ])('%s', async (_, make) => {
    const model = make();
    model.compile({ optimizer: 'adam', loss: 'mse' });
    expect((await model.fit(ones, threes, { verbose: 0, epochs: 2 })).history).toEqual({ loss: [4, 4] });
    expect(model.trainOnBatch(ones, threes)).toEqual([4]);
    expect(model.optimizer?.iterations).toBe(0);
  });
});

describe('compile', () => {
  it.each<[string, (model: Sequential) => void, string]>([
    ['a name and a loss by place', (model) => model.compile('sgd', 'mse'), 'SGD'],
    ['an optimizer by place, and options', (model) => model.compile(new optimizers.Adam(), 'mse', { metrics: ['mae'] }), 'Adam'],
    ['an optimizer alone', (model) => model.compile('sgd'), 'SGD'],
    [
      'switches of execution',
      (model) => model.compile({ optimizer: 'adam', jitCompile: 'auto', runEagerly: false, stepsPerExecution: 4 }),
      'Adam',
    ],
  ])('takes %s', (_, use, wanted) => {
    const model = one();
    use(model);
    expect(model.optimizer?.className).toBe(wanted);
  });

  it.each<[string, object, RegExp]>([
    ['runEagerly', { runEagerly: 1 }, /runEagerly/],
    ['jitCompile', { jitCompile: 'yes' }, /jitCompile/],
    ['stepsPerExecution', { stepsPerExecution: 0 }, /stepsPerExecution/],
    ['an option beside places', { metric: [] }, /Did you mean metrics/],
  ])('checks %s', (_, options, message) => {
    expect(() => one().compile('sgd', 'mse', options)).toThrow(message);
  });
});

describe('runs', () => {
  it.each([
    [0.99, 0.0448, 1.0125],
    [0.9, 0.43, 1.125],
    [0.999, 0.004498, 1.00125],
    [0.5, 1.75, 1.625],
  ])('move averages by a momentum of %d as Keras rounds it', (momentum, mean, variance) => {
    const model = new Sequential([new layers.BatchNormalization({ inputShape: [1], momentum })]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    model.trainOnBatch([[1], [3]], ones);
    expect(model.getWeights()[2].data[0]).toBe(Math.fround(2 * Math.fround(1 - momentum)));
    model.trainOnBatch([[1], [4]], ones);
    expectClose(
      model
        .getWeights()
        .slice(2)
        .map((w) => w.data[0]),
      [mean, variance],
      { relative: 1e-7, absolute: 0 },
    );
  });

  it.each([
    ['one output', one, ([batch]: readonly Tensor[]) => batch.shape],
    ['several', two, ([batch]: readonly Tensor[]) => (batch as unknown as readonly Tensor[]).map(({ shape }) => shape)],
  ])('give callbacks the predictions of each batch, of %s', (_, make, shapes) => {
    const seen: unknown[] = [];
    const watch = new callbacks.LambdaCallback({ onPredictBatchEnd: (_batch, logs) => void seen.push(shapes([logs?.outputs as Tensor])) });
    make().predict([[1], [2], [3]], { batchSize: 2, callbacks: [watch] });
    const each = (rows: number) =>
      make === two
        ? [
            [rows, 1],
            [rows, 1],
          ]
        : [rows, 1];
    expect(seen).toEqual([each(2), each(1)]);
  });

  it('close a dataset that is longer than they are', async () => {
    let [opened, closed] = [0, 0];
    const endless = Dataset.from(function* () {
      opened++;
      try {
        for (;;) yield [[1], [1]];
      } finally {
        closed++;
      }
    }).batch(2);
    const model = one();
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    await model.fit(endless, { stepsPerEpoch: 2, epochs: 2, verbose: 0, validationData: endless, validationSteps: 1 });
    expect([opened, closed]).toEqual([3, 3]);
    const stop = new callbacks.LambdaCallback({ onEpochEnd: () => Promise.reject(new Error('enough')) });
    await expect(model.fit(endless, { stepsPerEpoch: 2, epochs: 2, verbose: 0, callbacks: [stop] })).rejects.toThrow('enough');
    expect(closed).toBe(opened);
  });

  it('leave the last history where callbacks are refused, and await what awaits like a promise', async () => {
    const model = one();
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    const history = await model.fit(ones, threes, { verbose: 0 });
    await expect(model.fit(ones, threes, { verbose: 0, callbacks: [5 as never] })).rejects.toThrow('callbacks');
    expect(model.history).toBe(history);
    const order: string[] = [];
    const slow = {
      // biome-ignore lint/suspicious/noThenProperty: what awaits like a promise is the subject
      then(done: () => void) {
        order.push('epoch');
        setTimeout(done, 2);
      },
    };
    const watch = new callbacks.LambdaCallback({ onEpochEnd: () => slow as never, onTrainEnd: () => void order.push('train') });
    await model.fit(ones, threes, { verbose: 0, callbacks: [watch] });
    expect(order).toEqual(['epoch', 'train']);
  });

  it.each([
    [288, '1.12 KB'],
    [262, '1.02 KB'],
    [1312, '5.12 KB'],
    [384, '1.50 KB'],
  ])('a summary rounds the size of %d weights half to even', (count, wanted) => {
    const lines: string[] = [];
    const model = new Sequential([new layers.Dense(count, { inputShape: [1], useBias: false })]);
    model.summary({ style: 'keras3', printFn: (line) => lines.push(line) });
    expect(lines.find((line) => line.includes('Total params'))).toContain(`(${wanted})`);
  });
});
