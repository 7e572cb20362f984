// Random training runs that Keras made (test/fixtures/record/random_training.py): histories, evaluations and weights.
// KERATIN_RANDOM_TRAINING names a file of others, recorded by the same script from other seeds.
import { describe, expect, it } from 'vitest';
import { camelCase } from '../../src/common/names.ts';
import { compileFromConfig, modelFromJSON, type Sequential, type Tensor, tensor } from '../../src/index.ts';
import recordedCases from '../fixtures/random_training.json' with { type: 'json' };

interface Recorded {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly (number | string | boolean)[];
}

interface Training {
  readonly name: string;
  readonly model: unknown;
  readonly compile: unknown;
  readonly x: Recorded;
  readonly y: Recorded;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly weights_before: readonly Recorded[];
  readonly history: Readonly<Record<string, readonly (number | string)[]>>;
  readonly evaluated: Readonly<Record<string, number | string>>;
  readonly weights_after: readonly Recorded[];
}

const file = process.env.KERATIN_RANDOM_TRAINING;
const cases = (file ? JSON.parse(process.getBuiltinModule('node:fs').readFileSync(file, 'utf8')) : recordedCases) as Training[];

/** How far a number may be off, as a part of the largest of its kind. */
const TOLERANCE = 1e-4;

const toTensor = ({ shape, dtype, data }: Recorded): Tensor => tensor(data.map(Number), shape, dtype as 'float32');
const isRecorded = (value: unknown): value is Recorded => typeof value === 'object' && value !== null && 'data' in value;

function expectNear(actual: ArrayLike<number | boolean>, expected: readonly (number | string | boolean)[], what: string): void {
  expect(actual.length, what).toBe(expected.length);
  const scale = expected.reduce<number>((most, value) => Math.max(most, Math.abs(Number(value)) || 0), 1e-3);
  for (const [i, value] of expected.entries()) {
    const [a, e] = [Number(actual[i]), Number(value)];
    if (!(Object.is(a, e) || Math.abs(a - e) <= TOLERANCE * scale)) expect.fail(`${what}: expected ${e}, got ${a} at ${i}`);
  }
}

describe('random training', () => {
  it.each(cases)('$name', async (entry) => {
    const model = modelFromJSON(JSON.stringify(entry.model)) as Sequential;
    expect(compileFromConfig(model, entry.compile)).toBe(true);
    model.setWeights(entry.weights_before.map(toTensor));
    const options = Object.entries(entry.arguments).map(([key, value]) => [camelCase(key), isRecorded(value) ? toTensor(value) : value]);
    const [x, y] = [toTensor(entry.x), toTensor(entry.y)];
    const { history } = await model.fit(x, y, { ...Object.fromEntries(options), verbose: 0 });
    expect(Object.keys(history).sort()).toEqual(Object.keys(entry.history).sort());
    for (const [key, values] of Object.entries(entry.history)) expectNear(history[key] as number[], values, key);
    for (const [i, weight] of model.getWeights().entries()) {
      expectNear(weight.data, entry.weights_after[i].data, `${model.weights[i].name} of [${weight.shape}], ${i}`);
    }
    const evaluated = (await model.evaluate(x, y, { batchSize: 3, verbose: 0, returnDict: true })) as Record<string, number>;
    expect(Object.keys(evaluated).sort()).toEqual(Object.keys(entry.evaluated).sort());
    for (const [key, value] of Object.entries(entry.evaluated)) expectNear([evaluated[key]], [value], `evaluate: ${key}`);
  });
});
