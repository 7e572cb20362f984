// Using a layer within a trace.
import { ValueError } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { currentTrace } from '../../graph/trace.ts';
import { Value } from '../../graph/value.ts';
import { view } from '../../primitives/layout.ts';
import { affine, toFloat } from '../../primitives/unary.ts';
import type { Invocation, Layer } from './layer.ts';

/** Masks, penalties and names around `call`. `listed` says that the layer takes a list of inputs. */
export function invoke(
  layer: Layer,
  given: readonly Value[],
  training: boolean,
  { listed = given.length > 1, initialState, masks: ownMasks = [], settings = layer.defaultSettings() }: Invocation = {},
): readonly Value[] {
  const inputs = given.map((input, i) => asWanted(layer, input, i));
  layer.ensureBuilt(listed ? inputs.map(({ shape }) => shape) : inputs[0].shape);
  const masks = inputs.map((input, i) => ownMasks[i] ?? input.mask);
  const trace = currentTrace();
  return trace.own(layer.name, () => {
    const result = layer.call(listed ? inputs : inputs[0], {
      training,
      mask: masks[0],
      masks: [...masks, ...ownMasks.slice(inputs.length)],
      initialState,
      settings,
    });
    // An input that is given back keeps its mask: a layer that ends masks gives a view of it.
    const keepsMask = (output: Value) => layer.supportsMasking || !output.mask || !inputs.includes(output);
    const results = isValue(result) ? [result] : result;
    const odd = results.findIndex((output) => !(output instanceof Value));
    if (odd >= 0)
      throw new ValueError(`${layer.name}.call: expected values made by ops, got ${describe(results[odd])}. Return what ops gave.`);
    const outputs = results.map((output) => (keepsMask(output) ? output : view(output)));
    if (layer.activityRegularizer) {
      for (const output of outputs)
        trace.losses.push(affine(layer.activityRegularizer.penalty(toFloat(output)), 1 / Math.max(1, output.shape[0] ?? 1), 0));
    }
    layer.setMasks(listed ? inputs : inputs[0], listed ? masks : masks[0], inputs, outputs);
    return outputs;
  });
}

const isValue = (result: Value | readonly Value[]): result is Value => !Array.isArray(result);

/** Whole numbers as floats, for all but layers of ids. */
function asWanted(layer: Layer, input: Value, index: number): Value {
  if (input.dtype !== 'int32' || layer.inputDtypeAt(index) === 'int32') return input;
  const x = toFloat(input);
  x.mask = input.mask;
  return x;
}

/** Puts on each output its mask. */
export function putMasks(
  outputs: readonly Value[],
  inputs: readonly Value[],
  computed: Value | undefined | readonly (Value | undefined)[],
): void {
  const list = Array.isArray(computed) ? (computed as readonly (Value | undefined)[]) : [computed as Value | undefined];
  for (const [i, output] of outputs.entries()) {
    // A layer that gives an input back must not put its own mask on the value of another layer.
    if (!inputs.includes(output)) output.mask = list[i];
  }
}
