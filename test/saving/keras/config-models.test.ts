// Models to and from config.json, against what Keras wrote.
import { describe, expect, it } from 'vitest';
import { clearSession } from '../../../src/common/names.ts';
import { Input } from '../../../src/layers/core/input-layer.ts';
import * as layers from '../../../src/layers/index.ts';
import * as losses from '../../../src/losses/index.ts';
import * as metrics from '../../../src/metrics/index.ts';
import { Model } from '../../../src/models/model.ts';
import { Sequential } from '../../../src/models/sequential.ts';
import * as operations from '../../../src/ops/index.ts';
import * as optimizers from '../../../src/optimizers/index.ts';
import { modelConfig, modelFromConfig, modelFromJSON, modelToJSON } from '../../../src/saving/index.ts';
import recorded from '../../fixtures/model_configs.json';

const configs = recorded as unknown as Record<string, { readonly compile_config: Record<string, unknown> }>;

describe('a model that Keras wrote is written alike', () => {
  it.each(Object.entries(configs))('%s', (_name, config) => {
    const model = modelFromConfig(config);
    expect(modelConfig(model)).toEqual(config);
    const listed = (config as unknown as { config: { layers: { module: string; config: { name: string } }[] } }).config.layers;
    const named = listed.filter(({ module }) => !module.includes('ops')).map((layer) => layer.config.name);
    // A Sequential model has no layer for its input.
    expect(named.slice(-model.layersInFile().length)).toEqual(model.layersInFile().map(({ name }) => name));
    expect(model.optimizer === undefined).toBe(Object.keys(config.compile_config).length === 0);
    expect(JSON.parse(modelToJSON(modelFromJSON(JSON.stringify(config))))).toEqual(config);
  });
});

const input = (name: string, ...shape: number[]) => Input({ shape, name });

/** The models that were drawn in Keras for the fixtures, drawn here. */
const drawn: Record<string, () => Model | Sequential> = {
  nested() {
    const enc = new Sequential([new layers.InputLayer({ shape: [4], name: 'input_layer' }), new layers.Dense(3)], { name: 'enc' });
    const start = input('input_layer_1', 3);
    const head = new Model({ inputs: start, outputs: new layers.Dense(2).apply(start), name: 'head' });
    const [a, b] = [input('a', 4), input('b', 4)];
    const x = layers.concatenate([head.apply(enc.apply(a)), head.apply(enc.apply(b))]);
    const outputs = [new layers.Dense(1, { name: 'o1' }).apply(x), head.apply(enc.apply(b))];
    return new Model({ inputs: [a, b], outputs, name: 'functional_1' });
  },
  dicts() {
    const [a, b] = [input('a', 4), input('b', 4)];
    const sum = layers.add([a, b]);
    const outputs = { p: new layers.Dense(1, { name: 'p' }).apply(sum), q: new layers.Dense(2, { name: 'q' }).apply(sum) };
    return new Model({ inputs: { a, b }, outputs, name: 'functional' });
  },
  masks() {
    const ids = Input({ shape: [5], name: 'ids', dtype: 'int32' });
    const x = new layers.Dense(3).apply(new layers.Embedding(10, 4, { maskZero: true }).apply(ids));
    const y = new layers.LSTM(3, { returnSequences: true }).apply(new layers.Dropout(0.1).apply(x));
    return new Model({
      inputs: ids,
      outputs: [new layers.GlobalAveragePooling1D().apply(y), new layers.GRU(2).apply(y)],
      name: 'functional',
    });
  },
  twomasks() {
    const [a, b] = [input('a', 5), input('b', 5)];
    const [embedding, lstm] = [new layers.Embedding(10, 4, { maskZero: true }), new layers.LSTM(3)];
    const x = layers.concatenate([lstm.apply(embedding.apply(a)), lstm.apply(embedding.apply(b))]);
    return new Model({ inputs: [a, b], outputs: x, name: 'functional' });
  },
  bimask() {
    const a = input('a', 5);
    let x = new layers.Embedding(10, 4, { maskZero: true }).apply(a);
    x = new layers.Bidirectional(new layers.LSTM(3, { returnSequences: true })).apply(x);
    x = new layers.TimeDistributed(new layers.Dense(2)).apply(x);
    return new Model({ inputs: a, outputs: new layers.Softmax().apply(new layers.BatchNormalization().apply(x)), name: 'functional' });
  },
  masking() {
    const a = input('a', 5, 3);
    return new Model({ inputs: a, outputs: new layers.LSTM(2).apply(new layers.Masking(-1).apply(a)), name: 'functional' });
  },
  states() {
    const [a, b] = [input('a', 5, 3), input('b', 6, 3)];
    const first = new layers.LSTM(2, { returnState: true, returnSequences: true }).apply(a) as unknown;
    const [, h, c] = first as [never, ReturnType<typeof Input>, ReturnType<typeof Input>];
    return new Model({ inputs: [a, b], outputs: new layers.LSTM(2).apply(b, { initialState: [h, c] }), name: 'functional' });
  },
  attn() {
    const [q, v] = [input('q', 5, 4), input('v', 6, 4)];
    const x = new layers.MultiHeadAttention(2, 3).apply([q, v]);
    const y = new layers.Attention().apply([x, v], { useCausalMask: true } as object);
    return new Model({ inputs: [q, v], outputs: new layers.AdditiveAttention().apply([y, v]), name: 'functional' });
  },
  ops() {
    const [a, b] = [input('a', 4), input('b', 4)];
    const x = operations.relu(operations.add(operations.multiply(a, 2), b));
    const joined = operations.concatenate([x, operations.sum(x, { axis: -1, keepdims: true })], { axis: -1 });
    const rows = operations.reshape(operations.expandDims(joined, 1), [-1, 5]);
    return new Model({ inputs: [a, b], outputs: operations.clip(operations.mean(rows, { axis: 1 }), 0, 1), name: 'functional' });
  },
  shared_inner() {
    const [a, b] = [input('a', 4), input('b', 4)];
    const dense = new layers.Dense(4);
    const y = dense.apply(dense.apply(dense.apply(a)));
    dense.apply(b);
    return new Model({ inputs: a, outputs: y, name: 'functional' });
  },
  unbuilt: () => new Sequential([new layers.Dense(3), new layers.Dropout(0.1)]),
};

describe('a model drawn here is written as Keras writes it', () => {
  it.each(Object.entries(drawn))('%s', (name, draw) => {
    clearSession();
    const model = draw();
    expect(modelConfig(model)).toEqual(configs[name]);
    expect(modelConfig(model), 'a second time').toEqual(configs[name]);
    expect(modelConfig(modelFromConfig(modelConfig(model)))).toEqual(configs[name]);
  });

  it('computes the same when it is read again, masks included', () => {
    const model = drawn.masks();
    const json = modelToJSON(model);
    const copy = modelFromJSON(json);
    // JSON.stringify makes a text of the text that toJSON gives; the object is taken as well.
    for (const form of [JSON.stringify(model), JSON.parse(json) as object]) expect(modelToJSON(modelFromJSON(form))).toBe(json);
    copy.setWeights(model.getWeights());
    const x = [
      [1, 2, 0, 0, 0],
      [3, 4, 5, 6, 7],
    ];
    const results = (one: Model | Sequential) => (one.predict(x) as unknown as { array(): unknown }[]).map((output) => output.array());
    expect(results(copy)).toEqual(results(model));
    expect(JSON.stringify(results(model))).not.toContain('null');
  });
});

describe('how it was compiled', () => {
  it('comes back for several outputs', () => {
    const a = input('a', 4);
    const outputs = { p: new layers.Dense(1, { name: 'p' }).apply(a), q: new layers.Dense(2, { name: 'q' }).apply(a) };
    const model = new Model({ inputs: a, outputs });
    model.compile({
      optimizer: new optimizers.Nadam(0.01),
      loss: { p: 'mse', q: new losses.Huber({ delta: 0.5 }) },
      metrics: { p: ['mae'], q: [new metrics.MeanSquaredError({ name: 'm' })] },
      lossWeights: { p: 1, q: 0.5 },
    });
    const { compile_config: written } = modelConfig(model) as { compile_config: Record<string, unknown> };
    expect(written).toMatchObject({ loss: { p: 'mse' }, metrics: { p: ['mae'] }, loss_weights: { p: 1, q: 0.5 }, weighted_metrics: null });
    const copy = modelFromConfig(modelConfig(model));
    copy.setWeights(model.getWeights());
    const data = [[[1, 2, 3, 4]], { p: [[1]], q: [[0, 1]] }] as const;
    expect(copy.trainOnBatch(...data)).toEqual(model.trainOnBatch(...data));
    expect(copy.metricsNames).toEqual(['loss', 'p_loss', 'q_loss', 'p_mae', 'q_m']);
    expect(modelConfig(modelFromConfig(modelConfig(model), { compile: false })).compile_config).toEqual({});
  });

  it('says the learning rate of now', () => {
    const model = new Sequential([new layers.Dense(1, { inputShape: [2] })]);
    model.compile({ optimizer: 'adam', loss: 'mse', metrics: ['acc'] });
    (model.optimizer as optimizers.Optimizer).learningRate = 0.25;
    const copy = modelFromJSON(modelToJSON(model));
    expect(copy.optimizer?.learningRate).toBe(0.25);
    expect(modelToJSON(copy)).toBe(modelToJSON(model));
  });

  it('keeps optimizers that have no name here', () => {
    const config = {
      ...(modelConfig(new Sequential([new layers.Dense(1, { inputShape: [2] })])) as object),
      compile_config: { optimizer: 'nadam', loss: 'mse' },
    };
    expect(modelFromConfig(config).optimizer).toBeInstanceOf(optimizers.Nadam);
  });
});

it('writes text as Python does: spaces behind commas and colons, and ASCII', () => {
  const json = modelToJSON(new Sequential([new layers.Dense(1, { name: 'größe' })], { name: 's' }));
  expect(json.startsWith('{"module": "keras", "class_name": "Sequential", "config": {"name": "s", "trainable": true, ')).toBe(true);
  expect(json).toContain('gr\\u00f6\\u00dfe');
  expect(modelFromJSON(json).layers[0].name).toBe('größe');
});
