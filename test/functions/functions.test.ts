// Every function that Keras was asked about, on data, on symbolic tensors and on values in the call of a layer, with a constant in
// the place of each operand.
import { describe, expect, it } from 'vitest';
import type { SymbolicTensor, Value } from '../../src/index.ts';
import {
  activations,
  constraints,
  Input,
  layers,
  losses,
  Model,
  metrics,
  ops,
  regularizers,
  type Tensor,
  tensor,
  ValueError,
} from '../../src/index.ts';
import { type Call, calls, expectResults, invoke, isMetric, metricOf, replaced, tensorsIn } from './recorded.ts';

/** Which tensors of a call are constants. */
interface Variant {
  readonly call: Call;
  readonly isConstant: (index: number) => boolean;
}

/** A call without constants, and for the first one with several operands each of them as a constant. */
function variantsOf(list: readonly Call[]): Variant[] {
  const none = list.filter((call) => tensorsIn(call).length > 0).map((call) => ({ call, isConstant: () => false }));
  const first = list.find((call) => tensorsIn(call).length > 1);
  return first ? [...none, ...tensorsIn(first).map((_, at) => ({ call: first, isConstant: (i: number) => i === at }))] : none;
}

/** The tensors of all variants that are no constants. */
const inputsOf = (variants: readonly Variant[]): Tensor[] =>
  variants.flatMap(({ call, isConstant }) => tensorsIn(call).filter((_, i) => !isConstant(i)));

/** What each variant gives when its operands are taken from `list` in turn. */
function runAll<T>(variants: readonly Variant[], list: readonly T[]): (readonly unknown[])[] {
  const rest = [...list];
  return variants.map(({ call, isConstant }) =>
    invoke(
      call,
      replaced(call, (tensor, i) => (isConstant(i) ? tensor : rest.shift())),
    ),
  );
}

/** Inputs of models and layers are numbers: truth values come as such and are made truth values. */
const asNumbers = (tensor: Tensor): Tensor => (tensor.dtype === 'bool' ? ops.cast(tensor, 'float32') : tensor);

class Inside extends layers.Layer {
  readonly variants: readonly Variant[];
  readonly tensors: readonly Tensor[];
  counts: readonly number[] = [];

  constructor(variants: readonly Variant[]) {
    super();
    this.variants = variants;
    this.tensors = inputsOf(variants);
  }

  override inputDtypeAt(index: number): 'float32' | 'int32' {
    return this.tensors[index].dtype === 'int32' ? 'int32' : 'float32';
  }

  override call(inputs: Value | readonly Value[]): readonly Value[] {
    const values = [inputs].flat() as Value[];
    const results = runAll(
      this.variants,
      values.map((value, i) => (this.tensors[i].dtype === 'bool' ? ops.cast(value, 'bool') : value)),
    );
    this.counts = results.map((one) => one.length);
    return results.flat() as Value[];
  }
}

/** A flat list of results cut into those of each variant. */
function cut(results: readonly unknown[], counts: readonly number[]): (readonly unknown[])[] {
  let at = 0;
  return counts.map((count) => {
    at += count;
    return results.slice(at - count, at);
  });
}

/** A layer that updates metrics when it is called. */
class Measuring extends layers.Layer {
  readonly variants: readonly Variant[];
  readonly measured: readonly metrics.Metric[];

  constructor(variants: readonly Variant[]) {
    super();
    this.variants = variants;
    this.measured = variants.map(({ call }) => metricOf(call));
  }

  override call(inputs: Value | readonly Value[]): Value {
    const rest = [inputs].flat() as Value[];
    for (const [k, { call, isConstant }] of this.variants.entries()) {
      const args = replaced(call, (tensor, i) => (isConstant(i) ? tensor : rest.shift()));
      this.measured[k].updateState(...(args as [Value]));
    }
    return [inputs].flat()[0] as Value;
  }
}

const [states, functions] = [true, false].map((kept) => [...calls].filter(([, [call]]) => isMetric(call) === kept));

describe.each(states)('%s', (_, list) => {
  it('on data', () => {
    for (const call of list) {
      const metric = metricOf(call);
      metric.updateState(...(call.args as [Tensor]));
      expectResults(call, [tensor(metric.result())], 'on data');
    }
  });

  it('on values', () => {
    const variants = variantsOf(list);
    const layer = new Measuring(variants);
    layer.apply(inputsOf(variants).map(asNumbers));
    for (const [k, { call }] of variants.entries()) expectResults(call, [tensor(layer.measured[k].result())], 'on values');
  });

  it('refuses symbolic tensors', () => {
    const [call] = list;
    const symbols = replaced(call, ({ shape }) => Input({ batchShape: [...shape] }));
    expect(() => metricOf(call).updateState(...(symbols as [never]))).toThrow(ValueError);
  });
});

describe.each(functions)('%s', (_, list) => {
  const variants = variantsOf(list);
  const tensors = inputsOf(variants).map(asNumbers);

  it('on data', () => {
    for (const call of list) expectResults(call, invoke(call, call.args), 'on data');
  });

  it.runIf(variants.length > 0)('on values', () => {
    const layer = new Inside(variants);
    const results = [layer.apply(tensors.length === 1 ? tensors[0] : tensors)].flat();
    for (const [i, one] of cut(results, layer.counts).entries()) expectResults(variants[i].call, one, 'on values');
  });

  it.runIf(variants.length > 0)('on symbolic tensors', () => {
    const inputs = inputsOf(variants).map(({ shape, dtype }) =>
      Input({ batchShape: [...shape], dtype: dtype === 'int32' ? dtype : 'float32' }),
    );
    const symbols = inputs.map((input, i) => (inputsOf(variants)[i].dtype === 'bool' ? ops.cast(input, 'bool') : input));
    const drawn = runAll(variants, symbols) as SymbolicTensor[][];
    for (const [i, outputs] of drawn.entries()) {
      const { results, name } = variants[i].call;
      expect(
        outputs.map(({ shape, dtype }) => [dtype, shape]),
        name,
      ).toEqual(results.map(({ shape, dtype }) => [dtype, shape]));
    }
    const model = new Model({ inputs, outputs: drawn.flat() });
    const results = [model.apply(tensors.length === 1 ? tensors[0] : tensors)].flat();
    const counts = drawn.map((one) => one.length);
    for (const [i, one] of cut(results, counts).entries()) expectResults(variants[i].call, one, 'on symbolic tensors');
  });
});

describe('the cases', () => {
  const names = (namespace: string, functions: object): string[] =>
    Object.entries(functions).flatMap(([key, value]) => (typeof value === 'function' ? [`${namespace}.${key}`] : []));

  /** What is no function of tensors: names to objects and back, and the classes that others extend. */
  const others = [
    // Of data, tested in data.test.ts.
    'argpartition',
    'bincount',
    'convertToNumpy',
    'dtype',
    'empty',
    'histogram',
    'isTensor',
    'ndim',
    'nonzero',
    'shape',
    'size',
    'unique',
    'view',
    // Of functions, tested in control.test.ts.
    ...['cond', 'switch', 'whileLoop', 'foriLoop', 'scan', 'associativeScan', 'map', 'vectorizedMap', 'vectorize', 'customGradient'],
    ...['get', 'serialize', 'deserialize', 'check', 'resolve'],
    ...['Loss', 'Metric', 'MeanMetric', 'Regularizer', 'Constraint'],
  ];

  it('are of every op, activation, loss, metric, regularizer and constraint', () => {
    const namespaces = { ops, activations, losses, metrics, regularizers, constraints };
    const all = Object.entries(namespaces).flatMap(([name, functions]) => names(name, functions));
    expect(all.filter((name) => !calls.has(name) && !others.includes(name.split('.')[1]))).toEqual([]);
  });
});
