// Every class to and from its config, against what Keras wrote.
import { describe, expect, it } from 'vitest';
import { type AnyClass, kerasPath } from '../../../src/common/spec.ts';
import * as constraints from '../../../src/constraints/index.ts';
import * as initializers from '../../../src/initializers/index.ts';
import * as layers from '../../../src/layers/index.ts';
import * as losses from '../../../src/losses/index.ts';
import * as metrics from '../../../src/metrics/index.ts';
import * as optimizers from '../../../src/optimizers/index.ts';
import * as regularizers from '../../../src/regularizers/index.ts';
import { deserialize, type JsonObject, serialize } from '../../../src/saving/index.ts';
import * as schedules from '../../../src/schedules/index.ts';
import configs from '../../fixtures/configs.json';
import initializerCases from '../../fixtures/initializers.json';
import layerCases from '../../fixtures/layers.json';
import recurrentCases from '../../fixtures/layers_recurrent.json';
import lossCases from '../../fixtures/losses.json';
import metricCases from '../../fixtures/metrics.json';
import optimizerCases from '../../fixtures/optimizers.json';

interface Recorded {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A config with the build_config of layers inside, which says nothing about a layer that has not been built. */
const withoutBuild = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutBuild);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== 'build_config' && key !== 'shared_object_id');
  return Object.fromEntries(entries.map(([key, item]) => [key, withoutBuild(item)]));
};

describe.each(Object.entries(configs as unknown as Record<string, Recorded[]>))('%s', (_kind, list) => {
  it.each(list.map((entry, i) => [`${i} ${entry.class_name}`, entry] as const))('%s is written as Keras wrote it', (_name, entry) => {
    expect(serialize(deserialize(entry))).toEqual(entry);
  });
});

/** The cases without those that say the same again. */
const distinct = (cases: readonly Recorded[]): [string, Recorded][] => [
  ...new Map(
    cases.map((entry) => [JSON.stringify([entry.class_name, entry.config]), [entry.class_name, entry] as [string, Recorded]]),
  ).values(),
];

describe('golden configs come back equal', () => {
  it.each(distinct([...layerCases, ...recurrentCases] as unknown as Recorded[]))('layer %s', (className, { config }) => {
    const again = serialize(deserialize({ module: 'keras.layers', class_name: className, config }));
    expect(withoutBuild(again.config)).toEqual(withoutBuild(config));
  });

  it.each(distinct(optimizerCases as unknown as Recorded[]))('optimizer %s', (className, { config }) => {
    expect(serialize(deserialize({ class_name: className, config }, { kind: 'optimizer' })).config).toEqual(config);
  });

  it.each(distinct(initializerCases as unknown as Recorded[]))('initializer %s', (className, { config }) => {
    expect(serialize(deserialize({ class_name: className, config }, { kind: 'initializer' })).config).toEqual(config);
  });

  // The recorded configs lack names and dtypes.
  it.each(distinct(lossCases as unknown as Recorded[]))('loss %s', (className, { config }) => {
    expect(serialize(deserialize({ class_name: className, config }, { kind: 'loss' })).config).toMatchObject(config);
  });

  it.each(distinct(metricCases as unknown as Recorded[]))('metric %s', (className, { config }) => {
    expect(serialize(deserialize({ class_name: className, config }, { kind: 'metric' })).config).toMatchObject(config);
  });
});

describe('what the recorded configs do not show', () => {
  const cases: [string, () => JsonObject][] = [
    [
      'TextVectorization',
      () => serialize(new layers.TextVectorization({ vocabulary: ['a', 'b'], standardize: null as never, ngrams: [1, 2] })),
    ],
    ['StringLookup', () => serialize(new layers.StringLookup({ vocabulary: ['a', 'b'], numOovIndices: 2 }))],
    ['IntegerLookup', () => serialize(new layers.IntegerLookup({ vocabulary: [3, 4] }))],
    ['Hashing', () => serialize(new layers.Hashing({ numBins: 3, salt: 4, outputMode: 'one_hot' }))],
    ['F1Score', () => serialize(new metrics.F1Score({ average: 'micro', threshold: 0.5 }))],
    ['Huber', () => serialize(new losses.Huber({ delta: 0.7 }))],
    ['LazyAdam', () => serialize(new optimizers.LazyAdam(0.1))],
    ['Identity', () => serialize(new initializers.Identity({ gain: 2 }))],
    ['L2', () => serialize(new regularizers.L2(0.3))],
    ['MaxNorm', () => serialize(new constraints.MaxNorm(3))],
    ['CosineDecayRestarts', () => serialize(new schedules.CosineDecayRestarts(0.1, 10, { tMul: 3 }))],
  ];
  it.each(cases)('%s survives', (className, make) => {
    const config = make();
    expect(config.class_name).toBe(className);
    expect(serialize(deserialize(JSON.parse(JSON.stringify(config))))).toEqual(config);
  });

  it('keeps a setting that Keras leaves out where it is not the default', () => {
    expect(serialize(new losses.Huber()).config).toEqual({ name: 'huber_loss', reduction: 'sum_over_batch_size' });
    expect(serialize(new losses.Huber({ delta: 0.7 })).config).toMatchObject({ delta: 0.7 });
    expect(serialize(new optimizers.LazyAdam()).module).toBe('keratin');
  });

  it('tells hashes of ids from hashes that are numbers', () => {
    const dtypeOf = (layer: layers.Layer) => (serialize(layer).config as { dtype: { config: { name: string } } }).dtype.config.name;
    expect(dtypeOf(new layers.Hashing({ numBins: 3 }))).toBe('int64');
    expect(dtypeOf(new layers.Hashing({ numBins: 3, outputMode: 'count' }))).toBe('float32');
  });

  it('reads a name without a module by the kind it is told', () => {
    const config = { class_name: 'BinaryCrossentropy', config: { from_logits: true } };
    expect(deserialize(config, { kind: 'loss' })).toBeInstanceOf(losses.BinaryCrossentropy);
    expect(deserialize(config, { kind: 'metric' })).toBeInstanceOf(metrics.BinaryCrossentropy);
    expect(deserialize({ module: 'keras.metrics', ...config })).toBeInstanceOf(metrics.BinaryCrossentropy);
  });
});

describe('classes are exported under the names that Keras has for them, and named so in the code', () => {
  const namespaces = { layers, initializers, regularizers, constraints, optimizers, losses, metrics };
  const all = { ...Object.fromEntries(Object.entries(namespaces)), 'optimizers.schedules': schedules };
  it.each(Object.entries(all))('%s', (module, namespace) => {
    const named = Object.entries(namespace).filter(([, value]) => typeof value === 'function' && kerasPath(value));
    expect(named.length).toBeGreaterThan(3);
    for (const [name, Class] of named) {
      expect(kerasPath(Class as AnyClass)).toBe(name === 'LazyAdam' ? 'keratin.LazyAdam' : `keras.${module}.${name}`);
      expect((Class as AnyClass).name).toBe(name);
    }
  });
});
