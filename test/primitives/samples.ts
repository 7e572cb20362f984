// Holds an op against an f64 reference: values, shape and dtype, and its gradient against central differences of the
// reference.
import { expect, it } from 'vitest';
import { isIndexedSlices, type Value } from '../../src/graph/value.ts';
import { gradientsFrom } from '../../src/primitives/arithmetic.ts';
import { densify } from '../../src/primitives/embedding.ts';
import { eager } from '../../src/runtime/eager.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { expectClose, randoms } from '../kernels/harness.ts';
import { type Nd, sizeOf } from './nd.ts';

export interface Input {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

export interface Sample {
  readonly name: string;
  readonly inputs: readonly Input[];
  readonly graph: (...values: Value[]) => Value | readonly Value[];
  /** The outputs in f64. */
  readonly reference: (...inputs: Nd[]) => Nd | readonly Nd[];
  /** Inputs by which the op has a gradient; all float ones by default. */
  readonly wrt?: readonly number[];
  readonly dtype?: 'float32' | 'int32' | 'bool';
  readonly relative?: number;
  readonly absolute?: number;
}

export const floats = (shape: readonly number[], low = -2, high = 2, seed = 1): Input => ({
  shape,
  data: randoms(sizeOf(shape), seed + sizeOf(shape), low, high),
});

export const values = (shape: readonly number[], data: ArrayLike<number>): Input => ({ shape, data: Float32Array.from(data) });

export const ints = (shape: readonly number[], data: ArrayLike<number>): Input => ({ shape, data: Int32Array.from(data) });

const list = <T>(one: T | readonly T[]): readonly T[] => (Array.isArray(one) ? one : [one as T]);
const toNd = ({ shape, data }: Input): Nd => ({ shape, data: Float64Array.from(data) });
const toTensor = ({ shape, data }: Input): Tensor => (data instanceof Int32Array ? new Tensor(data, shape) : new Tensor(data, shape));

/** Registers a test per sample. */
export function check(samples: readonly Sample[]): void {
  it.each(samples)('$name', (sample) => {
    checkForward(sample);
    checkGradient(sample);
  });
}

function checkForward({ name, inputs, graph, reference, dtype = 'float32', relative = 2e-6, absolute = 1e-6 }: Sample): void {
  const expected = list(reference(...inputs.map(toNd)));
  const actual = eager(inputs.map(toTensor), (given) => list(graph(...given)));
  expect(actual.map((t) => t.shape)).toEqual(expected.map((x) => x.shape));
  for (const [i, tensor] of actual.entries()) {
    expect(tensor.dtype).toBe(dtype);
    expectClose(tensor.data, expected[i].data, { relative, absolute, name });
  }
}

const STEP = 1e-5;
const MOST_POSITIONS = 12;
const MOST_EVALUATED = 20_000;

function checkGradient({ name, inputs, graph, reference, wrt, dtype = 'float32', relative = 2e-6, absolute = 1e-6 }: Sample): void {
  const by = wrt ?? (dtype === 'float32' ? inputs.flatMap(({ data }, i) => (data instanceof Float32Array ? [i] : [])) : []);
  if (by.length === 0) return;
  const given = inputs.map(toNd);
  const seeds = list(reference(...given)).map(({ shape }, i) => floats(shape, -1, 1, 77 + i));
  const actual = eager([...inputs, ...seeds].map(toTensor), (all) => {
    const targets = list(graph(...all.slice(0, inputs.length)));
    const wanted = by.map((i) => all[i]);
    return gradientsFrom(targets, all.slice(inputs.length), wanted).map((gradient, i) => {
      if (!gradient) throw new Error(`${name}: no gradient by input ${by[i]}`);
      return isIndexedSlices(gradient) ? densify(gradient) : gradient;
    });
  });
  for (const [k, i] of by.entries()) {
    const { data } = given[i];
    expect(actual[k].shape, `shape of the gradient by input ${i}`).toEqual(inputs[i].shape);
    const objective = () =>
      list(reference(...given)).reduce((sum, { data: y }, o) => sum + y.reduce((part, v, j) => part + v * seeds[o].data[j], 0), 0);
    const most = Math.min(MOST_POSITIONS, Math.ceil(MOST_EVALUATED / Math.max(1, data.length)));
    for (let count = Math.min(data.length, most), p = 0; p < count; p++) {
      const position = Math.floor((p * (data.length - 1)) / Math.max(1, count - 1));
      const before = data[position];
      data[position] = before + STEP;
      const above = objective();
      data[position] = before - STEP;
      const slope = (above - objective()) / (2 * STEP);
      data[position] = before;
      expectClose([actual[k].data[position]], [slope], {
        relative: Math.max(1e-5, 4 * relative),
        absolute: Math.max(1e-5, 4 * absolute),
        name: `${name}: gradient by input ${i} at ${position}`,
      });
    }
  }
}

/** Demands a sample for each function that an op file exports, so that a new op needs one. */
export function expectSamples(module: object, tables: Record<string, unknown>): void {
  it('has samples of every exported op', () => {
    const names = Object.entries(module).flatMap(([name, value]) => (typeof value === 'function' ? [name] : []));
    expect(Object.keys(tables).sort()).toEqual(names.sort());
  });
}

/** What `body` gives for tensors, for tests that look at single numbers. */
export function compute(inputs: readonly Input[], body: (...values: Value[]) => Value | readonly Value[]): Tensor[] {
  return eager(inputs.map(toTensor), (given) => list(body(...given)));
}

/** The gradients of the sum of what `body` gives. */
export function gradientsOfSum(inputs: readonly Input[], body: (...values: Value[]) => Value, seed: Input): Tensor[] {
  return eager([...inputs, seed].map(toTensor), (all) => {
    const wrt = all.slice(0, inputs.length);
    return gradientsFrom([body(...wrt)], all.slice(-1), wrt).map((gradient) => densify(gradient as Value));
  });
}
