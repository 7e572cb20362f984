// Serializes functional models for config.json: the layers with their calls.
import { mismatch } from '../../common/errors.ts';
import { madeOf } from '../../common/identifier.ts';
import { specOf } from '../../common/spec.ts';
import { tensorsOf } from '../../layers/base/call-arguments.ts';
import { defaultOptions } from '../../layers/base/invoke.ts';
import type { Layer, LayerCall, LayerSpec } from '../../layers/base/layer.ts';
import { isSymbolic, type SymbolicTensor } from '../../layers/base/symbolic.ts';
import { InputLayer } from '../../layers/core/input-layer.ts';
import { isSetting, mapOperands, parameterOf } from '../../ops/definition.ts';
import { type Tensor, toTensor } from '../../tensor/index.ts';
import { type CallsOf, graphOrder } from './graph-order.ts';
import type { JsonObject } from './json.ts';
import { fileKey } from './keys.ts';
import { impliedMasks } from './masks.ts';
import { isOperation } from './write-layer.ts';
import { isModel, writeAny } from './write-model.ts';
import { classObject } from './write-object.ts';
import type { Writing } from './writing.ts';

/** A functional model as files see it. */
interface FunctionalModel {
  readonly className: string;
  readonly name: string;
  readonly trainable: boolean;
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  /** Inputs and outputs in the structure that the user passed. */
  readonly structure: { readonly inputs: unknown; readonly outputs: unknown };
  readonly topology: { readonly calls: readonly LayerCall[] };
}

/** Functional models count a call of their own, of when they were made. */
const ownCalls = (layer: Layer): number => Number('topology' in layer);

/** Layers and their calls in Keras's order, with the ops that make masks. */
function orderOf({ topology, inputs, outputs }: FunctionalModel) {
  const masks = impliedMasks(topology.calls);
  const order = graphOrder(inputs, outputs, (call) => {
    const mask = masks.get(call);
    return mask ? [...call.inputs, mask] : call.inputs;
  });
  return { ...order, masks };
}

/** The layers in Keras's order, with the ops that the user called. */
export function graphLayers(model: FunctionalModel): readonly Layer[] {
  const called = new Set(model.topology.calls.map(({ layer }) => layer));
  return orderOf(model).layers.filter((layer) => called.has(layer));
}

/** The same without ops, as files of weights list them. */
export const functionalLayers = (model: FunctionalModel): readonly Layer[] => graphLayers(model).filter((layer) => !isOperation(layer));

/** A functional model. */
export const functionalObject = (model: FunctionalModel, writing: Writing): JsonObject => ({
  ...classObject(model.constructor, model.className, functionalConfig(model, writing), writing),
  // Keras notes a name for its own class, which it does not export.
  registered_name: model.className,
  build_config: { input_shape: null },
});

function functionalConfig(model: FunctionalModel, writing: Writing): JsonObject {
  const { name, trainable, inputs, structure } = model;
  const odd = inputs.find(({ call }) => !(call?.layer instanceof InputLayer));
  if (odd) throw mismatch(name, 'inputs made by Input(...)', `what ${odd.name} gives`, 'Draw the model from such inputs.');
  const { layers, calls, masks } = orderOf(model);
  const nameOf = distinctNames(layers);
  const graph: Graph = { calls, masks, nameOf };
  const listed = layers.map((layer) => {
    const written = renamed(writeAny(layer, undefined, writing), nameOf(layer));
    const nodes = layer instanceof InputLayer ? [] : (calls.get(layer) as LayerCall[]).map((call) => node(call, graph));
    return madeOf({ ...written, name: nameOf(layer), inbound_nodes: nodes }, layer);
  });
  const place = (tensor: SymbolicTensor): unknown => {
    const [layer, index, output] = historyOf(tensor, graph);
    return [layer, index + ownCalls((tensor.call as LayerCall).layer), output];
  };
  return {
    name,
    trainable,
    layers: listed,
    input_layers: placed(structure.inputs, place),
    output_layers: placed(structure.outputs, place),
  };
}

/** Finds the [layer, call, output] that a tensor comes from. */
interface Graph {
  readonly calls: CallsOf;
  readonly masks: ReadonlyMap<LayerCall, SymbolicTensor>;
  readonly nameOf: (layer: Layer) => string;
}

/** Ops that make masks may have the name of another layer. */
function distinctNames(layers: readonly Layer[]): (layer: Layer) => string {
  const taken = new Set<string>();
  const names = new Map<Layer, string>();
  for (const layer of [...layers].sort((a, b) => Number(isOperation(a)) - Number(isOperation(b)))) {
    let name = layer.name;
    for (let i = 1; taken.has(name); i++) name = `${layer.name}_${i}`;
    taken.add(name);
    names.set(layer, name);
  }
  return (layer) => names.get(layer) as string;
}

const renamed = (object: JsonObject, name: string): JsonObject => ({ ...object, config: { ...(object.config as JsonObject), name } });

/** One, an array or an object of tensors, as the user gave them. */
function placed(argument: unknown, place: (tensor: SymbolicTensor) => unknown): unknown {
  if (isSymbolic(argument)) return place(argument);
  if (Array.isArray(argument)) return argument.map((item) => placed(item, place));
  return Object.fromEntries(Object.entries(argument as object).map(([key, item]) => [key, placed(item, place)]));
}

/** Layer, which of its calls in this model, which output. */
function historyOf(tensor: SymbolicTensor, { calls, nameOf }: Graph): [string, number, number] {
  const call = tensor.call as LayerCall;
  return [nameOf(call.layer), (calls.get(call.layer) as LayerCall[]).indexOf(call), tensor.index];
}

const symbol = (tensor: SymbolicTensor, graph: Graph): JsonObject => ({
  class_name: '__keras_tensor__',
  config: { shape: tensor.shape, dtype: tensor.dtype, keras_history: historyOf(tensor, graph) },
});

/** A symbolic tensor, or a constant with its numbers; masks are truth values. */
function tensorObject(tensor: SymbolicTensor | Tensor, graph: Graph, isMask = false): JsonObject {
  if (isSymbolic(tensor)) return symbol(tensor, graph);
  const constant = isMask ? toTensor('mask', tensor, 'bool') : tensor;
  return { class_name: '__tensor__', config: { value: constant.array(), dtype: constant.dtype } };
}

/** The arguments of a call. */
function node(call: LayerCall, graph: Graph): JsonObject {
  const write = (tensor: SymbolicTensor | Tensor): JsonObject => tensorObject(tensor, graph);
  const { layer } = call;
  if (isOperation(layer)) {
    const { definition, callArguments } = layer;
    const placed = mapOperands(definition.parameters, callArguments, (operand) =>
      // A bare number is as wide as what stands beside it, there as here; a list has its dtype here alone.
      typeof operand === 'number' || typeof operand === 'boolean'
        ? operand
        : write(isSymbolic(operand) ? operand : toTensor(definition.name, operand)),
    );
    const called = Object.entries(definition.parameters).filter(([, field]) => !isSetting(field));
    const argument = (name: string): unknown => {
      const { write: inFiles } = parameterOf(definition.parameters[name]);
      return inFiles ? inFiles(placed[name]) : placed[name];
    };
    const [optional, required] = [true, false].map((wanted) =>
      called.filter(([, field]) => (Array.isArray(field) && !parameterOf(field).isPlaced) === wanted),
    );
    return {
      args: required.flatMap(([name]) =>
        parameterOf(definition.parameters[name]).isRest ? (argument(name) as unknown[]) : [argument(name)],
      ),
      kwargs: Object.fromEntries(
        optional.flatMap(([name, field]) =>
          parameterOf(field).isKeywords ? Object.entries(argument(name) as object) : [[fileKey(name), argument(name)]],
        ),
      ),
    };
  }
  const { inputs, listed, initialState } = call.arguments;
  const args = listed && !specOf<LayerSpec>(layer.constructor).inputs ? [inputs.map(write)] : inputs.map(write);
  return { args, kwargs: { ...(initialState ? { initial_state: initialState.map(write) } : {}), ...keywords(call, graph) } };
}

/** The keywords of a call, and Keras's defaults where there is one input and nothing else. */
function keywords(call: LayerCall, graph: Graph): JsonObject {
  const { layer, training } = call;
  const { listed, initialState, masks, tensors } = call.arguments;
  const write = (mask: SymbolicTensor | Tensor | undefined): JsonObject | null => (mask ? tensorObject(mask, graph, true) : null);
  const kwargs: Record<string, unknown> = {};
  const defaults = defaultOptions(layer);
  for (const [key, value] of Object.entries(call.options)) if (value !== defaults[key]) kwargs[fileKey(key)] = value;
  const { training: usual, takesMask, inputs: separate } = specOf<LayerSpec>(layer.constructor);
  // Keras fills its defaults in where a call brings no keyword. A mask from the graph may be one that Keras filled in itself.
  const isPlainCall =
    !listed &&
    !initialState &&
    !tensorsOf(call.arguments).some((one) => !isSymbolic(one)) &&
    training === undefined &&
    Object.keys(kwargs).length === 0;
  if (training !== undefined) kwargs.training = training;
  else if (isPlainCall && usual === false) kwargs.training = false;
  if (masks && separate) {
    for (const [i, name] of separate.entries()) if (masks[i]) kwargs[`${name}_mask`] = write(masks[i]);
  } else if (masks) kwargs.mask = listed ? masks.map(write) : write(masks[0]);
  else if ((takesMask || isModel(layer)) && (isPlainCall || graph.masks.has(call)) && !listed) kwargs.mask = write(graph.masks.get(call));
  for (const [key, tensor] of Object.entries(tensors)) kwargs[fileKey(key)] = write(tensor);
  return kwargs;
}
