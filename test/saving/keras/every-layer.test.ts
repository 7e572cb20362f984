// Every layer that Keras recorded, in a model of its own: saved, loaded, and the same to the last bit.
import { describe, expect, it } from 'vitest';
import { Input, layers, Model, Sequential, type Tensor, tensor } from '../../../src/index.ts';
import plainCases from '../../fixtures/layers.json';
import recurrentCases from '../../fixtures/layers_recurrent.json';
import { type Case, classes, optionsOf, type Recorded } from '../../layers/recorded.ts';
import { comesBack, type Data, type Loaded } from '../round-trip.ts';

const cases = [...plainCases, ...recurrentCases] as unknown as Case[];
const toTensor = ({ shape, dtype, data }: Recorded): Tensor =>
  tensor(
    data.map((value) => Number(value)),
    shape,
    dtype === 'int32' ? 'int32' : 'float32',
  );

/** Whether training draws numbers. */
const draws = ({ class_name: name }: Case): boolean => /Dropout|Noise/.test(name);

/** A functional model of the one layer, whose mask is an input too. */
function functional(entry: Case): [Model, Data] {
  const layer = new classes[entry.class_name](optionsOf(entry));
  const inputs = entry.inputs.map(({ shape, dtype }) => Input({ shape: shape.slice(1), dtype: dtype as 'int32' }));
  const masks = entry.mask ? [Input({ shape: entry.mask.shape.slice(1) })] : [];
  const outputs = layer.apply(layer.takesList ? inputs : inputs[0], { mask: masks[0] });
  const model = new Model({ inputs: [...inputs, ...masks], outputs });
  model.setWeights(entry.weights.map(toTensor));
  const data = [...entry.inputs, ...(entry.mask ? [entry.mask] : [])].map(toTensor);
  return [model, data.length === 1 ? data[0] : data];
}

/** The layer at the start of a stack that has something to learn. */
function stacked(entry: Case): [Sequential, Data] {
  const own = optionsOf(entry);
  const options = { ...own, ...(draws(entry) ? { seed: 7 } : {}), batchInputShape: [null, ...entry.inputs[0].shape.slice(1)] };
  const model = new Sequential([new classes[entry.class_name](options), new layers.Dense(2)]);
  model.layers[0].setWeights(entry.weights.map(toTensor));
  return [model, toTensor(entry.inputs[0])];
}

const worst = (model: Loaded, x: Data, entry: Case): number => {
  const given = [model.predict(x)].flat()[0].data;
  return Math.max(...entry.outputs[0].data.map((value, i) => Math.abs(Number(given[i]) - Number(value)) / (1 + Math.abs(Number(value)))));
};

describe('a functional model of', () => {
  it.each(cases)('$name', async (entry) => {
    const [model, x] = functional(entry);
    expect(worst(model, x, entry)).toBeLessThan(1e-4);
    await comesBack(model, x);
  });
});

describe('a stack of', () => {
  it.each(cases.filter(({ inputs, outputs, mask }) => inputs.length === 1 && outputs.length === 1 && !mask))('$name', async (entry) => {
    const [model, x] = stacked(entry);
    // How many numbers were drawn is not kept, so both begin with the first.
    await comesBack(model, x, { begun: !draws(entry) });
  });
});
