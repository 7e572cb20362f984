// Values where they cannot be: every public way in says what to do.
import { describe, expect, it } from 'vitest';
import {
  activations,
  constraints,
  Input,
  layers,
  losses,
  Model,
  metrics,
  ops,
  regularizers,
  tensor,
  type Value,
  ValueError,
  type Variable,
} from '../../src/index.ts';

/** A layer that hands its value out. */
class Leaking extends layers.Layer {
  value: Value | undefined;
  override call(x: Value): Value {
    this.value ??= ops.add(x, 1);
    return ops.add(this.value, x);
  }
}

describe('values outside of their call', () => {
  const layer = new Leaking();
  layer.apply(tensor([[1, 2]]));
  const stray = layer.value as Value;
  const dense = new layers.Dense(1);

  it.each<[string, () => unknown]>([
    ['an op', () => ops.relu(stray)],
    ['an op of two', () => ops.add([1, 2], stray)],
    ['an activation', () => activations.get('tanh')(stray)],
    ['a loss', () => new losses.MeanSquaredError().apply(stray, stray)],
    ['a loss by call', () => new losses.Hinge().call(stray, stray)],
    ['a function of a loss', () => losses.binaryCrossentropy([[1, 0]], stray)],
    ['a metric', () => new metrics.MeanSquaredError().updateState(stray, stray)],
    ['a function of a metric', () => metrics.categoricalAccuracy(stray, [[1, 0]])],
    ['a regularizer', () => new regularizers.L2().call(stray)],
    ['a constraint', () => new constraints.MaxNorm().call(stray)],
    ['a layer', () => dense.apply(stray)],
    ['a layer by call', () => dense.call(stray)],
    ['the next call', () => layer.apply(tensor([[1, 2]]))],
    ['a model', () => new Model({ inputs: Input({ shape: [2] }), outputs: stray as never })],
  ])('are refused by %s', (_, run) => {
    expect(run).toThrow(ValueError);
    expect(run).not.toThrow(/internal|undefined|NaN/);
  });
});

describe('weights that are assigned', () => {
  class Keeping extends layers.Layer {
    kept: Variable = this.addWeight({ name: 'kept', shape: [2], initializer: 'ones' });
    readonly body: (kept: Variable, set: (value: Value) => void) => Value;

    constructor(body: Keeping['body']) {
      super();
      this.body = body;
    }

    override call(x: Value): Value {
      return ops.add(
        x,
        this.body(this.kept, (value) => this.assign(this.kept, value)),
      );
    }
  }

  it('give old contents that were copied', () => {
    const layer = new Keeping((kept, set) => {
      const old = ops.add(kept, 0);
      set(ops.multiply(kept, 3));
      return ops.subtract(kept, old);
    });
    expect(layer.apply(tensor([[0, 0]])).array()).toEqual([[2, 2]]);
  });

  it('say so where they were not', () => {
    const layer = new Keeping((kept, set) => {
      const old = ops.reshape(kept, [1, 2]);
      set(ops.multiply(kept, 3));
      return ops.subtract(kept, old);
    });
    expect(() => layer.apply(tensor([[0, 0]]))).toThrow('Copy them first: ops.add(weight, 0).');
  });
});

describe('losses, penalties and bounds', () => {
  it('are computed inside the call of a layer, weights among them', () => {
    class Inside extends layers.Layer {
      override call(x: Value): Value {
        const penalty = new regularizers.L2(0.5).call(x);
        const bounded = new constraints.MaxNorm({ maxValue: 1, axis: 1 }).call(x);
        const loss = new losses.MeanSquaredError().apply(ops.zerosLike(x), x, [1, 3]);
        return ops.add(ops.add(penalty, loss), ops.sum(bounded, -1));
      }
    }
    const x = tensor([
      [3, 4],
      [0, 2],
    ]);
    const expected = 0.5 * (9 + 16 + 4) + (12.5 + 3 * 2) / 2;
    const [first, second] = new Inside().apply(x).data;
    expect(first).toBeCloseTo(expected + 1.4, 4);
    expect(second).toBeCloseTo(expected + 1, 4);
  });

  it('keep a gradient through a constraint', () => {
    class Bounded extends layers.Layer {
      w: Variable = this.addWeight({ name: 'w', shape: [2], initializer: 'ones' });
      override call(x: Value): Value {
        return ops.multiply(x, new constraints.MaxNorm(1).call(this.w));
      }
    }
    const x = Input({ shape: [2] });
    const model = new Model({ inputs: x, outputs: new Bounded().apply(x) });
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    return model.fit([[1, 2]], [[0, 5]], { epochs: 1, verbose: 0 }).then(() => {
      expect(model.getWeights()[0].array()).not.toEqual([1, 1]);
    });
  });
});
