// Classes of the user's in files: known by their own names, never taken for those that they extend.
import { describe, expect, it } from 'vitest';
import {
  activations,
  clearSession,
  constraints,
  Input,
  initializers,
  layers,
  loadModel,
  losses,
  Model,
  ModelFormatError,
  metrics,
  modelFromJSON,
  modelToJSON,
  ops,
  optimizers,
  regularizers,
  Sequential,
  schedules,
  type Value,
} from '../../../src/index.ts';

// Each differs from what it extends, so that numbers tell which of the two was made.
class Doubled extends layers.Dense {
  override call(x: Value): Value {
    return ops.multiply(super.call(x), 2);
  }
}
class TwiceSquared extends losses.MeanSquaredError {
  override call<T extends ops.Operand, P extends ops.Operand>(yTrue: T, yPred: P): ops.OpResult<T | P> {
    return ops.multiply(super.call(yTrue, yPred) as ops.Operand, 2) as ops.OpResult<T | P>;
  }
}
class HalfError extends metrics.MeanAbsoluteError {
  protected override call(yTrue: Value, yPred: Value): Value {
    return ops.multiply(super.call(yTrue, yPred), 0.5);
  }
}
class SlowAdam extends optimizers.Adam {
  override get learningRate(): number {
    return super.learningRate / 10;
  }
  override set learningRate(rate: number) {
    super.learningRate = rate;
  }
}
class Halved extends schedules.ExponentialDecay {
  override call(step: number): number {
    return super.call(step) / 2;
  }
}
class Stronger extends regularizers.L2 {
  override call<A extends ops.Operand>(weight: A): ops.OpResult<A> {
    return ops.multiply(super.call(weight) as A, 3) as ops.OpResult<A>;
  }
}
class Ramp extends initializers.Constant {
  override call(shape: readonly number[]) {
    return ops.add(super.call(shape), 0.25);
  }
}
class Capped extends constraints.NonNeg {
  override call<A extends ops.Operand>(weight: A): ops.OpResult<A> {
    return ops.minimum(super.call(weight) as A, 0.5) as ops.OpResult<A>;
  }
}
const cube = (x: Value): Value => ops.power(x, 3);

const x = [
  [0.5, -1],
  [2, 0.25],
  [-0.75, 1.5],
];
const y = [[1], [0], [2]];

/** A model that has one of each, or what `changes` say. */
function modelOf(changes: object = {}): Sequential {
  clearSession();
  const model = new Sequential([
    new Doubled(2, {
      inputShape: [2],
      activation: cube,
      kernelInitializer: new Ramp(0.5),
      kernelRegularizer: new Stronger(0.1),
      biasConstraint: new Capped(),
      ...changes,
    }),
    new layers.Dense(1, { kernelInitializer: 'ones' }),
  ]);
  model.compile({
    optimizer: new SlowAdam(new Halved(0.1, 1, 0.5)),
    loss: new TwiceSquared(),
    metrics: [new HalfError({ name: 'half' })],
  });
  return model;
}

const all = { Doubled, TwiceSquared, HalfError, SlowAdam, Halved, Stronger, Ramp, Capped, cube };

/** What training and predicting give, which depends on every part of the model. */
async function traceOf(model: Sequential) {
  const { history } = await model.fit(x, y, { epochs: 3, verbose: 0, shuffle: false });
  return { history: history as unknown, predicted: model.predict(x).array() };
}

describe('a class that extends one of the package', () => {
  it('keeps its own name', () => {
    clearSession();
    expect([new Doubled(1).name, new Doubled(1).name, new layers.Dense(1).name]).toEqual(['doubled', 'doubled_1', 'dense']);
    expect(new Doubled(1).className).toBe('Doubled');
    expect(new SlowAdam().name).toBe('slow_adam');
    // Keras writes the names of most losses and metrics out in their constructors.
    expect([new TwiceSquared().name, new HalfError().name]).toEqual(['mean_squared_error', 'mean_absolute_error']);
    expect(regularizers.serialize(new Stronger(0.1))).toEqual({ className: 'Stronger', config: { l2: 0.1 } });
  });

  it('reads the options of the other, and has its config', () => {
    const options = { activation: 'relu', name: 'mine' } as const;
    expect(new Doubled(3, options).getConfig()).toEqual(new layers.Dense(3, options).getConfig());
    expect(() => new Doubled({ unit: 3 } as never)).toThrow("Doubled: expected an option it has, got 'unit'. Did you mean units?");
    expect(Doubled.fromConfig({ units: 3 })).toBeInstanceOf(Doubled);
  });

  it('is written as Keras writes it', () => {
    const { config, compile_config: compiled } = JSON.parse(modelToJSON(modelOf()));
    const { module, class_name: name, registered_name: registered, config: own } = config.layers[1];
    expect([module, name, registered]).toEqual([null, 'Doubled', 'Doubled']);
    expect(own).toMatchObject({ units: 2, use_bias: true, quantization_config: null });
    expect(own.kernel_regularizer).toEqual({ module: null, class_name: 'Stronger', config: { l2: 0.1 }, registered_name: 'Stronger' });
    expect(own.kernel_initializer).toEqual({ module: null, class_name: 'Ramp', config: { value: 0.5 }, registered_name: 'Ramp' });
    expect(own.bias_constraint).toEqual({ module: null, class_name: 'Capped', config: {}, registered_name: 'Capped' });
    expect(own.bias_initializer).toEqual({ module: 'keras.initializers', class_name: 'Zeros', config: {}, registered_name: null });
    expect(own.activation).toEqual({ module: 'builtins', class_name: 'function', config: 'cube', registered_name: 'function' });
    expect(compiled.optimizer).toMatchObject({ module: null, class_name: 'SlowAdam', registered_name: 'SlowAdam' });
    expect(compiled.optimizer.config).toMatchObject({ beta_1: 0.9, loss_scale_factor: null });
    expect(compiled.optimizer.config.learning_rate).toMatchObject({ module: null, class_name: 'Halved', registered_name: 'Halved' });
    expect(compiled.loss).toMatchObject({ module: null, class_name: 'TwiceSquared', config: { name: 'mean_squared_error' } });
    expect(compiled.metrics[0]).toMatchObject({ module: null, class_name: 'HalfError', config: { name: 'half', dtype: 'float32' } });
  });

  it.each<[string, unknown]>([
    ['an object', all],
    ['a Map', new Map<string, unknown>(Object.entries(all))],
    ['a list', Object.values(all)],
    [
      'an object with other names for the classes',
      { a: Doubled, b: TwiceSquared, c: HalfError, d: SlowAdam, e: Halved, f: Stronger, g: Ramp, h: Capped, cube },
    ],
  ])('comes back with %s of custom objects', async (_, customObjects) => {
    const model = modelOf();
    const before = model.predict(x).array();
    const bytes = await model.toKeras();
    const copy = (await loadModel(bytes, { customObjects: customObjects as never })) as Sequential;
    expect(copy.layers[0]).toBeInstanceOf(Doubled);
    expect(copy.optimizer).toBeInstanceOf(SlowAdam);
    expect(copy.predict(x).array()).toEqual(before);
    expect(await traceOf(copy)).toEqual(await traceOf(model));
  });

  it.each(Object.keys(all))('is refused where %s is not given', (name) => {
    const { [name as 'cube']: _, ...others } = all;
    const load = () => modelFromJSON(modelToJSON(modelOf()), { customObjects: others });
    expect(load).toThrow(ModelFormatError);
    expect(load).toThrow(`Pass customObjects: { ${name} }.`);
  });

  it('predicts the same before and after', async () => {
    const model = new Sequential([new Doubled(1, { inputShape: [2], kernelInitializer: new initializers.Constant(-0.409) })]);
    expect(model.predict([[1, 0]]).item()).toBeCloseTo(-0.818, 3);
    const copy = await loadModel(await model.toKeras(), { customObjects: { Doubled } });
    expect(copy.predict([[1, 0]]).item()).toBe(model.predict([[1, 0]]).item());
  });

  it('is itself inside wrappers, and copied with its own objects', async () => {
    class Gated extends layers.LSTM {}
    const model = new Sequential([
      new layers.Bidirectional(
        new Gated(2, { kernelRegularizer: new Stronger(0.1), kernelInitializer: () => new Float32Array(16).fill(0.1) }),
        {
          inputShape: [3, 2],
        },
      ),
      new layers.RepeatVector(2),
      new layers.TimeDistributed(new Doubled(1)),
    ]);
    const [forwards, backwards] = model.layers[0].sublayers as layers.LSTM[];
    expect([forwards, backwards].every((one) => one instanceof Gated && one.kernelRegularizer instanceof Stronger)).toBe(true);
    const json = modelToJSON(
      new Sequential([new layers.Bidirectional(new Gated(2, { kernelRegularizer: new Stronger(0.1) }), { inputShape: [3, 2] })]),
    );
    const copy = modelFromJSON(json, { customObjects: [Gated, Stronger] });
    expect(copy.layers[0].sublayers.every((one) => one instanceof Gated)).toBe(true);
    expect(() => modelFromJSON(json, { customObjects: { Stronger } })).toThrow("an unknown layer 'Gated'");
  });
});

describe('a class of models', () => {
  class Stack extends Sequential {
    override forward(inputs: readonly Value[], training: boolean): Value[] {
      return super.forward(inputs, training).map((output) => ops.multiply(output, 2));
    }
  }
  class Graph extends Model {
    override forward(inputs: readonly Value[], training: boolean): Value[] {
      return super.forward(inputs, training).map((output) => ops.multiply(output, 2));
    }
  }
  clearSession();
  const input = Input({ shape: [2], name: 'in' });
  const dense = new layers.Dense(1, { kernelInitializer: 'ones' });
  it.each<[string, string, Sequential | Model]>([
    ['Stack', 'stack', new Stack([new layers.Dense(1, { inputShape: [2], kernelInitializer: 'ones' })])],
    ['Graph', 'graph', new Graph({ inputs: input, outputs: dense.apply(input) })],
  ])('%s is itself, alone and inside another', async (className, name, model) => {
    expect([model.className, model.name]).toEqual([className, name]);
    expect(JSON.parse(modelToJSON(model))).toMatchObject({ module: null, class_name: className, registered_name: className });
    const outer = new Sequential([new layers.Dense(2, { inputShape: [2], kernelInitializer: 'identity' }), model]);
    for (const one of [model, outer]) {
      const copy = await loadModel(await one.toKeras(), { customObjects: { Stack, Graph } });
      expect((one === model ? copy : copy.layers[1]).constructor).toBe(model.constructor);
      expect(copy.predict([[1, 2]]).array()).toEqual([[6]]);
      await expect(loadModel(await one.toKeras())).rejects.toThrow(`'${className}'`);
    }
  });
});

describe('a class that bears the name of one of the package', () => {
  class Dense extends layers.Layer {
    override call(value: Value): Value {
      return ops.multiply(value, 3);
    }
    override computeOutputShape(shape: readonly (number | null)[]): readonly (number | null)[] {
      return shape;
    }
  }
  class L2 extends regularizers.Regularizer {
    call(weight: Value): Value {
      return ops.sum(weight);
    }
  }
  const model = () => new Sequential([new Dense({ inputShape: [2] }), new layers.Dense(2, { kernelRegularizer: new L2() })]);

  it('is written as a class of the user', () => {
    const [, first, second] = JSON.parse(modelToJSON(model())).config.layers;
    expect(first).toMatchObject({ module: null, class_name: 'Dense', registered_name: 'Dense' });
    expect(second).toMatchObject({ module: 'keras.layers', class_name: 'Dense', registered_name: null });
    expect(second.config.kernel_regularizer).toEqual({ module: null, class_name: 'L2', config: {}, registered_name: 'L2' });
  });

  it('is given for itself and for nothing else, as in Keras', () => {
    const copy = modelFromJSON(modelToJSON(model()), { customObjects: { Dense, L2 } });
    expect(copy.layers.map((layer) => layer instanceof Dense)).toEqual([true, false]);
    expect((copy.layers[1] as layers.Dense).kernelRegularizer).toBeInstanceOf(L2);
    expect(() => modelFromJSON(modelToJSON(model()))).toThrow(
      "an unknown layer 'Dense', which is none of Keras's. Pass customObjects: { Dense }.",
    );
    expect(() => modelFromJSON(modelToJSON(model()), { customObjects: { Dense } })).toThrow("an unknown regularizer 'L2'");
  });

  it('and an activation of such a name is no Keras activation', () => {
    const relu: activations.Activation = (value) => ops.multiply(value, 5) as Value;
    const json = modelToJSON(new Sequential([new layers.Dense(1, { inputShape: [2], activation: relu })]));
    expect(() => modelFromJSON(json)).toThrow("the function 'relu'");
    expect((modelFromJSON(json, { customObjects: { relu } }).layers[0] as layers.Dense).activation).toBe(relu);
    // Keras's own stays Keras's own.
    const plain = modelToJSON(new Sequential([new layers.Dense(1, { inputShape: [2], activation: 'relu' })]));
    expect((modelFromJSON(plain, { customObjects: { relu } }).layers[0] as layers.Dense).activation).toBe(activations.relu);
  });
});

describe('classes of one name', () => {
  const named = (name: string, factor: number) =>
    class t extends layers.Dense {
      static readonly className: string = name;
      override call(value: Value): Value {
        return ops.multiply(super.call(value), factor);
      }
    };

  it('are refused together', () => {
    const [A, B] = [named('Scaled', 2), named('Scaled', 3)];
    const model = new Sequential([new A(1, { inputShape: [2] }), new B(1)]);
    expect(() => modelToJSON(model)).toThrow("expected classes of different names, got two named 'Scaled'");
    // One of them may stand in several places.
    expect(() => modelToJSON(new Sequential([new A(1, { inputShape: [2] }), new A(1)]))).not.toThrow();
  });

  it('are told apart by static className, as minifiers leave it', async () => {
    const [A, B] = [named('Twofold', 2), named('Threefold', 3)];
    const model = new Sequential([new A(1, { inputShape: [2], kernelInitializer: 'ones' }), new B(1, { kernelInitializer: 'ones' })]);
    expect(model.layers.map(({ className }) => className)).toEqual(['Twofold', 'Threefold']);
    const copy = await loadModel(await model.toKeras(), { customObjects: [A, B] });
    expect(copy.predict([[1, 2]]).array()).toEqual([[18]]);
  });
});

describe('custom objects', () => {
  const json = modelToJSON(new Sequential([new Doubled(1, { inputShape: [2] })]));
  it.each<[string, unknown, string]>([
    ['a number', 3, 'expected customObjects to hold classes and functions by name, got 3'],
    ['null', null, 'got null'],
    ['an instance', { Doubled: new layers.Dense(1) }, "got an instance of Dense as 'Doubled'"],
    ['a list of names', ['Doubled'], "got 'Doubled'"],
  ])('%s is refused', (_, customObjects, message) => {
    expect(() => modelFromJSON(json, { customObjects: customObjects as never })).toThrow(message);
    expect(() => modelFromJSON(json, { customObjects: customObjects as never })).toThrow(
      'Pass { Name: Class }, a Map or a list of classes.',
    );
  });

  it('a class may be for a name that the file has and the code has not', () => {
    const older = json.replaceAll('Doubled', 'Twice');
    expect(modelFromJSON(older, { customObjects: { Twice: Doubled } }).layers[0]).toBeInstanceOf(Doubled);
    expect(() => modelFromJSON(older, { customObjects: [Doubled] })).toThrow("an unknown layer 'Twice'");
    const packaged = json.replace('"registered_name": "Doubled"', '"registered_name": "my_package>Doubled"');
    expect(modelFromJSON(packaged, { customObjects: [Doubled] }).layers[0]).toBeInstanceOf(Doubled);
  });
});
