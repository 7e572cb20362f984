// Objects of every class from what their getConfig gives, without a file between.
import { describe, expect, it } from 'vitest';
import {
  Input,
  layers,
  losses,
  Model,
  ModelFormatError,
  metrics,
  optimizers,
  Sequential,
  schedules,
  type Tensor,
  type Value,
} from '../../../src/index.ts';
import { deserialize, type JsonObject, type Serialized, serialize } from '../../../src/saving/index.ts';
import { allClasses } from '../../../src/saving/keras/all-classes.ts';
import type { ObjectKind } from '../../../src/saving/model/kinds.ts';
import configs from '../../fixtures/configs.json';
import { bitsOf, numbersFor } from '../round-trip.ts';

interface Configured {
  getConfig(): Record<string, unknown>;
}
interface ConfiguredClass {
  fromConfig(config: Record<string, unknown>): Configured;
}

/** The same options, of an object of the same class. */
function expectCopy(object: Configured): void {
  const config = object.getConfig();
  const copy = (object.constructor as unknown as ConfiguredClass).fromConfig(config);
  expect(copy).toBeInstanceOf(object.constructor);
  expect(copy).not.toBe(object);
  expect(copy.getConfig()).toEqual(config);
  expect(serialize(copy as Serialized)).toEqual(serialize(object as Serialized));
}

const kinds: Readonly<Record<string, ObjectKind>> = {
  layers: 'layer',
  initializers: 'initializer',
  regularizers: 'regularizer',
  constraints: 'constraint',
  optimizers: 'optimizer',
  schedules: 'schedule',
  losses: 'loss',
  metrics: 'metric',
};

/** What is not among the recorded configs. */
const more: readonly (Configured & { readonly className: string })[] = [
  new layers.Hashing(4, { salt: 3, outputMode: 'one_hot' }),
  new layers.IntegerLookup({ vocabulary: [5, 7], outputMode: 'multi_hot' }),
  new layers.StringLookup({ vocabulary: ['a', 'b'], numOovIndices: 2 }),
  new layers.TextVectorization({ vocabulary: ['a', 'b'], outputMode: 'tf_idf', idfWeights: [1, 2] }),
  new metrics.F1Score({ average: 'micro' }),
  new metrics.FBetaScore({ beta: 2, threshold: 0.5 }),
  new optimizers.LazyAdam(0.1),
  new optimizers.Adam({ learningRate: new schedules.PiecewiseConstantDecay([3], [0.1, 0.01]) }),
  new layers.Dense(3, { activityRegularizer: 'l2' }),
  new layers.ActivityRegularization({ l1: 0.1 }),
];
it.each(more.map((object) => [object.className, object] as const))('%s', (_name, object) => expectCopy(object));

it('a Lambda', () => {
  const layer = new layers.Lambda((x) => x, { arguments: { a: 1 } } as never);
  expect(layers.Lambda.fromConfig(layer.getConfig()).getConfig()).toEqual(layer.getConfig());
});

describe.each(Object.entries(configs as unknown as Record<string, JsonObject[]>))('%s', (kind, list) => {
  it.each(list.map((entry, i) => [`${i} ${entry.class_name as string}`, entry] as const))('%s', (_name, entry) => {
    expectCopy(deserialize<Configured>(entry));
  });

  it('are all of the classes', () => {
    const recorded = new Set(list.map((entry) => entry.class_name as string));
    const others = [...more, new layers.Lambda((x) => x)].map(({ className }) => className);
    expect(
      allClasses()
        .names(kinds[kind])
        .filter((name) => !recorded.has(name) && !others.includes(name)),
    ).toEqual([]);
  });
});

describe('models', () => {
  const stack = () =>
    new Sequential([new layers.Dense(3, { inputShape: [4], activation: 'tanh' }), new layers.Dropout(0.2), new layers.Dense(1)]);

  it('Sequential', async () => {
    const model = stack();
    const copy = await Sequential.fromConfig(model.getConfig());
    expect(copy).toBeInstanceOf(Sequential);
    expect(copy.getConfig()).toEqual(model.getConfig());
    copy.setWeights(model.getWeights());
    expect(bitsOf([copy.predict(numbersFor([2, 4]))])).toEqual(bitsOf([model.predict(numbersFor([2, 4]))]));
  });

  it('functional, with others inside', async () => {
    const x = Input({ shape: [5, 4] });
    const steps = new layers.TimeDistributed(stack()).apply(x);
    const model = new Model({ inputs: x, outputs: new layers.Bidirectional(new layers.GRU(2)).apply(steps) });
    const classes = { ...layers, Sequential };
    const parsed = JSON.parse(JSON.stringify(model.getConfig()));
    for (const made of [Model.fromConfig(model.getConfig()), Model.fromConfig(parsed, { customObjects: classes as never })]) {
      const copy = await made;
      expect(copy).toBeInstanceOf(Model);
      expect(copy.toJSON()).toBe(model.toJSON());
    }
    await expect(Model.fromConfig(parsed)).rejects.toThrow(
      "an unknown layer 'InputLayer'. Pass all classes in customObjects, such as { Dense }, or use modelFromJSON",
    );
  });

  it('take classes of the user, and refuse what is no config', async () => {
    class Same extends layers.Layer {
      call(x: Value): Value {
        return x;
      }
    }
    const model = new Sequential([new Same({ inputShape: [2], name: 'same' })]);
    const config = model.getConfig();
    const copy = await Sequential.fromConfig(config, { customObjects: { Same, InputLayer: layers.InputLayer } });
    expect(copy.layers[0]).toBeInstanceOf(Same);
    expect((await Sequential.fromConfig(config)).layers[0]).toBeInstanceOf(Same);
    const parsed = JSON.parse(JSON.stringify(config));
    await expect(Sequential.fromConfig(parsed, { customObjects: [layers.InputLayer] })).rejects.toThrow(
      /^Sequential\.fromConfig: .* an unknown layer 'Same'/,
    );
    await expect(Sequential.fromConfig([] as never)).rejects.toThrow(ModelFormatError);
    await expect(Model.fromConfig({})).rejects.toThrow(ModelFormatError);
    await expect(Sequential.fromConfig(config, { custom_objects: new Map() } as never)).rejects.toThrow('customObjects');
  });
});

describe('wrappers', () => {
  it('hold layers', () => {
    for (const inner of [new layers.Dense(2), new layers.TimeDistributed(new layers.Conv1D(2, 3))])
      expectCopy(new layers.TimeDistributed(inner));
    expectCopy(new layers.Bidirectional(new layers.LSTM(2), { backwardLayer: new layers.GRU(2, { goBackwards: true }) }));
    const unknown = { layer: { className: 'Dence', config: { units: 2 } } };
    const ofModel = new layers.TimeDistributed(new Sequential([new layers.Dense(2)])).getConfig();
    for (const config of [unknown, ofModel])
      expect(() => layers.TimeDistributed.fromConfig(config)).toThrow(
        ': expected layer to be a layer, got a config. Make the layer with deserialize(config).',
      );
  });
});

it('a schedule', () => {
  const config = new optimizers.SGD(new schedules.CosineDecay(0.1, 10)).getConfig();
  expect(optimizers.SGD.fromConfig(config).rate).toBeInstanceOf(schedules.CosineDecay);
  expect(() => optimizers.SGD.fromConfig({ learningRate: { className: 'CosinDecay' } })).toThrow("Did you mean 'cosine_decay'?");
});

it('a penalty on what a layer gives holds in both directions of a Bidirectional', async () => {
  const loss = async (activityRegularizer: 'l2' | null) => {
    const inner = new layers.SimpleRNN(2, { activityRegularizer, kernelInitializer: 'ones', recurrentInitializer: 'zeros' });
    const model = new Sequential([new layers.Bidirectional(inner, { inputShape: [3, 2] } as never)]);
    model.compile({ optimizer: 'sgd', loss: 'mse' });
    return (await model.evaluate(numbersFor([2, 3, 2]), numbersFor([2, 4]), { verbose: 0 })) as number[];
  };
  const model = new Sequential([
    new layers.Bidirectional(new layers.SimpleRNN(2, { kernelInitializer: 'ones', recurrentInitializer: 'zeros' }), {
      inputShape: [3, 2],
    } as never),
  ]);
  const given = model.predict(numbersFor([2, 3, 2])) as Tensor<'float32'>;
  const squares = given.data.reduce((sum, value) => sum + value ** 2, 0);
  const [[plain], [penalised]] = [await loss(null), await loss('l2')];
  expect(penalised - plain).toBeCloseTo((0.01 * squares) / 2, 6);
});

it('a wrong option is named as in the constructor', () => {
  expect(() => layers.Dense.fromConfig({ units: 3, activaton: 'relu' })).toThrow('Did you mean activation?');
  expect(() => optimizers.Adam.fromConfig({ learning_rate: 0.1 })).toThrow("Keras's learning_rate is written learningRate here.");
  expect(() => losses.Huber.fromConfig({ delta: 'x' })).toThrow('delta');
  expect(() => metrics.AUC.fromConfig(3 as never)).toThrow();
  expect(() => schedules.ExponentialDecay.fromConfig({})).toThrow('initialLearningRate');
});
