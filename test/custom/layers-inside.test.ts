// What a layer of one's own may keep, and what it must give.
import { describe, expect, it } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import { Input, layers, Model, ops, Sequential } from '../../src/index.ts';

class Blocks extends layers.Layer {
  readonly blocks = [[new layers.Dense(2)], [new layers.Dense(3)]];
  readonly named = { last: new layers.Dense(1) };

  override call(x: Value): Value {
    return this.named.last.apply(this.blocks.flat().reduce((y, block) => block.apply(y), x));
  }
}

describe('layers inside a layer', () => {
  it('are found in arrays and objects', async () => {
    const model = new Sequential([new Blocks({ inputShape: [2] })]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    model.predict([[1, 2]]);
    expect(model.weights).toHaveLength(6);
    const before = model.getWeights().map((weight) => weight.array());
    await model.fit([[1, 2]], [[7]], { verbose: 0 });
    const after = model.getWeights().map((weight) => weight.array());
    expect(after.filter((weight, i) => JSON.stringify(weight) === JSON.stringify(before[i]))).toEqual([]);
  });

  it('are not those that it is used with', () => {
    const blocks = new Blocks();
    const x = Input({ shape: [2] });
    const model = new Model({ inputs: x, outputs: new layers.Dense(4).apply(blocks.apply(x)) });
    expect(blocks.weights).toHaveLength(6);
    expect(model.weights).toHaveLength(8);
  });
});

describe('addWeight', () => {
  it('takes all of it in one object', () => {
    class Scaled extends layers.Layer {
      override build(): void {
        this.scale = this.addWeight({ name: 'scale', shape: [2], initializer: 'ones', trainable: false });
        this.shift = this.addWeight({ initializer: 'ones' });
      }
      scale: unknown;
      shift: unknown;
      override call(x: Value): Value {
        return ops.add(ops.multiply(x, this.scale as Value), this.shift as Value);
      }
    }
    const layer = new Scaled();
    expect(layer.apply([[1, 2]]).array()).toEqual([[2, 3]]);
    expect(layer.weights.map(({ name, shape, trainable }) => [name, shape, trainable])).toEqual([
      ['weight', [], true],
      ['scale', [2], false],
    ]);
  });
});

describe('call', () => {
  class Gives extends layers.Layer {
    private readonly result: unknown;
    constructor(result: unknown) {
      super({ name: 'gives' });
      this.result = result;
    }
    override call(): Value {
      return this.result as Value;
    }
  }

  it.each([
    ['a number', 5, '5'],
    ['nothing', undefined, 'undefined'],
    ['a list with a number', [7], '7'],
    ['NaN, as x * 2 is', NaN, 'NaN'],
  ])('has to give values, not %s', (_, result, shown) => {
    expect(() => new Gives(result).apply([[1, 2]])).toThrow(`gives.call: expected values made by ops, got ${shown}. Return what ops gave.`);
  });
});
