// Sequential models that are not built, and those that data have built.
import { beforeEach, describe, expect, it } from 'vitest';
import { clearSession, layers, loadModel, modelFromJSON, Sequential } from '../../../src/index.ts';

beforeEach(clearSession);

const ids = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
];

const words = (): Sequential => {
  const model = new Sequential([new layers.Embedding(50, 8), new layers.Flatten(), new layers.Dense(1)]);
  model.compile({ optimizer: 'adam', loss: 'mse' });
  return model;
};

describe('a file', () => {
  it('holds a model that is not built, which is built by data again', async () => {
    const model = words();
    const copy = (await loadModel(await model.toKeras())) as Sequential;
    expect(copy.built).toBe(false);
    expect(copy.layers.map(({ name }) => name)).toEqual(['embedding', 'flatten', 'dense']);
    expect(copy.predict(ids).shape).toEqual([2, 1]);
    expect((modelFromJSON(await model.toJSON()) as Sequential).built).toBe(false);
  });

  it('holds a model that data built, with its shape and its weights', async () => {
    const model = words();
    await model.fit(ids, [1, 0], { verbose: 0 });
    const config = JSON.parse(await model.toJSON()) as { build_config: unknown; config: { build_input_shape: unknown } };
    expect([config.build_config, config.config.build_input_shape]).toEqual([{ input_shape: [null, 4] }, [null, 4]]);
    const copy = (await loadModel(await model.toKeras())) as Sequential;
    expect([copy.built, copy.inputShape]).toEqual([true, [null, 4]]);
    expect(copy.predict(ids).array()).toEqual(model.predict(ids).array());
  });

  it('of weights needs some', async () => {
    await expect(words().saveWeights('x.weights.h5')).rejects.toThrow('got one that is not built');
    await expect(words().loadWeights(new Uint8Array(8))).rejects.toThrow('got one that is not built');
  });
});
