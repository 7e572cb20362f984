// Using a layer outside a trace: on data, or on symbolic tensors.
import { ValueError } from '../errors.ts';
import { checkOptions, describe } from '../options.ts';
import { eager } from '../runtime/eager.ts';
import { Tensor, toTensor } from '../tensor/index.ts';
import type { ApplyOptions, Layer, LayerData } from './layer.ts';
import { isShapeList } from './shape.ts';
import { type LayerCall, SymbolicTensor } from './symbolic.ts';

export const isSymbolic = (inputs: unknown): inputs is SymbolicTensor | readonly SymbolicTensor[] =>
  inputs instanceof SymbolicTensor || (Array.isArray(inputs) && inputs.length > 0 && inputs[0] instanceof SymbolicTensor);

function list<T>(one: T | readonly T[] | undefined): T[] {
  return one === undefined ? [] : Array.isArray(one) ? [...one] : [one as T];
}

export function applySymbolic(
  layer: Layer,
  given: SymbolicTensor | readonly SymbolicTensor[],
  options: ApplyOptions<SymbolicTensor>,
): SymbolicTensor[] {
  checkOptions(`${layer.name}.apply`, options, ['training', 'mask', 'initialState']);
  const listed = Array.isArray(given);
  const inputs = list(given);
  const odd = inputs.findIndex((input) => !(input instanceof SymbolicTensor));
  if (odd >= 0)
    throw new ValueError(
      `${layer.name}.apply: expected symbolic tensors throughout, got ${describe(inputs[odd])} at position ${odd}. Start from Input({ shape }).`,
    );
  layer.checkSymbols(inputs);
  const states = list<SymbolicTensor>(options.initialState);
  const shape = listed ? inputs.map((input) => input.shape) : inputs[0].shape;
  const outputShape = layer.computeOutputShape(shape);
  layer.ensureBuilt(shape);
  const shapes = isShapeList(outputShape) ? outputShape : [outputShape];
  const outputs = shapes.map((s, i) => new SymbolicTensor(s, layer.outputDtype, layer.name, i));
  const call: LayerCall = {
    layer,
    inputs: [...inputs, ...states, ...list(options.mask)],
    listed,
    states: states.length,
    masked: options.mask !== undefined,
    training: options.training,
    outputs,
    index: layer.calls.length,
  };
  for (const output of outputs) output.call = call;
  layer.calls.push(call);
  layer.connected(shape, outputShape);
  return outputs;
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
