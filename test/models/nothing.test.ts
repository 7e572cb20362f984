// What has no number to give is refused, and is not given one.
import { describe, expect, it } from 'vitest';
import type { Tensor, Value } from '../../src/index.ts';
import { callbacks, Input, layers, Model, ops, optimizers, ValueError } from '../../src/index.ts';

describe('no steps', () => {
  it.each<[string, layers.Layer]>([
    ['LSTM', new layers.LSTM(2)],
    ['GRU', new layers.GRU(2)],
    ['SimpleRNN', new layers.SimpleRNN(2)],
    ['Bidirectional', new layers.Bidirectional(new layers.LSTM(2))],
    ['GlobalMaxPooling1D', new layers.GlobalMaxPooling1D()],
  ])('are refused by %s', (_, layer) => {
    expect(() => layer.apply(ops.zeros([1, 0, 3]))).toThrow(/expected at least one step, got shape \[1, 0, 3\]/);
  });
});

describe('predict', () => {
  const rows = [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ];

  it('refuses an output that is a number', () => {
    const input = Input({ shape: [3] });
    const model = new Model({ inputs: input, outputs: ops.mean(input) });
    expect(() => model.predict(rows)).toThrow('expected outputs with a first axis, got a single number. Keep the axis of the batch.');
  });

  // As Keras: what the batches give stands one after another, whatever the first axis is.
  it('joins outputs without the axis of the batch', () => {
    const input = Input({ shape: [3] });
    const model = new Model({
      inputs: input,
      outputs: [ops.sum(input, { axis: 0 }), ops.ravel(input), ops.cast(ops.ravel(input), 'int32')],
    });
    const parts: number[][] = [];
    const callback = new callbacks.LambdaCallback({
      onPredictBatchEnd: (_, logs) => void parts.push((logs as unknown as { outputs: Tensor[] }).outputs.map(({ shape }) => shape[0])),
    });
    const outputs = model.predict(rows, { batchSize: 2, callbacks: [callback] }) as unknown as Tensor[];
    expect(outputs.map((output) => output.array())).toEqual([
      [5, 7, 9, 7, 8, 9],
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
      [1, 2, 3, 4, 5, 6, 7, 8, 9],
    ]);
    expect(outputs.map(({ dtype }) => dtype)).toEqual(['float32', 'float32', 'int32']);
    expect(parts).toEqual([
      [3, 6, 6],
      [3, 3, 3],
    ]);
  });

  it('refuses batches of outputs that do not fit', () => {
    const input = Input({ shape: [3] });
    const model = new Model({ inputs: input, outputs: ops.transpose(input) });
    expect(() => model.predict(rows, { batchSize: 2 })).toThrow('expected outputs of shape [null, 2], got [3, 1]');
    expect(model.predict(rows).shape).toEqual([3, 3]);
  });
});

describe('counts of an optimizer', () => {
  it.each([Number.NaN, null, '3', -1, {}, 1.5, Number.POSITIVE_INFINITY])('are not %s', (value) => {
    const optimizer = new optimizers.Adam();
    optimizer.iterations = 4;
    for (const key of ['iterations', 'batches'] as const) {
      expect(() => {
        optimizer[key] = value as number;
      }).toThrow(ValueError);
    }
    expect(optimizer.iterations).toBe(4);
  });
});

describe('addWeight', () => {
  class Scaled extends layers.Layer {
    readonly options: object;
    constructor(options: object) {
      super();
      this.options = options;
    }
    override build(): void {
      this.addWeight('scale', [1], this.options);
      this.addWeight({ name: 'more', shape: [1], ...this.options });
    }
    override call(x: Value): Value {
      return x;
    }
  }
  it('refuses options that it does not have', () => {
    expect(() => new Scaled({ initialiser: 'ones' }).build()).toThrow(/addWeight: .*initialiser.*initializer/);
    new Scaled({ initializer: 'ones', trainable: false }).build();
  });
});
