// Calls a layer within a trace: masks, penalties and names around `call`.
import { mismatch } from '../../common/errors.ts';
import { readOptions } from '../../common/option-values.ts';
import { describe } from '../../common/options.ts';
import { publicShape } from '../../graph/shape.ts';
import { currentTrace } from '../../graph/trace.ts';
import { Value } from '../../graph/value.ts';
import { view } from '../../primitives/layout.ts';
import { affine, toFloat } from '../../primitives/unary.ts';
import { relabel } from '../../primitives/views.ts';
import type { OptionValues } from './call-arguments.ts';
import type { CallOptions, Invocation } from './call-options.ts';
import type { CallableLayer } from './callable.ts';

/** Masks of several inputs or outputs. */
type Masks = readonly (Value | undefined)[];

/** Calls the layer; `listed` says that it takes a list of inputs. */
export function invoke(
  layer: CallableLayer,
  values: readonly Value[],
  training: boolean,
  { listed = values.length > 1, initialState, masks: callMasks, tensors, options }: Invocation = {},
): readonly Value[] {
  const inputs = values.map((value, i) => toInputDtype(layer, value, i));
  layer.ensureBuilt(listed ? inputs.map(({ shape }) => publicShape(shape)) : publicShape(inputs[0].shape));
  const carried = inputs.map((input) => input.mask);
  // As in Keras, a mask is found by itself where the inputs are the only tensors of a call.
  const implied = layer.separateInputs || !initialState;
  const found: Masks = callMasks
    ? inputs.map((_, i) => asMask(callMasks[i]) ?? (layer.separateInputs ? carried[i] : undefined))
    : implied
      ? carried
      : inputs.map(() => undefined);
  const trace = currentTrace();
  return trace.withOwner(layer.name, () => {
    const result = layer.call(
      listed ? inputs : inputs[0],
      optionsOfCall(layer, { initialState, masks: found, tensors }, training, options),
    );
    const outputs = checkOutputs(layer, result).map((output) => (layer.endsMasks && inputs.includes(output) ? withMask(output) : output));
    if (layer.activityRegularizer) {
      for (const output of outputs)
        trace.losses.push(affine(layer.activityRegularizer.call(toFloat(output)), 1 / Math.max(1, output.shape[0] ?? 1), 0));
    }
    const before = callMasks ? found : carried;
    return layer.setMasks(listed ? inputs : inputs[0], listed ? before : before[0], outputs);
  });
}

/** Values of `callOptions` in a call that sets none. */
export const defaultOptions = (layer: CallableLayer): OptionValues => readOptions(layer.name, layer.callOptions, {});

/** The options of `call`. */
export function optionsOfCall(
  layer: CallableLayer,
  { initialState, masks = [], tensors }: Pick<Invocation, 'initialState' | 'masks' | 'tensors'>,
  training: boolean,
  options: OptionValues = defaultOptions(layer),
): CallOptions {
  return { ...options, ...tensors, training, mask: masks[0], masks, initialState };
}

function checkOutputs(layer: CallableLayer, result: Value | readonly Value[]): readonly Value[] {
  const outputs = Array.isArray(result) ? (result as readonly Value[]) : [result as Value];
  const odd = outputs.findIndex((output) => !(output instanceof Value));
  if (odd < 0) return outputs;
  throw mismatch(`${layer.name}.call`, 'values made by ops', describe(outputs[odd]), 'Return what ops gave.');
}

/** Whole numbers as floats, for all but layers of ids. */
export function toInputDtype(layer: CallableLayer, input: Value, index: number): Value {
  if (input.dtype !== 'int32' || layer.inputDtypeAt(index) === 'int32') return input;
  const x = toFloat(input);
  x.mask = input.mask;
  return x;
}

const asMask = (mask: Value | undefined): Value | undefined => mask && relabel(toFloat(mask), 'float32');

/** A view of the value with this mask or none, which others that use the value do not see. */
function withMask(value: Value, mask?: Value): Value {
  if (value.mask === mask) return value;
  const masked = view(value);
  masked.mask = mask;
  return masked;
}

/** The outputs with what `computeMask` gave. Masks that the outputs have already stay, as in Keras: layers inside have put them there. */
export function putMasks(inputs: readonly Value[], outputs: readonly Value[], computed: Value | undefined | Masks): readonly Value[] {
  const masks = Array.isArray(computed) ? (computed as Masks) : [computed as Value | undefined];
  return outputs.map((output, i) => {
    if (output.mask) return output;
    if (inputs.includes(output)) return withMask(output, masks[i]);
    output.mask = masks[i];
    return output;
  });
}
