// Runs a layer as Keras recorded it, forward and backward, and compares tensors.
import { expect } from 'vitest';
import { currentTrace } from '../../src/graph/trace.ts';
import { type Gradient, isIndexedSlices, type Value } from '../../src/graph/value.ts';
import { gradientsFrom } from '../../src/primitives/arithmetic.ts';
import { densify } from '../../src/primitives/embedding.ts';
import { fill } from '../../src/primitives/layout.ts';
import { eager } from '../../src/runtime/eager.ts';
import { type Tensor, tensor } from '../../src/tensor/index.ts';
import { type Case, classes, optionsOf, type Recorded } from './recorded.ts';

const toTensor = ({ shape, dtype, data }: Recorded): Tensor => tensor(data.map(Number), shape, dtype as 'float32');

export const largest = (...recorded: readonly Recorded[]): number =>
  Math.max(...recorded.flatMap(({ data }) => data.map((v) => Math.abs(Number(v))).filter(Number.isFinite)), 0);

/**
 * Fails with the layer, the tensor, the worst index and both values. `around` is the size of the numbers it comes from: next to
 * them a tensor below the part `least` may be nothing but rounding, as the gradient of attention by the keys' bias, which moves all
 * scores alike. `near` is the tolerance.
 */
export function expectTensor(actual: Tensor, expected: Recorded, name: string, around = 0, { near = 1e-5, least = 1e-6 } = {}): void {
  expect(actual.shape, `shape of ${name}`).toEqual(expected.shape);
  const own = largest(expected);
  const scale = own < least * around ? around : own;
  let [worst, worstError] = [-1, 0];
  for (const [i, text] of expected.data.entries()) {
    const [a, e] = [actual.data[i], Number(text)];
    if (Object.is(a, e) || a === e) continue;
    // Relative to the element, or to the tensor's largest where cancellation leaves a small one.
    const error = Math.abs(a - e) / (Math.abs(e) + 0.1 * scale + 1e-6);
    if (!(error <= worstError)) [worst, worstError] = [i, error];
  }
  if (!(worstError <= near)) {
    throw new Error(
      `${name}: worst at ${worst} of [${expected.shape}]: got ${actual.data[worst]}, Keras has ${expected.data[worst]} (relative error ${worstError})`,
    );
  }
}

const dense = (gradient: Gradient | undefined, like: Value): Value => {
  if (!gradient) return fill(like.shape, 0);
  return isIndexedSlices(gradient) ? densify(gradient) : gradient;
};

/** Outputs and gradients of a layer as it was recorded. */
export function run(entry: Case) {
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

/** Fails where a layer gives something else than Keras, forward or backward. */
export function expectLayer(entry: Case, gradients: { near?: number; least?: number } = {}): void {
  const { layer, outputs, byInputs, byWeights } = run(entry);
  expect(outputs).toHaveLength(entry.outputs.length);
  for (const [i, output] of outputs.entries()) expectTensor(output, entry.outputs[i], `${entry.name}: output ${i}`);
  const inputGradients = entry.input_gradients.filter((recorded) => recorded !== null);
  expect(byInputs).toHaveLength(inputGradients.length);
  const around = largest(...entry.weight_gradients, ...(gradients.least ? [...inputGradients, ...entry.upstream] : []));
  for (const [i, gradient] of byInputs.entries())
    expectTensor(gradient, inputGradients[i], `${entry.name}: gradient by input ${i}`, around, gradients);
  expect(byWeights).toHaveLength(entry.weight_gradients.length);
  for (const [i, gradient] of byWeights.entries()) {
    expectTensor(gradient, entry.weight_gradients[i], `${entry.name}: gradient by ${layer.trainableWeights[i].name}`, around, gradients);
  }
}
