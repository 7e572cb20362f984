// What models import when a method needs it, where that fails: the error names what works there, and the model is whole.
import { expect, it, vi } from 'vitest';
import { loadModel, loadWeights, Sequential, saveModel, saveWeights, toKeras, toWeightsH5, ValueError } from '../../src/index.ts';
import { Dense } from '../../src/layers/core/dense.ts';
import { loadError, loadReader, loadWriter } from '../../src/models/later.ts';

vi.mock(import('../../src/models/later.ts'), { spy: true });

const made = () => new Sequential([new Dense(2, { inputShape: [3] })], { name: 'm' });

function refuse(): void {
  const refused = async (owner: string, call: string): Promise<never> => {
    throw loadError(owner, call, new TypeError('import() is disallowed on ServiceWorkerGlobalScope'));
  };
  vi.mocked(loadWriter).mockImplementation(refused);
  vi.mocked(loadReader).mockImplementation(refused);
}

it.each([
  ['save', 'saveModel(model, path)', (model: Sequential) => model.save('/nowhere/m.keras')],
  ['saveWeights', 'saveWeights(model, path)', (model: Sequential) => model.saveWeights('/nowhere/m.weights.h5')],
  ['toKeras', 'toKeras(model)', (model: Sequential) => model.toKeras()],
  ['toWeightsH5', 'toWeightsH5(model)', (model: Sequential) => model.toWeightsH5()],
  ['loadWeights', 'loadWeights(model, source)', (model: Sequential) => model.loadWeights(new Uint8Array(4))],
])('%s names the function that needs no import()', async (method, call, body) => {
  refuse();
  const model = made();
  const before = model.getWeights();
  const wrong = body(model as Sequential);
  await expect(wrong).rejects.toThrow(ValueError);
  await expect(wrong).rejects.toThrow(
    `m.${method}: expected to load a part of the package, got 'import() is disallowed on ServiceWorkerGlobalScope'. ` +
      `Where that is so, import { ${call.slice(0, call.indexOf('('))} } from 'keratin' and call ${call}.`,
  );
  expect(model.getWeights()).toEqual(before);
  vi.mocked(loadWriter).mockRestore();
  vi.mocked(loadReader).mockRestore();
});

it('the functions do what the methods do', async () => {
  const model = made();
  expect(toWeightsH5(model)).toEqual(await model.toWeightsH5());
  const [copy, other] = [await loadModel(toKeras(model)), made()];
  await loadWeights(other, toWeightsH5(model));
  expect(copy.getWeights()).toEqual(model.getWeights());
  expect(other.getWeights()).toEqual(model.getWeights());
  await expect(saveModel(model, 'm.h5')).rejects.toThrow("saveModel: expected a path that ends in '.keras', got 'm.h5'.");
  await expect(saveWeights(model, 'm.h5')).rejects.toThrow("saveWeights: expected a path that ends in '.weights.h5', got 'm.h5'.");
  for (const given of [undefined, {}, new Dense(1)]) {
    expect(() => toKeras(given as never)).toThrow(/^toKeras: expected a model, got .*\./);
    await expect(loadWeights(given as never, toWeightsH5(model))).rejects.toThrow(/^loadWeights: expected a model, got .*\./);
  }
});
