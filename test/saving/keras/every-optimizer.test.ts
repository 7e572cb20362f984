// Optimizers go on where they stood: steps, rates, and all that they remember of the weights.
import { describe, expect, it } from 'vitest';
import { layers, loadModel, optimizers, Sequential, schedules } from '../../../src/index.ts';
import { bitsOf, comesBack, type Loaded, numbersFor, stateOf, step } from '../round-trip.ts';

const x = numbersFor([6, 4]);
type Made = optimizers.Optimizer;

const kinds: Readonly<Record<string, (options: object) => Made>> = {
  Adadelta: (options) => new optimizers.Adadelta(options as never),
  Adagrad: (options) => new optimizers.Adagrad(options as never),
  Adam: (options) => new optimizers.Adam(options),
  'Adam amsgrad': (options) => new optimizers.Adam({ ...options, amsgrad: true }),
  AdamW: (options) => new optimizers.AdamW({ ...options, weightDecay: 0.01 }),
  Adamax: (options) => new optimizers.Adamax(options as never),
  Ftrl: (options) => new optimizers.Ftrl(options as never),
  LazyAdam: (options) => new optimizers.LazyAdam(options as never),
  Lion: (options) => new optimizers.Lion(options as never),
  Nadam: (options) => new optimizers.Nadam(options as never),
  RMSprop: (options) => new optimizers.RMSprop(options as never),
  'RMSprop centered with momentum': (options) => new optimizers.RMSprop({ ...options, centered: true, momentum: 0.5 } as never),
  SGD: (options) => new optimizers.SGD(options as never),
  'SGD with momentum': (options) => new optimizers.SGD({ ...options, momentum: 0.9, nesterov: true } as never),
};

const rates: Readonly<Record<string, object>> = {
  'a number': { learningRate: 0.01 },
  ExponentialDecay: { learningRate: new schedules.ExponentialDecay({ initialLearningRate: 0.05, decaySteps: 2, decayRate: 0.5 }) },
  InverseTimeDecay: {
    learningRate: new schedules.InverseTimeDecay({ initialLearningRate: 0.05, decaySteps: 2, decayRate: 0.5, staircase: true }),
  },
  PolynomialDecay: {
    learningRate: new schedules.PolynomialDecay({ initialLearningRate: 0.05, decaySteps: 4, endLearningRate: 0.01, power: 2 }),
  },
  PiecewiseConstantDecay: { learningRate: new schedules.PiecewiseConstantDecay({ boundaries: [1, 3], values: [0.1, 0.05, 0.01] }) },
  CosineDecay: { learningRate: new schedules.CosineDecay({ initialLearningRate: 0.01, decaySteps: 9, warmupTarget: 0.1, warmupSteps: 2 }) },
  CosineDecayRestarts: { learningRate: new schedules.CosineDecayRestarts({ initialLearningRate: 0.1, firstDecaySteps: 2 }) },
};

const extras: Readonly<Record<string, object>> = {
  'moving averages': { useEma: true, emaMomentum: 0.9 },
  'moving averages that overwrite': { useEma: true, emaOverwriteFrequency: 3 },
  'gathered gradients': { gradientAccumulationSteps: 3 },
  'both, clipped and decaying': { useEma: true, gradientAccumulationSteps: 2, globalClipnorm: 0.5, weightDecay: 0.01 },
};

function compiled(optimizer: Made): Loaded {
  const model = new Sequential([
    new layers.Dense(3, { inputShape: [4], kernelConstraint: 'max_norm' }),
    new layers.BatchNormalization(),
    new layers.Dense(2, { trainable: false }),
    new layers.Dense(1),
  ]);
  model.compile({ optimizer, loss: 'mse' });
  return model;
}

/** Saves after each of several steps; every copy goes on for several more as the original does. */
async function goesOn(optimizer: Made): Promise<void> {
  const model = compiled(optimizer);
  const copies = [await loadModel(await model.toKeras())];
  for (let i = 1; i <= 4; i++) {
    step(model, x);
    for (const copy of copies) step(copy, x);
    copies.push(await loadModel(await model.toKeras()));
    for (const copy of copies) expect(stateOf(copy)).toEqual(stateOf(model));
  }
  for (const one of [model, ...copies]) one.optimizer?.finalizeVariableValues();
  for (const copy of copies) expect(bitsOf(copy.getWeights())).toEqual(bitsOf(model.getWeights()));
}

describe.each(Object.entries(kinds))('%s', (_name, make) => {
  it('goes on', async () => {
    await goesOn(make({}));
    await comesBack(compiled(make({ clipnorm: 1 })), x);
  });

  it.each(Object.entries(extras))('with %s', async (_what, options) => {
    await goesOn(make(options));
  });
});

it.each(Object.entries(rates))('a learning rate that is %s', async (_name, options) => {
  for (const name of ['SGD', 'Adam']) await goesOn(kinds[name](options));
});

it('a rate that was set goes on, and fit as well', async () => {
  const model = compiled(new optimizers.Adam());
  const y = numbersFor([6, 1]);
  const options = { epochs: 2, batchSize: 4, shuffle: false, verbose: 0 } as const;
  await model.fit(x, y, options);
  (model.optimizer as Made).learningRate = 0.25;
  const copy = await loadModel(await model.toKeras());
  expect(copy.optimizer?.learningRate).toBe(0.25);
  const [first, second] = [await model.fit(x, y, options), await copy.fit(x, y, options)];
  expect(second.history).toEqual(first.history);
  expect(stateOf(copy)).toEqual(stateOf(model));
});

it('weights of another optimizer leave one that begins anew', async () => {
  const [adam, sgd] = [compiled(new optimizers.Adam()), compiled(new optimizers.SGD())];
  step(adam, x);
  await sgd.loadWeights(await adam.toWeightsH5());
  expect(bitsOf(sgd.getWeights())).toEqual(bitsOf(adam.getWeights()));
  expect(sgd.optimizer?.batches).toBe(0);
});
