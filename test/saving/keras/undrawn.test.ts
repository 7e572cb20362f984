// Weights that a file overwrites are not drawn, and what is drawn afterwards is as if they were.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { clearSession, initializers, layers, loadModel, modelFromJSON, Sequential, setRandomSeed } from '../../../src/index.ts';
import { kernels } from '../../../src/kernels/kernels.ts';
import { SeedGenerator } from '../../../src/random/seed.ts';

beforeEach(() => {
  clearSession();
  vi.restoreAllMocks();
});

/** How often kernels that draw have run. */
function counter(): () => number {
  const spies = (['randomUniform', 'randomNormal', 'randomTruncatedNormal', 'orthonormalize'] as const).map((name) =>
    vi.spyOn(kernels(), name),
  );
  return () => spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
}

function model(): Sequential {
  return new Sequential([
    layers.Input({ shape: [3], dtype: 'int32' }),
    new layers.Embedding(5, 4),
    new layers.LSTM(3),
    new layers.Dropout(0.5),
    new layers.Dense(2, { kernelInitializer: new initializers.HeNormal({ seed: 3 }) }),
    new layers.Dense(2, { kernelInitializer: new initializers.TruncatedNormal({ seed: new SeedGenerator(4) }) }),
  ]);
}

describe('loadModel', () => {
  it('draws nothing', async () => {
    const drawn = counter();
    const saved = model();
    const bytes = await saved.toKeras();
    const before = drawn();
    expect(before).toBeGreaterThan(4);
    const loaded = await loadModel(bytes);
    expect(drawn()).toBe(before);
    expect(loaded.getWeights().map((w) => [...w.data])).toEqual(saved.getWeights().map((w) => [...w.data]));
  });

  it('leaves the random stream where drawing would have', async () => {
    const saved = model();
    const [bytes, json] = [await saved.toKeras(), saved.toJSON()];
    const next = () => [...new layers.Dense(4).apply([[1, 2, 3]]).data];
    setRandomSeed(7);
    modelFromJSON(json);
    const expected = next();
    setRandomSeed(7);
    await loadModel(bytes);
    expect(next()).toEqual(expected);
  });

  it('asks initializers of the user, who may count on it', async () => {
    let calls = 0;
    class Mine extends initializers.Initializer {
      static className = 'Mine';
      call(shape: readonly number[]) {
        calls++;
        return new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(2);
      }
    }
    const own = new Sequential([layers.Input({ shape: [2] }), new layers.Dense(1, { kernelInitializer: new Mine() })]);
    await loadModel(await own.toKeras(), { customObjects: { Mine } });
    expect(calls).toBe(2);
  });
});
