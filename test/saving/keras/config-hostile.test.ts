// Configs that are wrong, by mistake or on purpose.
import { describe, expect, it } from 'vitest';
import { ValueError } from '../../../src/common/errors.ts';
import { ModelFormatError } from '../../../src/files/model-format-error.ts';
import * as initializers from '../../../src/initializers/index.ts';
import * as layers from '../../../src/layers/index.ts';
import { Sequential } from '../../../src/models/sequential.ts';
import { compileFromConfig, deserialize, modelFromConfig, modelFromJSON, modelToJSON, serialize } from '../../../src/saving/index.ts';

const dense = (config: object) => ({ module: 'keras.layers', class_name: 'Dense', config: { name: 'd', units: 1, ...config } });
const start = { module: 'keras.layers', class_name: 'InputLayer', config: { batch_shape: [null, 4], dtype: 'float32', name: 'i' } };
const stack = (...list: object[]) => ({ module: 'keras', class_name: 'Sequential', config: { name: 's', layers: [start, ...list] } });

/** The message of the ModelFormatError that it throws. */
function refused(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    expect(error).toBeInstanceOf(ModelFormatError);
    return (error as Error).message;
  }
  throw new Error('nothing was refused');
}

describe('mistakes', () => {
  it.each([
    ['an unknown class', stack({ ...dense({}), class_name: 'Dens' }), "an unknown layer 'Dens'. Did you mean Dense? Pass customObjects"],
    ['an unknown option', stack(dense({ unitz: 3 })), "layer 'd': Dense: expected an option it has, got 'unitz'. Did you mean units?"],
    ['a missing option', stack({ ...dense({}), config: { name: 'd' } }), 'd: expected units to be a positive integer, got undefined'],
    [
      'an option of no use here',
      stack(dense({ quantization_config: { mode: 'int8' } })),
      'quantization_config: {"mode":"int8"} of layer \'d\' (Dense)',
    ],
    ...(
      [
        ['Dense', { units: 1, lora_rank: 2, lora_alpha: 2 }, 'lora_rank: 2'],
        ['LSTM', { units: 1, time_major: true }, 'time_major: true'],
        ['Attention', { causal: true }, 'causal: true'],
        ['BatchNormalization', { virtual_batch_size: 4 }, 'virtual_batch_size: 4'],
        ['CategoryEncoding', { num_tokens: 4, sparse: true }, 'sparse: true'],
      ] as const
    ).map(([class_name, config, said]): [string, object, string] => [
      `${class_name} with what is not here`,
      stack({ class_name, config: { name: 'd', ...config } }),
      `${said} of layer 'd' (${class_name}). That is not supported here: save the model without.`,
    ]),
    [
      'a quantized dtype',
      stack(dense({ dtype: { module: 'keras', class_name: 'QuantizedDTypePolicy', config: { mode: 'int8', source_name: 'float32' } } })),
      "the dtype 'QuantizedDTypePolicy' of layer 'd' (Dense). Layers compute in float32",
    ],
    [
      'another dtype',
      stack(dense({ dtype: 'mixed_float16' })),
      "the dtype 'mixed_float16' of layer 'd' (Dense). Layers compute in float32",
    ],
    ['no model', dense({}), "the class 'Dense' instead of a model"],
    ['no layers', { class_name: 'Sequential', config: { name: 's' } }, 'a Sequential without a list of layers'],
    ['a layer that is none', stack({ ...dense({}), module: 'keras.layers', class_name: 'Zeros' }), "an unknown layer 'Zeros'"],
    [
      'a layer that is text',
      { class_name: 'Sequential', config: { layers: ['Dense'] } },
      "'Dense' in the list of layers. It is an object.",
    ],
    [
      'a nested option',
      stack(dense({ kernel_initializer: { class_name: 'RandomNormal', config: { sdev: 1 } } })),
      "layer 'd': RandomNormal: expected an option it has, got 'sdev'. Its options are seed, mean, stddev.",
    ],
    [
      'an unknown initializer',
      stack(dense({ kernel_initializer: { class_name: 'Xavier', config: {} } })),
      "an unknown initializer 'Xavier'",
    ],
    ['a config that is a list', stack({ ...dense({}), config: [1] }), 'an array of shape [1] as the config of a Dense. It is an object.'],
  ])('%s', (_what, config, message) => {
    expect(refused(() => modelFromConfig(config))).toContain(message);
  });

  it.each([
    ['name', 5],
    ['trainable', 'yes'],
    ['batch_input_shape', 'x'],
    ['batch_input_shape', [null, -1]],
    ['units', {}],
    ['units', null],
    ['activation', {}],
    ['activation', { class_name: '__lambda__', config: { code: '4wEAAAA=' } }],
    ['activation', { class_name: 'function', config: 'mine', module: 'builtins' }],
    ['kernel_initializer', []],
    ['kernel_initializer', { class_name: 'Zeros', config: 5 }],
    ['kernel_regularizer', 7],
    ['bias_constraint', { class_name: 5 }],
    ['bias_constraint', { class_name: 'constructor' }],
    ['dtype', 5],
    ['weights', [[1]]],
    ['toString', 1],
    ['use_bias', 'no'],
  ])('%s: %j', (key, value) => {
    expect(refused(() => modelFromConfig(stack(dense({ [key]: value }))))).not.toMatch(/is not a function|Cannot read/);
  });

  it.each(['constructor', 'toString', 'Layer', 'RecurrentLayer', 'Loss', 'Metric', '', 'get', 'layers'])('the class %j', (class_name) => {
    for (const module of [undefined, 'keras.layers', 'keras.losses', 'keras.optimizers']) {
      expect(refused(() => deserialize({ module, class_name, config: {} }))).toContain(`'${class_name}'`);
    }
  });

  it('in how a model was compiled leave it as it was', () => {
    const model = new Sequential([new layers.Dense(1, { inputShape: [2] })]);
    model.compile({ optimizer: 'adam', loss: 'mse' });
    const { optimizer } = model;
    expect(refused(() => compileFromConfig(model, { optimizer: 'adm', loss: 'mse' }))).toContain("got 'adm'");
    expect(refused(() => compileFromConfig(model, { optimizer: 'adam', loss: 'mce' }))).toContain("'mce'");
    expect(refused(() => compileFromConfig(model, { optimizer: 'adam', loss: 'mse', metrics: [{ class_name: 'Nope' }] }))).toContain(
      "unknown metric 'Nope'",
    );
    expect(refused(() => compileFromConfig(model, { optimizer: 3, loss: 'mse' }))).toContain('3 as the optimizer');
    const auc = { class_name: 'AUC', config: { num_thresholds: 3, thresholds: [0.5] } };
    expect(refused(() => compileFromConfig(model, { optimizer: 'adam', loss: 'mse', metrics: [auc] }))).toContain(
      'thresholds: [0.5] of AUC',
    );
    expect(model.optimizer).toBe(optimizer);
    expect(compileFromConfig(model, {})).toBe(false);
    expect(model.optimizer).toBe(optimizer);
  });

  it('in numbers are found before they are written', async () => {
    const kernelInitializer = new initializers.Constant(Infinity);
    const model = new Sequential([new layers.Dense(1, { inputShape: [2], kernelInitializer })]);
    await expect(model.toKeras()).rejects.toThrow('Constant: value: expected a finite number, all that a file can hold, got Infinity.');
    expect(() => serialize(kernelInitializer)).toThrow(ValueError);
  });

  it('in arguments are ValueErrors', () => {
    expect(() => modelFromJSON(5 as never)).toThrow('modelFromJSON: expected a text, got 5. Pass what modelToJSON gave.');
    expect(() => modelFromJSON({})).toThrow(ModelFormatError);
    expect(() => modelFromConfig(stack(), { customObjects: 3 as never })).toThrow(
      'expected customObjects to hold classes and functions by name, got 3',
    );
    expect(() => modelFromConfig(stack(), { customObject: new Map() } as never)).toThrow('Did you mean customObjects?');
    expect(() => serialize({} as never)).toThrow('serialize: expected a layer, a model');
    expect(() => modelToJSON(new layers.Dense(1) as never)).toThrow('expected a model, got an instance of Dense. Use serialize');
    expect(refused(() => deserialize('Dense'))).toContain("'Dense' instead of an object");
  });
});

const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('texts that are no config', () => {
  it.each([
    ['no JSON', '{"class_name": ', 'no JSON'],
    ['NaN', '{"class_name": "Dense", "config": {"units": NaN}}', 'no JSON'],
    ['no object', '[1]', 'an array of shape [1] instead of an object'],
    ['infinity', JSON.stringify(stack(dense({}))).replace('"units":1', '"units":1e999'), 'the number Infinity'],
    ['depth', `{"class_name": ${deep(257)}}`, 'more than 256 levels'],
    ['great depth', `{"class_name": ${deep(1_000_000)}}`, 'more than 256 levels'],
    ['__proto__', '{"class_name": "Sequential", "config": {"layers": [], "__proto__": {"a": 1}}}', "the key '__proto__'"],
    ['constructor', '{"class_name": "Sequential", "config": {"layers": [], "constructor": {}}}', "the key 'constructor'"],
    ['a long name', JSON.stringify(stack(dense({ name: 'x'.repeat(1025) }))), 'a name of 1025 characters'],
    [
      'too many layers',
      JSON.stringify({ class_name: 'Sequential', config: { layers: new Array(10_001).fill(0) } }),
      'more than 10000 layers',
    ],
  ])('%s', (_what, text, message) => {
    expect(refused(() => modelFromJSON(text))).toContain(message);
    expect(({} as { a?: number }).a).toBeUndefined();
  });

  it('brackets inside texts do not count', () => {
    expect(modelFromJSON(JSON.stringify(stack(dense({ name: `${'['.repeat(300)}"\\` })))).layers[0].name).toContain('[[[');
  });

  it('an object that holds itself', () => {
    const config: Record<string, unknown> = { class_name: 'Dense' };
    config.config = config;
    expect(refused(() => deserialize(config))).toContain('more than 256 levels');
  });
});

describe('sizes', () => {
  it.each([
    [
      'many units',
      stack(dense({ units: 3e8 })),
      "a weight of shape [4, 300000000], which makes more than 67108864 parameters in 'd/kernel'",
    ],
    ['units that are no size', stack(dense({ units: 1e300 })), 'units'],
    ['units that are broken', stack(dense({ units: 1.5 })), 'units'],
    ['units below 0', stack(dense({ units: -1 })), 'units'],
    ['an input that is no size', stack({ ...start, config: { batch_shape: [null, 1e300], name: 'j' } }), '1e+300'],
    // Neither alone is too many.
    [
      'several that are too many together',
      stack(dense({ name: 'd1', units: 20_000 }), dense({ name: 'd2', units: 26_840 })),
      "'d2/kernel'",
    ],
    ['a vocabulary', stack({ class_name: 'Embedding', config: { name: 'e', input_dim: 2 ** 40, output_dim: 8 } }), "'e/embeddings'"],
    [
      'what wrappers hold',
      stack(
        { class_name: 'Dense', config: { name: 'd', units: 4 } },
        { class_name: 'Reshape', config: { target_shape: [2, 2] } },
        {
          class_name: 'Bidirectional',
          config: { layer: { class_name: 'LSTM', config: { name: 'l', units: 1e6 } } },
        },
      ),
      'parameters',
    ],
  ])('%s', (_what, config, message) => {
    expect(refused(() => modelFromConfig(config))).toContain(message);
  });

  it('are limited as the caller says, and not afterwards', () => {
    const config = stack(dense({ units: 10 }));
    expect(refused(() => modelFromConfig(config, { maxParameters: 49 }))).toContain('more than 49 parameters');
    const model = modelFromConfig(config, { maxParameters: 50 });
    expect(model.countParams()).toBe(50);
    (model as Sequential).add(new layers.Dense(20));
    expect(Object.hasOwn(model.layers[0], 'addWeight')).toBe(false);
  });
});

const tensor = (...history: unknown[]) => ({
  class_name: '__keras_tensor__',
  config: { shape: [null, 4], dtype: 'float32', keras_history: history },
});
const node = (...args: unknown[]) => ({ args, kwargs: {} });
const graph = (list: object[], outputs: unknown = ['d', 0, 0]) => ({
  module: 'keras.src.models.functional',
  class_name: 'Functional',
  config: { name: 'f', layers: [{ ...start, name: 'i', inbound_nodes: [] }, ...list], input_layers: [['i', 0, 0]], output_layers: outputs },
});
const drawn = (name: string, ...nodes: unknown[]) => ({ ...dense({ name, units: 4 }), name, inbound_nodes: nodes });

describe('graphs', () => {
  it.each([
    ['a loop', [drawn('d', node(tensor('e', 0, 0))), drawn('e', node(tensor('d', 0, 0)))], "'d' waits for what never comes"],
    ['a layer on itself', [drawn('d', node(tensor('d', 0, 0)))], "'d' waits for what never comes"],
    ['a layer that is not there', [drawn('d', node(tensor('x', 0, 0)))], "a layer 'x' gives, which is not there"],
    ['a call that is not there', [drawn('d', node(tensor('i', 7, 0)))], 'waits for what never comes'],
    ['an output that is not there', [drawn('d', node(tensor('i', 0, 3)))], "output 3 of call 0 of 'i'"],
    ['a place that is none', [drawn('d', node(tensor('i', -1, 0)))], '["i",-1,0] as the place of a tensor'],
    ['a place of text', [drawn('d', node(tensor('i', '0', 0)))], 'as the place of a tensor'],
    ['two layers of one name', [drawn('d', node(tensor('i', 0, 0))), drawn('d', node(tensor('i', 0, 0)))], "two layers named 'd'"],
    ['a layer without a name', [{ class_name: 'Dense', config: { units: 1 }, inbound_nodes: [] }], 'a layer Dense without a name'],
    ['no tensor', [drawn('d', node(3))], "a call of 'd' on what is no tensor"],
    ['a list of no tensors', [drawn('d', node([[]]))], "a call of 'd' on what is no tensor"],
    [
      'training that is none',
      [drawn('d', { args: [tensor('i', 0, 0)], kwargs: { training: [1] } })],
      'd.apply: expected training to be true or false',
    ],
    ['a node that is none', [drawn('d', 'x')], "'x' as a node"],
    ['nodes that are none', [{ ...drawn('d'), inbound_nodes: 7 }], "7 as inbound_nodes of 'd'"],
    ['outputs that are not there', [drawn('d')], "output 0 of call 0 of 'd'"],
    [
      'an unknown op',
      [{ module: 'keras.src.ops.numpy', class_name: 'Ad', config: {}, name: 'd', inbound_nodes: [node(tensor('i', 0, 0), 1)] }],
      "an unknown op 'Ad'",
    ],
    [
      'a call that does not fit',
      [{ ...drawn('d', { args: [tensor('i', 0, 0)], kwargs: { use_causal_mask: true } }) }],
      "expected an option it has, got 'useCausalMask'",
    ],
  ])('%s', (_what, list, message) => {
    expect(refused(() => modelFromConfig(graph(list)))).toContain(message);
  });

  it.each([
    5,
    'x',
    {},
    [5],
    [null],
    [[['i']]],
    [[['x', 0, 0, {}]]],
    [{ args: 5 }],
    [node()],
    [node([])],
    [{ args: [tensor('i', 0, 0)], kwargs: { mask: 5 } }],
    [{ args: [tensor('i', 0, 0)], kwargs: { mask: [tensor('i', 0, 0), 'x'] } }],
    [{ args: [tensor('i', 0, 0)], kwargs: { unknown: 'x' } }],
  ])('nodes %j', (nodes) => {
    expect(refused(() => modelFromConfig(graph([{ ...drawn('d'), inbound_nodes: nodes }])))).not.toContain('undefined');
  });

  it('outputs that say nothing', () => {
    expect(refused(() => modelFromConfig(graph([drawn('d', node(tensor('i', 0, 0)))], 'd')))).toContain("'d' as inputs or outputs");
    expect(refused(() => modelFromConfig(graph([drawn('d', node(tensor('i', 0, 0)))], [])))).toContain('expected outputs');
  });

  it('a long chain in any order', () => {
    const chain = Array.from({ length: 500 }, (_, i) => drawn(`d${i}`, node(tensor(i === 0 ? 'i' : `d${i - 1}`, 0, 0))));
    expect(modelFromConfig(graph(chain.reverse(), ['d499', 0, 0])).layers).toHaveLength(501);
  });

  it('a chain as long as can be is read or refused', () => {
    const chain = Array.from({ length: 9_000 }, (_, i) => ({
      module: 'keras.layers',
      class_name: 'Identity',
      config: { name: `d${i}` },
      name: `d${i}`,
      inbound_nodes: [node(tensor(i === 0 ? 'i' : `d${i - 1}`, 0, 0))],
    }));
    let outcome: unknown;
    try {
      outcome = modelFromConfig(graph(chain, ['d8999', 0, 0])).layers.length;
    } catch (error) {
      outcome = error;
    }
    expect(outcome === 9_001 || outcome instanceof ModelFormatError).toBe(true);
  });
});
