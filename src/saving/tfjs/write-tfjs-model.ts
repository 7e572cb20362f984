// Serializes models as TensorFlow.js's topology, which is Keras 2's.
import { mismatch } from '../../common/errors.ts';
import { tensorsOf } from '../../layers/base/call-arguments.ts';
import { defaultOptions } from '../../layers/base/invoke.ts';
import type { Layer, LayerCall } from '../../layers/base/layer.ts';
import { isSymbolic, type SymbolicTensor } from '../../layers/base/symbolic.ts';
import { InputLayer } from '../../layers/core/input-layer.ts';
import { BaseModel } from '../../models/base-model.ts';
import { Model } from '../../models/model.ts';
import { Sequential } from '../../models/sequential.ts';
import { type CallsOf, graphOrder } from '../model/graph-order.ts';
import type { JsonObject } from '../model/json.ts';
import { checkName, tfjsLayer } from './layer.ts';

/** A layer or a model: { class_name, config }. */
export function tfjsTopology(owner: string, layer: Layer): JsonObject {
  if (!(layer instanceof BaseModel)) return tfjsLayer(owner, layer);
  checkName(owner, layer);
  if (layer instanceof Sequential) return { class_name: 'Sequential', config: sequentialConfig(owner, layer) };
  if (layer instanceof Model) return { class_name: 'Functional', config: functionalConfig(owner, layer) };
  throw mismatch(owner, 'Sequential or functional models', `'${layer.name}' of another kind`);
}

function sequentialConfig(owner: string, { name, start: input, layers }: Sequential): JsonObject {
  if (!input) throw mismatch(owner, `the shape of the inputs of '${name}'`, 'none', 'Give its first layer an inputShape.');
  for (const layer of layers) checkName(owner, layer);
  const start = new InputLayer({ batchShape: input.shape, dtype: input.dtype, name: input.name });
  return { name, layers: [start, ...layers.filter((layer) => !(layer instanceof InputLayer))].map((layer) => tfjsTopology(owner, layer)) };
}

function functionalConfig(owner: string, model: Model): JsonObject {
  const { name, inputs, outputs } = model;
  const odd = inputs.find(({ call }) => !(call?.layer instanceof InputLayer));
  if (odd) throw mismatch(owner, `inputs of '${name}' made by Input(...)`, `what ${odd.name} gives`, 'Draw it from such.');
  const { layers, calls } = graphOrder(inputs, outputs, ({ inputs: tensors }) => tensors);
  const place = (tensor: SymbolicTensor): unknown[] => placeOf(tensor, calls);
  const listed = layers.map((layer) => {
    const nodes = layer instanceof InputLayer ? [] : (calls.get(layer) as LayerCall[]).map((call) => node(owner, call, place));
    return { name: layer.name, ...tfjsTopology(owner, layer), inbound_nodes: nodes };
  });
  return { name, layers: listed, input_layers: inputs.map(place), output_layers: outputs.map(place) };
}

/** Layer, which of its calls, which output. Models count a node of their own, of when they were made. */
function placeOf({ call, index }: SymbolicTensor, calls: CallsOf): unknown[] {
  const { layer } = call as LayerCall;
  const which = (calls.get(layer) as LayerCall[]).indexOf(call as LayerCall);
  return [layer.name, which + Number(layer instanceof BaseModel), index];
}

function node(owner: string, call: LayerCall, place: (tensor: SymbolicTensor) => unknown[]): unknown[] {
  const { layer, arguments: args, training, options, inputs } = call;
  const defaults = defaultOptions(layer);
  const changed = [
    ...(args.masks ? ['mask'] : []),
    ...Object.keys(args.tensors),
    ...(training === undefined ? [] : ['training']),
    ...Object.keys(options).filter((key) => options[key] !== defaults[key]),
  ];
  if (!tensorsOf(args).every(isSymbolic))
    throw mismatch(
      owner,
      'calls on what layers give, all that TensorFlow.js keeps',
      `a constant in a call of '${layer.name}'`,
      'Make it a weight of a layer.',
    );
  if (changed.length === 0) return inputs.map((input) => [...place(input), {}]);
  throw mismatch(owner, 'calls without options, all that TensorFlow.js keeps', `${changed[0]} in a call of '${layer.name}'`);
}
