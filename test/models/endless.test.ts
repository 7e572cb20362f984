// Data, options and layers that hold themselves, and how often a run looks at what it was given.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clearSession, layers, Model, modelFromConfig, ops, Sequential, tensor } from '../../src/index.ts';

const ring: unknown[] = [];
ring.push(ring);
const tree: unknown[] = [];
tree.push(tree, tree);
const flags: unknown[] = [[true]];
flags.push(flags);
let deep: unknown = 1;
for (let i = 0; i < 40; i++) deep = [deep];
const knot: Record<string, unknown> = {};
Object.assign(knot, { knot, again: knot });

function makeModel(): Sequential {
  const model = new Sequential([new layers.Dense(1, { inputShape: [2] })]);
  model.compile({ optimizer: 'sgd', loss: 'mse' });
  return model;
}

beforeEach(clearSession);
afterEach(() => vi.restoreAllMocks());

describe('an array that holds itself', () => {
  const x = [[1, 2]];
  const takers: Record<string, [owner: string, take: (data: never) => unknown]> = {
    predict: ['sequential.predict: input dense_input', (data) => makeModel().predict(data)],
    evaluate: ['sequential.evaluate: input dense_input', (data) => makeModel().evaluate(data, [1])],
    fit: ['sequential.fit: input dense_input', (data) => makeModel().fit(data, [1])],
    'fit, targets': ['sequential.fit: target dense', (data) => makeModel().fit(x, data)],
    'fit, weights': ['sequential.fit: sampleWeight', (data) => makeModel().fit(x, [1], { sampleWeight: data })],
    trainOnBatch: ['sequential.trainOnBatch: input dense_input', (data) => makeModel().trainOnBatch(data, [1])],
    apply: ['dense', (data) => new layers.Dense(2).apply(data)],
    ops: ['add: x1', (data) => ops.add(data, 1)],
    tensor: ['tensor', (data) => tensor(data)],
  };
  it.each(Object.entries(takers))('is no data for %s', async (_name, [owner, take]) => {
    const message = `${owner}: expected an array of at most 32 axes, got an array of more than 32 axes. Does it hold itself?`;
    for (const data of [ring, tree, deep]) {
      clearSession();
      await expect(async () => await take(data as never)).rejects.toThrow(message);
    }
    await expect(async () => await take(flags as never)).rejects.toThrow(/^\S+:.* expected .*, got .* at position \[1\]/);
  });

  it('is told of where it stands for something else', () => {
    for (const given of [ring, tree] as never[]) {
      expect(() => new layers.Dense(given)).toThrow('got an array of more than 32 axes. Pass a whole number');
      expect(() => new layers.Dense(2, { activation: given })).toThrow('got an array of more than 32 axes. Pass one of these.');
      expect(() => new Sequential(given)).toThrow('expected a layer, got an array of more than 32 axes');
      expect(() => modelFromConfig(given)).toThrow('an array of more than 32 axes instead of an object with class_name and config');
    }
  });
});

it('an object that holds itself, twice even, is no config', () => {
  const config = { class_name: 'Sequential', config: { layers: [{ class_name: 'Dense', config: { units: 1, knot } }] } };
  expect(() => modelFromConfig(config as never)).toThrow('more than 256 levels of brackets');
});

describe('the layers inside a layer', () => {
  class Holder extends layers.Layer {
    readonly held: unknown;

    constructor(held: unknown) {
      super();
      this.held = held;
    }

    override call(x: never): never {
      return x;
    }
  }

  it('are found in what holds itself, each once', () => {
    const [a, b] = [new layers.Dense(1), new layers.Dense(2)];
    const table: Record<string, unknown> = { a, list: [b, a] };
    table.self = [table, table.list];
    expect(new Holder(table).sublayers).toEqual([a, b]);
  });

  it('are not looked for among numbers', () => {
    const numbers = new Proxy([1, 2, 3], {
      ownKeys: () => {
        throw new Error('walked');
      },
    });
    expect(new Holder({ numbers, rows: [numbers, numbers] }).sublayers).toEqual([]);
    expect(new Holder(new Float32Array(1 << 20)).sublayers).toEqual([]);
  });
});

describe('inputSpecs', () => {
  const [x, y] = [
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    [1, 2, 3],
  ];
  const input = layers.Input({ shape: [2] });
  const runs: Record<string, [times: number, run: (model: Model | Sequential) => unknown]> = {
    predict: [1, (model) => model.predict(x, { batchSize: 1 })],
    fit: [1, (model) => model.fit(x, y, { epochs: 3, batchSize: 1, verbose: 0 })],
    'fit with a part for validation': [1, (model) => model.fit(x, y, { epochs: 2, validationSplit: 0.5, verbose: 0 })],
    'fit with data for validation': [2, (model) => model.fit(x, y, { epochs: 2, validationData: [x, y], verbose: 0 })],
    evaluate: [1, (model) => model.evaluate(x, y, { batchSize: 2, verbose: 0 })],
    trainOnBatch: [1, (model) => model.trainOnBatch(x, y)],
    testOnBatch: [1, (model) => model.testOnBatch(x, y)],
    predictOnBatch: [1, (model) => model.predictOnBatch(x)],
  };
  it.each(Object.entries(runs))('is asked for once for each set of data: %s', async (_name, [times, run]) => {
    const functional = new Model({ inputs: input, outputs: new layers.Dense(1).apply(input) });
    functional.compile({ optimizer: 'sgd', loss: 'mse' });
    for (const model of [makeModel(), functional]) {
      const spy = vi.spyOn(model, 'inputSpecs');
      await run(model);
      expect(spy).toHaveBeenCalledTimes(times);
    }
  });
});
