// Layers, losses, metrics and the rest, written as a user would.
import { describe, expect, it } from 'vitest';
import {
  callbacks,
  Input,
  initializers,
  layers,
  losses,
  Model,
  metrics,
  ops,
  Sequential,
  type Shape,
  setRandomSeed,
  type Value,
  type Variable,
} from '../../src/index.ts';

class Linear extends layers.Layer {
  readonly units: number;
  kernel!: Variable;
  bias!: Variable;

  constructor(units: number, options?: layers.LayerOptions) {
    super(options);
    this.units = units;
  }

  override build(inputShape: Shape): void {
    this.kernel = this.addWeight('kernel', [inputShape.at(-1) as number, this.units]);
    this.bias = this.addWeight('bias', [this.units], { initializer: 'zeros' });
  }

  override call(x: Value): Value {
    return ops.add(ops.matmul(x, this.kernel), this.bias);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), units: this.units };
  }
}

const x = Array.from({ length: 16 }, (_, i) => [(i % 4) / 4, Math.floor(i / 4) / 4]);
const y = x.map(([a, b]) => [2 * a - b + 0.5]);

describe('a layer', () => {
  it('learns as Dense does, to the last bit', async () => {
    const run = async (layer: layers.Layer) => {
      const model = new Sequential([layer]);
      model.setWeights([[[0.1], [0.2]], [0]]);
      model.compile({ optimizer: 'adam', loss: 'mse' });
      const { history } = await model.fit(x, y, { epochs: 5, batchSize: 4, shuffle: false, verbose: 0 });
      return [history.loss, model.getWeights().map((weight) => weight.array())];
    };
    expect(await run(new Linear(1, { inputShape: [2] }))).toEqual(await run(new layers.Dense(1, { inputShape: [2] })));
  });

  it('learns', async () => {
    setRandomSeed(3);
    const model = new Sequential([new Linear(1, { inputShape: [2] })]);
    model.compile({ optimizer: { className: 'Adam', config: { learningRate: 0.1 } }, loss: 'mse' });
    await model.fit(x, y, { epochs: 100, batchSize: 16, verbose: 0 });
    const [kernel, bias] = model.getWeights();
    expect(kernel.at(0, 0)).toBeCloseTo(2, 1);
    expect(kernel.at(1, 0)).toBeCloseTo(-1, 1);
    expect(bias.at(0)).toBeCloseTo(0.5, 1);
  });

  it('has a name, a config, weights and shapes', () => {
    const layer = new Linear(3, { name: 'mine' });
    expect(layer.apply(Input({ shape: [7, 2] })).shape).toEqual([null, 7, 3]);
    expect(layer.getConfig()).toEqual({ name: 'mine', trainable: true, units: 3 });
    expect(layer.countParams()).toBe(9);
    expect(layer.weights.map(({ name }) => name)).toEqual(['kernel', 'bias']);
    expect(new Linear(1).name).toMatch(/^linear/);
  });

  it('refuses options that no layer has', () => {
    expect(() => new Linear(1, { inputshape: [2] } as never)).toThrow(
      "Linear: expected an option it has, got 'inputshape'. Did you mean inputShape?",
    );
  });

  it('is built for unknown lengths, not for the guesses at them', () => {
    const seen: unknown[] = [];
    class Peek extends layers.Layer {
      override build(inputShape: Shape): void {
        seen.push(inputShape);
      }
      override call(value: Value): Value {
        return value;
      }
    }
    expect(new Peek().apply(Input({ shape: [null, 2] })).shape).toEqual([null, null, 2]);
    expect(seen).toEqual([[null, null, 2]]);
  });

  it('takes rows of a table with a sparse gradient', () => {
    class Table extends layers.Layer {
      table!: Variable;
      override get inputDtype(): 'int32' {
        return 'int32';
      }
      override build(): void {
        this.table = this.addWeight('table', [5, 2], { initializer: 'ones' });
      }
      override call(ids: Value): Value {
        return ops.take(this.table, ids, 0);
      }
    }
    const run = (layer: layers.Layer) => {
      const model = new Sequential([layer, new layers.Flatten(), new layers.Dense(1, { kernelInitializer: 'ones' })]);
      model.compile({ optimizer: 'sgd', loss: 'mse' });
      model.trainOnBatch(
        [
          [1, 3],
          [3, 3],
        ],
        [[0], [1]],
      );
      expect(() => model.predict([[5, 0]])).toThrow(/expected whole ids in \[-?\d, 5\), got 5 at position \[0, 0\]/);
      return model.getWeights().map((weight) => weight.array());
    };
    const embedding = new layers.Embedding(5, 2, { inputLength: 2, embeddingsInitializer: 'ones' });
    expect(run(new Table({ batchInputShape: [null, 2] }))).toEqual(run(embedding));
  });

  it('may hold layers, which are trained with it', () => {
    class Residual extends layers.Layer {
      readonly inner = new layers.Dense(2, { activation: 'relu', name: 'inner' });
      readonly others = [new layers.Dropout(0.5, { name: 'drop' }), new layers.Dense(2, { name: 'outer' })];
      override call(value: Value): Value {
        const hidden = this.others.reduce<Value>((v, layer) => layer.apply(v), this.inner.apply(value));
        return ops.add(value, hidden);
      }
    }
    const model = new Sequential([new Residual({ inputShape: [2] })]);
    expect(model.trainableWeights.map(({ shape }) => shape)).toEqual([[2, 2], [2], [2, 2], [2]]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    const before = model.getWeights()[2].array();
    model.trainOnBatch([[1, 2]], [[3, 4]]);
    expect(model.predict([[1, 2]]).shape).toEqual([1, 2]);
    expect(model.getWeights()[3].array()).not.toEqual([0, 0]);
    expect(before).not.toBe(undefined);
    model.layers[0].trainable = false;
    expect(model.trainableWeights).toEqual([]);
  });

  it('may keep numbers between batches and add to the loss', () => {
    class Counter extends layers.Layer {
      seen!: Variable;
      override build(): void {
        this.seen = this.addWeight('seen', [], { initializer: 'zeros', trainable: false });
      }
      override call(value: Value, { training }: layers.CallOptions): Value {
        if (training) this.assign(this.seen, ops.add(this.seen, value.shape[0]));
        this.addLoss(ops.multiply(ops.sum(value), 0));
        this.addLoss(ops.multiply(this.seen, 1));
        return value;
      }
    }
    const model = new Sequential([new Counter({ inputShape: [2] }), new layers.Dense(1, { kernelInitializer: 'zeros' })]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    expect(
      model.trainOnBatch(
        [
          [1, 2],
          [1, 2],
          [0, 1],
        ],
        [[0], [0], [0]],
      ),
    ).toEqual([3]);
    expect(model.trainOnBatch([[1, 2]], [[0]])).toEqual([4]);
    model.predict([[1, 2]]);
    expect(model.weights.find(({ name }) => name === 'seen')?.view()[0]).toBe(4);
  });

  it('may take several inputs', () => {
    class Product extends layers.Layer {
      override call(inputs: readonly Value[]): Value {
        return ops.multiply(inputs[0], inputs[1]);
      }
    }
    const [a, b] = [Input({ shape: [2] }), Input({ shape: [2] })];
    const model = new Model({ inputs: [a, b], outputs: new Product().apply([a, b]) });
    expect(model.predict([[[1, 2]], [[3, 4]]]).array()).toEqual([[3, 8]]);
  });
});

const squares = (yTrue: Value, yPred: Value): Value => ops.mean(ops.square(ops.subtract(yTrue, yPred)), -1);

describe('a loss', () => {
  it('as a function or a class trains like the built-in one', async () => {
    class Squares extends losses.Loss {
      override call(yTrue: Value, yPred: Value): Value {
        return squares(yTrue, yPred);
      }
    }
    const run = async (loss: losses.LossIdentifier) => {
      const model = new Sequential([new layers.Dense(1, { inputShape: [2], kernelInitializer: 'ones' })]);
      model.compile({ optimizer: 'sgd', loss });
      const { history } = await model.fit(x, y, { epochs: 3, batchSize: 8, shuffle: false, verbose: 0 });
      return history.loss as number[];
    };
    const builtIn = await run('mse');
    for (const loss of [squares, new Squares()]) {
      for (const [i, value] of (await run(loss)).entries()) expect(value).toBeCloseTo(builtIn[i], 5);
    }
    expect(builtIn[2]).toBeLessThan(builtIn[0]);
  });

  it('has to give a value', () => {
    const wrong = (() => 3) as never;
    expect(() => losses.get(wrong).apply([[1]], [[1]])).toThrow('loss wrong: expected the function to return a value made by ops, got 3');
  });
});

describe('a metric', () => {
  class Largest extends metrics.Metric {
    readonly top = this.addVariable('top');
    readonly calls = this.addVariable('calls', [2]);
    override updateState(yTrue: ops.Operand, yPred: ops.Operand): void {
      this.assign(this.top, ops.maximum(this.top, ops.max(ops.abs(ops.subtract(yTrue, yPred)))));
      this.assignAdd(this.calls, ops.multiply(ops.sum(ops.onesLike(yTrue)), 1));
    }
    override result(): number {
      return this.top.view()[0];
    }
  }

  it('as a class keeps numbers from batch to batch, and as a function is averaged', async () => {
    const model = new Sequential([new layers.Dense(1, { inputShape: [1], kernelInitializer: 'ones' })]);
    const largest = new Largest({ name: 'worst' });
    model.compile({ loss: 'mse', metrics: [largest, squares, 'mse'] });
    const data: [number[][], number[][]] = [
      [[1], [2], [3]],
      [[1], [7], [4]],
    ];
    const logs = await model.evaluate(...data, { batchSize: 2, returnDict: true, verbose: 0 });
    expect(Object.keys(logs)).toEqual(['loss', 'worst', 'squares', 'mse']);
    expect(logs.worst).toBe(5);
    expect(logs.squares).toBeCloseTo(26 / 3, 5);
    expect(logs.squares).toBe(logs.mse);
    expect([...largest.calls.view()]).toEqual([3, 3]);
    expect((await model.evaluate([[1]], [[2]], { returnDict: true, verbose: 0 })).worst).toBe(1);
  });

  it('works at once', () => {
    const largest = new Largest();
    expect(largest.name).toBe('largest');
    largest.updateState([[1]], [[4]]);
    largest.updateState([[1]], [[2]]);
    expect(largest.result()).toBe(3);
    largest.resetState();
    expect(largest.result()).toBe(0);
  });
});

describe('other objects', () => {
  it('a callback sees the run and ends it', async () => {
    class Stop extends callbacks.Callback {
      readonly seen: string[] = [];
      override onTrainBegin(): void {
        this.seen.push(`${this.params?.epochs} epochs`);
      }
      override async onEpochEnd(epoch: number, logs: callbacks.Logs): Promise<void> {
        await Promise.resolve();
        this.seen.push(`${epoch} ${Object.keys(logs)}`);
        if (epoch === 1 && this.model) this.model.stopTraining = true;
      }
    }
    const model = new Sequential([new layers.Dense(1, { inputShape: [2] })]);
    model.compile({ loss: 'mse' });
    const stop = new Stop();
    await model.fit(x, y, { epochs: 9, callbacks: [stop], verbose: 0 });
    expect(stop.seen).toEqual(['9 epochs', '0 loss', '1 loss']);
  });

  it('functions stand for initializers, regularizers, constraints and activations', () => {
    const dense = new layers.Dense(1, {
      inputShape: [2],
      kernelInitializer: (shape) => ops.full(shape, 2),
      kernelRegularizer: (weight) => ops.multiply(ops.sum(ops.square(weight)), 0.5),
      kernelConstraint: (weight) => ops.clip(weight, 0, 1),
      activation: (value) => ops.power(value, 3),
    });
    expect(dense.apply([[0.5, 0.5]]).array()).toEqual([[8]]);
    const model = new Sequential([dense]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    expect(model.trainOnBatch([[0.5, 0.5]], [[8]])[0]).toBeCloseTo(4, 5);
    expect(model.getWeights()[0].array()).toEqual([[1], [1]]);
  });

  it('ops are activations', () => {
    const dense = new layers.Dense(2, { inputShape: [1], kernelInitializer: 'ones', activation: ops.softmax });
    expect(dense.apply([[3]]).array()).toEqual([[0.5, 0.5]]);
    expect(new layers.Dense(1, { inputShape: [1], kernelInitializer: 'ones', activation: ops.relu }).apply([[-2]]).array()).toEqual([[0]]);
  });

  it('an initializer as a class', () => {
    class Ramp extends initializers.Initializer {
      override call(shape: readonly number[]): Float32Array {
        return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i);
      }
    }
    const dense = new layers.Dense(2, { inputShape: [2], kernelInitializer: new Ramp() });
    expect(dense.apply([[1, 1]]).array()).toEqual([[2, 4]]);
  });
});
