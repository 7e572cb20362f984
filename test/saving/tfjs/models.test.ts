// Layers models of TensorFlow.js: what it saved predicts the same here, and what is written is read back bit for bit.
import { describe, expect, it, vi } from 'vitest';
import {
  Input,
  layers,
  loadTfjsModel,
  Model,
  ModelFormatError,
  Sequential,
  type Tensor,
  tensor,
  toTfjs,
  ValueError,
} from '../../../src/index.ts';
import recorded from '../../fixtures/tfjs_models.json';
import { draws } from '../../helpers/draws.ts';
import { bent } from '../bent.ts';
import { dice, mutate } from '../mutate.ts';

type Json = Record<string, unknown>;
type Files = Record<string, Uint8Array<ArrayBuffer>>;

const encode = (json: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(json));
const decode = (bytes: Uint8Array): Json => JSON.parse(new TextDecoder().decode(bytes)) as Json;
const toTensor = ({ shape, dtype, data }: { shape: number[]; dtype: string; data: number[] }): Tensor =>
  tensor(data, shape, dtype === 'int32' ? 'int32' : 'float32');
const predicted = (model: Model | Sequential, x: readonly Tensor[]): Tensor[] => [model.predict(x.length === 1 ? x[0] : [...x])].flat();

/** The files of a recorded model; `change` alters model.json. */
function filesOf(name: string, change: (json: Json) => void = () => undefined): Files {
  const found = recorded.find((one) => one.name === name) as (typeof recorded)[number];
  const json = structuredClone(found.model) as unknown as Json;
  change(json);
  const shards = Object.entries(found.files).map(([path, text]) => [path, Uint8Array.from(atob(text), (char) => char.charCodeAt(0))]);
  return { 'model.json': encode(json), ...Object.fromEntries(shards) };
}

const manifestOf = (json: Json) =>
  json.weightsManifest as { paths: string[]; weights: { name: string; shape: number[]; group?: string }[] }[];

describe.each(recorded)('$name, saved by TensorFlow.js', ({ name, inputs, outputs }) => {
  it('predicts what it predicted there', async () => {
    const model = await loadTfjsModel(filesOf(name));
    for (const [i, output] of predicted(model, inputs.map(toTensor)).entries()) {
      expect(output.shape).toEqual(outputs[i].shape);
      for (const [k, value] of output.data.entries()) expect(value).toBeCloseTo(outputs[i].data[k], 5);
    }
  });

  it('is found by the same names after a round trip', async () => {
    const model = await loadTfjsModel(filesOf(name));
    const again = await loadTfjsModel(toTfjs(model, { shardSize: 64 }));
    const x = inputs.map(toTensor);
    for (const [i, output] of predicted(again, x).entries()) {
      for (const [k, value] of output.data.entries()) expect(value).toBeCloseTo(predicted(model, x)[i].data[k], 6);
    }
  });
});

describe('loadTfjsModel', () => {
  it('compiles what says how it was trained', async () => {
    const model = await loadTfjsModel(filesOf('text'));
    expect(model.optimizer?.getConfig()).toMatchObject({ learningRate: Math.fround(0.01), rho: expect.closeTo(0.8, 6) });
    expect((await loadTfjsModel(filesOf('text'), { compile: false })).optimizer).toBeUndefined();
  });

  it('takes Maps, Blobs, Files and weights apart from model.json', async () => {
    const files = filesOf('windows');
    const x = recorded[1].inputs.map(toTensor);
    const [wanted] = predicted(await loadTfjsModel(files), x);
    const { 'model.json': json, ...weights } = files;
    const chosen = Object.entries(weights).map(([name, bytes]) => new File([bytes], name));
    for (const model of [
      await loadTfjsModel(new Map(Object.entries(files))),
      await loadTfjsModel(Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, new Blob([bytes])]))),
      await loadTfjsModel([new File([json], 'my-model.json'), ...chosen]),
      await loadTfjsModel(`data:application/json;base64,${btoa(new TextDecoder().decode(json))}`, { weights: chosen }),
    ]) {
      expect(predicted(model, x)[0].data).toEqual(wanted.data);
    }
  });

  it('finds weights by names of Keras, with cells, numbers and models before them', async () => {
    const wanted = await loadTfjsModel(filesOf('text'));
    const renamed = await loadTfjsModel(
      filesOf('text', (json) => {
        for (const weight of manifestOf(json)[0].weights.filter(({ group }) => !group))
          weight.name = `model/${weight.name.replace(/_(LSTM|GRU)1\/(\w+)$/, '_$11/cell/$2')}_1:0`;
      }),
    );
    expect(renamed.getWeights().map(({ data }) => data)).toEqual(wanted.getWeights().map(({ data }) => data));
  });

  it('reads what the converter wrote of a whole model of Keras', async () => {
    const files = filesOf('windows', (json) => {
      const { modelTopology } = json;
      json.modelTopology = { keras_version: '2.15.0', backend: 'tensorflow', model_config: modelTopology, training_config: null };
      json.convertedBy = 'TensorFlow.js Converter v4.22.0';
    });
    expect((await loadTfjsModel(files)).layers.length).toBe(17);
  });

  it('gives a GRU of old files the bias that they have', async () => {
    const files = filesOf('text', (json) => {
      const { layers: all } = (json.modelTopology as { config: { layers: { class_name: string; config: Json }[] } }).config;
      delete all.find(({ class_name: name }) => name === 'GRU')?.config.reset_after;
    });
    expect((await loadTfjsModel(files)).countParams()).toBe((await loadTfjsModel(filesOf('text'))).countParams());
  });

  it('warns of masks that TensorFlow.js does not look at', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const files = toTfjs(new Sequential([new layers.Embedding(5, 2, { inputLength: 3 }), new layers.GlobalAveragePooling1D()]));
    const json = decode(files['model.json']) as { modelTopology: { config: { layers: { config: Json }[] } } };
    json.modelTopology.config.layers[1].config.mask_zero = true;
    await loadTfjsModel({ ...files, 'model.json': encode(json) });
    expect(warn.mock.calls.flat().join()).toMatch(/'global_average_pooling1d.*' takes the mean of the steps of its mask/);
    warn.mockRestore();
  });
});

describe('toTfjs', () => {
  it('gives back the same model, bit for bit', async () => {
    const [a, b] = [Input({ shape: [4] }), Input({ shape: [4], name: 'other' })];
    const shared = new layers.Dense(4, { activation: 'tanh' });
    const inner = new Sequential([new layers.Dense(3, { inputShape: [4] }), new layers.BatchNormalization()]);
    const [x, y] = [inner.apply(shared.apply(a)), inner.apply(shared.apply(b))];
    const model = new Model({ inputs: [a, b], outputs: [new layers.Concatenate().apply([x, y]), inner.apply(shared.apply(a))] });
    const files = toTfjs(model, { shardSize: 50 });
    expect(Object.keys(files)).toHaveLength(1 + Math.ceil(((4 * 4 + 4 + 4 * 3 + 3 + 4 * 3) * 4) / 50));
    const copy = await loadTfjsModel(files);
    expect(copy.getWeights().map(({ data }) => data)).toEqual(model.getWeights().map(({ data }) => data));
    expect(toTfjs(copy, { shardSize: 50 })).toEqual(files);
    const given = [1, 2].map((factor) =>
      tensor(
        Array.from({ length: 8 }, (_, i) => Math.fround(factor * (i / 8 - 0.4))),
        [2, 4],
      ),
    );
    expect(predicted(copy, given).map(({ data }) => data)).toEqual(predicted(model, given).map(({ data }) => data));
  });

  it.each([
    ['GRU with resetAfter', () => [new layers.GRU(2, { inputShape: [3, 2] })], /layer 'gru.*' \(GRU\): expected reset_after false/],
    [
      'layers that it lacks',
      () => [new layers.UnitNormalization({ inputShape: [3] })],
      /expected a layer that TensorFlow\.js 4\.22 has, got UnitNormalization/,
    ],
    ['layers inside', () => [new layers.TimeDistributed(new layers.Cropping1D(1), { inputShape: [2, 4, 2] })], /got Cropping1D/],
    [
      'activations',
      () => [new layers.Dense(2, { inputShape: [3], activation: 'leaky_relu' })],
      /expected an activation .* got 'leaky_relu'/,
    ],
    ['hard_sigmoid without weights', () => [new layers.Activation('hard_sigmoid', { inputShape: [3] })], /Its hard_sigmoid is steeper/],
    ['causal windows', () => [new layers.Conv1D(2, 2, { inputShape: [4, 2], padding: 'causal' })], /got 'causal'/],
    ['groups', () => [new layers.Conv1D(2, 2, { inputShape: [4, 2], groups: 2 })], /expected groups 1/],
    ['names', () => [new layers.Dense(2, { inputShape: [3], name: 'a b' })], /expected names of letters.*got 'a b'/],
    [
      'masks of means',
      () => [new layers.Embedding(5, 2, { inputLength: 3, maskZero: true }), new layers.GlobalAveragePooling1D()],
      /takes the mean of the steps of its mask/,
    ],
    [
      'masks in both directions',
      () => [
        new layers.Embedding(5, 2, { inputLength: 3, maskZero: true }),
        new layers.Bidirectional(new layers.LSTM(2, { returnSequences: true })),
      ],
      /gives zeros for masked steps/,
    ],
    [
      'masks that go on too long',
      () => [
        new layers.Embedding(5, 2, { inputLength: 3, maskZero: true }),
        new layers.LSTM(2),
        new layers.RepeatVector(3),
        new layers.GRU(2, { resetAfter: false }),
      ],
      /'gru.*' gets a mask of layers before it/,
    ],
    [
      'masks of Softmax',
      () => [new layers.Embedding(5, 2, { inputLength: 3, maskZero: true }), new layers.LSTM(2), new layers.Softmax()],
      /comes after a mask/,
    ],
  ])('refuses %s', (_, make, message) => {
    const model = new Sequential(make());
    expect(() => toTfjs(model)).toThrow(ValueError);
    expect(() => toTfjs(model)).toThrow(message);
  });

  it('refuses masks in graphs where they get lost or merged', () => {
    const [a, b] = [Input({ shape: [3] }), Input({ shape: [3] })];
    const masked = new layers.Embedding(5, 2, { maskZero: true }).apply(a);
    const other = new layers.Embedding(5, 2).apply(b);
    const graph = (outputs: typeof masked) => new Model({ inputs: [a, b], outputs });
    const lstm = () => new layers.LSTM(2);
    const merged = lstm().apply(new layers.Add().apply([masked, other]));
    expect(() => toTfjs(graph(merged))).toThrow(/'add.*' merges tensors that have masks/);
    const beside = new layers.Concatenate().apply([lstm().apply(masked), lstm().apply(other)]);
    expect(() => toTfjs(graph(beside))).toThrow(/'lstm.*' gets a mask of layers before it/);
    const kept = new layers.Concatenate().apply([lstm().apply(masked), new layers.Flatten().apply(other)]);
    expect(Object.keys(toTfjs(graph(kept)))).toContain('model.json');
  });

  it('counts the calls of models inside as TensorFlow.js does', async () => {
    const x = Input({ shape: [4] });
    const model = new Model({ inputs: x, outputs: new Sequential([new layers.Dense(3, { inputShape: [4] })]).apply(x) });
    const files = toTfjs(model);
    const { output_layers: places } = (decode(files['model.json']) as { modelTopology: { config: { output_layers: unknown[][] } } })
      .modelTopology.config;
    expect(places[0].slice(1)).toEqual([1, 0]);
    const given = tensor([1, 2, 3, 4], [1, 4]);
    expect(predicted(await loadTfjsModel(files), [given])[0].data).toEqual(predicted(model, [given])[0].data);
  });

  it('refuses two layers of one name, and a backwardLayer of its own', () => {
    const dense = () => new layers.Dense(2, { inputShape: [2], name: 'same' });
    expect(() => toTfjs(new Sequential([dense(), new Sequential([dense()])]))).toThrow(
      /expected layers of different names, got 'same' twice/,
    );
    const backwardLayer = new layers.LSTM(2, { goBackwards: true, activation: 'relu' });
    const both = new layers.Bidirectional({ layer: new layers.LSTM(2), backwardLayer, inputShape: [3, 2] });
    expect(() => toTfjs(new Sequential([both]))).toThrow(/expected a backwardLayer like the layer/);
  });

  it('refuses models without weights, and what is none', () => {
    expect(() => toTfjs(new Sequential([new layers.Dense(2)]))).toThrow(/not built/);
    expect(() => toTfjs({} as Model)).toThrow(/toTfjs: expected a model, got/);
    expect(() => toTfjs(new Sequential([new layers.Dense(2, { inputShape: [1] })]), { shardsize: 1 } as object)).toThrow(/shardSize/);
  });

  it('keeps hard_sigmoid by the weights that lead into it', async () => {
    const model = new Sequential([new layers.LSTM(2, { inputShape: [3, 2], recurrentActivation: 'hard_sigmoid' }), new layers.Dense(1)]);
    const x = tensor([0.5, -1, 2, 0.25, -0.75, 1], [1, 3, 2]);
    const copy = await loadTfjsModel(toTfjs(model));
    expect(predicted(copy, [x])[0].data[0]).toBeCloseTo(predicted(model, [x])[0].data[0], 6);
  });
});

describe('files that are not right', () => {
  const refused = async (files: Files, message: RegExp, Class: new (...args: never[]) => Error = ModelFormatError) => {
    const error = await loadTfjsModel(files).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(Class);
    expect((error as Error).message).toMatch(message);
  };

  it('are refused when a shard is missing or of another size', async () => {
    const { 'group1-shard2of3.bin': shard, ...rest } = filesOf('windows');
    await refused(rest, /expected the file 'group1-shard2of3\.bin' of the weights, got only/, ValueError);
    await refused({ ...rest, 'group1-shard2of3.bin': shard.slice(1) }, /bytes in the files of group 0/);
    await refused({ 'weights.bin': shard }, /expected a file 'model\.json'/, ValueError);
  });

  it.each([
    '../weights.bin',
    '/weights.bin',
    'https://example.org/weights.bin',
    'file:weights.bin',
    '..\\weights.bin',
    'a/weights.bin',
    '..',
    '.',
    '',
    '..',
    './/w',
    '%2e%2e',
    'w?x',
    'C:w',
  ])('open nothing at %j', async (path) => {
    const files = filesOf('text', (json) => {
      manifestOf(json)[0].paths = [path];
    });
    await refused({ ...files, [path]: files['weights.bin'] }, /in weightsManifest\. Only files beside model\.json are opened/);
  });

  it('are refused when weights and layers do not fit', async () => {
    const changed = (change: (weights: { name: string; shape: number[]; group?: string }[]) => void) =>
      filesOf('text', (json) => change(manifestOf(json)[0].weights));
    await refused(
      changed(([first]) => first.shape.reverse()),
      /the shape \[4, 12\], expected \[12, 4\] for the embeddings of 'embedding_Embedding1'/,
    );
    await refused(
      changed(([first]) => {
        first.name = 'other/embeddings';
      }),
      /no weights 'embedding_Embedding1\/embeddings', besides 'other\/embeddings'/,
    );
    await refused(
      changed((weights) => {
        weights[0].group = 'optimizer';
      }),
      /no weights 'embedding_Embedding1/,
    );
  });

  it('are refused when they are of another kind', async () => {
    await refused(
      filesOf('text', (json) => {
        json.format = 'graph-model';
      }),
      /a graph model, which has no layers/,
    );
    for (const key of ['modelTopology', 'weightsManifest']) {
      await refused(
        filesOf('text', (json) => {
          delete json[key];
        }),
        new RegExp(`${key} undefined, expected`),
      );
    }
    await refused({ ...filesOf('text'), 'model.json': new TextEncoder().encode('{"a":') }, /model\.json: .*no JSON/);
    await expect(loadTfjsModel(1 as never)).rejects.toThrow(/expected the path or address of model\.json/);
    await expect(loadTfjsModel(filesOf('text'), { strict: true } as object)).rejects.toThrow(ValueError);
  });

  it('ask for no more memory than they have bytes', async () => {
    const files = filesOf('graph', (json) => {
      const [first] = (json.modelTopology as { config: { layers: { class_name: string; config: Json }[] } }).config.layers.filter(
        ({ class_name: name }) => name === 'Dense',
      );
      first.config.units = 300_000_000;
    });
    await refused(files, /which makes more than \d+ parameters/);
  });

  it('are refused by a ModelFormatError or read, whatever was changed', async () => {
    const roll = dice(20_261_120);
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const counts = { refused: 0, read: 0 };
    for (let i = 0; i < draws(5_000); i++) {
      const files = filesOf(recorded[i % recorded.length].name);
      const text = new TextDecoder().decode(files['model.json']);
      files['model.json'] =
        i % 3 ? new TextEncoder().encode(bent(text, roll)) : (mutate(files['model.json'], roll) as Uint8Array<ArrayBuffer>);
      try {
        const model = await loadTfjsModel(files);
        expect(model.getWeights().length).toBeGreaterThan(0);
        counts.read++;
      } catch (error) {
        // A file of weights under another name is one that is missing.
        if (!(error instanceof ValueError && /expected the file '/.test(error.message))) expect(error).toBeInstanceOf(ModelFormatError);
        counts.refused++;
      }
    }
    warn.mockRestore();
    expect(counts.refused).toBeGreaterThan(draws(1_500));
    expect(counts.read).toBeGreaterThan(draws(100));
  });
});
