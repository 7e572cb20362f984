// Configs of Keras 2, and hand-written ones that say little.
import { describe, expect, it } from 'vitest';
import type { LeakyReLU } from '../../../src/layers/activation/rectifiers.ts';
import type { Embedding, LSTM } from '../../../src/layers/index.ts';
import { Model } from '../../../src/models/model.ts';
import { Sequential } from '../../../src/models/sequential.ts';
import type { Optimizer } from '../../../src/optimizers/index.ts';
import { compileConfig, compileFromConfig, deserialize, modelConfig, modelFromConfig } from '../../../src/saving/index.ts';
import recorded from '../../fixtures/old_configs.json';

const configs = recorded as unknown as Record<string, Record<string, unknown>>;

describe('files of several origins', () => {
  it.each([
    ['f1', 'Functional', ['InputLayer', 'Embedding', 'Flatten', 'Dense']],
    ['f2', 'Functional', ['InputLayer', 'Embedding', 'Flatten', 'Dense']],
    ['h1', 'Sequential', ['Embedding', 'Flatten', 'Dense']],
    ['h13', 'Sequential', ['Embedding', 'Flatten', 'Dense']],
    ['k2.h5', 'Sequential', ['Embedding']],
    ['l.h5', 'Sequential', ['Embedding', 'LSTM', 'Dense']],
  ])('%s', (name, className, layers) => {
    const model = modelFromConfig(configs[name]);
    expect(model.className).toBe(className);
    expect(model.layers.map((layer) => layer.className)).toEqual(layers);
    expect(model.built).toBe(true);
    // What was read is written in full, and read again the same.
    expect(modelConfig(modelFromConfig(modelConfig(model)))).toEqual(modelConfig(model));
  });

  it('keeps the names and shapes of k2.h5', () => {
    const model = modelFromConfig(configs['k2.h5']);
    expect(model.inputShape).toEqual([null, 4]);
    expect((model.layers[0] as Embedding).getConfig()).toMatchObject({ inputLength: 4, name: 'embedding' });
    expect(modelConfig(model).config).toMatchObject({ layers: [{ config: { name: 'embedding_input' } }, {}] });
  });

  it('compiles as h13 and the training_config of l.h5 say', () => {
    expect(modelFromConfig(configs.h13).optimizer?.className).toBe('Adam');
    const model = modelFromConfig(configs['l.h5']);
    expect(model.optimizer).toBeUndefined();
    expect(compileFromConfig(model, configs['l.h5 training_config'])).toBe(true);
    expect(compileConfig(model)).toMatchObject({ loss: 'binary_crossentropy', metrics: ['acc'], optimizer: { class_name: 'Adam' } });
  });
});

/** A layer of a functional model of Keras 2. */
const layer = (className: string, config: Record<string, unknown>, ...nodes: unknown[]) => ({
  class_name: className,
  config,
  name: config.name,
  inbound_nodes: nodes,
});
const inputLayer = (name: string, ...shape: (number | null)[]) =>
  layer('InputLayer', { batch_input_shape: [null, ...shape], dtype: 'float32', sparse: false, ragged: false, name });

describe('functional models of Keras 2', () => {
  it('have several inputs, shared layers and initial states', () => {
    const model = modelFromConfig({
      class_name: 'Model',
      keras_version: '2.4.0',
      backend: 'tensorflow',
      config: {
        name: 'model',
        layers: [
          inputLayer('a', 5, 3),
          inputLayer('b', 6, 3),
          layer('LSTM', { name: 'first', units: 2, return_state: true, implementation: 2, time_major: false, dtype: 'float32' }, [
            ['a', 0, 0, {}],
          ]),
          layer('LSTM', { name: 'second', units: 2 }, [
            [
              'b',
              0,
              0,
              {
                initial_state: [
                  ['first', 0, 1],
                  ['first', 0, 2],
                ],
                training: null,
              },
            ],
          ]),
          layer('Dense', { name: 'shared', units: 2, activation: 'relu' }, [['first', 0, 0, {}]], [['second', 0, 0, {}]]),
          layer('Concatenate', { name: 'both', axis: -1 }, [
            ['shared', 0, 0, {}],
            ['shared', 1, 0, {}],
          ]),
        ],
        input_layers: [
          ['a', 0, 0],
          ['b', 0, 0],
        ],
        output_layers: [['both', 0, 0]],
      },
    });
    expect(model).toBeInstanceOf(Model);
    expect(model.outputShape).toEqual([null, 4]);
    expect(model.countParams()).toBe(2 * 4 * 2 * (3 + 2 + 1) + 6);
    const nodes = (modelConfig(model).config as { layers: { name: string; inbound_nodes: { kwargs: object }[] }[] }).layers;
    expect(nodes.find(({ name }) => name === 'second')?.inbound_nodes[0].kwargs).toHaveProperty('initial_state');
    expect(nodes.find(({ name }) => name === 'shared')?.inbound_nodes).toHaveLength(2);
  });

  it('count the calls of models inside from 1', () => {
    const inner = {
      name: 'inner',
      layers: [layer('Dense', { name: 'dense', units: 2, batch_input_shape: [null, 3] })].map(({ class_name, config }) => ({
        class_name,
        config,
      })),
    };
    const model = modelFromConfig({
      class_name: 'Functional',
      config: {
        name: 'outer',
        layers: [
          inputLayer('a', 3),
          inputLayer('b', 3),
          { ...layer('Sequential', inner, [['a', 0, 0, {}]], [['b', 0, 0, {}]]), name: 'inner' },
          layer('Add', { name: 'add' }, [
            ['inner', 1, 0, {}],
            ['inner', 2, 0, {}],
          ]),
        ],
        input_layers: [
          ['a', 0, 0],
          ['b', 0, 0],
        ],
        output_layers: [['add', 0, 0]],
      },
    });
    expect(model.countParams()).toBe(8);
    expect(model.outputShape).toEqual([null, 2]);
    expect(modelConfig(modelFromConfig(modelConfig(model)))).toEqual(modelConfig(model));
  });
});

describe('older options', () => {
  const read = <T>(class_name: string, config: object) => deserialize<T>({ class_name, config });

  it.each([
    ['the alpha of LeakyReLU', () => read<LeakyReLU>('LeakyReLU', { alpha: 0.25 }).negativeSlope, 0.25],
    ['the axis of BatchNormalization in a list', () => read<{ axis: number }>('BatchNormalization', { axis: [-1], fused: true }).axis, -1],
    ['lr', () => read<Optimizer>('SGD', { lr: 0.5, decay: 0, nesterov: false }).learningRate, 0.5],
    ['the reduction auto', () => read<{ reduction: string }>('MeanSquaredError', { reduction: 'auto' }).reduction, 'sum_over_batch_size'],
    [
      'an initializer of version 2',
      () =>
        read<LSTM>('LSTM', { units: 1, kernel_initializer: { class_name: 'GlorotUniformV2', config: { dtype: 'float32', seed: null } } })
          .kernelInitializer.className,
      'GlorotUniform',
    ],
    [
      'a name of an initializer',
      () => read<LSTM>('Dense', { units: 1, kernel_initializer: 'orthogonal' }).kernelInitializer.className,
      'Orthogonal',
    ],
  ])('%s', (_what, get, expected) => {
    expect(get()).toBe(expected);
  });

  it('a decay is a schedule', () => {
    const optimizer = read<Optimizer>('SGD', { learning_rate: 0.5, decay: 0.1 });
    expect(optimizer.schedule?.call(5)).toBeCloseTo(0.5 / 1.5, 6);
  });

  it('a Sequential model that is only a list', () => {
    const model = modelFromConfig({
      class_name: 'Sequential',
      config: [{ class_name: 'Dense', config: { units: 2, batch_input_shape: [null, 3] } }],
    });
    expect(model).toBeInstanceOf(Sequential);
    expect(model.countParams()).toBe(8);
  });

  it('metrics that wrap a function', () => {
    const model = modelFromConfig(configs.h1);
    const metric = { class_name: 'MeanMetricWrapper', config: { name: 'acc', dtype: 'float32', fn: 'binary_accuracy' } };
    const config = {
      loss: 'binary_crossentropy',
      metrics: [[metric]],
      optimizer_config: { class_name: 'RMSprop', config: { name: 'RMSprop', rho: 0.8 } },
    };
    expect(compileFromConfig(model, config)).toBe(true);
    expect(compileConfig(model)).toMatchObject({
      metrics: [{ class_name: 'BinaryAccuracy', config: { name: 'acc' } }],
      optimizer: { config: { rho: 0.8 } },
    });
  });
});
