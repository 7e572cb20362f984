// Hostile files of models made by hand: what has been used against loaders of Keras's files. Each is refused for the right reason,
// before memory is taken, and without a look at any other file or address.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { NewGroup } from '../../../src/files/hdf5/tree.ts';
import { writeHdf5 } from '../../../src/files/hdf5/write-hdf5.ts';
import { writeZip } from '../../../src/files/zip.ts';
import { layers, loadModel, ModelFormatError, Sequential } from '../../../src/index.ts';
import { memory } from '../../../src/kernels/memory.ts';
import { makeZip } from '../../files/make-zip.ts';
import { bitsOf, numbersFor, predictions } from '../round-trip.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const start = { module: 'keras.layers', class_name: 'InputLayer', config: { batch_shape: [null, 4], dtype: 'float32', name: 'i' } };
const texts = { module: 'keras.layers', class_name: 'InputLayer', config: { batch_shape: [null], dtype: 'string', name: 't' } };
const layer = (className: string, config: object, more: object = {}) => ({
  module: 'keras.layers',
  class_name: className,
  config: { name: 'l', ...config },
  ...more,
});
const dense = (config: object = {}) => layer('Dense', { units: 1, ...config });
const stack = (...list: object[]) => ({ module: 'keras', class_name: 'Sequential', config: { name: 's', layers: list } });
const node = (name: string) => ({
  args: [{ class_name: '__keras_tensor__', config: { shape: [null, 4], dtype: 'float32', keras_history: [name, 0, 0] } }],
  kwargs: {},
});

const sizes = [[4, 1], [1]];
const layersOf = (vars: NewGroup): NewGroup => ({
  children: new Map([['layers', { children: new Map([['dense', { children: new Map([['vars', vars]]) }]]) }]]),
});
const weights = (shapes: readonly number[][] = sizes): NewGroup =>
  layersOf({
    children: new Map(shapes.map((shape, i) => [String(i), { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) }])),
  });
const keras = (config: object | string, tree = weights(), more: readonly [string, Uint8Array][] = []): Uint8Array =>
  writeZip(
    new Map([
      ['config.json', utf8(typeof config === 'string' ? config : JSON.stringify(config))],
      ['model.weights.h5', writeHdf5(tree)],
      ...more,
    ]),
  );
const h5 = (config: object | string): Uint8Array =>
  writeHdf5({ attributes: new Map([['model_config', typeof config === 'string' ? config : JSON.stringify(config)]]), children: new Map() });
const entries = (config: object) => [
  { name: 'config.json', contents: utf8(JSON.stringify(config)) },
  { name: 'model.weights.h5', contents: writeHdf5(weights()) },
];
const good = stack(start, dense());
const lambda = (body: unknown) => layer('Lambda', { function: body, arguments: {} });
const python = { class_name: '__lambda__', config: { code: '4wEAAAAAAAAAAAAAAAEAAAADAAAA8w==', defaults: null, closure: null } };
const gadget = (module: string, className: string, config: unknown = {}) => ({
  module,
  class_name: className,
  config,
  registered_name: className,
});
const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** Each model calls the one inside it twice. */
function doubled(levels: number): object {
  let model: object = layer('Activation', { name: 'd', activation: 'relu' });
  for (let i = 0; i <= levels; i++) {
    const { config } = model as { config: object };
    const inner = { ...model, config: { ...config, name: 'd' }, name: 'd', inbound_nodes: [node('i'), node('d')] };
    const outputs = ['d', i === 0 ? 1 : 2, 0];
    const list = [{ ...start, name: 'i', inbound_nodes: [] }, inner];
    model = {
      module: 'keras',
      class_name: 'Functional',
      config: { name: 'm', layers: list, input_layers: [['i', 0, 0]], output_layers: [outputs] },
    };
  }
  return model;
}

const files: readonly [what: string, file: Uint8Array | Promise<Uint8Array>, reason: string | RegExp][] = [
  ['a Lambda with code', keras(stack(start, lambda(python))), 'Code in files is never run'],
  ['a Lambda with code of Keras 2', keras(stack(start, lambda(['4wEAAAA=', null, null]))), 'Python code'],
  [
    'a Lambda with code in .h5',
    h5(stack(start, layer('Lambda', { function: ['4wEAAAA=', null, null], function_type: 'lambda' }))),
    'Python code',
  ],
  [
    'a Lambda of a function that turns checks off',
    keras(stack(start, lambda(gadget('keras.config', 'function', 'enable_unsafe_deserialization')))),
    "the function 'enable_unsafe_deserialization'",
  ],
  ['a Lambda that fetches', keras(stack(start, lambda(gadget('keras.utils', 'function', 'get_file')))), "the function 'get_file'"],
  [
    'a Lambda of os.system',
    keras(stack(start, lambda({ module: 'os', class_name: 'function', config: 'system' }))),
    "the function 'system'",
  ],
  ['a Lambda of code as a shape', keras(stack(start, layer('Lambda', { function: 'f', output_shape: python }))), 'Lambda'],
  ['a Lambda deep inside', keras(stack(start, layer('TimeDistributed', { layer: lambda(python) }))), 'Python code'],
  ['a class of another module', keras(stack(start, gadget('os', 'system', { command: 'true' }))), "an unknown layer 'system'"],
  ['a class of subprocess', keras(stack(start, { ...dense(), module: 'subprocess', class_name: 'Popen' })), "an unknown layer 'Popen'"],
  ['a root of another module', keras(gadget('builtins', 'eval', '1')), "the class 'eval' instead of a model"],
  ['a layer constructor', keras(stack(start, { ...dense(), class_name: 'constructor' })), "'constructor'"],
  ['a layer __proto__', keras(stack(start, { ...dense(), class_name: '__proto__' })), "'__proto__'"],
  ['a layer toString', keras(stack(start, { ...dense(), class_name: 'toString' })), "'toString'"],
  ['an activation constructor', keras(stack(start, dense({ activation: 'constructor' }))), "'constructor'"],
  ['an activation __proto__', keras(stack(start, dense({ activation: '__proto__' }))), "'__proto__'"],
  ['an initializer hasOwnProperty', keras(stack(start, dense({ kernel_initializer: 'hasOwnProperty' }))), "'hasOwnProperty'"],
  ['a module as an initializer', keras(stack(start, dense({ kernel_initializer: gadget('os', 'system') }))), "'system'"],
  ['a module as a regularizer', keras(stack(start, dense({ kernel_regularizer: gadget('shutil', 'rmtree', { path: '/' }) }))), "'rmtree'"],
  ['a module as an activation', keras(stack(start, dense({ activation: gadget('os', 'function', 'system') }))), "the function 'system'"],
  ['TFSMLayer', keras(stack(start, layer('TFSMLayer', { filepath: '/models/x' }))), "an unknown layer 'TFSMLayer'"],
  ['TorchModuleWrapper', keras(stack(start, layer('TorchModuleWrapper', { module: 'gASV' }))), "an unknown layer 'TorchModuleWrapper'"],
  ['an optimizer of another module', keras({ ...good, compile_config: { optimizer: gadget('os', 'system'), loss: 'mse' } }), "'system'"],
  [
    'an optimizer that is none',
    keras({ ...good, compile_config: { optimizer: gadget('keras.layers', 'Dense', { units: 3 }), loss: 'mse' } }),
    'as the optimizer',
  ],
  [
    'a loss of code',
    keras({ ...good, compile_config: { optimizer: 'sgd', loss: gadget('builtins', 'function', 'eval') } }),
    "the function 'eval'",
  ],
  ['a metric __proto__', keras({ ...good, compile_config: { optimizer: 'sgd', loss: 'mse', metrics: ['__proto__'] } }), '__proto__'],
  [
    'a vocabulary that is a path',
    keras(stack(texts, layer('StringLookup', { vocabulary: '/etc/passwd' }))),
    /setVocabulary.*got '.etc.passwd'/,
  ],
  [
    'a vocabulary at an address',
    keras(stack(texts, layer('TextVectorization', { vocabulary: 'http://127.0.0.1/x' }))),
    /setVocabulary.*got 'http/,
  ],
  [
    'a vocabulary of whole numbers at a path',
    keras(stack(start, layer('IntegerLookup', { vocabulary: 'file:///etc/hosts' }))),
    /setVocabulary/,
  ],
  [
    'a standardizing function',
    keras(stack(texts, layer('TextVectorization', { standardize: gadget('os', 'function', 'system') }))),
    "'system'",
  ],
  ['__proto__ in a config', keras(JSON.stringify(good).replace('"units"', '"__proto__":{"polluted":1},"units"')), "the key '__proto__'"],
  [
    'constructor in a config',
    keras(JSON.stringify(good).replace('"units"', '"constructor":{"prototype":{"polluted":1}},"units"')),
    "the key 'constructor'",
  ],
  ['__proto__ in .h5', h5(JSON.stringify(good).replace('"units"', '"__proto__":{"polluted":1},"units"')), "the key '__proto__'"],
  [
    'an initializer with __proto__',
    keras(
      JSON.stringify(stack(start, dense({ kernel_initializer: { class_name: 'Zeros', config: { k: 1 } } }))).replace('"k"', '"__proto__"'),
    ),
    "the key '__proto__'",
  ],
  [
    'a ring of layers',
    keras({
      class_name: 'Functional',
      config: {
        name: 'f',
        layers: [
          { ...start, name: 'i', inbound_nodes: [] },
          { ...dense({ name: 'a' }), name: 'a', inbound_nodes: [node('b')] },
          { ...dense({ name: 'b' }), name: 'b', inbound_nodes: [node('a')] },
        ],
        input_layers: [['i', 0, 0]],
        output_layers: [['a', 0, 0]],
      },
    }),
    'waits for what never comes',
  ],
  ['models that call each other 2^30 times', keras(doubled(30)), 'more than 20000 calls of layers'],
  ['300 million units', keras(stack(start, dense({ units: 3e8 }))), 'a weight of shape [4, 300000000], which makes more than 5 parameters'],
  ['300 million units in .h5', h5(stack(start, dense({ units: 3e8 }))), 'which makes more than 0 parameters'],
  ['a table of 2^40 rows', keras(stack(start, layer('Embedding', { input_dim: 2 ** 40, output_dim: 8 }))), 'parameters'],
  [
    'many layers that are too large together',
    keras(stack(start, ...Array.from({ length: 50 }, (_, i) => dense({ name: `d${i}`, units: i % 2 ? 1 : 1000 })))),
    'parameters',
  ],
  [
    'a recurrent layer of 10^6 units',
    keras(stack(start, layer('Reshape', { target_shape: [2, 2] }), layer('LSTM', { name: 'r', units: 1e6 }))),
    'parameters',
  ],
  ['units beyond 2^53', keras(stack(start, dense({ units: 1e300 }))), 'units'],
  ['an input of 10^12', keras(stack({ ...start, config: { batch_shape: [null, 1e12], name: 'i' } }, dense())), 'parameters'],
  [
    'a kernel of 10^9 steps',
    keras(stack(start, layer('Reshape', { target_shape: [2, 2] }), layer('Conv1D', { name: 'c', filters: 10, kernel_size: [1e9] }))),
    /parameters|a window covers/,
  ],
  [
    '10^15 steps of padding',
    keras(
      stack(
        start,
        layer('RepeatVector', { n: 1e15 }),
        layer('ZeroPadding1D', { name: 'p', padding: [1e15, 1e15] }),
        layer('Flatten', { name: 'f' }),
        dense({ name: 'd' }),
      ),
    ),
    /parameters|expected/,
  ],
  ['JSON 100,000 levels deep', keras(`{"class_name": ${deep(100_000)}}`), 'more than 256 levels'],
  ['JSON 100,000 levels deep in .h5', h5(`{"class_name": ${deep(20_000)}}`), 'more than 256 levels'],
  [
    '100,000 layers',
    keras({ class_name: 'Sequential', config: { name: 's', layers: Array.from({ length: 100_000 }, () => 0) } }),
    'more than 10000 layers',
  ],
  ['a name of a megabyte', keras(stack(start, dense({ name: 'x'.repeat(2 ** 20) }))), 'a name of 1048576 characters'],
  ['a config that is a list', keras('[1]'), 'instead of an object'],
  ['a config that is no text', keras(good, weights(), [['config.json', Uint8Array.of(0xff, 0xfe, 0)]]), 'no JSON'],
  ['no config', writeZip(new Map([['model.weights.h5', writeHdf5(weights())]])), 'an archive without config.json'],
  ['no weights', writeZip(new Map([['config.json', utf8(JSON.stringify(good))]])), 'an archive without model.weights.h5'],
  ['an empty archive', writeZip(new Map()), 'an archive without config.json'],
  ['weights that are an archive', keras(good, weights(), [['model.weights.h5', keras(good)]]), 'HDF5'],
  ['weights of another shape', keras(good, weights([[4, 2], [1]])), 'expected weight kernel of shape [4, 1], got [4, 2]'],
  ['fewer weights', keras(good, weights([[5, 1]])), 'expected 2 weights (kernel, bias)'],
  ['more weights', keras(good, weights([[4, 1], [1], [3]])), 'expected 2 weights (kernel, bias) of'],
  [
    'weights that are groups',
    keras(good, layersOf({ children: new Map([['0', { children: new Map([['0', { shape: [10], data: new Float32Array(10) }]]) }]]) })),
    'expected 2 weights',
  ],
  ['a name with ..', makeZip([...entries(good), { name: '../../etc/passwd', contents: utf8('x') }]), 'name'],
  ['an absolute name', makeZip([...entries(good), { name: '/etc/passwd', contents: utf8('x') }]), 'name'],
  ['a name with a backslash', makeZip([...entries(good), { name: '..\\x', contents: utf8('x') }]), 'name'],
  ['a name with a NUL', makeZip([...entries(good), { name: 'assets/a\0b', contents: utf8('x') }]), 'name'],
  ['an entry __proto__', makeZip([...entries(good), { name: '__proto__', contents: utf8('x') }]), 'name'],
  ['two configs', makeZip([...entries(good), { name: 'config.json', contents: utf8('{}') }]), /twice|second|again|two/],
  ['a config of other bytes than its checksum', makeZip([{ ...entries(good)[0], crc: 1 }, entries(good)[1]]), 'a wrong checksum'],
  [
    'weights that inflate to a thousand times as much',
    makeZip([entries(good)[0], { ...entries(good)[1], contents: new Uint8Array(24 * 2 ** 20), method: 8 }]),
    /times as many are read/,
  ],
  [
    'a config that inflates to 80 MiB',
    makeZip([{ ...entries(good)[0], contents: new Uint8Array(80 * 2 ** 20).fill(32), method: 8 }, entries(good)[1]]),
    /at most 67108864 are read/,
  ],
  ['an entry longer than it says', makeZip([{ ...entries(good)[0], method: 8, size: 3 }, entries(good)[1]]), /config\.json/],
  ['a link', makeZip([{ ...entries(good)[0], attributes: 0o120777 << 16 }, entries(good)[1]]), /link|config\.json/],
];

const canary = new Sequential([new layers.Dense(3, { inputShape: [4], activation: 'tanh' }), new layers.Dense(1)]);
const x = numbersFor([5, 4]);
const expected = bitsOf(predictions(canary, x));

describe('hostile files', () => {
  const asked: string[] = [];
  beforeEach(() => {
    for (const name of ['fetch', 'XMLHttpRequest', 'WebSocket', 'Worker']) {
      vi.stubGlobal(name, () => {
        asked.push(name);
        throw new Error(`${name} was used`);
      });
    }
  });
  afterEach(() => vi.unstubAllGlobals());

  it.each(files)('%s', async (_what, file, reason) => {
    const bytes = await file;
    const before = memory.buffer.byteLength;
    const outcome = await loadModel(bytes).catch((error: unknown) => error);
    expect(outcome).toBeInstanceOf(ModelFormatError);
    expect((outcome as Error).message).toMatch(reason);
    expect(memory.buffer.byteLength - before).toBeLessThan(2 ** 22);
    expect(asked).toEqual([]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(bitsOf(predictions(canary, x))).toEqual(expected);
  });

  it('and the file that they are made of is read', async () => {
    expect(predictions(await loadModel(keras(doubled(4), { children: new Map() })), x)[0].shape).toEqual([5, 4]);
    const model = await loadModel(keras(good));
    expect(predictions(model, x)[0].shape).toEqual([5, 1]);
  });
});
