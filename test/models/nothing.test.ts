// What has no number to give is refused, and is not given one.
import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/index.ts';
import { Input, layers, Model, ops, optimizers, ValueError } from '../../src/index.ts';

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
  it.each<[string, (x: ReturnType<typeof Input>) => ReturnType<typeof Input>, string]>([
    ['a number', (x) => ops.mean(x), '[]'],
    ['features without samples', (x) => ops.sum(x, { axis: 0 }), '[3]'],
  ])('refuses an output that is %s', (_, draw, shape) => {
    const input = Input({ shape: [3] });
    const model = new Model({ inputs: input, outputs: draw(input) });
    const rows = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    expect(() => model.predict(rows)).toThrow(`expected 2 rows of outputs, got shape ${shape}`);
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
