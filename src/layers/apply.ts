// Using a layer on data.
import { ValueError } from '../errors.ts';
import { checkOptions } from '../options.ts';
import { eager } from '../runtime/eager.ts';
import { Tensor, toTensor } from '../tensor/index.ts';
import type { ApplyOptions, Layer, LayerData } from './layer.ts';

/** What is there: nothing, one, or a list. */
export function list<T>(one: T | readonly T[] | undefined): T[] {
  return one === undefined ? [] : Array.isArray(one) ? [...one] : [one as T];
}

export function applyEager(layer: Layer, given: LayerData | readonly LayerData[], options: ApplyOptions<LayerData>): Tensor[] {
  checkOptions(`${layer.name}.apply`, options, ['training', 'mask', 'initialState']);
  const { training = false } = options;
  const several = Array.isArray(given) && given.length > 0 && given[0] instanceof Tensor;
  const inputs = layer.readInputs(several ? (given as readonly LayerData[]) : [given]);
  const listed = several || inputs.length > 1;
  if (inputs.some(({ shape }) => shape.length === 0)) {
    throw new ValueError(`${layer.name}: expected an array with a row for each sample, got a single number. Wrap it in an array.`);
  }
  const states = list<LayerData>(options.initialState as LayerData).map((data) => toTensor(`${layer.name}: initialState`, data, 'float32'));
  const mask = options.mask === undefined ? [] : [toTensor(`${layer.name}: mask`, options.mask, 'float32')];
  layer.ensureBuilt(listed ? inputs.map(({ shape }) => shape) : inputs[0].shape);
  return eager(
    [...inputs, ...states, ...mask],
    (values) => {
      const initialState = states.length > 0 ? values.slice(inputs.length, inputs.length + states.length) : undefined;
      return layer.invokeAll(values.slice(0, inputs.length), training, {
        listed,
        initialState,
        mask: mask.length > 0 ? values.at(-1) : undefined,
      });
    },
    { training },
  );
}
