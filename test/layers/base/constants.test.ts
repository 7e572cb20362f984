// Constants inside a call: what a layer's weights make of them is part of the graph, so it trains and follows setWeights.
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/graph/value.ts';
import { Input, layers, Model, ops, Sequential, type Tensor, tensor } from '../../../src/index.ts';

/** Adds a row for each place, as every Transformer does. */
class Places extends layers.Layer {
  readonly rows = new layers.Embedding(3, 2, { name: 'places' });
  private readonly ids: unknown;
  constructor(ids: unknown = ops.arange(0, 3)) {
    super({ name: 'around' });
    this.ids = ids;
  }
  override call(x: Value): Value {
    return ops.add(x, this.rows.apply(this.ids as Tensor));
  }
}

const zeros = ops.zeros([2, 3, 2]);

describe('a layer applied to constants inside a call', () => {
  it.each<[string, () => { model: Model | Sequential; places: Places }]>([
    [
      'of a functional model',
      () => {
        const x = Input({ shape: [3, 2] });
        const places = new Places();
        return { model: new Model({ inputs: x, outputs: places.apply(x) }), places };
      },
    ],
    [
      'of a stack',
      () => {
        const places = new Places();
        return { model: new Sequential([new layers.InputLayer({ shape: [3, 2] }), places]), places };
      },
    ],
  ])('%s trains, and follows setWeights', async (_, make) => {
    const { model, places } = make();
    expect(model.weights.map(({ shape }) => shape)).toEqual([[3, 2]]);
    model.setWeights([
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ]);
    expect(model.predict(zeros).array()).toEqual([
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ]);
    expect(places.apply(zeros).array()).toEqual(model.predict(zeros).array());
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    await model.fit(zeros, ops.ones([2, 3, 2]), { epochs: 1, verbose: 0 });
    // The loss is the mean of 12 squares: each element of the table moves by 0.01 * 2 * 2 / 12 * (w - 1).
    const expected = [1, 2, 3, 4, 5, 6].map((w) => w - (0.01 * 4 * (w - 1)) / 12);
    for (const [i, number] of expected.entries()) expect(model.getWeights()[0].data[i]).toBeCloseTo(number, 5);
    for (const [i, number] of expected.entries()) expect(model.predict(zeros).data[i]).toBeCloseTo(number, 5);
  });

  it.each<[string, unknown]>([
    ['a Tensor of integers', ops.arange(0, 3)],
    ['a Tensor of floats', tensor([0, 1, 2])],
    ['an array', [0, 1, 2]],
    ['a typed array', Int32Array.of(0, 1, 2)],
  ])('takes %s', (_, ids) => {
    const places = new Places(ids);
    places.rows.build();
    places.setWeights([
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ]);
    expect(places.apply(zeros).data.slice(0, 6)).toEqual(Float32Array.of(1, 2, 3, 4, 5, 6));
  });

  it.each<[string, unknown, string]>([
    ['too large', [0, 1, 3], 'got 3 at position [2] of its input. Raise inputDim to at least 4'],
    ['negative', [[0, 1, -1]], 'got -1 at position [0, 2] of its input. Ids count from 0'],
    ['a fraction', [0.5], 'got 0.5 at position [0] of its input. Ids are numbers of rows'],
  ])('refuses an id that is %s, everywhere', (_, ids, message) => {
    expect(() => new Places(ids).apply(zeros)).toThrow(`places: expected whole ids in [0, 3), ${message}`);
    const x = Input({ shape: [3, 2] });
    const draw = () => new Model({ inputs: x, outputs: new Places(ids).apply(x) }).predict(zeros);
    expect(draw).toThrow(`places: expected whole ids in [0, 3), ${message}`);
  });

  it('takes a weight for an input, which trains then too', async () => {
    class Learned extends layers.Layer {
      readonly inner = new layers.Dense(1, { kernelInitializer: 'ones' });
      row: unknown;
      override build(): void {
        this.row = this.addWeight('row', [1, 2], { initializer: 'ones' });
      }
      override call(x: Value): Value {
        return ops.add(x, this.inner.apply(this.row as Tensor));
      }
    }
    const model = new Sequential([new layers.InputLayer({ shape: [1] }), new Learned()]);
    expect(model.predict([[1], [2]]).array()).toEqual([[3], [4]]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    await model.fit([[0]], [[0]], { verbose: 0 });
    const [row, kernel, bias] = model.getWeights();
    for (const value of [...row.data, ...kernel.data]) expect(value).toBeCloseTo(0.96, 5);
    expect(bias.data[0]).toBeCloseTo(-0.04, 5);
  });
});

describe('a constant of one row', () => {
  it.each(['Add', 'Subtract', 'Multiply', 'Average', 'Maximum', 'Minimum'] as const)('goes with any number of rows in %s', (name) => {
    const x = Input({ shape: [3] });
    const row = tensor([[1, 2, 3]]);
    const y = new layers[name]().apply([x, row]);
    expect(y.shape).toEqual([null, 3]);
    const rows = tensor([
      [4, 1, 2],
      [0, 5, 3],
    ]);
    const each = new layers[name]().apply([
      rows,
      tensor([
        [1, 2, 3],
        [1, 2, 3],
      ]),
    ]);
    expect(new Model({ inputs: x, outputs: y }).predict(rows).array()).toEqual(each.array());
  });
});
