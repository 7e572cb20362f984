// Models of Keras: what they predict, how they train, and that what we save of them comes back.
import { describe, expect, it } from 'vitest';
import { loadModel, type Model, type Sequential, type Tensor, tensor } from '../../../src/index.ts';
import { cases, models } from '../files-of.ts';

interface Recorded {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly (number | string)[];
}

interface Case {
  readonly inputs: readonly Recorded[];
  readonly targets: Recorded;
  readonly sample_weight: Recorded | null;
  readonly fit: {
    readonly shuffle: boolean;
    readonly epochs: number;
    readonly batch_size: number;
    readonly validation_split?: number;
    readonly class_weight?: Record<string, number>;
  };
  readonly predict_before: Recorded;
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly evaluate: readonly number[];
  readonly predict_after: Recorded;
  readonly weights_after: readonly (Recorded & { readonly path: string })[];
}

const toTensor = ({ shape, dtype, data }: Recorded): Tensor =>
  tensor(data.map(Number), shape, dtype.startsWith('int') ? 'int32' : (dtype as 'float32'));

/** The largest error, relative to the number, or to a tenth of the largest one where a number is small. */
function worst(actual: ArrayLike<number>, expected: readonly (number | string)[], name: string): number {
  expect(actual.length, name).toBe(expected.length);
  const scale = Math.max(...expected.map((value) => Math.abs(Number(value))), 1e-6);
  return Math.max(
    ...expected.map((value, i) => {
      const error = Math.abs(actual[i] - Number(value)) / (Math.abs(Number(value)) + 0.1 * scale);
      return Number.isNaN(error) ? Infinity : error;
    }),
  );
}

const bitsOf = (tensors: readonly Tensor[]): Int32Array[] =>
  tensors.map(({ data }) => new Int32Array((data as Float32Array).slice().buffer as ArrayBuffer));

type Loaded = Sequential | Model;

/** What a model knows, bit for bit. */
const stateOf = (model: Loaded) => ({
  weights: bitsOf(model.getWeights()),
  slots: model.optimizer?.variables.map((slot) => new Int32Array(slot.view().slice().buffer)),
  batches: model.optimizer?.batches,
  learningRate: model.optimizer?.learningRate,
  optimizer: model.optimizer?.getConfig(),
});

describe.each(Object.keys(models))('%s', (file) => {
  const recorded = cases[file.replace('.keras', '.json')] as Case;
  const inputs = recorded.inputs.map(toTensor);
  const x = inputs.length === 1 ? inputs[0] : inputs;
  const y = toTensor(recorded.targets);
  const { batch_size: batchSize, validation_split: validationSplit, class_weight: classWeight, epochs, shuffle } = recorded.fit;
  const options = { batchSize, validationSplit, classWeight, epochs, shuffle, verbose: 0 as const };
  const sampleWeight = recorded.sample_weight ? toTensor(recorded.sample_weight) : undefined;

  it('predicts and trains as in Keras', async () => {
    const model = await loadModel(models[file]);
    expect(worst(model.predict(x).data, recorded.predict_before.data, 'predict')).toBeLessThan(1e-6);
    const { history } = await model.fit(x, y, { ...options, ...(sampleWeight ? { sampleWeight } : {}) });
    expect(Object.keys(history).sort()).toEqual(Object.keys(recorded.history).sort());
    for (const [name, values] of Object.entries(recorded.history)) expect(worst(history[name], values, name), name).toBeLessThan(1e-5);
    expect(worst(await model.evaluate(x, y, { batchSize, verbose: 0 }), recorded.evaluate, 'evaluate')).toBeLessThan(1e-5);
    expect(worst(model.predict(x).data, recorded.predict_after.data, 'predict after')).toBeLessThan(2e-5);
    const weights = model.getWeights();
    expect(weights.map(({ shape }) => shape)).toEqual(recorded.weights_after.map(({ shape }) => shape));
    for (const [i, { path, data }] of recorded.weights_after.entries()) {
      expect(worst(weights[i].data as Float32Array, data, path), path).toBeLessThan(2e-4);
    }
  });

  it('comes back bit for bit, before and after training, and goes on where it stood', async () => {
    const model = await loadModel(models[file]);
    const before = await loadModel(await model.toKeras());
    expect(stateOf(before)).toEqual(stateOf(model));
    await model.fit(x, y, { ...options, epochs: 1 });
    const after = await loadModel(await model.toKeras());
    expect(stateOf(after)).toEqual(stateOf(model));
    expect(after.toJSON()).toBe(model.toJSON());
    expect(bitsOf([after.predict(x)])).toEqual(bitsOf([model.predict(x)]));
    for (const each of [model, after]) await each.fit(x, y, { ...options, epochs: 1 });
    expect(stateOf(after)).toEqual(stateOf(model));
    const weights = await loadModel(models[file]);
    await weights.loadWeights(await model.toWeightsH5());
    expect(stateOf(weights)).toEqual(stateOf(model));
  });
});
