// Using a layer outside a trace: on data, or on symbolic tensors.
import { ValueError } from '../errors.ts';
import { readFields } from '../fields.ts';
import { checkOptions, describe } from '../options.ts';
import { eager } from '../runtime/eager.ts';
import { Tensor, toTensor } from '../tensor/index.ts';
import type { ApplyOptions, Layer, LayerData, Settings } from './layer.ts';
import { isShapeList } from './shape.ts';
import { argumentsOf, type LayerCall, SymbolicTensor } from './symbolic.ts';

export const isSymbolic = (inputs: unknown): inputs is SymbolicTensor | readonly SymbolicTensor[] =>
  inputs instanceof SymbolicTensor || (Array.isArray(inputs) && inputs.length > 0 && inputs[0] instanceof SymbolicTensor);

function list<T>(one: T | readonly T[] | undefined): T[] {
  return one === undefined ? [] : Array.isArray(one) ? [...one] : [one as T];
}

/** The options of the call that are the layer's own. */
function settingsOf(layer: Layer, options: object): Settings {
  checkOptions(`${layer.name}.apply`, options, ['training', 'mask', 'initialState', ...Object.keys(layer.callFields)]);
  return readFields(layer.name, layer.callFields, options as Settings);
}

function checkList(layer: Layer, listed: boolean): void {
  if (layer.takesList && !listed) throw new ValueError(`${layer.name}: expected a list of inputs, got one. Pass an array such as [a, b].`);
}

/** The mask of each input, undefined for none; the list may be shorter than the inputs. */
function maskList<T>(layer: Layer, mask: T | readonly (T | null)[] | undefined, listed: boolean, count: number): (T | undefined)[] {
  if (mask === undefined) return [];
  const masks = listed && Array.isArray(mask) ? mask.map((one: T | null) => one ?? undefined) : [mask as T];
  if (masks.length <= count) return masks;
  throw new ValueError(`${layer.name}.apply: expected at most one mask for each of ${count} inputs, got ${masks.length}. Leave some out.`);
}

const defined = <T>(values: readonly (T | undefined)[]): T[] => values.filter((value) => value !== undefined);

export function applySymbolic(
  layer: Layer,
  given: SymbolicTensor | readonly SymbolicTensor[],
  options: ApplyOptions<SymbolicTensor>,
): SymbolicTensor[] {
  const settings = settingsOf(layer, options);
  const listed = Array.isArray(given);
  checkList(layer, listed);
  const inputs = list(given);
  const odd = inputs.findIndex((input) => !(input instanceof SymbolicTensor));
  if (odd >= 0)
    throw new ValueError(
      `${layer.name}.apply: expected symbolic tensors throughout, got ${describe(inputs[odd])} at position ${odd}. Start from Input({ shape }).`,
    );
  const states = list<SymbolicTensor>(options.initialState);
  const masks = maskList(layer, options.mask, Array.isArray(options.mask), inputs.length);
  const shape = listed ? inputs.map((input) => input.shape) : inputs[0].shape;
  const outputShape = layer.computeOutputShape(shape, settings);
  layer.ensureBuilt(shape);
  const shapes = isShapeList(outputShape) ? outputShape : [outputShape];
  const outputs = shapes.map((s, i) => new SymbolicTensor(s, 'float32', layer.name, i));
  const call: LayerCall = {
    layer,
    inputs: [...inputs, ...states, ...defined(masks)],
    listed,
    states: states.length,
    masked: masks.map((mask) => mask !== undefined),
    training: options.training,
    settings,
    outputs,
    index: layer.calls.length,
  };
  for (const output of outputs) output.call = call;
  layer.calls.push(call);
  layer.connected(shape, outputShape);
  return outputs;
}

export function applyEager(layer: Layer, given: LayerData | readonly LayerData[], options: ApplyOptions<LayerData>): Tensor[] {
  const settings = settingsOf(layer, options);
  const { training = false } = options;
  const listed = Array.isArray(given) && given.length > 0 && (layer.takesList || given[0] instanceof Tensor);
  checkList(layer, listed);
  const inputs = (listed ? (given as readonly LayerData[]) : [given]).map((data, i) =>
    toTensor(layer.name, data, layer.inputDtypeAt(i) === 'int32' ? undefined : 'float32'),
  );
  if (inputs.some(({ shape }) => shape.length === 0)) {
    throw new ValueError(`${layer.name}: expected an array with a row for each sample, got a single number. Wrap it in an array.`);
  }
  const states = list<LayerData>(options.initialState as LayerData).map((data) => toTensor(`${layer.name}: initialState`, data, 'float32'));
  const masks = maskList(layer, options.mask, listed, inputs.length).map((mask) =>
    mask === undefined ? undefined : toTensor(`${layer.name}: mask`, mask as LayerData, 'float32'),
  );
  layer.ensureBuilt(listed ? inputs.map(({ shape }) => shape) : inputs[0].shape);
  const call = { states: states.length, masked: masks.map((mask) => mask !== undefined) };
  return eager(
    [...inputs, ...states, ...defined(masks)],
    (values) => {
      const { inputs: x, ...rest } = argumentsOf(call, values);
      return layer.invokeAll(x, training, { listed, settings, ...rest });
    },
    { training },
  );
}
