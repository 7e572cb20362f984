// Applies layers: to data at once, to values inside the call of another layer, to symbolic tensors of a functional model.
import { mismatch } from '../../common/errors.ts';
import { currentTrace, isTracing } from '../../graph/trace.ts';
import { Value } from '../../graph/value.ts';
import { Variable } from '../../graph/variable.ts';
import { constant, contentsOf } from '../../ops/constant.ts';
import { eager } from '../../runtime/eager.ts';
import { Tensor } from '../../tensor/index.ts';
import { type CallArguments, mapArguments, type OptionValues, tensorsOf } from './call-arguments.ts';
import type { CallableLayer } from './callable.ts';
import { connectLayer, type Expected } from './inference.ts';
import { type LayerUse, type Operand, readCall } from './read-call.ts';
import { isSymbolic, type SymbolicCall, SymbolicTensor } from './symbolic.ts';

/** Applies a layer to inputs of any kind. */
export function applyLayer(layer: CallableLayer, input: unknown, options: OptionValues): readonly (SymbolicTensor | Value | Tensor)[] {
  const use = readCall(layer, input, options);
  const tensors = tensorsOf(use.arguments);
  if (tensors.some(isSymbolic)) return applySymbolic(layer, use);
  if (isTracing()) return applyInTrace(layer, use);
  return applyToData(layer, use);
}

/** Inside the call of another layer; constants become part of the graph, so that what the layer's weights make of them is too. */
function applyInTrace(layer: CallableLayer, use: LayerUse): readonly Value[] {
  const { inputs, ...rest } = mapArguments(use.arguments, inTrace);
  return layer.invokeAll(inputs, use.training ?? currentTrace().training, { ...rest, options: use.options });
}

/** An operand as a value of the current trace. */
export function inTrace(operand: Operand): Value {
  if (operand instanceof Value) return operand;
  if (operand instanceof Variable) return currentTrace().read(operand);
  return constant(operand as Tensor);
}

function applyToData(layer: CallableLayer, use: LayerUse): Tensor[] {
  const { training = false, options } = use;
  return computeNow(layer, use.arguments, training, (values) => {
    layer.ensureBuilt(values.listed ? values.inputs.map(({ shape }) => shape) : values.inputs[0].shape);
    const { inputs, ...rest } = values;
    return layer.invokeAll(inputs, training, { ...rest, options });
  });
}

/** Runs `body`, which builds a graph, on arguments that are data. */
export function computeNow(
  layer: CallableLayer,
  args: CallArguments<Operand>,
  training: boolean,
  body: (values: CallArguments<Value>) => readonly Value[],
): Tensor[] {
  const data = mapArguments(args, (operand) => toData(layer, operand));
  return eager(
    tensorsOf(data),
    (values) => {
      let next = 0;
      return body(mapArguments(data, () => values[next++]));
    },
    { training },
  );
}

function toData(layer: CallableLayer, operand: Operand): Tensor {
  if (operand instanceof Tensor) return operand;
  if (operand instanceof Variable) return contentsOf(operand);
  throw mismatch(
    `${layer.name}.apply`,
    'data',
    "a value of a layer's call outside of that call",
    'Use values only inside the call that they come from.',
  );
}

/** Adds the call to a functional model. */
function applySymbolic(layer: CallableLayer, { training, options, ...use }: LayerUse): SymbolicTensor[] {
  const args = mapArguments(use.arguments, (operand) => toNodeInput(layer, operand));
  const inputs = tensorsOf(args).filter(isSymbolic);
  if (layer.preparesData) layer.checkSymbols(inputs);
  else refuseTexts(layer, inputs);
  const shape = args.listed ? args.inputs.map((input) => input.shape) : args.inputs[0].shape;
  const expected = connectLayer(layer, { arguments: mapArguments(args, expectedOf), training, options });
  const [{ recordOp }] = inputs;
  const outputs = expected.map((output, i) => {
    const dtype = layer.isHost ? layer.outputDtypeAt(i) : output.dtype;
    return new SymbolicTensor(output.shape, dtype, layer.name, recordOp, i, output.mask);
  });
  const shapes = outputs.map((output) => output.shape);
  const call: SymbolicCall = { layer, arguments: args, inputs, training, options, outputs, index: layer.calls.length };
  for (const output of outputs) output.call = call;
  layer.calls.push(call);
  layer.connected(shape, shapes.length === 1 ? shapes[0] : shapes);
  return outputs;
}

/** An operand of a functional model. A constant is copied: the model does not follow an array that changes. */
function toNodeInput(layer: CallableLayer, operand: Operand): SymbolicTensor | Tensor {
  if (isTracing()) {
    throw mismatch(`${layer.name}.apply`, 'values inside a call', 'a symbolic tensor', 'Use the inputs of the call.');
  }
  if (isSymbolic(operand)) return operand;
  if (operand instanceof Tensor) return new Tensor(operand.data.slice(), operand.shape);
  const got = operand instanceof Variable ? `the weight ${operand.name}` : 'a value of a layer call';
  throw mismatch(
    `${layer.name}.apply`,
    'symbolic tensors and constants',
    `${got} beside a symbolic tensor`,
    'Put both into the call of a layer of your own.',
  );
}

/** The inferred type of an argument; texts go to preprocessing layers, which are asked for shapes only. */
const expectedOf = (tensor: SymbolicTensor | Tensor): Expected => ({
  shape: tensor.shape,
  dtype: tensor.dtype === 'string' ? 'float32' : tensor.dtype,
  mask: isSymbolic(tensor) ? tensor.mask : undefined,
});

function refuseTexts(layer: CallableLayer, inputs: readonly SymbolicTensor[]): void {
  const texts = inputs.find(({ dtype }) => dtype === 'string');
  if (!texts) return;
  throw mismatch(layer.name, 'numbers', `the texts of ${texts.name}`, 'Put a TextVectorization, StringLookup or Hashing layer between.');
}
