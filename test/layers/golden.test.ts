// Layers against what Keras computed: outputs, gradients by inputs and weights. A case of another layer is a line of
// layers.json, nothing here.
import { describe, expect, it } from 'vitest';
import { currentTrace } from '../../src/graph/trace.ts';
import { type Gradient, isSparse, type Value } from '../../src/graph/value.ts';
import * as layers from '../../src/layers/index.ts';
import { gradientsFrom } from '../../src/primitives/arithmetic.ts';
import { densify } from '../../src/primitives/embedding.ts';
import { fill } from '../../src/primitives/layout.ts';
import { eager } from '../../src/runtime/eager.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';
import dropoutCases from '../fixtures/dropout.json';
import plainCases from '../fixtures/layers.json';
import recurrentCases from '../fixtures/layers_recurrent.json';
import { type Case, classes, optionsOf, type Recorded } from './recorded.ts';

const toTensor = ({ shape, dtype, data }: Recorded): Tensor => tensor(data.map(Number), shape, dtype as 'float32');

const largest = (...recorded: readonly Recorded[]): number =>
  Math.max(...recorded.flatMap(({ data }) => data.map((v) => Math.abs(Number(v))).filter(Number.isFinite)), 0);

/**
 * Fails with the layer, the tensor, the worst index and both values. `around` is the size of the numbers it comes from: next to
 * them a tensor may be nothing but rounding, as the gradient of attention by the keys' bias, which moves all scores alike.
 */
function expectTensor(actual: Tensor, expected: Recorded, name: string, around = 0): void {
  expect(actual.shape, `shape of ${name}`).toEqual(expected.shape);
  const own = largest(expected);
  const scale = own < 1e-6 * around ? around : own;
  let [worst, worstError] = [-1, 0];
  for (const [i, text] of expected.data.entries()) {
    const [a, e] = [actual.data[i], Number(text)];
    if (Object.is(a, e) || a === e) continue;
    // Relative to the element, or to the tensor's largest where cancellation leaves a small one.
    const error = Math.abs(a - e) / (Math.abs(e) + 0.1 * scale + 1e-6);
    if (!(error <= worstError)) [worst, worstError] = [i, error];
  }
  if (!(worstError <= 1e-5)) {
    throw new Error(
      `${name}: worst at ${worst} of [${expected.shape}]: got ${actual.data[worst]}, Keras has ${expected.data[worst]} (relative error ${worstError})`,
    );
  }
}

const dense = (gradient: Gradient | undefined, like: Value): Value => {
  if (!gradient) return fill(like.shape, 0);
  return isSparse(gradient) ? densify(gradient) : gradient;
};

function run(entry: Case) {
  const layer = new classes[entry.class_name](optionsOf(entry));
  const given = entry.inputs.map(toTensor);
  const shapes = given.map((t) => t.shape);
  layer.ensureBuilt(layer.takesList ? shapes : shapes[0]);
  expect(layer.weights.map((weight) => weight.name)).toEqual(entry.weights.map(({ path }) => path.slice(path.lastIndexOf('/') + 1)));
  layer.setWeights(entry.weights.map(toTensor));
  const mask = entry.mask ? [toTensor(entry.mask)] : [];
  const inputs = [...given, ...mask, ...entry.upstream.map(toTensor)];
  const [n, m] = [given.length, entry.outputs.length];
  const floats = given.flatMap(({ dtype }, i) => (dtype === 'float32' ? [i] : []));
  const results = eager(
    inputs,
    (values) => {
      const x = values.slice(0, n);
      if (entry.mask) x[0].mask = values[n];
      const outputs = layer.invokeAll(x, entry.training, { listed: layer.takesList });
      const wrt = [...floats.map((i) => x[i]), ...layer.trainableWeights.map((weight) => currentTrace().read(weight))];
      const gradients = gradientsFrom(outputs, values.slice(n + mask.length), wrt);
      return [...outputs, ...gradients.map((gradient, i) => dense(gradient, wrt[i]))];
    },
    { training: entry.training },
  );
  const byInputs = results.slice(m, m + floats.length);
  return { layer, outputs: results.slice(0, m), byInputs, byWeights: results.slice(m + floats.length) };
}

describe('layers give what Keras gives', () => {
  it.each([...plainCases, ...recurrentCases] as unknown as Case[])('$name', (entry) => {
    expect(Object.keys(classes)).toContain(entry.class_name);
    const { layer, outputs, byInputs, byWeights } = run(entry);
    for (const [i, output] of outputs.entries()) expectTensor(output, entry.outputs[i], `${entry.name}: output ${i}`);
    const inputGradients = entry.input_gradients.filter((recorded) => recorded !== null);
    expect(byInputs).toHaveLength(inputGradients.length);
    for (const [i, gradient] of byInputs.entries()) expectTensor(gradient, inputGradients[i], `${entry.name}: gradient by input ${i}`);
    expect(byWeights).toHaveLength(entry.weight_gradients.length);
    const around = largest(...entry.weight_gradients);
    for (const [i, gradient] of byWeights.entries()) {
      expectTensor(gradient, entry.weight_gradients[i], `${entry.name}: gradient by ${layer.trainableWeights[i].name}`, around);
    }
  });

  it('with the same bits in every engine', () => {
    let hash = 0x811c9dc5;
    for (const entry of [...plainCases, ...recurrentCases] as unknown as Case[]) {
      const { outputs, byInputs, byWeights } = run(entry);
      for (const { data } of [...outputs, ...byInputs, ...byWeights]) {
        // One NaN may have other bits than the next.
        for (const bits of new Int32Array(Float32Array.from(data, Number).buffer)) hash = Math.imul(hash ^ bits, 0x01000193);
      }
    }
    const digest = (hash >>> 0).toString(16).padStart(8, '0');
    console.log(`digest of all layers: ${digest}`);
    expect(digest).toBe('701d26f0');
  });

  it('a failing comparison says where and what', () => {
    const recorded: Recorded = { shape: [2, 2], dtype: 'float32', data: [1, 2, 3, 4] };
    expect(() =>
      expectTensor(
        tensor([
          [1, 2],
          [3.5, 4],
        ]),
        recorded,
        'dense: output 0',
      ),
    ).toThrow(/^dense: output 0: worst at 2 of \[2,2\]: got 3.5, Keras has 3 \(relative error 0\.14/);
    expect(() =>
      expectTensor(
        tensor([
          [1, 2],
          [NaN, 4],
        ]),
        recorded,
        'dense: output 0',
      ),
    ).toThrow('worst at 2');
  });
});

describe('Dropout draws what Keras draws', () => {
  it.each(dropoutCases)('rate $rate, seed $seed, shape $shape', ({ rate, seed, shape, calls }) => {
    const layer = new layers.Dropout(rate, { seed });
    const ones = tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)).fill(1), shape);
    for (const expected of calls) expect([...layer.apply(ones, { training: true }).data]).toEqual(expected.data);
    expect([...layer.apply(ones).data]).toEqual([...ones.data]);
  });
});

describe('masks', () => {
  it('of an Embedding reach GlobalAveragePooling1D through layers that pass them on', () => {
    const embedding = new layers.Embedding(6, 2, {
      maskZero: true,
      weights: [
        [
          [9, 9],
          [1, 2],
          [3, 4],
          [5, 6],
          [7, 8],
          [0, 1],
        ],
      ],
    });
    const [dropout, activation, pooling] = [new layers.Dropout(0.5), new layers.Activation('relu'), new layers.GlobalAveragePooling1D()];
    const ids = tensor(
      [
        [1, 2, 0, 0],
        [5, 0, 3, 0],
        [4, 4, 4, 4],
      ],
      undefined,
      'int32',
    );
    const [pooled] = eager([ids], ([x]) => {
      const out = pooling.invoke(activation.invoke(dropout.invoke(embedding.invoke(x, false), false), false), false);
      expect(out.mask).toBeUndefined();
      return [out];
    });
    expect(pooled.array()).toEqual([
      [2, 3],
      [2.5, 3.5],
      [7, 8],
    ]);
  });

  it('end at layers that do not know them', () => {
    const embedding = new layers.Embedding(6, 2, { maskZero: true });
    const seen = (next: layers.Layer) => {
      let mask: Value | undefined;
      eager([tensor([[1, 0, 2]], undefined, 'int32')], ([x]) => {
        const y = next.invoke(embedding.invoke(x, false), false);
        mask = y.mask;
        return [y];
      });
      return mask;
    };
    expect(seen(new layers.Dense(3))?.shape).toEqual([1, 3]);
    expect(seen(new layers.Flatten())).toBeUndefined();
    expect(seen(new layers.GlobalMaxPooling1D())).toBeUndefined();
  });

  it('begins with a table in a list or as it is, as in Keras', () => {
    const rows = [
      [1, 2],
      [3, 4],
    ];
    for (const weights of [[rows], rows, [tensor(rows)], tensor(rows)]) {
      expect(new layers.Embedding(2, 2, { weights }).getWeights()[0].array()).toEqual(rows);
    }
  });

  it('without a mask, and without maskZero, every step counts', () => {
    const embedding = new layers.Embedding(2, 1, { weights: [[[2], [4]]] });
    const [y] = eager([tensor([[0, 1, 1, 1]], undefined, 'int32')], ([x]) => [
      new layers.GlobalAveragePooling1D().invoke(embedding.invoke(x, false), false),
    ]);
    expect(y.array()).toEqual([[3.5]]);
  });
});
