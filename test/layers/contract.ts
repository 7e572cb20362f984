// What every layer keeps to, whatever it computes. `checkLayer` registers the tests.
import { describe, expect, it } from 'vitest';
import { currentTrace, Trace, tracing } from '../../src/graph/trace.ts';
import { isIndexedSlices, type Value } from '../../src/graph/value.ts';
import { inferShape } from '../../src/layers/base/inference.ts';
import type { Layer, LayerData, Shapes } from '../../src/layers/base/layer.ts';
import { isShapeList } from '../../src/layers/base/layer.ts';
import { Dense } from '../../src/layers/core/dense.ts';
import { Input } from '../../src/layers/core/input-layer.ts';
import { Sequential } from '../../src/models/sequential.ts';
import { gradientsOf } from '../../src/primitives/arithmetic.ts';
import { densify } from '../../src/primitives/embedding.ts';
import { sum } from '../../src/primitives/reduce.ts';
import { affine, square } from '../../src/primitives/unary.ts';
import { assignAdd } from '../../src/primitives/update.ts';
import { setRandomSeed } from '../../src/random/seed.ts';
import { compileTrace } from '../../src/runtime/compile.ts';
import { eager } from '../../src/runtime/eager.ts';
import { Tensor } from '../../src/tensor/tensor.ts';
import { expectNames, expectNearest } from './constructor-contract.ts';
import { concrete, drawInputs } from './inputs.ts';

// biome-ignore lint/suspicious/noExplicitAny: one maker for the constructors of all layers
type Make = (...args: any[]) => Layer;

export interface Contract {
  /** Keras's name of the class. */
  readonly className: string;
  /** Shape of a batch, null for lengths that vary; a list for layers of several inputs. */
  readonly inputShape: Shapes;
  /** What the constructor takes positionally, by name and in order; then the other options. */
  readonly positional?: Readonly<Record<string, unknown>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Names of the weights. */
  readonly weights?: readonly string[];
  /** Names of weights after those that the optimizer does not change. */
  readonly state?: readonly string[];
  /** For layers of ids: how many there are. */
  readonly ids?: number;
  /** What becomes of a mask [batch, steps]. */
  readonly mask: 'passes' | 'ends' | 'is made' | 'is merged';
  /** Set when what the constructor takes is no plain data, so that the config cannot hold it. */
  readonly hasNoConfig?: boolean;
  /** Whether the layer gives other numbers in every call while training. */
  readonly isRandom?: boolean;
}

/** Several for each class. */
export type Contracts = Readonly<Record<string, readonly Omit<Contract, 'className'>[]>>;

/** Weights as plain objects: tensors without axes cannot be gone over, which comparing would do. */
const plain = (weights: Layer | readonly Tensor[]) =>
  (Array.isArray(weights) ? (weights as Tensor[]) : (weights as Layer).getWeights()).map(({ shape, data }) => ({ shape, data }));

/** The layer on one input, or on all of them. */
const run = (layer: Layer, inputs: readonly Value[]): Value => layer.invokeAll(inputs, false, { listed: layer.takesList })[0];

export function checkLayer(make: Make, contract: Contract): void {
  const { className, inputShape, positional = {}, options = {}, weights = [], state = [], ids, mask } = contract;
  const all = { ...positional, ...options };
  const inputShapes = isShapeList(inputShape) ? inputShape : [inputShape];
  const listed = isShapeList(inputShape);
  /** One of it, or a list where the layer takes one. */
  const given = <T>(list: readonly T[]) => (listed ? list : list[0]);
  const allData = (batch: number, length = 5): Tensor[] => drawInputs(contract, batch, length);
  const dataFor = (batch: number, length = 5) => given(allData(batch, length)) as LayerData;
  const shapesFor = (batch: number, length = 5) => given(inputShapes.map((one) => concrete(one, batch, length))) as Shapes;

  describe(`${className} ${JSON.stringify(all)}`, () => {
    it('has its name and numbers', () => {
      expectNames(make, className, all);
      expect(() => make({ ...all, name: '' })).toThrow(`${className}: expected name to be a non-empty string`);
    });

    it('is built once, by the first shape it sees', () => {
      const layer = make(all);
      layer.apply(dataFor(2));
      expect(layer.built).toBe(true);
      const before = layer.weights;
      expect(before.map((weight) => weight.name)).toEqual([...weights, ...state]);
      layer.apply(dataFor(3));
      layer.ensureBuilt(shapesFor(7));
      expect(layer.weights).toEqual(before);
      expect(layer.weights.every((weight, i) => weight === before[i])).toBe(true);
      expect(layer.countParams()).toBe(before.reduce((count, weight) => count + weight.size, 0));
    });

    it('gives the shapes that it promises, for known and unknown lengths', () => {
      const layer = make(all);
      layer.ensureBuilt(inputShape);
      expect(layer.computeOutputShape(inputShape)).toEqual(inferShape(layer, inputShape, undefined));
      for (const [batch, length] of [
        [1, 5],
        [3, 5],
        [2, 1],
        [4, 9],
      ]) {
        const x = dataFor(batch, length);
        expect(layer.apply(x).shape).toEqual(layer.computeOutputShape(shapesFor(batch, length)));
        const unknown = given(allData(batch, length).map(({ shape }) => [null, ...shape.slice(1)])) as Shapes;
        expect(layer.computeOutputShape(unknown).slice(1)).toEqual(layer.apply(x).shape.slice(1));
      }
    });

    it('takes batches of one row and of none, and treats rows alike', () => {
      const layer = make(all);
      const whole = layer.apply(dataFor(3));
      const row = (x: Tensor, i: number) => {
        const step = x.size / 3;
        return new Tensor(x.data.slice(i * step, (i + 1) * step) as Float32Array, [1, ...x.shape.slice(1)]);
      };
      const rows = [0, 1, 2].map((i) => layer.apply(given(allData(3).map((x) => row(x, i))) as LayerData));
      const joined = rows.flatMap((row) => [...row.data]);
      expect(joined).toHaveLength(whole.size);
      for (const [i, v] of joined.entries()) expect(v).toBeCloseTo(whole.data[i], 5);
      expect(layer.apply(dataFor(0)).shape).toEqual(layer.computeOutputShape(shapesFor(0)));
      expect(layer.apply(dataFor(0)).size).toBe(0);
    });

    if (!contract.hasNoConfig) {
      it('can be made again from its config', () => {
        const layer = make(all);
        const config = layer.getConfig();
        expect(JSON.parse(JSON.stringify(config))).toEqual(config);
        expect(config).toMatchObject({ name: layer.name, trainable: true, ...positional });
        const again = make(JSON.parse(JSON.stringify(config)));
        expect(again.getConfig()).toEqual(config);
        const x = dataFor(3);
        const expected = layer.apply(x);
        again.ensureBuilt(shapesFor(3));
        again.setWeights(layer.getWeights());
        expect(again.apply(x)).toEqual(expected);
      });
    }

    it('gives and takes its weights', () => {
      const layer = make(all);
      layer.apply(dataFor(2));
      const given = layer.getWeights().map(
        (w, k) =>
          new Tensor(
            Float32Array.from(w.data, (_, i) => (i + k) / 8),
            w.shape,
          ),
      );
      layer.setWeights(given);
      expect(plain(layer)).toEqual(plain(given));
      // What comes out is a copy.
      for (const w of layer.getWeights()) w.data.fill(99);
      expect(plain(layer)).toEqual(plain(given));
      const again = make({ ...all, weights: given });
      again.apply(dataFor(2));
      expect(plain(again)).toEqual(plain(given));
    });

    it('refuses weights that do not fit, and changes nothing then', () => {
      const layer = make(all);
      layer.apply(dataFor(2));
      const before = layer.getWeights();
      expect(() => layer.setWeights([...before, [1]])).toThrow(`${layer.name}: expected ${before.length} weights`);
      expect(() => layer.setWeights({} as never)).toThrow(`${layer.name}: expected an array of weights`);
      for (const [i, { name, shape }] of layer.weights.entries()) {
        const wrong = before.map((w, k) =>
          k === i ? new Tensor(new Float32Array(w.size), [w.size, 1, 1]) : new Tensor(new Float32Array(w.size), w.shape),
        );
        expect(() => layer.setWeights(wrong)).toThrow(
          `${layer.name}: expected weight ${name} of shape [${shape.join(', ')}], got [${before[i].size}, 1, 1]`,
        );
      }
      expect(plain(layer)).toEqual(plain(before));
    });

    it('learns: a step against the gradient changes every trainable weight and lowers the objective', () => {
      // Some draws are so far off that the step overshoots.
      setRandomSeed(5);
      const layer = make(all);
      const x = allData(4);
      layer.ensureBuilt(shapesFor(4));
      const variables = layer.trainableWeights;
      expect(variables.length).toBe(weights.length);
      const trace = new Trace();
      const loss = tracing(trace, () => {
        const objective = sum(
          square(
            affine(
              run(
                layer,
                x.map((one) => trace.input(one)),
              ),
              1,
              -3,
            ),
          ),
        );
        const gradients = gradientsOf(
          objective,
          variables.map((variable) => trace.read(variable)),
        );
        for (const [i, variable] of variables.entries()) {
          const gradient = gradients[i];
          if (!gradient) throw new Error(`no gradient by ${variable.name}`);
          assignAdd(variable, affine(isIndexedSlices(gradient) ? densify(gradient) : gradient, -1e-3, 0));
        }
        return objective;
      });
      const program = compileTrace(trace, [loss]);
      const losses = [0, 1].map(() => {
        const before = layer.getWeights();
        program.run((memory, i) => memory.set(x[i].data));
        for (const [i, weight] of layer.getWeights().entries()) {
          if (i < weights.length) expect(weight.data).not.toEqual(before[i].data);
          else expect(weight.data).toEqual(before[i].data);
        }
        return program.output(0)[0];
      });
      if (weights.length > 0) expect(losses[1]).toBeLessThan(losses[0]);
      else expect(losses[1]).toBe(losses[0]);
    });

    if (listed) {
      it('wants a list of inputs', () => {
        const layer = make(all);
        expect(() => layer.apply(allData(2)[0])).toThrow(`${layer.name}: expected a list of inputs`);
        expect(() => layer.apply(Input({ shape: [3] }))).toThrow(`${layer.name}: expected a list of inputs`);
        expect(() => layer.computeOutputShape(inputShapes[0])).toThrow(`${layer.name}: expected a list of`);
        expect(() => new Sequential([new Dense(3, { inputShape: [3] }), layer])).toThrow(`${layer.name}: expected a list of`);
        expect(layer.built).toBe(false);
      });
    }

    it('can be frozen', () => {
      const layer = make({ ...all, trainable: false });
      layer.apply(dataFor(2));
      expect(layer.trainableWeights).toEqual([]);
      expect(layer.nonTrainableWeights.map((weight) => weight.name)).toEqual([...weights, ...state]);
      layer.trainable = true;
      expect(layer.trainableWeights.map((weight) => weight.name)).toEqual(weights);
    });

    it(`a mask ${mask}`, () => {
      const layer = make(all);
      const x = allData(2);
      const steps = x.map(({ shape: [batch, length = 1] }) => new Tensor(new Float32Array(batch * length).fill(1), [batch, length]));
      let masks: [given: readonly Value[], out: Value | undefined] | undefined;
      const ready = eager([...x, ...steps], (values) => {
        const [inputs, own] = [values.slice(0, x.length), values.slice(x.length)];
        for (const [i, input] of inputs.entries()) input.mask = own[i];
        const out = run(layer, inputs);
        masks = [own, out.mask];
        return [out];
      });
      expect(ready).toHaveLength(1);
      const [own, out] = masks as NonNullable<typeof masks>;
      if (mask === 'passes') expect(out).toBe(own[0]);
      else if (mask === 'ends') expect(out).toBeUndefined();
      else if (mask === 'is made')
        expect([own.includes(out as Value), out?.shape]).toEqual([false, ids === undefined ? x[0].shape.slice(0, -1) : x[0].shape]);
      else expect([own.includes(out as Value), out?.shape]).toEqual([false, ready[0].shape.slice(0, out?.shape.length)]);
    });

    it('gives the same numbers again when it is not trained', () => {
      const layer = make(all);
      expect(layer.apply(dataFor(3))).toEqual(layer.apply(dataFor(3)));
      const trained = [0, 1].map(() => layer.apply(dataFor(3), { training: true }));
      if (contract.isRandom) expect(trained[0]).not.toEqual(trained[1]);
      else expect(trained[0]).toEqual(trained[1]);
    });

    it('takes its arguments by position and by name', () => {
      const inOrder = Object.values(positional);
      const [byName, byPosition, bare] = [make({ ...all, name: 'x' }), make(...inOrder, { ...options, name: 'x' }), make(...inOrder)];
      expect(byPosition.getConfig()).toEqual(byName.getConfig());
      expect(bare.getConfig()).toMatchObject(contract.hasNoConfig ? {} : positional);
      if (inOrder.length > 0) {
        const [first] = Object.keys(positional);
        expect(() => make(...inOrder, { [first]: positional[first] })).toThrow(`expected ${first} once`);
        expect(() => make(...inOrder, ...Array<number>(12).fill(1), {})).toThrow(
          new RegExp(`^${className}: expected at most \\d+ arguments before the options`),
        );
      }
    });

    it('names the option that a misspelt one is nearest to', () => {
      expect(() => make({ ...all, trianable: false })).toThrow(
        `${className}: expected an option it has, got 'trianable'. Did you mean trainable?`,
      );
      expectNearest(make, all);
      expect(() => make({ ...all, input_shape: [3] })).toThrow("Keras's input_shape is written inputShape here");
    });

    it('refuses a value for trainable, and a shape, that is none', () => {
      expect(() => make({ ...all, trainable: 'no' })).toThrow(/expected trainable to be true or false, got 'no'/);
      expect(() => make({ ...all, inputShape: [-1] })).toThrow(/expected a shape as an array of lengths or null, got \[-1\]/);
    });

    it('adds its activity regularizer to the losses, per sample', () => {
      const layer = make({ ...all, activityRegularizer: { className: 'L2', config: { l2: 0.5 } } });
      layer.ensureBuilt(shapesFor(4));
      const [penalty, out] = eager(allData(4), (values) => {
        const output = run(layer, values);
        return [...currentTrace().losses, output];
      });
      const expected = (0.5 * [...out.data].reduce((total, v) => total + v * v, 0)) / 4;
      expect(penalty.data[0]).toBeCloseTo(expected, 4);
    });
  });
}
