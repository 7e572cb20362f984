// Where a layer takes its mask from, and where it leaves it. The numbers are those of Keras 3.15.
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import type { Value } from '../../../src/graph/value.ts';
import { Input, layers, Model, ops, Sequential, type Tensor, tensor } from '../../../src/index.ts';

const IDS = [[1, 0, 2]];
const embedding = () => new layers.Embedding(3, 1, { maskZero: true, weights: [tensor([[5], [1], [2]])] });
const recurrent = (options = {}) =>
  new layers.SimpleRNN(1, { activation: 'linear', kernelInitializer: 'ones', recurrentInitializer: 'ones', ...options });

/** What `body` makes of masked steps 1 and 2 of three, with the mask of the result; null for none. */
function inside(body: (x: Value, ids: Value) => Value): { values: unknown; mask: unknown } {
  class Probe extends layers.Layer {
    readonly embedding = embedding();
    override get inputDtype(): 'int32' {
      return 'int32';
    }
    override call(ids: Value): readonly Value[] {
      const y = body(this.embedding.apply(ids), ids);
      return y.mask ? [y, ops.multiply(y.mask, 1)] : [y];
    }
  }
  const [values, mask] = [new Probe().apply(IDS)].flat() as Tensor[];
  return { values: values.array(), mask: mask?.array() ?? null };
}

class Same extends layers.Layer {
  override call(x: Value): Value {
    return x;
  }
}

class Doubled extends layers.Layer {
  override call(x: Value): Value {
    return ops.multiply(x, 2);
  }
}

class Opposite extends Doubled {
  override computeMask(_: Value, mask: Value | undefined): Value | undefined {
    return mask && ops.subtract(1, mask);
  }
}

class Block extends layers.Layer {
  readonly embedding = embedding();
  override get inputDtype(): 'int32' {
    return 'int32';
  }
  override call(ids: Value): Value {
    return this.embedding.apply(ids);
  }
}

describe('masks', () => {
  let warn: MockInstance;
  beforeEach(() => {
    warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  });
  afterEach(() => warn.mockRestore());

  const ten = tensor([[10]]);
  const hundred = tensor([[100]]);
  const first = tensor([[1, 0, 0]]);
  const all = [[1, 0, 1]];

  it.each<[string, (x: Value, ids: Value) => Value, unknown, unknown, number]>([
    ['come with the only tensor of a call', (x) => recurrent().apply(x), [[3]], null, 0],
    [
      'are not taken from the input where a call has states too',
      (x) => recurrent({ returnSequences: true }).apply(x, { initialState: ten }),
      [[[11], [16], [18]]],
      all,
      0,
    ],
    [
      'are those of the call where it has states too',
      (x) => recurrent({ returnSequences: true }).apply(x, { initialState: [ten], mask: first }),
      [[[11], [11], [11]]],
      [[1, 0, 0]],
      0,
    ],
    [
      'follow the same rule in both directions',
      (x) => new layers.Bidirectional(recurrent({ returnSequences: true })).apply(x, { initialState: [ten, hundred] }),
      [
        [
          [11, 108],
          [16, 107],
          [18, 102],
        ],
      ],
      all,
      0,
    ],
    [
      'hide steps in both directions',
      (x) => new layers.Bidirectional(recurrent({ returnSequences: true })).apply(x),
      [
        [
          [1, 3],
          [0, 0],
          [3, 2],
        ],
      ],
      all,
      0,
    ],
    ['stay where a layer inside has put them', (_, ids) => new Block().apply(ids), [[[1], [5], [2]]], all, 0],
    ['stay on an input that is given back', (x) => new Same().apply(x), [[[1], [5], [2]]], all, 1],
    ['end at a layer that does not know them', (x) => new Doubled().apply(x), [[[2], [10], [4]]], null, 1],
    ['go through a layer with a computeMask of its own', (x) => new Opposite().apply(x), [[[2], [10], [4]]], [[0, 1, 0]], 0],
    ['end at a layer of Keras even where it changes nothing', (x) => new layers.Cropping1D([0, 0]).apply(x), [[[1], [5], [2]]], null, 1],
    [
      'of a call go out on an input that is given back',
      (x) => new layers.Identity().apply(new Doubled().apply(x), { mask: first }),
      [[[2], [10], [4]]],
      [[1, 0, 0]],
      1,
    ],
    [
      'go through TimeDistributed',
      (x) => new layers.TimeDistributed(new layers.Dense(1, { kernelInitializer: 'ones' })).apply(x),
      [[[1], [5], [2]]],
      all,
      0,
    ],
  ])('%s', (_, body, values, mask, warnings) => {
    expect(inside(body)).toEqual({ values, mask });
    expect(warn).toHaveBeenCalledTimes(warnings);
  });

  it('of an input that is given back are not those that a call brought', () => {
    const result = inside((x) => {
      const y = new Doubled().apply(x);
      new layers.Identity().apply(y, { mask: first });
      return y;
    });
    expect(result.mask).toBeNull();
  });

  it.each<[string, (x: unknown) => unknown]>([
    ['given back', (x) => new Same().apply(x as never)],
    ['of a layer inside', (x) => new Layered().apply(x as never)],
  ])('%s reach the next layer of a model', (_, middle) => {
    const x = Input({ shape: [3], dtype: 'int32' });
    const model = new Model({ inputs: x, outputs: recurrent().apply(middle(embedding().apply(x)) as never) });
    expect(model.predict(IDS).array()).toEqual([[3]]);
  });

  it('reach the next layer of a stack', () => {
    expect(new Sequential([embedding(), new Same(), recurrent()]).predict(IDS).array()).toEqual([[3]]);
    expect(new Sequential([new Block({ inputShape: [3] }), recurrent()]).predict(IDS).array()).toEqual([[3]]);
  });
});

class Layered extends layers.Layer {
  readonly inner = new layers.Activation('linear');
  override call(x: Value): Value {
    return this.inner.apply(x);
  }
}
