// What users override has Keras's names; a class that still has another is told which.
import { describe, expect, it } from 'vitest';
import { constraints, initializers, layers, losses, metrics, optimizers, regularizers, schedules } from '../../src/index.ts';

/** A class with a method of this name, and nothing else of its own. */
const having = (Base: unknown, name: string) =>
  Object.defineProperty(
    class Mine extends (Base as new () => object) {
      static readonly className = 'Mine';
    }.prototype,
    name,
    { value: () => 0 },
  ).constructor as new () => never;

describe('methods by names that Keras does not have', () => {
  it.each([
    ['loss', losses.Loss, 'values', 'call(yTrue, yPred)'],
    ['built-in loss', losses.MeanSquaredError, 'values', 'call(yTrue, yPred)'],
    ['metric', metrics.Metric, 'update', 'updateState(yTrue, yPred, sampleWeight)'],
    ['built-in metric', metrics.MeanSquaredError, 'values', 'call(yTrue, yPred)'],
    ['regularizer', regularizers.Regularizer, 'penalty', 'call(weight)'],
    ['constraint', constraints.Constraint, 'constrain', 'call(weight)'],
    ['initializer', initializers.Initializer, 'initialize', 'call(shape)'],
    ['schedule', schedules.LearningRateSchedule, 'value', 'call(step)'],
  ])('%s: %o', (_, Base, name, method) => {
    const Mine = having(Base, name);
    expect(() => new Mine()).toThrow(`Mine: expected a method ${method}`);
    expect(() => new Mine()).toThrow(`got ${name}. Name it as Keras does.`);
  });

  it.each([
    ['kernelRegularizer', 'penalty'],
    ['kernelConstraint', 'constrain'],
  ])('a class without a base as %s', (option, name) => {
    const Mine = having(Object, name);
    expect(() => new layers.Dense(1, { [option]: new Mine() })).toThrow(`Mine: expected a method call(weight)`);
  });
});

describe('classes without a base', () => {
  class Half {
    call(weight: unknown): unknown {
      return weight;
    }
  }

  it('are regularizers and constraints by their method `call`', () => {
    const half = new Half();
    expect(regularizers.get(half as never)).toBe(half);
    expect(constraints.get(half as never)).toBe(half);
    expect(constraints.get(Half as never)).toBeInstanceOf(Half);
    expect(() => regularizers.get({} as never)).toThrow('regularizer: expected a name, an instance');
  });

  it('a schedule is called by the optimizer', () => {
    class Halving extends schedules.LearningRateSchedule {
      call(step: number): number {
        return 1 / (1 + step);
      }
    }
    const optimizer = new optimizers.SGD(new Halving());
    optimizer.iterations = 3;
    expect(optimizer.learningRate).toBe(0.25);
  });
});
