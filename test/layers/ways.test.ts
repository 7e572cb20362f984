// Every layer on data, on symbolic tensors and on values inside the call of another layer, with constants in each place, gives the
// same numbers.
import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import type { Value } from '../../src/graph/value.ts';
import { Input, layers, Model, ops, type Tensor, tensor } from '../../src/index.ts';
import { isShapeList, type Shape } from '../../src/layers/base/layer.ts';
import type { SymbolicTensor } from '../../src/layers/base/symbolic.ts';
import { random } from '../kernels/harness.ts';
import { classNames, hostCases, layerCases } from './contracts/index.ts';

type Case = (typeof layerCases)[number];
type Layer = InstanceType<typeof layers.Layer>;
type Options = Readonly<Record<string, unknown>>;
/** A tensor of whatever kind a way uses. */
// biome-ignore lint/suspicious/noExplicitAny: values, symbols or data
type Any = any;

const BATCH = 2;
const LENGTH = 5;

const concrete = (shape: Shape): number[] => shape.map((dim, i) => (i === 0 ? BATCH : (dim ?? LENGTH)));
const sizeOf = (shape: readonly number[]) => shape.reduce((product, dim) => product * dim, 1);
const shapesOf = ({ inputShape }: Case): number[][] => (isShapeList(inputShape) ? inputShape : [inputShape]).map(concrete);

function draw(shape: number[], seed: number, ids: number | undefined): Tensor {
  const next = random(seed);
  const data = Array.from({ length: sizeOf(shape) }, () => next());
  if (ids !== undefined)
    return tensor(
      Int32Array.from(data, (v) => Math.floor(v * ids)),
      shape,
      'int32',
    );
  return tensor(
    Float32Array.from(data, (v) => 2 * v - 1),
    shape,
  );
}

const dataOf = (contract: Case): Tensor[] => shapesOf(contract).map((shape, i) => draw(shape, 11 + i, contract.ids));

/** The same numbers for the outputs of any way. */
const numbers = (result: unknown): { shape: readonly number[]; data: number[] }[] =>
  [result].flat().map((output) => {
    const { shape, data } = output as Tensor;
    return { shape, data: Array.from(data) };
  });

/** The layer inside the call of another, which `body` is. */
class Outer extends layers.Layer {
  readonly inner: Layer;
  private readonly body: (inner: Layer, x: Value) => unknown;
  constructor(inner: Layer, body: (inner: Layer, x: Value) => unknown) {
    super();
    this.inner = inner;
    this.body = body;
  }
  override get inputDtype(): 'float32' | 'int32' {
    return this.inner.inputDtype;
  }
  override call(x: Value): Value {
    return this.body(this.inner, x) as Value;
  }
}

/** Where a tensor comes from: the way's own kind, or a constant. */
type Kind = 'own' | 'constant';

/**
 * Uses the layer on `tensors`, of which those that `constants` names are constants; `use` puts them together.
 */
const ways: Readonly<
  Record<
    string,
    (layer: Layer, tensors: readonly Tensor[], kinds: readonly Kind[], use: (t: readonly Any[]) => readonly [unknown, Options]) => unknown
  >
> = {
  'in a functional model'(layer, tensors, kinds, use) {
    const inputs = tensors.map(({ shape, dtype }) =>
      Input({ batchShape: [null, ...shape.slice(1)], dtype: dtype === 'int32' ? 'int32' : 'float32' }),
    );
    const [given, options] = use(tensors.map((one, i) => (kinds[i] === 'own' ? inputs[i] : one)));
    const outputs = layer.apply(given as SymbolicTensor, options);
    const own = kinds.flatMap((kind, i) => (kind === 'own' ? [i] : []));
    return new Model({ inputs: own.map((i) => inputs[i]), outputs }).predict(
      own.length === 1 ? tensors[own[0]] : own.map((i) => tensors[i]),
    );
  },
  'inside a call'(layer, tensors, kinds, use) {
    const own = kinds.flatMap((kind, i) => (kind === 'own' ? [i] : []));
    // The outer layer takes one tensor, or a list.
    class Several extends Outer {
      override inputDtypeAt(index: number): 'float32' | 'int32' {
        return tensors[own[index]]?.dtype === 'int32' ? 'int32' : 'float32';
      }
    }
    const outer = new Several(layer, (inner, x) => {
      const values = [x].flat() as unknown as Value[];
      const [given, options] = use(tensors.map((one, i) => (kinds[i] === 'own' ? values[own.indexOf(i)] : one)));
      return inner.apply(given as Value, options);
    });
    const data = own.map((i) => tensors[i]);
    return outer.apply((data.length === 1 ? data[0] : data) as Tensor);
  },
};

describe('every layer', () => {
  let warn: MockInstance;
  beforeEach(() => {
    warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  });
  afterEach(() => warn.mockRestore());

  it('has a case', () => {
    expect([...new Set([...layerCases, ...hostCases].map(({ className }) => className))].sort()).toEqual([...classNames].sort());
  });

  for (const contract of layerCases) {
    const { className, make, positional, options } = contract;
    const title = `${className} ${JSON.stringify({ ...positional, ...options })}`;
    const listed = isShapeList(contract.inputShape);
    const packed = (list: readonly Any[]) => (listed ? list : list[0]);
    const layer = () => make({ ...positional, ...options });

    describe(title, () => {
      const data = dataOf(contract);

      /** Each way with each tensor in turn as a constant, against data. */
      function check(count: number, tensors: readonly Tensor[], use: (t: readonly Any[]) => readonly [unknown, Options]): void {
        const one = layer();
        const [given, callOptions] = use(tensors);
        const expected = numbers(one.apply(given as Tensor, callOptions));
        const choices: Kind[][] = [tensors.map(() => 'own')];
        // With a tensor of the way's own besides, any may be a constant.
        for (let i = 0; i < tensors.length; i++)
          if (tensors.length > 1) choices.push(tensors.map((_, k) => (k === i ? 'constant' : 'own')));
        if (count < tensors.length) choices.push(tensors.map((_, k) => (k < count ? 'own' : 'constant')));
        for (const [name, way] of Object.entries(ways)) {
          for (const kinds of choices) expect([name, kinds, numbers(way(one, tensors, kinds, use))]).toEqual([name, kinds, expected]);
        }
      }

      it('gives the same in every way', () => {
        check(data.length, data, (t) => [packed(t), {}]);
      });

      it('gives the same by call as by apply', () => {
        const one = layer();
        expect(numbers((one.call as (x: unknown) => unknown)(packed(data)))).toEqual(numbers(one.apply(packed(data))));
      });

      it('is part of the graph where all it is applied to is constant', () => {
        const one = layer();
        const outer = new Outer(one, (inner, x) => [x, inner.apply(packed(data) as Tensor)]);
        const model = new Model({ ...chain(outer) });
        const [, before] = model.predict([[1], [1]], { batchSize: 2 }) as unknown as Tensor[];
        expect(numbers(before)).toEqual(numbers(one.apply(packed(data))).slice(0, 1));
        expect(outer.weights).toEqual(one.weights);
        one.setWeights(
          one.getWeights().map(({ data: values, shape }) =>
            tensor(
              Float32Array.from(values, (v) => 1.5 * v + 0.25),
              shape,
            ),
          ),
        );
        const [, after] = model.predict([[1], [1]], { batchSize: 2 }) as unknown as Tensor[];
        expect(numbers(after)).toEqual(numbers(one.apply(packed(data))).slice(0, 1));
        if (one.weights.length > 0) expect(numbers(after)).not.toEqual(numbers(before));
      });

      if (data[0].rank >= 2 && className !== 'Softmax') {
        it('gives the same with a mask', () => {
          const masks = data.map(({ shape }, i) =>
            tensor(
              Float32Array.from({ length: shape[0] * shape[1] }, (_, k) => Number((k + i) % 3 !== 1)),
              shape.slice(0, 2),
            ),
          );
          check(data.length, [...data, ...masks], (t) => [packed(t.slice(0, data.length)), { mask: packed(t.slice(data.length)) }]);
        });
      }

      if (layer().takesStates) {
        it('gives the same with states', () => {
          const one = layer();
          const { units, sublayers } = one as unknown as { units: number; sublayers: { units: number; stateCount: number }[] };
          const count = (one as unknown as { stateCount?: number }).stateCount ?? 2 * sublayers[0].stateCount;
          const states = Array.from({ length: count }, (_, i) => draw([BATCH, units ?? sublayers[0].units], 70 + i, undefined));
          check(1, [...data, ...states], (t) => [t[0], { initialState: t.slice(1) }]);
          check(1, [...data, ...states], (t) => [t, {}]);
        });
      }

      for (const name of layer().callTensors) {
        it(`gives the same with ${name}`, () => {
          const [{ shape: query }, { shape: value }] = data;
          const axes = query.slice(1, -1).map((_, i) => i + 1);
          const attended = ((options?.attentionAxes as number[] | undefined) ?? axes) as number[];
          const shape = [1, ...attended.map((at) => query[at]), ...attended.map((at) => value[at])];
          const mask = tensor(
            Float32Array.from({ length: sizeOf(shape) }, (_, k) => Number(k % 3 !== 1)),
            shape,
          );
          // A constant for all samples stands for the same mask of each sample.
          const repeated = tensor(Float32Array.from([...mask.data, ...mask.data]), [BATCH, ...shape.slice(1)]);
          check(data.length, [...data, repeated], (t) => [packed(t.slice(0, -1)), { [name]: t.at(-1) }]);
          const one = layer();
          expect(numbers(one.apply(packed(data) as Tensor, { [name]: mask } as object))).toEqual(
            numbers(one.apply(packed(data) as Tensor, { [name]: repeated } as object)),
          );
        });
      }

      it('is built once, whoever builds it', () => {
        const shapes = data.map(({ shape }) => [null, ...shape.slice(1)]);
        const built = layer();
        built.build(packed(shapes));
        expect(built.built).toBe(true);
        const before = built.weights;
        expect(before.map(({ name }) => name)).toEqual([...(contract.weights ?? []), ...(contract.state ?? [])]);
        const initial = built.getWeights().map(({ data: values, shape }) =>
          tensor(
            Float32Array.from(values, (_, i) => ((i % 7) - 3) / 4),
            shape,
          ),
        );
        built.setWeights(initial);
        built.build(packed(shapes));
        built.apply(packed(data) as Tensor);
        layersOfModel(built, data, listed);
        expect(built.weights.every((weight, i) => weight === before[i])).toBe(true);
        expect(built.weights).toHaveLength(before.length);
        if ((contract.state ?? []).length === 0)
          expect(built.getWeights().map((one) => one.array())).toEqual(initial.map((one) => one.array()));
      });
    });
  }

  for (const { className, make, positional, options, data, shape, inputDtype } of hostCases) {
    it(`${className} ${JSON.stringify({ ...positional, ...options })} gives the same in a model and, of constants, inside a call`, () => {
      const one = make({ ...positional, ...options });
      const expected = numbers(one.apply(data));
      const x = Input({ shape, dtype: inputDtype });
      expect(numbers(new Model({ inputs: x, outputs: one.apply(x) }).predict(data))).toEqual(expected);
      if (one.outputDtype === 'string') return;
      const outer = new Outer(one, (inner, value) => ops.add(inner.apply(data as Any) as Any, ops.multiply(value, 0)));
      expect(numbers(outer.apply([[1]]))[0].data).toEqual(expected[0].data);
      expect(numbers((one.call as (x: unknown) => unknown)(data))).toEqual(expected);
    });
  }
});

/** A functional model of one input [batch, 1] around a layer. */
function chain(outer: Layer): { inputs: SymbolicTensor; outputs: readonly SymbolicTensor[] } {
  const inputs = Input({ shape: [1] });
  return { inputs, outputs: [outer.apply(inputs)].flat() };
}

function layersOfModel(layer: Layer, data: readonly Tensor[], listed: boolean): void {
  const inputs = data.map(({ shape, dtype }) => Input({ shape: shape.slice(1), dtype: dtype === 'int32' ? 'int32' : 'float32' }));
  layer.apply((listed ? inputs : inputs[0]) as Any);
}
