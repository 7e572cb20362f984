// `layer.call(...)` written by a user: runs the method alone, without the masks, names and penalties that `apply` adds.
import { mismatch } from '../../common/errors.ts';
import { publicShape } from '../../graph/shape.ts';
import { currentTrace, isTracing } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import type { Tensor } from '../../tensor/index.ts';
import { computeNow, inTrace } from './apply.ts';
import { type CallArguments, mapArguments, type OptionValues, tensorsOf } from './call-arguments.ts';
import type { CallOptions } from './call-options.ts';
import type { CallableLayer } from './callable.ts';
import { optionsOfCall, toInputDtype } from './invoke.ts';
import { readCall } from './read-call.ts';
import { isSymbolic } from './symbolic.ts';

type Results = Value | readonly Value[];

/** The method `call` of a layer's class. */
export type CallMethod = (inputs: Value | readonly Value[], options: CallOptions) => Results;

/** Calls the method with values as it is, and with anything else that `apply` takes, on data at once. */
export function callDirectly(
  layer: CallableLayer,
  call: CallMethod,
  input: unknown,
  options: OptionValues = {},
): Results | readonly Tensor[] {
  if (isTracing() && 'masks' in options) return call(input as Value, options as unknown as CallOptions);
  const use = readCall(layer, input, options, 'call');
  if (tensorsOf(use.arguments).some(isSymbolic)) {
    throw mismatch(`${layer.name}.call`, 'data or values', 'a symbolic tensor', 'Use apply for it.');
  }
  const run = (values: CallArguments<Value>, training: boolean): Results => {
    const inputs = values.inputs.map((input, i) => toInputDtype(layer, input, i));
    layer.ensureBuilt(values.listed ? inputs.map(({ shape }) => publicShape(shape)) : publicShape(inputs[0].shape));
    return call(values.listed ? inputs : inputs[0], optionsOfCall(layer, values, training, use.options));
  };
  if (isTracing()) return run(mapArguments(use.arguments, inTrace), use.training ?? currentTrace().training);
  const training = use.training ?? false;
  return computeNow(layer, use.arguments, training, (values) => [run(values, training)].flat());
}
