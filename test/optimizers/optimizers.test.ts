import { describe, expect, test } from 'vitest';
import { type ClassConfig, classConfig } from '../../src/common/identifier.ts';
import * as constraints from '../../src/constraints/index.ts';
import { Trace, tracing } from '../../src/graph/trace.ts';
import type { Gradient } from '../../src/graph/value.ts';
import { type Constraint, Variable } from '../../src/graph/variable.ts';
import * as optimizers from '../../src/optimizers/index.ts';
import { compileTrace } from '../../src/runtime/compile.ts';
import * as schedules from '../../src/schedules/index.ts';
import cases from '../fixtures/optimizers.json';
import { expectClose } from '../kernels/harness.ts';

interface Dense {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}
interface Sparse {
  readonly indices: Dense;
  readonly values: Dense;
}

/** One step of the optimizer on variables, each with a dense or a sparse gradient. */
function step(optimizer: optimizers.Optimizer, pairs: readonly (readonly [Variable, Dense | Sparse])[]): void {
  const trace = new Trace({ training: true });
  const data: ArrayLike<number>[] = [];
  const input = (dense: Dense, dtype: 'float32' | 'int32') => {
    data.push(dense.data);
    return trace.input({ shape: dense.shape, dtype });
  };
  tracing(trace, () => {
    optimizer.apply(
      pairs.map(([variable, g]): [Variable, Gradient] => [
        variable,
        'indices' in g
          ? { ids: input(g.indices, 'int32'), values: input(g.values, 'float32'), shape: variable.shape }
          : input(g, 'float32'),
      ]),
    );
  });
  const program = compileTrace(trace, []);
  program.run((memory, i) => memory.set(data[i]));
  optimizer.advance();
}

/** The optimizer of a config, the schedule in it made first. */
function made({ class_name, config }: { class_name: string; config: object }): optimizers.Optimizer {
  const { learning_rate: rate } = config as { learning_rate: unknown };
  const learning_rate = typeof rate === 'object' ? schedules.get(rate as never) : rate;
  const { className, config: options } = classConfig({ class_name, config: { ...config, learning_rate } }) as Required<ClassConfig>;
  const Optimizer = (optimizers as unknown as Record<string, new (options: object) => optimizers.Optimizer>)[className];
  return new Optimizer(options);
}

const matrix = (rows: readonly (readonly number[])[]): Dense => ({ shape: [rows.length, rows[0].length], data: rows.flat() });
const vector = (...data: number[]): Dense => ({ shape: [data.length], data });

describe('as Keras', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, { class_name, config, start, gradients, weights_after_step }) => {
    const optimizer = made({ class_name, config });
    const weight = new Variable('kernel', start.shape, start.data);
    for (const [i, gradient] of gradients.entries()) {
      step(optimizer, [[weight, gradient as unknown as Dense | Sparse]]);
      expectClose(weight.view(), weights_after_step[i].data, { name: `weight after step ${i + 1}` });
    }
    expect(optimizer.iterations).toBe(gradients.length);
  });

  test.each(cases.map((one) => [one.name, one] as const))('%s made again from its config', (_, { class_name, config }) => {
    const optimizer = made({ class_name, config });
    const { className, config: written } = optimizers.serialize(optimizer);
    const again = made({ class_name: className, config: { ...written, learning_rate: written?.learningRate } });
    expect(again.className).toBe(class_name);
    expect(again.getConfig()).toEqual(optimizer.getConfig());
  });
});

describe('sparse gradients', () => {
  const table = (): Variable =>
    new Variable(
      'embeddings',
      [4, 3],
      Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)),
    );
  const sparse: Sparse = {
    indices: vector(2, 0, 2),
    values: matrix([
      [1, 2, 3],
      [4, 5, 6],
      [0.5, -1, 2],
    ]),
  };
  const dense = matrix([
    [4, 5, 6],
    [0, 0, 0],
    [1.5, 1, 5],
    [0, 0, 0],
  ]);

  test.each([
    ['SGD', () => new optimizers.SGD(0.1)],
    ['momentum', () => new optimizers.SGD(0.1, { momentum: 0.9, weightDecay: 0.01 })],
    ['Adam', () => new optimizers.Adam(0.1, { amsgrad: true })],
    ['AdamW', () => new optimizers.AdamW(0.1)],
    ['RMSprop', () => new optimizers.RMSprop(0.1, { momentum: 0.5, centered: true })],
    ['Adagrad', () => new optimizers.Adagrad(0.1)],
    ['Adadelta', () => new optimizers.Adadelta(1)],
    ['Adamax', () => new optimizers.Adamax(0.1)],
    ['Nadam', () => new optimizers.Nadam(0.1)],
    ['Ftrl', () => new optimizers.Ftrl(0.1, { l1RegularizationStrength: 0.01, beta: 0.1 })],
    ['Lion', () => new optimizers.Lion(0.1)],
    ['clipnorm', () => new optimizers.SGD(0.1, { clipnorm: 1 })],
    ['clipvalue', () => new optimizers.SGD(0.1, { clipvalue: 1.2 })],
    ['globalClipnorm', () => new optimizers.SGD(0.1, { globalClipnorm: 1 })],
    ['accumulation', () => new optimizers.Adam(0.1, { gradientAccumulationSteps: 2 })],
  ])('%s gives what the summed gradient gives', (_, make) => {
    const [a, b] = [table(), table()];
    const [first, second] = [make(), make()];
    for (let i = 0; i < 4; i++) {
      step(first, [[a, sparse]]);
      step(second, [[b, dense]]);
    }
    expectClose(a.view(), b.view(), { relative: 1e-6, absolute: 1e-7 });
  });

  test('LazyAdam moves the rows of the batch as Adam does, and no other', () => {
    const [a, b] = [table(), table()];
    const before = a.view().slice();
    step(new optimizers.LazyAdam(0.1), [[a, sparse]]);
    step(new optimizers.Adam(0.1), [[b, dense]]);
    const [lazy, full] = [a.view(), b.view()];
    for (const row of [0, 2]) expectClose(lazy.slice(row * 3, row * 3 + 3), full.slice(row * 3, row * 3 + 3));
    for (const row of [1, 3]) expect([...lazy.slice(row * 3, row * 3 + 3)]).toEqual([...before.slice(row * 3, row * 3 + 3)]);
    const c = table();
    step(new optimizers.LazyAdam(0.1), [[c, dense]]);
    expect([...c.view()]).toEqual([...full]);
  });
});

describe('clipping', () => {
  test('globalClipnorm takes all gradients together', () => {
    const [a, b] = [new Variable('a', [1], [0]), new Variable('b', [1], [0])];
    step(new optimizers.SGD(1, { globalClipnorm: 1 }), [
      [a, vector(3)],
      [b, vector(4)],
    ]);
    expectClose([...a.view(), ...b.view()], [-0.6, -0.8]);
  });

  test('clipnorm takes each by itself and leaves small ones', () => {
    const [a, b] = [new Variable('a', [2], [0, 0]), new Variable('b', [1], [0])];
    step(new optimizers.SGD(1, { clipnorm: 1 }), [
      [a, vector(3, 4)],
      [b, vector(0.5)],
    ]);
    expectClose([...a.view(), ...b.view()], [-0.6, -0.8, -0.5]);
  });

  test('only one kind', () => {
    expect(() => new optimizers.SGD({ clipnorm: 1, clipvalue: 1 })).toThrow(
      'SGD: expected one of clipnorm, clipvalue and globalClipnorm, got clipnorm and clipvalue',
    );
  });
});

describe('weight decay', () => {
  test('takes part of every weight, but not of those excluded', () => {
    const [kernel, bias] = [new Variable('kernel', [1], [2]), new Variable('bias', [1], [2])];
    const optimizer = new optimizers.SGD(0.1, { weightDecay: 0.5 });
    optimizer.excludeFromWeightDecay({ varNames: ['bias'] });
    step(optimizer, [
      [kernel, vector(1)],
      [bias, vector(1)],
    ]);
    expectClose([...kernel.view(), ...bias.view()], [1.8, 1.9]);
  });
});

describe('moving averages', () => {
  test('follow the weights and take their place at the end', () => {
    const w = new Variable('w', [1], [1]);
    const optimizer = new optimizers.SGD(0.1, { useEma: true, emaMomentum: 0.5 });
    const variants: string[] = [];
    let average = 0;
    let weight = 1;
    for (let i = 0; i < 3; i++) {
      variants.push(optimizer.variant());
      step(optimizer, [[w, vector(1)]]);
      weight -= 0.1;
      average = i === 0 ? weight : 0.5 * average + 0.5 * weight;
      expectClose(w.view(), [weight]);
      expectClose(optimizer.variables[0].view(), [average]);
    }
    expect(variants).toEqual(['update first', 'update', 'update']);
    optimizer.finalizeVariableValues();
    expectClose(w.view(), [average]);
  });

  test('or every so many steps', () => {
    const w = new Variable('w', [1], [1]);
    const optimizer = new optimizers.SGD(0.1, { useEma: true, emaMomentum: 0.5, emaOverwriteFrequency: 2 });
    step(optimizer, [[w, vector(1)]]);
    expectClose(w.view(), [0.9]);
    expect(optimizer.variant()).toBe('update overwrite');
    step(optimizer, [[w, vector(1)]]);
    expectClose(w.view(), [0.85]);
  });
});

describe('gradient accumulation', () => {
  test('a step for each k batches, with their mean', () => {
    const w = new Variable('w', [2], [1, 1]);
    const optimizer = new optimizers.SGD(1, { gradientAccumulationSteps: 3 });
    const variants: string[] = [];
    for (let i = 1; i <= 6; i++) {
      variants.push(optimizer.variant());
      step(optimizer, [[w, vector(i, 1)]]);
      expectClose(w.view(), i < 3 ? [1, 1] : i < 6 ? [-1, 0] : [-6, -1]);
      expect(optimizer.iterations).toBe(Math.floor(i / 3));
      expect(optimizer.batches).toBe(i);
    }
    expect(variants).toEqual(['accumulate', 'accumulate', 'update', 'accumulate', 'accumulate', 'update']);
    expect(() => new optimizers.SGD({ gradientAccumulationSteps: 1 })).toThrow(
      'gradientAccumulationSteps to be an integer of at least 2, got 1',
    );
  });
});

test('constraints are applied after the update', () => {
  const constraint: Constraint = new constraints.NonNeg();
  const w = new Variable('w', [2], [0.1, 1], { constraint });
  step(new optimizers.SGD(1), [[w, vector(1, 0.5)]]);
  expectClose(w.view(), [0, 0.5]);
});

test('slots come in the order in which Keras saves them', () => {
  const weights = [new Variable('kernel', [2, 2]), new Variable('bias', [2])];
  const names = (optimizer: optimizers.Optimizer) => {
    optimizer.build(weights);
    return optimizer.variables.map(({ name, shape }) => `${name} ${shape}`);
  };
  expect(names(new optimizers.Adam({ amsgrad: true, useEma: true }))).toEqual([
    'kernel_average 2,2',
    'bias_average 2',
    'kernel_momentum 2,2',
    'kernel_velocity 2,2',
    'bias_momentum 2',
    'bias_velocity 2',
    'kernel_velocity_hat 2,2',
    'bias_velocity_hat 2',
  ]);
  expect(names(new optimizers.SGD())).toEqual([]);
  expect(names(new optimizers.RMSprop({ momentum: 0.5, centered: true }))).toEqual([
    'kernel_velocity 2,2',
    'bias_velocity 2',
    'kernel_momentum 2,2',
    'bias_momentum 2',
    'kernel_average_gradient 2,2',
    'bias_average_gradient 2',
  ]);
  expect(names(new optimizers.Nadam()).at(-1)).toBe('u_product ');
});

describe('learning rate', () => {
  test('is kept in float32 and may be set', () => {
    const optimizer = new optimizers.Adam();
    expect(optimizer.learningRate).toBe(0.0010000000474974513);
    optimizer.learningRate = 0.5;
    const w = new Variable('w', [1], [1]);
    step(optimizer, [[w, vector(1)]]);
    expectClose(w.view(), [0.5]);
    expect(() => {
      optimizer.learningRate = -1;
    }).toThrow('Adam: expected learningRate to be a number of at least 0');
  });

  test('a schedule gives the current one and cannot be overruled', () => {
    const optimizer = new optimizers.SGD(new schedules.InverseTimeDecay(1, 1, 1));
    const w = new Variable('w', [1], [0]);
    expect(optimizer.learningRate).toBe(1);
    step(optimizer, [[w, vector(1)]]);
    expect(optimizer.learningRate).toBe(0.5);
    step(optimizer, [[w, vector(1)]]);
    expectClose(w.view(), [-1.5]);
    expect(() => {
      optimizer.learningRate = 1;
    }).toThrow('sgd: expected its schedule to decide the learning rate, got 1');
  });
});

describe('errors', () => {
  test.each([
    [() => new optimizers.Adam({ lr: 0.1 } as never), "Adam: expected an option it has, got 'lr'. Did you mean learningRate?"],
    [() => new optimizers.Adam({ beta_1: 0.1 } as never), "Keras's beta_1 is written beta1 here"],
    [() => new optimizers.SGD({ momentun: 0.1 } as never), 'Did you mean momentum?'],
    [() => new optimizers.SGD(0.1, { decay: 0.1 } as never), 'InverseTimeDecay'],
    [() => new optimizers.SGD('0.1' as never), "SGD: expected learningRate to be a number of at least 0 or a schedule, got '0.1'"],
    [() => new optimizers.SGD({ className: 'CosineDecline' } as never), "schedule: expected a known name, got 'CosineDecline'"],
    [() => new optimizers.SGD(-1), 'SGD: expected learningRate to be a number of at least 0'],
    [() => new optimizers.SGD(Number.NaN), 'got NaN'],
    [() => new optimizers.Adam({ beta1: 2 }), 'Adam: expected beta1 to be a number from 0 to 1, got 2'],
    [() => optimizers.get('adma'), "optimizer: expected a known name, got 'adma'. Did you mean 'adam'?"],
    [() => optimizers.get(5 as never), 'optimizer: expected a name, an instance'],
  ])('%s', (make, message) => {
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ name: 'ValueError' }));
  });

  test('names in any case', () => {
    for (const name of ['adam', 'Adam', 'rmsprop', 'RMSprop', 'sgd', 'adamw', 'adam_w', 'adagrad']) {
      expect(optimizers.get(name)).toBeInstanceOf(optimizers.Optimizer);
    }
    const given = new optimizers.SGD();
    expect(optimizers.get(given)).toBe(given);
  });
});
