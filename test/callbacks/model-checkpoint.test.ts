import { describe, expect, it } from 'vitest';
import { LambdaCallback, ModelCheckpoint, type ModelCheckpointOptions } from '../../src/callbacks/index.ts';
import { layers, loadModel, Sequential } from '../../src/index.ts';
import { readNpz } from '../../src/saving/arrays/npz.ts';
import { Kept } from './kept.ts';
import { printed, warned } from './printed.ts';

const x = Array.from({ length: 12 }, (_, i) => [i % 3, (i * 5) % 7]);
const y = x.map(([a, b]) => [a - b / 4]);

function small() {
  const model = new Sequential([new layers.Dense(3, { inputShape: [2], name: 'first' }), new layers.Dense(1, { name: 'second' })]);
  model.compile({ optimizer: 'sgd', loss: 'mse' });
  return model;
}

/** Plays epochs that end with the given values of val_loss; gives the paths written and the text printed. */
async function saved(path: string, options: ModelCheckpointOptions, values: readonly (number | undefined)[]) {
  const kept = new Kept();
  const model = small();
  const save = new ModelCheckpoint(path, { ...options, writer: kept });
  save.setModel(model);
  const text = await printed(async () => {
    for (const [epoch, value] of values.entries()) {
      save.onEpochBegin(epoch);
      await save.onEpochEnd(epoch, value === undefined ? { loss: 1 } : { loss: 1, val_loss: value });
    }
  });
  return { paths: kept.paths, text };
}

describe('ModelCheckpoint', () => {
  it('writes the weights of each epoch, which setWeights takes back', async () => {
    const model = small();
    const kept = new Kept();
    const weights: unknown[] = [];
    const save = new ModelCheckpoint('c/{epoch:02d}.weights.npz', { writer: kept });
    const copy = new LambdaCallback({ onEpochEnd: () => void weights.push(model.getWeights()) });
    await model.fit(x, y, { epochs: 3, verbose: 0, callbacks: [save, copy] });
    expect(kept.paths).toEqual(['c/01.weights.npz', 'c/02.weights.npz', 'c/03.weights.npz']);
    const read = readNpz(kept.bytes('c/02.weights.npz'));
    expect(Object.keys(read)).toEqual(['first/kernel', 'first/bias', 'second/kernel', 'second/bias']);
    expect(Object.values(read).map((t) => t.array())).toEqual((weights[1] as ReturnType<typeof model.getWeights>).map((t) => t.array()));
    const other = small();
    other.setWeights(Object.values(readNpz(kept.bytes('c/03.weights.npz'))));
    expect(other.predict(x).array()).toEqual(model.predict(x).array());
  });

  it('saves the best only, and says so in the words of Keras', async () => {
    const path = 'best-{epoch}-{val_loss:.2f}.weights.npz';
    const { paths, text } = await saved(path, { saveBestOnly: true, verbose: 1 }, [3, 3, 2]);
    expect(paths).toEqual(['best-1-3.00.weights.npz', 'best-3-2.00.weights.npz']);
    expect(text).toBe(
      [
        '\nEpoch 1: val_loss improved from None to 3.00000, saving model to best-1-3.00.weights.npz\n',
        '\nEpoch 1: finished saving model to best-1-3.00.weights.npz\n',
        '\nEpoch 2: val_loss did not improve from 3.00000\n',
        '\nEpoch 3: val_loss improved from 3.00000 to 2.00000, saving model to best-3-2.00.weights.npz\n',
        '\nEpoch 3: finished saving model to best-3-2.00.weights.npz\n',
      ].join(''),
    );
    expect((await saved('a.weights.npz', { verbose: 1 }, [3])).text).toBe('\nEpoch 1: saving model to a.weights.npz\n');
  });

  it('starts from a threshold, with a direction', async () => {
    expect((await saved('{epoch}.weights.npz', { saveBestOnly: true, initialValueThreshold: 2.5 }, [3, 2])).paths).toEqual([
      '2.weights.npz',
    ]);
    expect((await saved('{epoch}.weights.npz', { saveBestOnly: true, mode: 'max' }, [3, 2, 4])).paths).toEqual([
      '1.weights.npz',
      '3.weights.npz',
    ]);
  });

  it('saves after so many batches, counted across epochs', async () => {
    const kept = new Kept();
    const save = new ModelCheckpoint('{epoch}-{batch}.weights.npz', { saveFreq: 4, writer: kept });
    await small().fit(x, y, { epochs: 3, batchSize: 4, verbose: 0, callbacks: [save] });
    expect(kept.paths).toEqual(['2-1.weights.npz', '3-2.weights.npz']);
  });

  it.each(['.keras', '.weights.h5'])('writes %s files', async (ending) => {
    const model = small();
    const kept = new Kept();
    await model.fit(x, y, { epochs: 2, verbose: 0, callbacks: [new ModelCheckpoint(`{epoch}${ending}`, { writer: kept })] });
    expect(kept.paths).toEqual([`1${ending}`, `2${ending}`]);
    const bytes = kept.bytes(`2${ending}`);
    const other = ending === '.keras' ? await loadModel(bytes) : small();
    if (ending !== '.keras') await other.loadWeights(bytes);
    expect(other.getWeights().map(({ data }) => data)).toEqual(model.getWeights().map(({ data }) => data));
    expect(other.optimizer?.batches).toBe(2);
  });

  it('warns when the log is missing, and names wrong paths and options', async () => {
    const texts = await warned(() => saved('a.weights.npz', { saveBestOnly: true }, [undefined, undefined]));
    expect(texts).toEqual(['Can save best model only with val_loss available.']);
    const writer = new Kept();
    expect(() => new ModelCheckpoint('a.h5', { writer })).toThrow(
      "ModelCheckpoint: expected a path that ends in .keras, .weights.h5, .weights.npz, got 'a.h5'. Add one of them.",
    );
    expect(() => new ModelCheckpoint('a.weights.npz', { writer, saveFreq: 'batch' as never })).toThrow(
      "expected saveFreq to be 'epoch' or a number of batches, got 'batch'.",
    );
    expect(() => new ModelCheckpoint('a.weights.npz', { writer, saveWeightsOnly: false as never })).toThrow(
      'expected saveWeightsOnly to be true',
    );
    await expect(saved('{batch}.weights.npz', {}, [1])).rejects.toThrow("got '{batch}'. They are loss, val_loss, epoch.");
  });
});
