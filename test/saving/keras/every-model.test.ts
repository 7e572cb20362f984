// Models of every form: nested, shared, with several inputs and outputs, wrappers, and what the user wrote; saved and loaded.
import { describe, expect, it } from 'vitest';
import {
  constraints,
  Input,
  initializers,
  layers,
  loadModel,
  losses,
  Model,
  ModelFormatError,
  metrics,
  ops,
  regularizers,
  Sequential,
  type Shape,
  type SymbolicTensor,
  tensor,
  type Value,
} from '../../../src/index.ts';
import { bitsOf, comesBack, type Data, type Loaded, numbersFor, predictions, stateOf, step } from '../round-trip.ts';

const input = (...shape: number[]) => Input({ shape });
const sequence = numbersFor([3, 4, 5]);
const rows = numbersFor([3, 4]);
const ids = tensor(
  [
    [1, 2, 0, 0],
    [5, 0, 3, 0],
    [4, 4, 4, 4],
  ],
  undefined,
  'int32',
);

const gru = () => new layers.GRU(3, { returnSequences: true });

const drawn: Readonly<Record<string, () => [Loaded, Data]>> = {
  ...Object.fromEntries(
    (['concat', 'sum', 'ave', 'mul'] as const).flatMap((mergeMode) =>
      [() => new layers.SimpleRNN(3), () => new layers.GRU(3), () => new layers.LSTM(3)].map((make) => [
        `Bidirectional ${make().className} ${mergeMode}`,
        (): [Loaded, Data] => [new Sequential([new layers.Bidirectional(make(), { mergeMode, inputShape: [4, 5] } as never)]), sequence],
      ]),
    ),
  ),
  'Bidirectional with two outputs': () => {
    const x = input(4, 5);
    const both = new layers.Bidirectional(gru(), { mergeMode: null }).apply(x) as unknown as SymbolicTensor[];
    return [new Model({ inputs: x, outputs: both }), sequence];
  },
  'Bidirectional of two layers': () => {
    const backwardLayer = new layers.GRU(2, { goBackwards: true, name: 'back' });
    return [new Sequential([new layers.Bidirectional(new layers.LSTM(3), { backwardLayer, inputShape: [4, 5] } as never)]), sequence];
  },
  'TimeDistributed Dense': () => [
    new Sequential([new layers.TimeDistributed(new layers.Dense(2), { inputShape: [4, 5] } as never)]),
    sequence,
  ],
  'TimeDistributed Conv1D': () => {
    const x = input(2, 6, 3);
    return [new Model({ inputs: x, outputs: new layers.TimeDistributed(new layers.Conv1D(2, 3)).apply(x) }), numbersFor([3, 2, 6, 3])];
  },
  'MultiHeadAttention with three inputs': () => {
    const [q, v, k] = [input(4, 5), input(6, 5), input(6, 5)];
    const attention = new layers.MultiHeadAttention(2, 3, { valueDim: 4, outputShape: [5] });
    return [
      new Model({ inputs: [q, v, k], outputs: attention.apply([q, v, k]) }),
      [sequence, numbersFor([3, 6, 5]), numbersFor([3, 6, 5])],
    ];
  },
  'attention with scale and lists': () => {
    const [q, v, k] = [input(4, 5), input(6, 5), input(6, 5)];
    const a = new layers.Attention({ useScale: true, scoreMode: 'concat' }).apply([q, v, k]);
    const outputs = new layers.AdditiveAttention().apply([a, v]);
    return [new Model({ inputs: [q, v, k], outputs }), [sequence, numbersFor([3, 6, 5]), numbersFor([3, 6, 5])]];
  },
  'Sequential in functional in Sequential': () => {
    const inner = new Sequential([new layers.Dense(3, { inputShape: [4], activation: 'tanh' }), new layers.BatchNormalization()], {
      name: 'inner',
    });
    const x = input(4);
    const middle = new Model({ inputs: x, outputs: layers.add([inner.apply(x), inner.apply(inner2().apply(x))]), name: 'middle' });
    return [new Sequential([new layers.Dense(4, { inputShape: [4] }), middle, new layers.Dense(2)]), rows];
  },
  'layers used several times': () => {
    const [a, b] = [input(4), input(4)];
    const dense = new layers.Dense(4, { activation: 'tanh' });
    const outputs = layers.concatenate([dense.apply(dense.apply(a)), dense.apply(b)]);
    return [new Model({ inputs: [a, b], outputs }), [rows, numbersFor([3, 4])]];
  },
  'one layer in two models': () => {
    const dense = new layers.Dense(4);
    const left = new Sequential([new layers.InputLayer({ shape: [4] }), dense], { name: 'left' });
    const right = new Sequential([new layers.InputLayer({ shape: [4] }), dense, new layers.Dense(2)], { name: 'right' });
    const x = input(4);
    return [new Model({ inputs: x, outputs: right.apply(left.apply(x)) }), rows];
  },
  'a model inside two others, and a layer in a wrapper and outside': () => {
    const dense = new layers.Dense(4);
    const [a, b, c] = [input(4), input(4), input(2, 4)];
    const inner = new Model({ inputs: c, outputs: new layers.TimeDistributed(dense).apply(c), name: 'steps' });
    const one = new Model({ inputs: a, outputs: dense.apply(inner2of(dense).apply(a)), name: 'one' });
    const two = new Sequential([new layers.InputLayer({ shape: [4] }), one, new layers.Dense(4)], { name: 'two' });
    const [x, y] = [input(4), input(2, 4)];
    const outputs = [layers.add([one.apply(x), two.apply(dense.apply(x))]), inner.apply(y), new layers.Dense(1).apply(b)];
    return [new Model({ inputs: [x, y, b], outputs }), [rows, numbersFor([3, 2, 4]), numbersFor([3, 4])]];
  },
  'inputs and outputs by name': () => {
    const [a, b] = [Input({ shape: [4], name: 'left' }), Input({ shape: [4], name: 'right' })];
    const sum = layers.multiply([a, b]);
    const outputs = { p: new layers.Dense(1, { name: 'p' }).apply(sum), q: new layers.Dense(2, { name: 'q' }).apply(sum) };
    return [new Model({ inputs: { left: a, right: b }, outputs }), { right: rows, left: numbersFor([3, 4]) }];
  },
  'masks of an Embedding': () => {
    const x = Input({ shape: [4], dtype: 'int32' });
    const embedded = new layers.Embedding(6, 4, { maskZero: true }).apply(x);
    const y = new layers.LSTM(3, { returnSequences: true }).apply(embedded);
    return [new Model({ inputs: x, outputs: [new layers.GlobalAveragePooling1D().apply(y), new layers.Attention().apply([y, y])] }), ids];
  },
  'states of another layer': () => {
    const [a, b] = [input(4, 5), input(6, 5)];
    const [, h, c] = new layers.LSTM(3, { returnState: true }).apply(a) as unknown as SymbolicTensor[];
    return [
      new Model({ inputs: [a, b], outputs: new layers.LSTM(3).apply(b, { initialState: [h, c] }) }),
      [sequence, numbersFor([3, 6, 5])],
    ];
  },
  'options of weights': () => {
    const dense = new layers.Dense(4, {
      inputShape: [4],
      kernelInitializer: new initializers.TruncatedNormal({ mean: 0.1, stddev: 0.2, seed: 3 }),
      biasInitializer: new initializers.Constant(0.25),
      kernelRegularizer: new regularizers.L1L2({ l1: 0.01, l2: 0.02 }),
      biasRegularizer: 'l2',
      activityRegularizer: new regularizers.L2(0.03),
      kernelConstraint: new constraints.MaxNorm(1.5, { axis: 0 } as never),
      biasConstraint: 'non_neg',
    });
    const normed = new layers.Dense(4, {
      kernelInitializer: new initializers.VarianceScaling({ scale: 2, mode: 'fan_avg', distribution: 'uniform', seed: 1 }),
      kernelRegularizer: new regularizers.OrthogonalRegularizer({ factor: 0.02 }),
      kernelConstraint: new constraints.MinMaxNorm({ minValue: 0.2, maxValue: 1.1, rate: 0.9 }),
    });
    const recurrent = new layers.GRU(3, {
      recurrentInitializer: new initializers.Orthogonal({ gain: 0.7, seed: 5 }),
      recurrentConstraint: 'unit_norm',
      recurrentRegularizer: 'l1',
    });
    return [new Sequential([dense, normed, new layers.ActivityRegularization({ l1: 0.01 }), new layers.Reshape([2, 2]), recurrent]), rows];
  },
  'layers that are not trained': () => {
    const frozen = new layers.Dense(4, { inputShape: [4], trainable: false });
    const inner = new Sequential([new layers.Dense(4, { inputShape: [4] }), new layers.BatchNormalization()], { name: 'frozen_model' });
    const model = new Sequential([frozen, inner, new layers.BatchNormalization({ trainable: false }), new layers.Dense(2)]);
    inner.trainable = false;
    inner.layers[1].trainable = true;
    return [model, rows];
  },
  'a whole model of which only a part is trained': () => {
    const inner = new Sequential([new layers.Dense(4, { inputShape: [4] }), new layers.Dense(3)], { name: 'part' });
    inner.layers[0].trainable = false;
    const x = input(4);
    return [new Model({ inputs: x, outputs: inner.apply(x) }), rows];
  },
  'ops between layers': () => {
    const [a, b] = [input(4), input(4)];
    const x = ops.relu(ops.add(ops.multiply(new layers.Dense(4).apply(a), 2), ops.subtract(1, b)));
    return [new Model({ inputs: [a, b], outputs: ops.mean(ops.stack([x, a, b], 1), 1) }), [rows, numbersFor([3, 4])]];
  },
};

const inner2of = (dense: layers.Layer) => new Sequential([new layers.InputLayer({ shape: [4] }), dense], { name: 'around' });
const inner2 = () => new Sequential([new layers.Dense(4, { inputShape: [4] })], { name: 'second' });

describe('comes back', () => {
  it.each(Object.entries(drawn))('%s', async (_name, draw) => {
    const [model, x] = draw();
    await comesBack(model, x);
  });

  it('a model that was never compiled, and one of names alone', async () => {
    const model = new Sequential([new layers.Dense(2, { inputShape: [4] })]);
    const copy = await comesBack(model, rows, { train: false });
    expect(copy.optimizer).toBeUndefined();
    model.compile({
      loss: { [model.outputNames[0]]: 'mae' },
      metrics: ['mse', new metrics.MeanAbsoluteError({ name: 'far' })],
      weightedMetrics: ['mae'],
    });
    const trained = await comesBack(model, rows);
    expect(trained.metricsNames).toEqual(model.metricsNames);
  });
});

describe('what layers remember between batches', () => {
  it('states of recurrent layers are not kept, as in Keras', async () => {
    const model = new Sequential([new layers.LSTM(3, { stateful: true, batchInputShape: [3, 4, 5] })]);
    const [first, second] = [predictions(model, sequence), predictions(model, sequence)];
    expect(bitsOf(second)).not.toEqual(bitsOf(first));
    const copy = await loadModel(await model.toKeras());
    expect(copy.toJSON()).toBe(model.toJSON());
    expect(bitsOf(predictions(copy, sequence))).toEqual(bitsOf(first));
    expect(bitsOf(predictions(copy, sequence))).toEqual(bitsOf(second));
  });

  it('draws begin again from the seed, as in Keras, and without one are others', async () => {
    const draw = (seed: number | null) => {
      const model = new Sequential([new layers.Dense(4, { inputShape: [4] }), new layers.Dropout(0.5, { seed }), new layers.Dense(2)]);
      model.compile({ optimizer: 'sgd', loss: 'mse' });
      return model;
    };
    const model = draw(3);
    const start = await model.toKeras();
    step(model, rows);
    const copies = await Promise.all([loadModel(await model.toKeras()), loadModel(await model.toKeras())]);
    expect(step(copies[0], rows)).toEqual(step(copies[1], rows));
    const [again, original] = [await loadModel(start), draw(3)];
    original.setWeights(again.getWeights());
    for (let i = 0; i < 3; i++) expect(step(again, rows)).toEqual(step(original, rows));
    expect(stateOf(again)).toEqual(stateOf(original));
    const free = await draw(null).toKeras();
    const [a, b] = await Promise.all([loadModel(free), loadModel(free)]);
    expect(Array.from({ length: 4 }, () => step(a, rows))).not.toEqual(Array.from({ length: 4 }, () => step(b, rows)));
  });
});

class Scaled extends layers.Layer {
  readonly factor: number;
  constructor({ factor, ...options }: layers.LayerOptions & { factor: number }) {
    super(options);
    this.factor = factor;
  }
  override get className(): string {
    return 'Scaled';
  }
  override build(inputShape: Shape): void {
    this.addWeight('scale', [inputShape.at(-1) as number], { initializer: 'ones' });
    this.addWeight('seen', [], { initializer: 'zeros', trainable: false });
  }
  override call(x: Value): Value {
    return ops.multiply(ops.multiply(x, this.weights[0] as never), this.factor);
  }
  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), factor: this.factor };
  }
}

class Block extends layers.Layer {
  readonly units: number;
  readonly first: layers.Dense;
  readonly others: layers.Layer[];
  constructor(units: number, options?: layers.LayerOptions) {
    super(options);
    this.units = units;
    this.first = new layers.Dense(units, { activation: 'tanh' });
    this.others = [new layers.LayerNormalization(), new layers.Dense(units), new Scaled({ factor: 2 })];
  }
  static override fromConfig({ units, ...options }: { units: number }): Block {
    return new Block(units, options);
  }
  override get className(): string {
    return 'Block';
  }
  override call(x: Value): Value {
    return this.others.reduce<Value>((value, layer) => layer.apply(value), this.first.apply(x));
  }
  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), units: this.units };
  }
}

class Squares extends losses.Loss {
  override call(yTrue: Value, yPred: Value): Value {
    return ops.mean(ops.square(ops.subtract(yTrue, yPred)), -1);
  }
}

describe('what the user wrote', () => {
  const far = (yTrue: Value, yPred: Value): Value => ops.mean(ops.abs(ops.subtract(yTrue, yPred)), -1);
  const twice = (x: Value): Value => ops.multiply(x, 2);
  const customObjects = new Map<string, never>(Object.entries({ Scaled, Block, Squares, far, twice }) as never);

  it('layers with weights and layers inside', async () => {
    const model = new Sequential([new Scaled({ factor: 3, inputShape: [4] }), new Block(4), new layers.Dense(2)]);
    const copy = await comesBack(model, rows, { customObjects });
    expect(copy.layers.map(({ className }) => className)).toEqual(['Scaled', 'Block', 'Dense']);
    await expect(loadModel(await model.toKeras())).rejects.toThrow(
      "an unknown layer 'Scaled', which is none of Keras's. Pass customObjects: { Scaled }.",
    );
  });

  it('functions as losses, metrics, activations and in a Lambda', async () => {
    const model = new Sequential([
      new layers.Dense(4, { inputShape: [4], activation: twice }),
      new layers.Lambda(twice),
      new layers.Dense(2),
    ]);
    model.compile({ optimizer: 'sgd', loss: far, metrics: [far, 'mse'] });
    await comesBack(model, rows, { customObjects });
    await expect(loadModel(await model.toKeras())).rejects.toThrow(ModelFormatError);
    await expect(loadModel(await model.toKeras())).rejects.toThrow(/'twice'/);
    const known = new Map([['twice', twice]]);
    await expect(loadModel(await model.toKeras(), { customObjects: known })).rejects.toThrow(
      "the function 'far', whose code is not in the file",
    );
    expect((await loadModel(await model.toKeras(), { customObjects: known, compile: false })).optimizer).toBeUndefined();
  });

  it('a class of losses', async () => {
    const model = new Sequential([new layers.Dense(2, { inputShape: [4] })]);
    model.compile({ optimizer: 'sgd', loss: new Squares() });
    await comesBack(model, rows, { customObjects });
  });
});
