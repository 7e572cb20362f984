// Every name by which Keras knows what the package has, through what takes names.
import { describe, expect, it } from 'vitest';
import {
  activations,
  constraints,
  initializers,
  layers,
  losses,
  metrics,
  optimizers,
  regularizers,
  Sequential,
  tensor,
} from '../../src/index.ts';
import { named } from './keras-names.ts';

const x = tensor([
  [0.1, 0.9],
  [0.8, 0.2],
  [0.3, 0.7],
  [0.6, 0.4],
]);
const y = tensor([
  [0, 1],
  [1, 0],
  [0, 1],
  [1, 0],
]);

/** The loss and metrics of one step with such a model. */
function step(compiled: Parameters<Sequential['compile']>[0], options: Partial<layers.DenseOptions> = {}): number[] {
  const model = new Sequential([new layers.Dense(2, { inputShape: [2], activation: 'sigmoid', ...options })]);
  model.compile({ loss: 'mse', ...compiled });
  return model.trainOnBatch(x, y);
}

describe('classes', () => {
  it('stand for objects of theirs, as in Keras', () => {
    expect(losses.get(losses.Huber)).toBeInstanceOf(losses.Huber);
    expect(metrics.get(metrics.AUC)).toBeInstanceOf(metrics.AUC);
    expect(regularizers.get(regularizers.L2)).toBeInstanceOf(regularizers.L2);
    expect(constraints.get(constraints.UnitNorm)).toBeInstanceOf(constraints.UnitNorm);
    expect(initializers.get(initializers.HeNormal)).toBeInstanceOf(initializers.HeNormal);
    const model = new Sequential([
      new layers.Dense(2, { inputShape: [2], kernelRegularizer: regularizers.L2, kernelConstraint: constraints.MaxNorm }),
    ]);
    model.compile({ optimizer: 'sgd', loss: losses.MeanSquaredError, metrics: [metrics.MeanAbsoluteError] });
    expect(model.trainOnBatch(x, y).every(Number.isFinite)).toBe(true);
    expect(model.metricsNames).toEqual(['loss', 'mean_absolute_error']);
  });

  it('and functions for themselves', () => {
    const double: activations.Activation = (v) => v;
    expect(activations.get(double)).toBe(double);
    expect(losses.get((target) => target)).toBeInstanceOf(losses.Loss);
  });
});

describe('names', () => {
  it.each(named.optimizers)('optimizer %s', (name, className) => {
    expect(optimizers.get(name).className).toBe(className);
    expect(step({ optimizer: name }).every(Number.isFinite)).toBe(true);
  });

  it.each(named.losses)('loss %s', (name, className) => {
    expect(losses.get(name).className).toBe(className);
    if (className.startsWith('Sparse')) {
      const model = new Sequential([new layers.Dense(2, { inputShape: [2], activation: 'softmax' })]);
      model.compile({ optimizer: 'sgd', loss: name });
      expect(model.trainOnBatch(x, [1, 0, 1, 0]).every(Number.isFinite)).toBe(true);
    } else expect(step({ optimizer: 'sgd', loss: name }).every(Number.isFinite)).toBe(true);
  });

  it.each(named.metrics)('metric %s', (name, className) => {
    const metric = metrics.get(name);
    expect(metric.className).toBe(className);
    expect(metric.name).toBe(name);
    metrics.check(name);
    const sparse = className.startsWith('Sparse');
    const model = new Sequential([new layers.Dense(2, { inputShape: [2], activation: 'softmax' })]);
    model.compile({ optimizer: 'sgd', loss: sparse ? 'sparse_categorical_crossentropy' : 'mse', metrics: [name] });
    const [loss, value] = model.trainOnBatch(x, sparse ? [1, 0, 1, 0] : y);
    expect([loss, value].flat().every(Number.isFinite)).toBe(true);
    expect(model.metricsNames).toEqual(['loss', name]);
  });

  it.each(named.initializers)('initializer %s', (name, className) => {
    expect(initializers.get(name as initializers.InitializerName).className).toBe(className);
    const dense = new layers.Dense(2, { inputShape: [2], kernelInitializer: name as initializers.InitializerName });
    const [kernel] = new Sequential([dense]).getWeights();
    expect(kernel.data.every(Number.isFinite)).toBe(true);
  });

  it.each(named.regularizers)('regularizer %s', (name, className) => {
    expect((regularizers.get(name) as { className?: string }).className).toBe(className);
    expect(step({ optimizer: 'sgd' }, { kernelRegularizer: name }).every(Number.isFinite)).toBe(true);
  });

  it.each(named.constraints)('constraint %s', (name, className) => {
    expect((constraints.get(name) as { className?: string }).className).toBe(className);
    expect(step({ optimizer: 'sgd' }, { kernelConstraint: name }).every(Number.isFinite)).toBe(true);
  });

  it.each(named.activations)('activation %s', (name, canonical) => {
    expect(activations.serialize(name)).toBe(canonical);
    expect(activations.get(activations.serialize(activations.get(name)))).toBe(activations.get(name));
    if (name === 'threshold') return; // which needs its numbers
    const { data } = new layers.Activation(name).apply(x);
    expect(data.length > 0 && data.every(Number.isFinite)).toBe(true);
    // Half as long as the units.
    if (name !== 'glu') expect(step({ optimizer: 'sgd' }, { activation: name }).every(Number.isFinite)).toBe(true);
  });
});
