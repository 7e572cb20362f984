// Damaged and hostile files of models: each is read or refused with a ModelFormatError, soon, and nothing else is touched.
import { beforeAll, describe, expect, it } from 'vitest';
import { readZip } from '../../../src/files/read-zip.ts';
import { writeZip } from '../../../src/files/zip.ts';
import {
  Input,
  layers,
  loadModel,
  losses,
  Model,
  ModelFormatError,
  metrics,
  ops,
  optimizers,
  Sequential,
  schedules,
} from '../../../src/index.ts';
import { memory } from '../../../src/kernels/memory.ts';
import { damaged, seeded } from '../../files/random.ts';
import { draws } from '../../helpers/draws.ts';
import { bent } from '../bent.ts';
import { archives, bytesOf, models } from '../files-of.ts';
import { dice, mutate } from '../mutate.ts';
import { bitsOf, type Loaded, numbersFor, predictions } from '../round-trip.ts';

/** The models here have weights of some kB; what thousands of them leave is collected now and then. */
const MOST_MEMORY = 2 ** 27;

const canary = new Sequential([new layers.Dense(3, { inputShape: [4], activation: 'tanh' }), new layers.Dense(1)]);
const x = numbersFor([5, 4]);
const expected = bitsOf(predictions(canary, x));

function checkShapes(model: Loaded): void {
  for (const { shape, size } of model.weights) {
    expect(shape.every((dim) => Number.isSafeInteger(dim) && dim >= 0)).toBe(true);
    expect(size).toBe(shape.reduce((product, dim) => product * dim, 1));
  }
}

interface Tally {
  read: number;
  refused: number;
}

/** Loads files made by `make`, number by number; a hang, another error or a canary that sings otherwise is a failure. */
async function survives(
  count: number,
  make: (i: number) => Uint8Array,
  load: (bytes: Uint8Array, i: number) => Promise<Loaded> = (bytes) => loadModel(bytes),
): Promise<Tally> {
  const tally = { read: 0, refused: 0 };
  const most = memory.buffer.byteLength + MOST_MEMORY;
  for (let i = 0; i < draws(count); i++) {
    const bytes = make(i);
    try {
      checkShapes(await load(bytes, i));
      tally.read++;
    } catch (error) {
      if (!(error instanceof ModelFormatError)) throw new Error(`file ${i}: ${(error as Error).stack}`, { cause: error });
      tally.refused++;
      if (tally.refused % 50 === 0) expect(bitsOf(predictions(canary, x))).toEqual(expected);
    }
  }
  expect(bitsOf(predictions(canary, x))).toEqual(expected);
  expect(memory.buffer.byteLength).toBeLessThan(most);
  return tally;
}

/** Models of the layers that those files lack. */
function made(): Loaded[] {
  const texts = new layers.TextVectorization({ outputMode: 'tf_idf' });
  texts.adapt(['a b c', 'b c', 'c']);
  const lookup = new layers.StringLookup({ vocabulary: ['a', 'b'], outputMode: 'multi_hot' });
  const normalization = new layers.Normalization();
  normalization.adapt([
    [1, 2, 3, 4],
    [3, 2, 1, 0],
  ]);
  const [a, b] = [Input({ shape: [3, 4] }), Input({ shape: [5, 4] })];
  const attended = new layers.MultiHeadAttention(2, 3).apply([a, b]);
  const both = new layers.Bidirectional(new layers.GRU(2, { dropout: 0.1 })).apply(ops.relu(ops.multiply(attended, 2)));
  const head = new Sequential([
    new layers.Dense(4, { inputShape: [4], kernelRegularizer: 'l2', kernelConstraint: 'max_norm' }),
    new layers.Dropout(0.2),
  ]);
  const [p, q] = [head.apply(both), new layers.Dense(1, { name: 'q' }).apply(head.apply(both))];
  const functional = new Model({ inputs: { a, b }, outputs: { p, q } });
  functional.compile({
    optimizer: new optimizers.Nadam(new schedules.CosineDecay(0.1, 100, { warmupTarget: 0.2, warmupSteps: 3 } as never), { clipnorm: 1 }),
    loss: { p: 'mse', q: new losses.Huber({ delta: 0.5 }) },
    lossWeights: { p: 1, q: 0.5 },
    metrics: { q: ['mae', new metrics.MeanSquaredError({ name: 'm' })] },
  });
  const names = new Sequential([lookup, new layers.Dense(1)]);
  names.predict([['a'], ['c']]);
  const scores = new Sequential([texts, new layers.Dense(2)]);
  scores.predict(['a b', 'x']);
  const numbers = new Sequential([
    new layers.InputLayer({ shape: [4] }),
    normalization,
    new layers.Reshape([2, 2]),
    new layers.Conv1D(2, 2, { padding: 'same' }),
    new layers.Flatten(),
  ]);
  return [functional, names, scores, numbers];
}

/** Entries of several small archives of all kinds. */
let parts: ReadonlyMap<string, Uint8Array>[];
let whole: Uint8Array[];
let old: Uint8Array[];

beforeAll(async () => {
  const names = ['random_001.keras', 'random_007.keras', 'random_019.keras', 's2.keras', 'h13.keras', 'f1.keras'];
  const trained = await loadModel(models['seed_restaurant.keras']);
  whole = [
    ...(await Promise.all(names.map((name) => bytesOf(archives[name])))),
    await trained.toKeras(),
    ...(await Promise.all(made().map((model) => model.toKeras()))),
  ];
  parts = await Promise.all(whole.map((bytes) => readZip(bytes)));
  old = await Promise.all(['k2.h5', 'l.h5'].map((name) => bytesOf(archives[name])));
});

/** The archive with one entry replaced, sums and all. */
const withEntry = (entries: ReadonlyMap<string, Uint8Array>, name: string, bytes: Uint8Array): Uint8Array =>
  writeZip(new Map([...entries, [name, bytes]]));

const CONFIG = 'config.json';
const WEIGHTS = 'model.weights.h5';
const part = (i: number) => parts[i % parts.length];
const entry = (i: number, name: string) => part(i).get(name) as Uint8Array;

const utf8 = (text: string) => new TextEncoder().encode(text);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe('damaged .keras files', () => {
  it('values of the config', async () => {
    const roll = dice(20_261_120);
    const tally = await survives(1800, (i) => withEntry(part(i), CONFIG, utf8(bent(text(entry(i, CONFIG)), roll))));
    expect(tally.refused).toBeGreaterThan(draws(800));
    expect(tally.read).toBeGreaterThan(draws(100));
  });

  it('bytes of the config', async () => {
    const roll = dice(5);
    const tally = await survives(700, (i) => withEntry(part(i), CONFIG, mutate(entry(i, CONFIG), roll)));
    expect(tally.refused).toBeGreaterThan(draws(400));
  });

  it('bytes of the weights', async () => {
    const random = seeded(6);
    const tally = await survives(1500, (i) => withEntry(part(i), WEIGHTS, damaged(entry(i, WEIGHTS), random)));
    expect(tally.refused).toBeGreaterThan(draws(400));
  });

  it('bytes of the archive', async () => {
    const random = seeded(7);
    const originals = await Promise.all(whole.map((bytes) => loadModel(bytes)));
    const tally = await survives(
      1000,
      (i) => damaged(whole[i % whole.length], random),
      async (bytes, i) => {
        const model = await loadModel(bytes);
        // Checksums find whatever lies in an entry, so what is read is what was written.
        expect(bitsOf(model.getWeights())).toEqual(bitsOf(originals[i % whole.length].getWeights()));
        return model;
      },
    );
    expect(tally.refused).toBeGreaterThan(draws(700));
  });
});

describe('damaged .h5 files', () => {
  it('any bytes', async () => {
    const random = seeded(8);
    const tally = await survives(3000, (i) => damaged(old[i % 2], random));
    expect(tally.refused).toBeGreaterThan(draws(400));
  });

  it('digits and letters of the configs inside', async () => {
    const roll = dice(9);
    const places = old.map(configPlaces);
    const tally = await survives(2000, (i) => {
      const copy = old[i % 2].slice();
      const own = places[i % 2];
      for (let left = 1 + roll(3); left > 0; left--) {
        const at = own[roll(own.length)];
        copy[at] = roll(2) ? 48 + roll(10) : copy[own[roll(own.length)]];
      }
      return copy;
    });
    expect(tally.refused).toBeGreaterThan(draws(300));
    expect(tally.read).toBeGreaterThan(draws(100));
  });
});

describe('damaged .weights.h5 files', () => {
  it('leave a model as it was, or fill it', async () => {
    const random = seeded(10);
    const into = await Promise.all(
      ['random_003.keras', 'random_010.keras', 'seed_restaurant.keras'].map((name) => loadModel(models[name])),
    );
    const files = await Promise.all(into.map((model) => model.toWeightsH5()));
    const tally = await survives(
      5000,
      (i) => damaged(files[i % into.length], random),
      async (bytes, i) => {
        const model = into[i % into.length];
        const before = bitsOf(model.getWeights());
        await model.loadWeights(bytes).catch((error: unknown) => {
          expect(bitsOf(model.getWeights())).toEqual(before);
          throw error;
        });
        return model;
      },
    );
    expect(tally.refused).toBeGreaterThan(draws(1000));
    expect(tally.read).toBeGreaterThan(draws(1000));
  });
});

/** Where the JSON texts of the file stand. */
function configPlaces(bytes: Uint8Array): number[] {
  const content = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return [...content.matchAll(/\{"[\x20-\x7e]{100,}/g)].flatMap((found) => Array.from(found[0], (_, k) => found.index + k));
}
