// Files of Keras 3 and Keras 2, of several layouts: what Keras reads from them, we read.
import { describe, expect, it } from 'vitest';
import { layers, loadModel, ModelFormatError, Sequential, type Tensor, tensor } from '../../../src/index.ts';
import recorded from '../../fixtures/archives.json';
import { archives, bytesOf } from '../files-of.ts';

const toTensor = ({ shape, dtype, data }: { shape: number[]; dtype: string; data: number[] }): Tensor =>
  tensor(data, shape, dtype.startsWith('int') ? 'int32' : 'float32');

describe.each(recorded)('$file', ({ file, inputs, outputs, weights, layers: classes }) => {
  it('gives the weights and the outputs that Keras gets', async () => {
    const model = await loadModel(archives[file]);
    // Sequential models of Keras 3 show no InputLayer, and operations are no layers there.
    const shown = (names: readonly string[]) => names.filter((name) => !['InputLayer', 'NotEqual', 'GetItem', 'Slice'].includes(name));
    expect(shown(model.layers.map(({ className }) => className))).toEqual(shown(classes));
    expect(model.getWeights().map(({ data }) => Array.from(data))).toEqual(weights.map(({ data }) => data.map(Math.fround)));
    const x = inputs.map(toTensor);
    const given = [model.predict(x.length === 1 ? x[0] : x)].flat();
    for (const [i, output] of given.entries()) {
      expect(output.shape).toEqual(outputs[i].shape);
      for (const [k, value] of output.data.entries()) expect(value).toBeCloseTo(outputs[i].data[k], 6);
    }
  });
});

describe('optimizers in files', () => {
  it.each([
    ['h13.keras', 'adam', 7],
    ['s1.keras', 'adam', 1],
    ['s2.keras', 'sgd', 1],
    ['l.h5', 'adam', 1],
  ])('%s', async (file, name, batches) => {
    const model = await loadModel(archives[file]);
    expect([model.optimizer?.name, model.optimizer?.batches]).toEqual([name, batches]);
    expect(model.optimizer?.variables.some((slot) => slot.view().some((value) => value !== 0))).toBe(true);
    expect((await loadModel(archives[file], { compile: false })).optimizer).toBeUndefined();
  });
});

describe('w.weights.h5', () => {
  const model = (units = 3) =>
    new Sequential([new layers.Embedding(50, 8, { inputLength: 4 }), new layers.LSTM(units), new layers.Dense(1)]);

  it('goes into a model of the same layers', async () => {
    const [made, whole] = [model(), await loadModel(archives['l.h5'])];
    await made.loadWeights(archives['w.weights.h5']);
    expect(made.getWeights().map(({ shape }) => shape)).toEqual(whole.getWeights().map(({ shape }) => shape));
    expect(made.getWeights()[0].data.some((value) => value !== 0)).toBe(true);
    const legacy = model();
    await legacy.loadWeights(archives['l.h5']);
    expect(legacy.getWeights().map(({ data }) => data)).toEqual(whole.getWeights().map(({ data }) => data));
  });

  it('goes into no other, which stays as it was', async () => {
    const other = model(5);
    const before = other.getWeights().map(({ data }) => data);
    await expect(other.loadWeights(archives['w.weights.h5'])).rejects.toThrow(
      /expected weight kernel of shape \[8, 20\], got \[8, 12\] in 'layers\/lstm\/cell\/vars\/0'\. Load it into the model it was saved from\./,
    );
    await expect(new Sequential([new layers.Dense(2, { inputShape: [3] })]).loadWeights(archives['w.weights.h5'])).rejects.toThrow(
      ModelFormatError,
    );
    expect(other.getWeights().map(({ data }) => data)).toEqual(before);
  });

  it('fills what fits with skipMismatch', async () => {
    const other = model(5);
    const [, kernel] = other.getWeights();
    await other.loadWeights(archives['w.weights.h5'], { skipMismatch: true });
    expect(other.getWeights()[1].data).toEqual(kernel.data);
    const whole = model();
    await whole.loadWeights(archives['w.weights.h5']);
    expect(other.getWeights()[0].data).toEqual(whole.getWeights()[0].data);
  });
});

describe('sources', () => {
  it('are addresses, bytes, Blobs and Responses', async () => {
    const bytes = await bytesOf(archives['h1.keras']);
    const [first, ...rest] = await Promise.all(
      [
        archives['h1.keras'],
        new URL(archives['h1.keras']),
        bytes,
        bytes.buffer,
        new Blob([bytes]),
        new Blob([bytes]).stream(),
        new Response(bytes),
      ].map((source) => loadModel(source)),
    );
    for (const model of rest) expect(model.getWeights().map(({ data }) => data)).toEqual(first.getWeights().map(({ data }) => data));
  });

  it.each<[unknown, RegExp]>([
    [undefined, /^loadModel: expected a path, a URL, bytes, a Blob or a Response, got undefined/],
    [
      new ReadableStream({ start: (stream) => stream.enqueue('PK') }),
      /^loadModel: expected a stream of Uint8Arrays, got 'PK' in it\. Pass a stream of bytes\./,
    ],
    [new Response('', { status: 404 }), /^loadModel: expected a file at '', got the answer 404/],
  ])('%s is none', async (source, message) => {
    await expect(loadModel(source as string)).rejects.toThrow(message);
  });

  it('may not be larger than maxBytes', async () => {
    await expect(loadModel(archives['h1.keras'], { maxBytes: 100 })).rejects.toThrow(/9735 bytes, more than the 100 allowed/);
    await expect(loadModel(archives['h1.keras'], { maxByte: 100 } as object)).rejects.toThrow("got 'maxByte'. Did you mean maxBytes?");
  });

  it.each(['', 'PK', '{}', '\x89HDF\r\n\x1a\n'])('%j is no model', async (text) => {
    const bytes = Uint8Array.from(text, (c) => c.charCodeAt(0));
    await expect(loadModel(bytes)).rejects.toThrow(ModelFormatError);
  });
});
