// Layers that learn from data before training: vocabularies, bins, means; given and adapted.
import { describe, expect, it } from 'vitest';
import { readHdf5 } from '../../../src/files/hdf5/read-hdf5.ts';
import type { Dataset } from '../../../src/files/hdf5/tree.ts';
import { writeHdf5 } from '../../../src/files/hdf5/write-hdf5.ts';
import { readZip } from '../../../src/files/read-zip.ts';
import { writeZip } from '../../../src/files/zip.ts';
import { layers, loadModel, ModelFormatError, Sequential } from '../../../src/index.ts';
import { toWrite } from '../../files/hdf5-tree.ts';
import { bitsOf, comesBack, type Data, type Loaded, predictions } from '../round-trip.ts';

const documents = ['the food was good', 'the service was not', 'good food', 'größe 名 the'];
const probes = ['the good unknown food', 'not 名', ''];
const words = ['good', 'food', 'the'];
const whole = [
  [3, 7],
  [7, 12],
  [1138, 3],
];

type Entry = readonly [make: () => layers.Layer, data: Data];
const withDense = ([make, data]: Entry): [Loaded, Data] => {
  const model = new Sequential([make(), new layers.Dense(2)]);
  model.predict(data);
  return [model, data];
};
const adapted = <L extends { adapt(data: never): void }>(layer: L, data: unknown): L => {
  layer.adapt(data as never);
  return layer;
};

const entries: Readonly<Record<string, Entry>> = {
  ...Object.fromEntries(
    (['int', 'multi_hot', 'count', 'tf_idf'] as const).flatMap((outputMode) => {
      const more = outputMode === 'int' ? { outputSequenceLength: 5 } : {};
      const idfWeights = outputMode === 'tf_idf' ? { idfWeights: [0.5, 0.25, 1] } : {};
      const lookups = outputMode === 'int' ? {} : { padToMaxTokens: true, maxTokens: 9 };
      const cases: [string, Entry][] = [
        [
          `TextVectorization ${outputMode} given`,
          [() => new layers.TextVectorization({ vocabulary: words, outputMode, ...more, ...idfWeights } as never), probes],
        ],
        [
          `TextVectorization ${outputMode} adapted`,
          [() => adapted(new layers.TextVectorization({ outputMode, ...more }), documents), probes],
        ],
        [
          `TextVectorization ${outputMode} padded`,
          [() => adapted(new layers.TextVectorization({ outputMode, ...more, ...lookups } as never), documents), probes],
        ],
        [
          `StringLookup ${outputMode} given`,
          [
            () => new layers.StringLookup({ vocabulary: words, outputMode, ...idfWeights } as never),
            [
              ['good', 'x'],
              ['the', 'food'],
            ],
          ],
        ],
        [
          `StringLookup ${outputMode} adapted`,
          [
            () =>
              adapted(new layers.StringLookup({ outputMode, numOovIndices: 2, ...lookups } as never), [
                ['a', 'b'],
                ['b', 'c'],
              ]),
            [
              ['a', 'z'],
              ['c', 'c'],
            ],
          ],
        ],
        [
          `IntegerLookup ${outputMode} given`,
          [
            () => new layers.IntegerLookup({ vocabulary: [12, 36, 42], outputMode, ...idfWeights } as never),
            [
              [12, 36],
              [42, 5],
            ],
          ],
        ],
        [
          `IntegerLookup ${outputMode} adapted`,
          [
            () => adapted(new layers.IntegerLookup({ outputMode, ...lookups } as never), whole),
            [
              [3, 5],
              [12, 1138],
            ],
          ],
        ],
      ];
      return cases;
    }),
  ),
  'TextVectorization of characters and ngrams': [
    () =>
      adapted(
        new layers.TextVectorization({ standardize: 'lower', split: 'character', ngrams: 2, maxTokens: 12, outputMode: 'count' }),
        documents,
      ),
    probes,
  ],
  'StringLookup with a mask': [
    () => new layers.StringLookup({ vocabulary: words, maskToken: '' }),
    [
      ['good', ''],
      ['the', 'y'],
    ],
  ],
  Hashing: [
    () => new layers.Hashing(7),
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  'Hashing with salt and mask': [
    () => new layers.Hashing({ numBins: 9, salt: [133, 137], maskValue: 'a', outputMode: 'multi_hot' }),
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  'Normalization adapted': [
    () =>
      adapted(new layers.Normalization(), [
        [1, 10],
        [3, 30],
        [4, 50],
      ]),
    [
      [2, 3],
      [0, 9],
    ],
  ],
  'Normalization given': [
    () => new layers.Normalization({ mean: [1, 2], variance: [3, 4] }),
    [
      [2, 3],
      [0, 9],
    ],
  ],
  'Normalization of all numbers, inverted': [
    () =>
      adapted(new layers.Normalization({ axis: null, invert: true }), [
        [1, 10],
        [3, 30],
      ]),
    [
      [2, 3],
      [0, 9],
    ],
  ],
  'Discretization adapted': [
    () => adapted(new layers.Discretization({ numBins: 4, outputMode: 'one_hot' }), [1, 5, 2, 8, 3, 9, 4]),
    [[0.5], [4], [10]],
  ],
  'Discretization given': [
    () => new layers.Discretization([0, 1.5, 2]),
    [
      [-1, 1],
      [1.75, 3],
    ],
  ],
  CategoryEncoding: [
    () => new layers.CategoryEncoding({ numTokens: 5, outputMode: 'count' }),
    [
      [1, 2],
      [4, 4],
    ],
  ],
};

describe('comes back', () => {
  it.each(Object.entries(entries))('%s', async (_name, entry) => {
    const [model, x] = withDense(entry);
    const copy = await comesBack(model, x);
    const again = await comesBack(copy, x);
    expect(bitsOf(predictions(again, x))).toEqual(bitsOf(predictions(copy, x)));
  });
});

// Keras turns what comes in into the dtype of the InputLayer, and texts into no number.
describe('the input in front of', () => {
  const texts = [['good'], ['x']];
  const cases: [string, () => layers.Layer, Data, string][] = [
    ['TextVectorization', () => adapted(new layers.TextVectorization({ outputMode: 'count' }), documents), probes, 'string'],
    ['StringLookup', () => new layers.StringLookup({ vocabulary: words, outputMode: 'multi_hot' }), texts, 'string'],
    ['IntegerLookup', () => new layers.IntegerLookup({ vocabulary: [3, 7], outputMode: 'multi_hot' }), whole, 'int32'],
    ['Hashing of texts', () => new layers.Hashing(4, { outputMode: 'one_hot' }), texts, 'string'],
    ['Hashing of numbers', () => new layers.Hashing(4, { outputMode: 'multi_hot' }), whole, 'int32'],
    ['Discretization', () => new layers.Discretization({ binBoundaries: [3, 7], outputMode: 'multi_hot' }), whole, 'float32'],
  ];
  it.each(cases)('%s', async (_name, make, x, dtype) => {
    const [model] = withDense([make, x]);
    const dtypes = (one: Loaded) => [
      one.inputs[0].dtype,
      (JSON.parse(one.toJSON()) as { config: { layers: [{ config: { dtype: string } }] } }).config.layers[0].config.dtype,
    ];
    expect(dtypes(model)).toEqual([dtype, dtype]);
    expect(dtypes(await loadModel(await model.toKeras()))).toEqual([dtype, dtype]);
  });
});

describe('vocabularies in files of their own', () => {
  /** As Keras writes it: the vocabulary of an adapted layer is no part of the config, and weights may be followed by zeros. */
  async function asKeras(model: Loaded, edit: (text: string) => string = (text) => text): Promise<Uint8Array> {
    const bytes = await readZip(await model.toKeras());
    const layer = model.layers[0] as layers.TextVectorization;
    const config = JSON.parse(new TextDecoder().decode(bytes.get('config.json')));
    const own = config.config.layers.find(({ class_name: name }: { class_name: string }) => name === layer.className).config;
    Object.assign(own, { vocabulary: null, idf_weights: null });
    const name = layer.className === 'TextVectorization' ? 'text_vectorization' : 'string_lookup';
    const vocabulary = edit(layer.getVocabulary().join('\n'));
    const files = name === 'text_vectorization' ? [`assets/layers/${name}/_lookup_layer/vocabulary.txt`] : [];
    const assets = [...files, `assets/layers/${name}/vocabulary.txt`].map((path): [string, Uint8Array] => [
      path,
      new TextEncoder().encode(vocabulary),
    ]);
    return writeZip(new Map([...bytes, ['config.json', new TextEncoder().encode(JSON.stringify(config))], ...assets]));
  }

  it.each([
    'TextVectorization int adapted',
    'TextVectorization multi_hot padded',
    'TextVectorization tf_idf padded',
    'StringLookup int adapted',
    'StringLookup tf_idf adapted',
  ])('%s', async (name) => {
    const [model, x] = withDense(entries[name]);
    const copy = await loadModel(await asKeras(model));
    expect(bitsOf(predictions(copy, x))).toEqual(bitsOf(predictions(model, x)));
    expect((copy.layers[0] as layers.StringLookup).getVocabulary()).toEqual((model.layers[0] as layers.StringLookup).getVocabulary());
    await comesBack(copy, x);
    expect([...(await readZip(await copy.toKeras())).keys()].filter((path) => path.startsWith('assets/')).length).toBeGreaterThan(0);
  });

  it.each([
    ['without the token for unknown words', (text: string) => text.replace('[UNK]\n', ''), "expected '', '[UNK]' at the start, got ''"],
    ['with a word twice', (text: string) => `${text}\nthe`, "expected each token once, got 'the' again"],
    ['with no words', () => '', 'at the start, got undefined'],
  ])('are refused %s', async (_what, edit, message) => {
    const [model] = withDense(entries['TextVectorization int adapted']);
    const wrong = asKeras(model, edit).then((bytes) => loadModel(bytes));
    await expect(wrong).rejects.toThrow(ModelFormatError);
    await expect(wrong).rejects.toThrow(message);
  });

  it('are refused without the weights that their mode needs', async () => {
    const [model] = withDense(entries['TextVectorization tf_idf adapted']);
    const bytes = await readZip(await asKeras(model));
    const tree = await toWrite(readHdf5(bytes.get('model.weights.h5') as Uint8Array));
    const strip = (group: typeof tree): typeof tree => ({
      ...group,
      children: new Map(
        [...(group.children ?? [])].flatMap(([key, child]) =>
          key === 'idf_weights' ? [] : ([[key, 'children' in child ? strip(child) : child]] as const),
        ),
      ),
    });
    await expect(loadModel(writeZip(new Map([...bytes, ['model.weights.h5', writeHdf5(strip(tree))]])))).rejects.toThrow(ModelFormatError);
  });
});

it('weights of tokens lie in the file even where the config holds them, as Keras wants', async () => {
  const given = new layers.StringLookup({
    vocabulary: words,
    outputMode: 'tf_idf',
    idfWeights: [0.5, 0.25, 1],
    maxTokens: 6,
    padToMaxTokens: true,
    name: 'names',
  });
  const model = new Sequential([given, new layers.Dense(1)]);
  model.predict([['good']]);
  const root = readHdf5(await model.toWeightsH5());
  const group = ['layers', 'string_lookup', 'vars'].reduce((at, name) => at.children.get(name) as typeof root, root);
  const dataset = group.children.get('idf_weights') as Dataset;
  expect([...((await dataset.read()) as Float32Array)]).toEqual([Math.fround((0.5 + 0.25 + 1) / 3), 0.5, 0.25, 1, 0, 0]);
});
