// Models with several inputs and outputs, by name and nested, in Keras's order: layers, weights, data, files, optimizer slots.
import { beforeEach, describe, expect, it } from 'vitest';
import { clearSession, Input, layers, loadModel, Model, optimizers, toKeras } from '../../src/index.ts';
import type { Symbols } from '../../src/layers/base/layer.ts';
import { isSymbolic, type SymbolicTensor } from '../../src/layers/base/symbolic.ts';
import { Tensor, toTensor } from '../../src/tensor/index.ts';
import found from '../fixtures/graphs.json';
import { expectClose } from '../kernels/harness.ts';

type Data = unknown;
interface Case {
  readonly name: string;
  readonly layers: readonly string[];
  readonly weights: readonly string[];
  readonly x: Data;
  readonly y: Data;
  readonly before: Data;
  readonly file: string;
  readonly after: Data;
  readonly later: Data;
}

const cases = found as unknown as readonly Case[];
const dense = (name: string, units = 1) => new layers.Dense(units, { name });
const inputs = (...names: string[]) => names.map((name) => Input({ shape: [2], name }));
const heads = (x: SymbolicTensor) => [...'rst'].map((name) => dense(name).apply(x));

/** The models that the fixture's recorder draws. */
const drawn: Readonly<Record<string, () => Model>> = {
  by_name: () => {
    const [x] = inputs('x');
    return new Model(x, { zeta: dense('z').apply(x), alpha: dense('a').apply(x) });
  },
  list_in_object: () => {
    const [x] = inputs('x');
    const [r, s, t] = heads(x);
    return new Model(x, { z: [r, s], a: t });
  },
  object_in_list: () => {
    const [x] = inputs('x');
    const [r, s, t] = heads(x);
    return new Model(x, [r, { z: s, a: t }]);
  },
  object_in_object: () => {
    const [x] = inputs('x');
    const [r, s, t] = heads(x);
    return new Model(x, { z: { q: r, b: s }, a: t });
  },
  inputs_by_name: () => {
    const [q, p] = inputs('q', 'p');
    return new Model({ q, p }, dense('d').apply(layers.concatenate([q, p], { name: 'c' })));
  },
  unused_input: () => {
    const [x, y, z] = inputs(...'xyz');
    return new Model([x, y, z], dense('d').apply(y));
  },
  states: () => {
    const [p, q] = ['p', 'q'].map((name) => Input({ shape: [2, 3], name }));
    const [, h, c] = new layers.LSTM(2, { returnState: true, name: 'lstm' }).apply(p) as unknown as SymbolicTensor[];
    return new Model([p, q], new layers.LSTM(2, { name: 'lstm_1' }).apply(q, { initialState: [h, c] }));
  },
  late_inputs: () => {
    const [u, v, w] = inputs(...'uvw');
    const e = dense('e').apply(layers.add([u, dense('d', 2).apply(v)], { name: 'add' }));
    return new Model([w, v, u], [e, dense('f').apply(w)]);
  },
  shared: () => {
    const [u, v] = inputs('u', 'v');
    const d = dense('d', 2);
    return new Model([u, v], dense('e').apply(layers.add([d.apply(d.apply(u)), v], { name: 'add' })));
  },
};

/** Numbers as the recorder puts them into a weight. */
const counted = (weights: readonly Tensor[]): Tensor[] =>
  weights.map(
    ({ shape, data }, i) =>
      new Tensor(
        Float32Array.from(data, (_, k) => (k % 7) / 8 + i / 4),
        shape,
      ) as Tensor,
  );

/** Compares tensors where Keras has nested lists, in the structure of the outputs. */
function expectSame(got: unknown, wanted: Data, structure: Symbols, name: string): void {
  if (isSymbolic(structure)) {
    expectClose((got as Tensor).data, toTensor(name, wanted, 'float32').data, { relative: 2e-5, name });
    return;
  }
  const [parts, values] = [got, wanted] as Record<string, unknown>[];
  for (const [key, part] of Object.entries(structure)) expectSame(parts[key], values[key], part as Symbols, `${name}.${key}`);
}

/** A loss for each output, in the structure of the outputs. */
const eachLoss = (structure: Symbols): unknown => {
  if (isSymbolic(structure)) return 'mse';
  if (Array.isArray(structure)) return structure.map(eachLoss);
  return Object.fromEntries(Object.entries(structure).map(([key, part]) => [key, eachLoss(part as Symbols)]));
};

const bytesOf = (text: string) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));

beforeEach(clearSession);

describe.each(cases)('the model $name', ({ name, layers: order, weights, x, y, before, file, after, later }) => {
  it('has its layers and weights in the order of Keras', () => {
    const model = drawn[name]();
    expect(model.layers.map((layer) => layer.name)).toEqual(order);
    expect(model.weights).toHaveLength(weights.length);
    model.setWeights(counted(model.getWeights()));
    expectSame(model.predict(x as never), before, model.structure.outputs, 'before');
  });

  it('trains as there, and goes on so from a file of its own', async () => {
    const model = drawn[name]();
    model.setWeights(counted(model.getWeights()));
    model.compile({ optimizer: new optimizers.Adam(0.1), loss: eachLoss(model.structure.outputs) as never });
    model.trainOnBatch(x as never, y as never);
    expectSame(model.predict(x as never), after, model.structure.outputs, 'after');
    const copy = (await loadModel(await toKeras(model))) as Model;
    copy.trainOnBatch(x as never, y as never);
    expectSame(copy.predict(x as never), later, copy.structure.outputs, 'later');
  });

  it('goes on from the file of Keras', async () => {
    const model = (await loadModel(bytesOf(file))) as Model;
    expect(model.layers.map((layer) => layer.name)).toEqual(order);
    expectSame(model.predict(x as never), after, model.structure.outputs, 'after');
    model.trainOnBatch(x as never, y as never);
    expectSame(model.predict(x as never), later, model.structure.outputs, 'later');
  });
});

describe('an array where names are not in sorted order', () => {
  it.each<[string, (model: Model) => unknown]>([
    ['of losses', (model) => model.compile({ loss: ['mse', 'mae'] })],
    ['of their weights', (model) => model.compile({ loss: 'mse', lossWeights: [1, 2] })],
    ['of metrics', (model) => model.compile({ loss: 'mse', metrics: [['mae'], []] })],
    ['of targets', (model) => model.trainOnBatch([[1, 2]], [[[1]], [[2]]] as never)],
  ])('%s is refused', (_, use) => {
    const model = drawn.by_name();
    model.compile({ loss: 'mse' });
    expect(() => use(model)).toThrow(/expected an object with the names of the .*, got an array\. Keras takes names in sorted order/);
  });

  it('of inputs is refused', () => {
    expect(() => drawn.inputs_by_name().predict([[[1, 2]], [[3, 4]]])).toThrow(/an object with the names of the inputs/);
  });
});
