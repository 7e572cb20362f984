// Symbolic tensors of models that exist: what goes in, what comes out, and what lies between.
import { beforeEach, describe, expect, it } from 'vitest';
import { clearSession, Input, layers, Model, Sequential, setRandomSeed, type Tensor, tensor } from '../../src/index.ts';
import type { SymbolicTensor } from '../../src/layers/base/symbolic.ts';

beforeEach(clearSession);

const x = [
  [1, 2],
  [3, 4],
];

const stack = () => {
  setRandomSeed(1);
  return new Sequential([new layers.Dense(3, { inputShape: [2], name: 'inner' }), new layers.Dense(1, { name: 'outer' })]);
};

describe('a Sequential model', () => {
  it('gives what goes in and comes out', () => {
    const model = stack();
    expect([model.input.shape, model.output.shape, model.inputs.length, model.outputs.length]).toEqual([[null, 2], [null, 1], 1, 1]);
    expect(model.input.name).toBe('inner_input');
    const same = new Model({ inputs: model.input, outputs: model.output });
    expect(same.predict(x)).toEqual(model.predict(x));
  });

  it('gives what its layers compute', () => {
    const model = stack();
    const part = new Model({ inputs: model.inputs, outputs: model.getLayer('inner').output as SymbolicTensor });
    expect(part.predict(x)).toEqual((model.layers[0] as layers.Dense).apply(x));
    expect(model.layers[1].input).toBe(model.layers[0].output);
  });

  it('lends its layers to another model, frozen ones too', async () => {
    const model = stack();
    model.trainable = false;
    const head = new layers.Dense(2).apply(model.layers[0].output as SymbolicTensor);
    const other = new Model({ inputs: model.inputs, outputs: head });
    other.compile({ optimizer: 'sgd', loss: 'mse' });
    const before = model.getWeights();
    await other.fit(x, x, { verbose: 0 });
    expect(model.getWeights()).toEqual(before);
    expect(other.trainableWeights).toHaveLength(2);
  });

  it('is drawn on as it grows, and back', () => {
    const model = stack();
    const before = model.output;
    model.add(new layers.Dense(7));
    expect(model.output.shape).toEqual([null, 7]);
    model.pop();
    expect(model.output).toBe(before);
  });

  it('of ids checks them where they come in', () => {
    const model = new Sequential([new layers.Embedding(10, 4, { inputLength: 3, name: 'ids' }), new layers.Flatten()]);
    const part = new Model({ inputs: model.input, outputs: model.layers[0].output as SymbolicTensor });
    expect(part.predict([[1, 2, 3]]).shape).toEqual([1, 3, 4]);
    expect(() => part.predict([[1, 2, 10]])).toThrow('ids: expected whole ids in [0, 10), got 10');
  });

  it('has none before its shapes are known', () => {
    const model = new Sequential([new layers.Dense(1, { name: 'late' })]);
    expect(() => model.output).toThrow('sequential: expected a built model');
    expect(() => model.layers[0].output).toThrow('late: expected a layer that is used in a model, got one that is not.');
  });
});

describe('a functional model', () => {
  it('gives its tensors as they were given', () => {
    const [a, b] = [Input({ shape: [2], name: 'a' }), Input([2], { name: 'b' })];
    const sum = layers.add([a, b]);
    const model = new Model({ inputs: { a, b }, outputs: [sum] });
    expect([model.input, model.output, model.inputNames]).toEqual([{ a, b }, sum, ['a', 'b']]);
    expect(model.getLayer('add').input).toEqual([a, b]);
    expect(model.getLayer('add').output).toBe(sum);
  });

  it('takes inputs by name when it is applied, and gives outputs by name', () => {
    const [a, b] = [Input({ shape: [2], name: 'a' }), Input({ shape: [2], name: 'b' })];
    const model = new Model({ inputs: { a, b }, outputs: { sum: layers.add([a, b]), difference: layers.subtract([a, b]) } });
    const now: { sum: Tensor; difference: Tensor } = model.apply({ b: [[1, 1]], a: [[3, 4]] });
    expect([now.sum.array(), now.difference.array()]).toEqual([[[4, 5]], [[2, 3]]]);
    const [x1, x2] = [Input({ shape: [2] }), Input({ shape: [2] })];
    const drawn: { difference: SymbolicTensor } = model.apply({ a: x1, b: x2 });
    expect(new Model({ inputs: [x1, x2], outputs: drawn.difference }).predict([[[3, 4]], [[1, 1]]]).array()).toEqual([[2, 3]]);
    const one = new Model({ inputs: { a }, outputs: new layers.Flatten().apply(a) });
    expect(one.apply({ a: [[5, 6]] }).array()).toEqual([[5, 6]]);
  });

  it('wants layers of different names', () => {
    const input = Input({ shape: [1] });
    const twice = new layers.Dense(1, { name: 'z' }).apply(new layers.Dense(1, { name: 'z' }).apply(input));
    expect(() => new Model({ inputs: input, outputs: twice })).toThrow(
      "model: expected layers with different names, got two named 'z'. Pass another name to one of them.",
    );
  });
});

describe('making models as in Keras', () => {
  it('from Input at the start of a stack', () => {
    const input = Input([2], { name: 'features' });
    const model = new Sequential([input, new layers.Dense(3), new layers.Dense(1)]);
    expect([model.countParams(), model.inputShape, model.outputShape]).toEqual([13, [null, 2], [null, 1]]);
    expect(model.input).toBe(input);
    expect(() => model.add(input)).toThrow('sequential.add: expected an InputLayer only at the start, got one later.');
    expect(() => new Sequential([new layers.Dense(1).apply(input) as never])).toThrow('add: expected a layer, got');
  });

  it('with all of it in one object', () => {
    const model = new Sequential({ name: 'all', layers: [new layers.Dense(3, { inputShape: [2] })] });
    expect([model.name, model.outputShape]).toEqual(['all', [null, 3]]);
    expect(() => new Sequential({ layer: [] } as object)).toThrow('Did you mean layers?');
    expect(() => new Sequential(5 as never)).toThrow('Sequential: expected an object of options, got 5.');
  });

  it('from inputs and outputs by position', () => {
    const input = layers.Input({ shape: [2] });
    const model = new Model(input, layers.add([input, input]), { name: 'twice' });
    expect([model.name, model.predict(x).array()]).toEqual(['twice', x.map((row) => row.map((value) => 2 * value))]);
    expect(() => new Model(input, input, { nam: 'a' } as object)).toThrow('Did you mean name?');
  });
});

describe('a stateful model', () => {
  it.each([
    ['LSTM', () => new layers.LSTM(3, { stateful: true, batchInputShape: [2, 4, 1] })],
    ['Bidirectional', () => new layers.Bidirectional(new layers.GRU(3, { stateful: true }), { batchInputShape: [2, 4, 1] })],
  ])('of %s forgets its states when it is told to', (_, make) => {
    const inner = new Sequential([make()]);
    const model = new Sequential([inner, new layers.Dense(1)]);
    const data = tensor(new Float32Array(8).fill(1), [2, 4, 1]);
    const [first, second] = [model.predictOnBatch(data), model.predictOnBatch(data)];
    expect(second.data).not.toEqual(first.data);
    model.resetStates();
    expect(model.predictOnBatch(data).data).toEqual(first.data);
  });
});
