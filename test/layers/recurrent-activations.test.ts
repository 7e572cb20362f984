// Activations that the kernels of recurrences do not know.
import { beforeEach, describe, expect, it } from 'vitest';
import { activations, clearSession, layers, loadModel, ops, optimizers, Sequential, type Value } from '../../src/index.ts';

beforeEach(clearSession);

const halfTanh = (x: Value) => ops.multiply(ops.tanh(x), 0.5);
type Recurrent = new (units: number, options?: never) => layers.Layer;
const kinds: Record<string, Recurrent> = { SimpleRNN: layers.SimpleRNN, LSTM: layers.LSTM, GRU: layers.GRU };

describe.each(Object.entries(kinds))('%s', (_, Class) => {
  const model = (options: object) =>
    new Sequential([layers.Input({ shape: [null, 2] }), new Class(3, options as never), new layers.Dense(1)]);

  it('trains with a function of the user, saves it by name and loads it', async () => {
    const made = model({ activation: halfTanh, dropout: 0.2, recurrentDropout: 0.2, seed: 1 });
    made.compile({ optimizer: new optimizers.Adam(0.05), loss: 'mse' });
    const { history } = await made.fit(ops.ones([8, 5, 2]), ops.ones([8, 1]), { epochs: 60, verbose: 0 });
    expect(history.loss.at(-1)).toBeLessThan(history.loss[0]);
    const bytes = await made.toKeras();
    const loaded = await loadModel(bytes, { customObjects: { halfTanh } });
    expect(loaded.predict(ops.ones([1, 7, 2])).array()).toEqual(made.predict(ops.ones([1, 7, 2])).array());
    await expect(loadModel(bytes)).rejects.toThrow('halfTanh');
  });

  it('gives the same by kernels and by ops', () => {
    const tanh = (x: Value) => ops.tanh(x);
    const fused = new Class(3, { returnSequences: true, returnState: true, activation: 'tanh' } as never);
    const unrolled = new Class(3, { returnSequences: true, returnState: true, activation: tanh } as never);
    const x = ops.reshape(ops.sin(ops.arange(0, 24)), [2, 4, 3]);
    const expected = [fused.apply(x)].flat() as unknown as { data: Float32Array }[];
    unrolled.apply(x);
    unrolled.setWeights(fused.getWeights());
    const results = [unrolled.apply(x)].flat() as unknown as { data: Float32Array }[];
    expect(results.length).toBe(expected.length);
    for (const [i, { data }] of results.entries())
      for (const [k, value] of data.entries()) expect(value).toBeCloseTo(expected[i].data[k], 6);
  });

  it('takes layers and names, and names the nearest of an unknown one', () => {
    expect(new Class(3, { activation: activations.gelu } as never).getConfig().activation).toBe('gelu');
    expect(new Class(3, { activation: activations.relu } as never).getConfig().activation).toBe('relu');
    expect(new Class(3, { activation: null } as never).getConfig().activation).toBe('linear');
    expect(() => new Class(3, { activation: 'gelo' } as never)).toThrow("Did you mean 'gelu'?");
  });

  it('keeps the states of batches that follow each other', () => {
    const stateful = new Sequential([
      layers.Input({ batchShape: [2, 3, 2] }),
      new Class(3, { activation: 'mish', stateful: true } as never),
    ]);
    const [first, second] = [0, 1].map(() => stateful.predict(ops.ones([2, 3, 2])).array());
    expect(second).not.toEqual(first);
    (stateful.layers[0] as layers.LSTM).resetStates();
    expect(stateful.predict(ops.ones([2, 3, 2])).array()).toEqual(first);
  });
});
