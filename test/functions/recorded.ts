// What Keras gives for calls of functions (test/fixtures/record/functions.py), and how a call is made here.
import { expect } from 'vitest';
import { camelCase } from '../../src/common/names.ts';
import * as keratin from '../../src/index.ts';
import { type DType, Tensor, tensor } from '../../src/tensor/index.ts';
import recorded from '../fixtures/functions.json' with { type: 'json' };

interface Recorded {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly data: readonly (number | string | boolean)[];
}

/** A call as the recorder wrote it. */
export interface Entry {
  /** Namespace and function, as Keras names them. */
  readonly name: string;
  readonly args: readonly unknown[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly result: Recorded | readonly Recorded[];
}

/** One call: what to call, with what, and what comes out. */
export interface Call {
  readonly name: string;
  readonly run: (args: readonly unknown[], settings: Readonly<Record<string, unknown>>) => unknown;
  readonly args: readonly unknown[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly results: readonly Tensor[];
}

const isRecorded = (value: unknown): value is Recorded => typeof value === 'object' && value !== null && 'data' in value;

function toTensor({ shape, dtype, data }: Recorded): Tensor {
  return tensor(data.map(Number), shape, dtype as DType);
}

const decoded = (value: unknown): unknown => (isRecorded(value) ? toTensor(value) : Array.isArray(value) ? value.map(decoded) : value);

type Settings = Readonly<Record<string, unknown>>;

/** An object of a class in one of the namespaces, as far as it is called here. */
interface Asked {
  apply?(...args: readonly unknown[]): unknown;
  call(...args: readonly unknown[]): unknown;
}

/** What a call does: a function takes its settings by name, an object is made of them. `keras.ops.log_softmax` is `ops.logSoftmax`. */
function find(name: string): Call['run'] {
  const [namespace, key] = name.split('.');
  const found = (keratin as unknown as Record<string, Record<string, never>>)[namespace][isClass(name) ? key : camelCase(key)];
  if (!isClass(name)) {
    const apply = found as (...args: readonly unknown[]) => unknown;
    return (args, settings) => apply(...args, ...(Object.keys(settings).length > 0 ? [settings] : []));
  }
  const Class = found as new (settings: Settings) => Asked;
  return (args, settings) => {
    const object = new Class(settings);
    return object.apply ? object.apply(...args) : object.call(...args);
  };
}

const isClass = (name: string): boolean => /\.[A-Z]/.test(name);

/** Whether a call is of a metric that keeps state. */
export const isMetric = ({ name }: Call): boolean => name.startsWith('metrics.') && isClass(name);

/** The metric of a call. */
export const metricOf = ({ name, settings }: Call): keratin.metrics.Metric => {
  const Class = keratin.metrics[name.slice(8) as 'Mean'] as new (settings: Settings) => keratin.metrics.Metric;
  return new Class(settings);
};

/** A call as it was recorded. */
export const readCall = ({ name, args, settings, result }: Entry): Call => ({
  name: isClass(name) ? name : name.split('.').map(camelCase).join('.'),
  run: find(name),
  args: args.map(decoded),
  settings: Object.fromEntries(Object.entries(settings).map(([key, value]) => [camelCase(key), decoded(value)])),
  results: [result].flat().map((one) => toTensor(one as Recorded)),
});

/** All calls that were recorded, by function. */
export const calls: ReadonlyMap<string, readonly Call[]> = (() => {
  const found = new Map<string, Call[]>();
  for (const entry of recorded as unknown as Entry[]) {
    const call = readCall(entry);
    found.set(call.name, [...(found.get(call.name) ?? []), call]);
  }
  return found;
})();

/** The function on these arguments, settings by name. */
export const invoke = ({ run, settings }: Call, args: readonly unknown[]): readonly unknown[] => [run(args, settings)].flat();

/** The tensors among the arguments, those in lists too. */
export const tensorsIn = ({ args }: Call): Tensor[] => args.flat().filter((one) => one instanceof Tensor);

/** The arguments with each of their tensors replaced. */
export function replaced({ args }: Call, replace: (tensor: Tensor, index: number) => unknown): unknown[] {
  let index = 0;
  const visit = (one: unknown): unknown => (one instanceof Tensor ? replace(one, index++) : Array.isArray(one) ? one.map(visit) : one);
  return args.map(visit);
}

/** Whether what came out is what Keras gives: dtypes and shapes exactly, whole numbers and truth values too. */
export function expectResults(call: Call, actual: readonly unknown[], way: string): void {
  const what = `${call.name}(${call.args.map(text).join(', ')}, ${JSON.stringify(call.settings)}) ${way}`;
  expect(actual.length, `${what}: results`).toBe(call.results.length);
  for (const [i, wanted] of call.results.entries()) {
    const given = actual[i] as Tensor;
    expect(given, what).toBeInstanceOf(Tensor);
    expect([given.dtype, given.shape], what).toEqual([wanted.dtype, wanted.shape]);
    for (const [k, value] of wanted.data.entries()) {
      const near = wanted.dtype === 'float32' ? 4e-6 * Math.max(1, Math.abs(value)) : 0;
      const got = given.data[k];
      const same = Object.is(got, value) || got === value || Math.abs(got - value) <= near;
      if (!same) expect.fail(`${what}: expected ${value}, got ${got} at ${k}`);
    }
  }
}

const text = (argument: unknown): string =>
  argument instanceof Tensor ? `${argument.dtype} ${JSON.stringify(argument.array())}` : JSON.stringify(argument);
