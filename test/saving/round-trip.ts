// What it means that a model comes back from a file.
import { expect } from 'vitest';
import { loadModel, type Model, type Sequential, Tensor, tensor } from '../../src/index.ts';
import type { BaseModel } from '../../src/models/base-model.ts';
import type { CustomObjects } from '../../src/saving/keras/config.ts';

export type Loaded = Sequential | Model;
/** Data for a model. */
export type Data = Parameters<BaseModel['predict']>[0];

const bits = (data: Float32Array): Int32Array => new Int32Array(data.slice().buffer);

/** The bits of tensors; texts and whole numbers stay as they are. */
export const bitsOf = (tensors: readonly Tensor[]): unknown[] =>
  tensors.map(({ shape, data }) => [shape, (data as unknown) instanceof Float32Array ? bits(data as Float32Array) : data]);

/** What a model knows, bit for bit. */
export const stateOf = (model: BaseModel): unknown => ({
  names: model.weights.map(({ name }) => name),
  trainable: model.trainableWeights.map((weight) => model.weights.indexOf(weight)),
  weights: bitsOf(model.getWeights()),
  slots: model.optimizer?.variables.map((slot) => bits(slot.view())),
  batches: model.optimizer?.batches,
  iterations: model.optimizer?.iterations,
  learningRate: model.optimizer?.learningRate,
  optimizer: model.optimizer?.getConfig(),
});

export const predictions = (model: BaseModel, x: Data): Tensor[] => [model.predict(x)].flat();

/** Numbers from -1 to 1, always the same. */
export function numbersFor(shape: readonly number[]): Tensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  return tensor(
    Float32Array.from({ length: size }, (_, i) => (((i + 1) * 7919) % 1009) / 504.5 - 1),
    shape,
  );
}

/** One step towards made-up targets; gives the loss and what was reported. */
export function step(model: Loaded, x: Data): number[] {
  const targets = predictions(model, x).map(({ shape }) => numbersFor(shape));
  return model.trainOnBatch(x, (targets.length === 1 ? targets[0] : targets) as Data);
}

export interface TripOptions {
  readonly customObjects?: CustomObjects;
  /** Whether it is trained for a step before it is saved, and after. Default: whether it has weights to train. */
  readonly train?: boolean;
  /** Whether training has begun before it is saved. Default true. */
  readonly begun?: boolean;
}

/** Saves and loads a model, and fails unless the copy says, knows, predicts and learns the same, bit for bit; gives the copy. */
export async function comesBack(
  model: Loaded,
  x: Data,
  { customObjects, train = model.trainableWeights.length > 0, begun = true }: TripOptions = {},
): Promise<Loaded> {
  if (train && !model.optimizer) model.compile({ optimizer: 'adam', loss: 'mse' });
  if (train && begun) step(model, x);
  const copy = await loadModel(await model.toKeras(), customObjects ? { customObjects } : {});
  expect(copy.toJSON()).toBe(model.toJSON());
  expect(stateOf(copy)).toEqual(stateOf(model));
  expect(bitsOf(predictions(copy, x))).toEqual(bitsOf(predictions(model, x)));
  if (train) {
    expect(step(copy, x)).toEqual(step(model, x));
    expect(stateOf(copy)).toEqual(stateOf(model));
  }
  // The config alone, and weights alone, are enough as well.
  expect(bitsOf(await weightsOf(model, copy))).toEqual(bitsOf(model.getWeights()));
  return copy;
}

/** The weights of a model after another one's file of weights was read into its copy, whose own were overwritten. */
async function weightsOf(model: Loaded, copy: Loaded): Promise<Tensor[]> {
  const weights = await model.toWeightsH5();
  copy.setWeights(copy.getWeights().map(({ shape }) => tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5), shape)));
  await copy.loadWeights(weights);
  return copy.getWeights();
}

export { Tensor };
