// A layer is built once, by whoever is first: `build` called by a user, another layer's `build`, or the first use.
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/graph/value.ts';
import type { Variable } from '../../../src/graph/variable.ts';
import { Input, layers, Model, ops, Sequential, tensor } from '../../../src/index.ts';
import type { Shape } from '../../../src/layers/base/layer.ts';

class Scale extends layers.Layer {
  scale!: Variable;
  override build(inputShape: Shape): void {
    this.scale = this.addWeight('scale', [inputShape.at(-1) as number], { initializer: 'ones' });
  }
  override call(x: Value): Value {
    return ops.multiply(x, this.scale);
  }
}

class Shifted extends Scale {
  shift!: Variable;
  override build(inputShape: Shape): void {
    super.build(inputShape);
    this.shift = this.addWeight({ name: 'shift', shape: [inputShape.at(-1) as number], initializer: 'zeros' });
  }
  override call(x: Value): Value {
    return ops.add(super.call(x), this.shift);
  }
}

/** Builds the layers inside in its own `build`, as users of Keras write it. */
class Careful extends layers.Layer {
  readonly first = new Shifted();
  last!: InstanceType<typeof layers.Dense>;
  override build(inputShape: Shape): void {
    this.first.build(inputShape);
    this.last = new layers.Dense(2);
    this.last.build(inputShape);
    this.built = true;
  }
  override call(x: Value): Value {
    return this.last.apply(this.first.apply(x));
  }
}

/** Leaves it to its first use. */
class Careless extends layers.Layer {
  readonly inner = [new Careful(), { last: new layers.Dense(1) }] as const;
  override call(x: Value): Value {
    return this.inner[1].last.apply(this.inner[0].apply(x));
  }
}

/** Says what shape it gives, so that nothing has to be run to find it. */
class Declared extends Careless {
  override computeOutputShape(inputShape: Shape): Shape {
    return [...inputShape.slice(0, -1), 1];
  }
}

const cases: [string, () => InstanceType<typeof layers.Layer>, string[]][] = [
  ['a layer of the package', () => new layers.Dense(2), ['kernel', 'bias']],
  ['a class with a build', () => new Scale(), ['scale']],
  ['a class whose build calls that of its parent', () => new Shifted(), ['scale', 'shift']],
  ['a class that builds the layers inside', () => new Careful(), ['scale', 'shift', 'kernel', 'bias']],
  ['a class without a build', () => new Careless(), ['scale', 'shift', 'kernel', 'bias', 'kernel', 'bias']],
  ['a class that declares its shape', () => new Declared(), ['scale', 'shift', 'kernel', 'bias', 'kernel', 'bias']],
];

/** What makes a layer's weights. */
const builders: Readonly<Record<string, (layer: InstanceType<typeof layers.Layer>) => unknown>> = {
  'build of a shape': (layer) => layer.build([null, 3]),
  'a use on data': (layer) => layer.apply([[1, 2, 3]]),
  'call on data': (layer) => (layer.call as (x: unknown) => unknown)([[1, 2, 3]]),
  'a use in a functional model': (layer) => layer.apply(Input({ shape: [3] })),
  'a use in a stack': (layer) => new Sequential([new layers.InputLayer({ shape: [3] }), layer]),
  'a use in another layer': (layer) => new Around(layer).apply([[1, 2, 3]]),
};

class Around extends layers.Layer {
  readonly inner: InstanceType<typeof layers.Layer>;
  constructor(inner: InstanceType<typeof layers.Layer>) {
    super();
    this.inner = inner;
  }
  override call(x: Value): Value {
    return this.inner.apply(x);
  }
}

describe('a layer', () => {
  for (const [what, make, names] of cases) {
    it.each(Object.keys(builders))(`that is ${what} is built by %s, and by nothing after it`, (first) => {
      const layer = make();
      expect([layer.built, layer.weights]).toEqual([false, []]);
      builders[first](layer);
      expect(layer.built).toBe(true);
      const { weights } = layer;
      expect(weights.map(({ name }) => name)).toEqual(names);
      const numbers = layer.getWeights().map(({ shape, size }) =>
        tensor(
          Float32Array.from({ length: size }, (_, i) => i + 1),
          shape,
        ),
      );
      layer.setWeights(numbers);
      for (const builder of Object.values(builders)) builder(layer);
      expect(layer.weights.every((weight, i) => weight === weights[i])).toBe(true);
      expect(layer.weights).toHaveLength(names.length);
      expect(layer.getWeights().map((one) => one.array())).toEqual(numbers.map((one) => one.array()));
    });
  }

  it('of ids is built without a length, and keeps the rows that it is given', () => {
    const embedding = new layers.Embedding(3, 2);
    embedding.build();
    embedding.setWeights([
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
    ]);
    expect(embedding.apply([0, 2]).array()).toEqual([
      [1, 2],
      [5, 6],
    ]);
    expect(embedding.weights).toHaveLength(1);
  });

  it('takes the weights of its options when it is built', () => {
    const dense = new layers.Dense(1, { weights: [[[2], [3]], [4]] });
    dense.build([null, 2]);
    expect(dense.apply([[1, 1]]).array()).toEqual([[9]]);
  });

  it('whose build throws is as before, and can be built for another shape', () => {
    class Even extends layers.Layer {
      override build([, features]: Shape): void {
        this.addWeight('first', [1]);
        if ((features as number) % 2 === 1) throw new Error('odd');
      }
      override call(x: Value): Value {
        return x;
      }
    }
    const layer = new Even();
    expect(() => layer.build([null, 3])).toThrow('odd');
    expect([layer.built, layer.weights]).toEqual([false, []]);
    layer.build([null, 4]);
    expect(layer.weights).toHaveLength(1);
  });

  it('computes in its build what is no part of a graph', () => {
    class Table extends layers.Layer {
      table!: unknown;
      readonly inner = new layers.Dense(2, { kernelInitializer: 'ones' });
      override build(): void {
        this.table = this.inner.apply(ops.ones([1, 3]));
      }
      override call(x: Value): Value {
        return ops.add(x, this.table as Value);
      }
    }
    const x = Input({ shape: [2] });
    const layer = new Around(new Table());
    const model = new Model({ inputs: x, outputs: layer.apply(x) });
    expect(model.predict([[1, 2]]).array()).toEqual([[4, 5]]);
    expect(
      model
        .predict([
          [1, 2],
          [3, 4],
        ])
        .array(),
    ).toEqual([
      [4, 5],
      [6, 7],
    ]);
  });

  it.each([
    ['a length that is not known', [null, 2], '[null, 2]'],
    ['a number', 3, '3'],
    ['fractions', [1.5], '[1.5]'],
  ])('has no weight whose shape is %s', (_, shape, shown) => {
    class Odd extends layers.Layer {
      override build(): void {
        this.addWeight('w', shape as number[]);
      }
      override call(x: Value): Value {
        return x;
      }
    }
    expect(() => new Odd({ name: 'odd' }).apply([[1]])).toThrow(`odd.addWeight: expected the shape of w in whole numbers, got ${shown}.`);
  });
});

describe('layers inside a layer', () => {
  it('are found through objects that hold themselves, and the layer that holds them', () => {
    class Child extends Around {
      parent: unknown;
    }
    const child = new Child(new layers.Dense(2));
    const parent = new Around(child);
    child.parent = parent;
    const ring: Record<string, unknown> = { other: [new layers.Dense(3)] };
    ring.ring = ring;
    Object.assign(parent, { ring, itself: parent });
    expect(parent.apply([[1, 2]]).shape).toEqual([1, 2]);
    expect(parent.sublayers).toHaveLength(3);
    expect(parent.weights.map(({ name }) => name)).toEqual(['kernel', 'bias']);
    parent.trainable = false;
    expect([child.trainable, parent.trainableWeights, parent.nonTrainableWeights.length]).toEqual([false, [], 2]);
    const x = Input({ shape: [2] });
    const model = new Model({ inputs: x, outputs: parent.apply(x) });
    expect(model.countParams()).toBe(6);
  });

  it('are not looked for in tables of numbers', () => {
    const layer = Object.assign(new Around(new layers.Dense(2)), { table: Array.from({ length: 1e6 }, (_, i) => i) });
    Object.defineProperty(layer.table, 'flatMap', { value: () => expect.unreachable() });
    const reads = { count: 0 };
    const watched = new Proxy(layer.table, {
      get: (target, key) => {
        reads.count++;
        return Reflect.get(target, key);
      },
    });
    Object.assign(layer, { table: watched });
    expect(layer.sublayers).toHaveLength(1);
    expect(reads.count).toBeLessThan(10);
  });
});
