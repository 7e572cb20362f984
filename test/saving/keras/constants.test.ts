// Constants of functional models in Keras's files: what Keras wrote is read, predicts the same, and is written again.
import { describe, expect, it } from 'vitest';
import { Input, layers, loadModel, Model, modelFromJSON, ops, type Tensor, tensor } from '../../../src/index.ts';
import type { SymbolicTensor } from '../../../src/layers/base/symbolic.ts';
import recorded from '../../fixtures/constants.json';

interface Recorded {
  readonly name: string;
  readonly config: Record<string, unknown>;
  readonly weights: readonly { shape: number[]; data: number[] }[];
  readonly input: { shape: number[]; data: number[] };
  readonly output: { shape: number[]; data: number[] };
}

const cases = recorded as unknown as readonly Recorded[];
const restored = ({ shape, data }: { shape: number[]; data: number[] }) => tensor(Float32Array.from(data), shape);

const mask = [
  [1, 0, 1],
  [1, 1, 0],
];
const states = [
  [0.5, -0.25],
  [1, 0.75],
];
const lower = [
  [1, 0, 0],
  [1, 1, 0],
  [1, 1, 1],
];

/** The same models, drawn here. */
const drawn: Readonly<Record<string, (x: SymbolicTensor) => SymbolicTensor>> = {
  add: (x) => new layers.Add().apply([x, tensor([[1, 2, 3]])]),
  'add of an array': (x) => new layers.Add().apply([x, [[1, 2, 3]]]) as SymbolicTensor,
  subtract: (x) => new layers.Subtract().apply([x, tensor([[1, 2, 3]])]),
  concatenate: (x) => new layers.Concatenate().apply([x, tensor([[7], [8]])]),
  'dense of a sum': (x) => new layers.Dense(2).apply(new layers.Average().apply([x, tensor([[1, 0, 1]]), x])),
  attention: (x) =>
    new layers.Attention().apply([
      x,
      tensor(
        Float32Array.from({ length: 16 }, (_, i) => i / 8),
        [2, 4, 2],
      ),
    ]),
  'attention with masks': (x) => new layers.Attention().apply([x, x], { mask: [null, mask] }),
  'heads with an attention mask': (x) => new layers.MultiHeadAttention(2, 3).apply([x, x], { attentionMask: [lower] }),
  'heads with a mask of the value': (x) => new layers.MultiHeadAttention(2, 3).apply([x, x], { mask: [null, mask] }),
  'lstm with states': (x) => new layers.LSTM(2).apply(x, { initialState: [tensor(states), tensor(states)] }),
  'lstm with a mask': (x) => new layers.LSTM(2, { returnSequences: true }).apply(x, { mask }),
  'lstm with a mask of an array': (x) => new layers.LSTM(2).apply(x, { mask }),
  'gru with a state and a mask': (x) => new layers.GRU(2).apply(x, { initialState: tensor(states), mask }),
  'bidirectional with states': (x) =>
    new layers.Bidirectional(new layers.SimpleRNN(2)).apply(x, { initialState: [tensor(states), tensor(states)] }),
  'pooling with a mask': (x) => new layers.GlobalAveragePooling1D().apply(x, { mask }),
  'softmax with a mask': (x) => new layers.Softmax().apply(x, { mask }),
  'op on a tensor': (x) => ops.add(x, tensor([1, 2, 3])),
  'op on an array': (x) => ops.multiply(x, [1, 2, 3]),
};

/** Calls of a config, with every name and dtype that this package chooses itself left out, and arrays of NumPy as tensors. */
const callsOf = (config: Record<string, unknown>): unknown =>
  JSON.parse(
    JSON.stringify((config as { config: { layers: { inbound_nodes: unknown }[] } }).config.layers.map(({ inbound_nodes }) => inbound_nodes))
      .replaceAll('__numpy__', '__tensor__')
      .replaceAll('"float64"', '"float32"')
      // A sum with a constant of one row has as many rows as the batch; Keras declares one.
      .replaceAll('"shape":[1,', '"shape":[null,')
      .replace(/_\d+"/g, '"'),
  );

function expectOutput(model: { predict(x: Tensor): Tensor }, { input, output }: Recorded): void {
  const result = model.predict(restored(input));
  expect(result.shape).toEqual(output.shape);
  for (const [i, number] of output.data.entries()) expect(result.data[i]).toBeCloseTo(number, 5);
}

describe('a functional model with constants', () => {
  it.each(cases.map((one) => [one.name, one] as const))('that Keras wrote is read: %s', (_, one) => {
    const model = modelFromJSON(JSON.stringify(one.config)) as Model;
    model.setWeights(one.weights.map(restored));
    expectOutput(model, one);
  });

  it.each(cases.map((one) => [one.name, one] as const))('is written as Keras writes it, and read again: %s', async (name, one) => {
    const x = Input({ shape: one.input.shape.slice(1), name: 'x' });
    const model = new Model({ inputs: x, outputs: drawn[name](x), name: 'model' });
    model.setWeights(one.weights.map(restored));
    expectOutput(model, one);
    const written = JSON.parse(await model.toJSON());
    expect(callsOf(written)).toEqual(callsOf(one.config));
    expectOutput((await loadModel(await model.toKeras())) as Model, one);
  });

  it('has a case for each that is drawn', () => {
    expect(cases.map(({ name }) => name).sort()).toEqual(Object.keys(drawn).sort());
  });

  it.each([
    ['ragged rows', [[1, 2], [3]]],
    ['texts', ['a']],
    ['nothing', undefined],
  ])('is refused when a constant is %s', (_, value) => {
    const text = JSON.stringify(cases[0].config)
      .replace('[[1.0,2.0,3.0]]', JSON.stringify(value) ?? 'null')
      .replace('[[1,2,3]]', JSON.stringify(value) ?? 'null');
    expect(() => modelFromJSON(text)).toThrow('a constant: ');
  });
});
