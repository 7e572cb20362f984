// A layer within a trace: masks, penalties and names around `call`.
import { ValueError } from '../../common/errors.ts';
import { readOptions } from '../../common/option-values.ts';
import { describe } from '../../common/options.ts';
import { currentTrace } from '../../graph/trace.ts';
import { Value } from '../../graph/value.ts';
import { view } from '../../primitives/layout.ts';
import { affine, toFloat } from '../../primitives/unary.ts';
import { relabel } from '../../primitives/views.ts';
import type { CallOptions, Invocation, OptionValues } from './call-options.ts';
import type { CallableLayer } from './callable.ts';

/** Masks of several inputs or outputs. */
type Masks = readonly (Value | undefined)[];

/** Calls the layer; `listed` says that it takes a list of inputs. */
export function invoke(
  layer: CallableLayer,
  given: readonly Value[],
  training: boolean,
  { listed = given.length > 1, initialState, masks: callMasks, tensors, options }: Invocation = {},
): readonly Value[] {
  const inputs = given.map((input, i) => toWanted(layer, input, i));
  layer.ensureBuilt(listed ? inputs.map(({ shape }) => shape) : inputs[0].shape);
  const carried = inputs.map((input) => input.mask);
  // As in Keras, a mask is found by itself where the inputs are the only tensors of a call.
  const implied = layer.separateInputs || !initialState;
  const found: Masks = callMasks
    ? inputs.map((_, i) => asMask(callMasks[i]) ?? (layer.separateInputs ? carried[i] : undefined))
    : implied
      ? carried
      : inputs.map(() => undefined);
  const trace = currentTrace();
  return trace.own(layer.name, () => {
    const result = layer.call(
      listed ? inputs : inputs[0],
      optionsOfCall(layer, { initialState, masks: found, tensors }, training, options),
    );
    const outputs = checkOutputs(layer, result).map((output) => (keepsMask(layer, inputs, output) ? output : view(output)));
    if (layer.activityRegularizer) {
      for (const output of outputs)
        trace.losses.push(affine(layer.activityRegularizer.penalty(toFloat(output)), 1 / Math.max(1, output.shape[0] ?? 1), 0));
    }
    const before = callMasks ? found : carried;
    layer.setMasks(listed ? inputs : inputs[0], listed ? before : before[0], inputs, outputs);
    return outputs;
  });
}

/** The layer's own options of a call that sets none. */
export const defaultOptions = (layer: CallableLayer): OptionValues => readOptions(layer.name, layer.callOptions, {});

/** What `call` gets besides the inputs. */
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
  throw new ValueError(`${layer.name}.call: expected values made by ops, got ${describe(outputs[odd])}. Return what ops gave.`);
}

/** An input that is given back keeps its mask: a layer that ends masks gives a view of it. */
const keepsMask = (layer: CallableLayer, inputs: readonly Value[], output: Value): boolean =>
  layer.supportsMasking || !output.mask || !inputs.includes(output);

/** Whole numbers as floats, for all but layers of ids. */
export function toWanted(layer: CallableLayer, input: Value, index: number): Value {
  if (input.dtype !== 'int32' || layer.inputDtypeAt(index) === 'int32') return input;
  const x = toFloat(input);
  x.mask = input.mask;
  return x;
}

const asMask = (mask: Value | undefined): Value | undefined => mask && relabel(toFloat(mask), 'float32');

/** Puts on each output its mask. */
export function putMasks(outputs: readonly Value[], inputs: readonly Value[], computed: Value | undefined | Masks): void {
  const masks = Array.isArray(computed) ? (computed as Masks) : [computed as Value | undefined];
  for (const [i, output] of outputs.entries()) {
    // A layer that gives an input back must not put its own mask on the value of another layer.
    if (!inputs.includes(output)) output.mask = masks[i];
  }
}
