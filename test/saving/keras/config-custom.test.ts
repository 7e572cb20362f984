// Classes and functions of the user in configs.
import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/graph/value.ts';
import * as layers from '../../../src/layers/index.ts';
import { Sequential } from '../../../src/models/sequential.ts';
import * as operations from '../../../src/ops/index.ts';
import { deserialize, modelConfig, modelFromConfig, modelFromJSON, modelToJSON, serialize } from '../../../src/saving/index.ts';

class Scaled extends layers.Layer {
  readonly factor: number;

  constructor(options: layers.LayerOptions & { factor: number }) {
    const { factor, ...others } = options;
    super(others);
    this.factor = factor;
  }

  override get className(): string {
    return 'Scaled';
  }

  override call(x: Value): Value {
    return operations.multiply(x, this.factor);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), factor: this.factor };
  }
}

/** A layer whose constructor takes its options in another way. */
class Shifted extends layers.Layer {
  readonly by: number;

  constructor(by: number, options?: layers.LayerOptions) {
    super(options);
    this.by = by;
  }

  static override fromConfig({ by, ...options }: { by: number }): Shifted {
    return new Shifted(by, options);
  }

  override get className(): string {
    return 'Shifted';
  }

  override call(x: Value): Value {
    return operations.add(x, this.by);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), by: this.by };
  }
}

const start = () => new layers.InputLayer({ shape: [2] });

describe('customObjects', () => {
  it('stands for classes of layers', () => {
    const model = new Sequential([start(), new Scaled({ factor: 3 }), new Shifted(1)]);
    const json = modelToJSON(model);
    expect(JSON.parse(json).config.layers[1]).toMatchObject({
      module: null,
      class_name: 'Scaled',
      registered_name: 'Scaled',
      config: { factor: 3 },
    });
    const customObjects = new Map<string, typeof Scaled | typeof Shifted>([
      ['Scaled', Scaled],
      ['Shifted', Shifted],
    ]);
    const copy = modelFromJSON(json, { customObjects });
    expect(copy.predict([[1, 2]]).array()).toEqual([[4, 7]]);
    expect(modelToJSON(copy)).toBe(json);
    expect(() => modelFromJSON(json)).toThrow("an unknown layer 'Scaled', which is none of Keras's. Pass customObjects: { Scaled }.");
  });

  it('is found by registered names and what follows their package', () => {
    const config = { module: 'my.module', class_name: 'Scaled', registered_name: 'mine>Times', config: { name: 'x', factor: 2 } };
    for (const name of ['mine>Times', 'Times', 'Scaled']) {
      expect(deserialize<Scaled>(config, { customObjects: new Map([[name, Scaled]]) }).factor).toBe(2);
    }
  });

  it('stands for activations, losses and metrics that are functions', () => {
    const twice = (x: Value) => operations.multiply(x, 2);
    const mine = (yTrue: Value, yPred: Value) => operations.mean(operations.square(operations.subtract(yTrue, yPred)), { axis: -1 });
    const model = new Sequential([start(), new layers.Dense(2, { activation: twice })]);
    model.compile({ optimizer: 'sgd', loss: mine, metrics: [mine] });
    const customObjects = new Map<string, typeof twice | typeof mine>([
      ['twice', twice],
      ['mine', mine],
    ]);
    const copy = modelFromConfig(modelConfig(model), { customObjects });
    copy.setWeights(model.getWeights());
    expect(copy.testOnBatch([[1, 2]], [[3, 4]])).toEqual(model.testOnBatch([[1, 2]], [[3, 4]]));
    expect(() => modelFromConfig(modelConfig(model))).toThrow(/twice/);
    expect(() => modelFromConfig(modelConfig(model), { customObjects: new Map([['twice', twice]]) })).toThrow(
      "the function 'mine', whose code is not in the file. Pass customObjects: { mine }.",
    );
  });
});

it('functions in the place of initializers, regularizers and constraints are kept by name', () => {
  const half = (shape: readonly number[]) => new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(0.5);
  const small = (weight: Value) => operations.sum(operations.absolute(weight));
  const below = (weight: Value) => operations.minimum(weight, 1);
  const dense = new layers.Dense(1, { kernelInitializer: half, kernelRegularizer: small, biasConstraint: below });
  const config = serialize(dense);
  expect(config.config).toMatchObject({
    kernel_initializer: { class_name: 'function', config: 'half' },
    kernel_regularizer: { class_name: 'function', config: 'small' },
  });
  const customObjects = new Map<string, (...args: never[]) => unknown>(Object.entries({ half, small, below }));
  const copy = deserialize<layers.Dense>(config, { customObjects });
  expect(copy.apply([[1, 1]]).array()).toEqual([[1]]);
  expect(serialize(copy)).toEqual({ ...config, build_config: serialize(copy).build_config });
  expect(() => deserialize(config)).toThrow("the function 'half', whose code is not in the file. Pass customObjects: { half }.");
});

describe('Lambda', () => {
  const python = {
    module: 'keras.layers',
    class_name: 'Lambda',
    config: {
      name: 'double',
      function: { class_name: '__lambda__', config: { code: '4wEAAAA=', defaults: null, closure: null } },
      arguments: {},
    },
  };

  it('refuses code, and takes a function of its name instead', () => {
    expect(() => deserialize(python)).toThrow("the Lambda layer 'double', whose function is Python code. Code in files is never run.");
    const layer = deserialize<layers.Lambda>(python, { customObjects: new Map([['double', (x: Value) => operations.multiply(x, 2)]]) });
    expect(layer.apply([[1, 2]]).array()).toEqual([[2, 4]]);
    expect(() =>
      deserialize({ class_name: 'Lambda', config: { name: 'old', function: ['4wEAAAA=', null, null], function_type: 'lambda' } }),
    ).toThrow('Python code');
  });

  it('is kept by the name of its function', () => {
    const half = (x: Value) => operations.multiply(x, 0.5);
    const config = serialize(new layers.Lambda(half, { name: 'l', outputShape: [2] }));
    expect(config.config).toMatchObject({ function: { class_name: 'function', config: 'half' }, output_shape: [2], arguments: {} });
    const copy = deserialize<layers.Lambda>(config, { customObjects: new Map([['half', half]]) });
    expect(copy.apply([[4, 2]]).array()).toEqual([[2, 1]]);
    expect(serialize(copy)).toEqual(config);
    expect(() => deserialize(config)).toThrow("whose function is the function 'half'");
  });
});
