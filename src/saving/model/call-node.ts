// Calls a layer or an op as its node in a file says.

import { describe } from '../../common/options.ts';
import { specOf } from '../../common/spec.ts';
import type { Layer, LayerSpec } from '../../layers/base/layer.ts';
import { isSymbolic, type SymbolicTensor } from '../../layers/base/symbolic.ts';
import { readNamed } from '../../ops/arguments.ts';
import { isSetting, named, parameterOf } from '../../ops/definition.ts';
import { run } from '../../ops/dispatch.ts';
import { keptDType } from '../../tensor/dtype.ts';
import { Tensor } from '../../tensor/index.ts';
import { formatError } from './format-error.ts';
import { isObject, type JsonObject } from './json.ts';
import { codeKey } from './keys.ts';
import { definitionOf, type Reading } from './read-object.ts';

interface CallArguments {
  readonly args: readonly unknown[];
  readonly kwargs: JsonObject;
}

/** Names of the arguments that hold inputs, in their order. */
const inputNames = ['inputs', 'sequences', 'query', 'value', 'key'];
/** Names of those that hold other tensors. */
const tensorNames = ['mask', 'initial_state', 'attention_mask'];
const inputMasks = ['query_mask', 'value_mask', 'key_mask'];

/** A tensor of the graph, or a constant. */
const isTensor = (value: unknown): boolean => isSymbolic(value) || value instanceof Tensor;

/** What lists and objects hold, in Keras's order: objects by their sorted keys. */
function leavesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (!isObject(value) || isTensor(value)) return [value];
  return Object.keys(value)
    .sort()
    .flatMap((key) => leavesOf(value[key]));
}

const listOf = (result: unknown): readonly SymbolicTensor[] => (Array.isArray(result) ? result : [result as SymbolicTensor]);

/** The outputs of a layer. */
export function callLayer(layer: Layer, { args, kwargs }: CallArguments, reading: Reading): readonly SymbolicTensor[] {
  const named = inputNames.flatMap((name) => (isTensor(kwargs[name]) || Array.isArray(kwargs[name]) ? [kwargs[name]] : []));
  const [first, ...rest] = [...args, ...named];
  const recurrent = layer.takesStates;
  const options = callOptions(layer, kwargs, reading);
  if (recurrent && rest.length > 0 && rest[0] !== null) options.initialState = rest[0];
  const spread = !recurrent && rest.length > 0 ? [first, ...rest].filter((one) => one !== null) : undefined;
  const inputs = spread ?? (layer.takesList && isTensor(first) ? [first] : first);
  const tensors = leavesOf(inputs);
  if (tensors.length === 0 || !tensors.every(isTensor))
    throw formatError(reading.owner, `a call of '${layer.name}' on what is no tensor`, 'Only tensors of the model go into layers.');
  return listOf(layer.apply(inputs as SymbolicTensor, options));
}

/** Options of the call; keywords without a meaning are left out. */
function callOptions(layer: Layer, kwargs: JsonObject, reading: Reading): Record<string, unknown> {
  const options: Record<string, unknown> = {};
  const usual = specOf<LayerSpec>(layer.constructor).training;
  for (const [key, value] of Object.entries(kwargs)) {
    if (value === null || value === undefined || inputNames.includes(key) || inputMasks.includes(key)) continue;
    // Keras fills in the default; the model decides then.
    if (key === 'training' && value === usual) continue;
    const leaves = leavesOf(value);
    if (key === 'mask' && leaves.every((mask) => mask === null)) continue;
    if (tensorNames.includes(key) && !leaves.every((one) => one === null || isTensor(one))) {
      throw formatError(reading.owner, `${describe(value)} as ${key} of a call of '${layer.name}'`, 'Only tensors of the model go there.');
    }
    const name = codeKey(key);
    if (value === false && !Object.hasOwn(layer.callOptions, name) && name !== 'training') continue;
    // Masks stand as the inputs do, which a call takes in Keras's order.
    options[name] = key === 'mask' && isObject(value) && !isTensor(value) ? leaves : value;
  }
  const masks = inputMasks.map((name) => (isTensor(kwargs[name]) ? kwargs[name] : null));
  while (masks.length > 0 && masks.at(-1) === null) masks.pop();
  if (masks.length > 0) options.mask = masks;
  return options;
}

/** The output of an op, under the name that the file has for it. */
export function callOperation(
  name: string,
  config: JsonObject,
  { args, kwargs }: CallArguments,
  reading: Reading,
): readonly SymbolicTensor[] {
  const definition = definitionOf(config, reading);
  const { parameters } = definition;
  const called = Object.keys(parameters).filter((key) => !isSetting(parameters[key]));
  const operands = named(parameters, called, args);
  if (operands.length > called.length)
    throw formatError(reading.owner, `${args.length} operands of the op '${name}'`, `It has at most ${called.length}.`);
  const operation: Record<string, unknown> = Object.fromEntries(operands);
  for (const [key, value] of Object.entries({ ...(isObject(config.config) ? config.config : {}), ...kwargs })) {
    const name = codeKey(key);
    const keywords = Object.keys(parameters).find((one) => parameterOf(parameters[one]).isKeywords);
    if (keywords && key !== 'dtype' && key !== 'name' && !Object.hasOwn(parameters, name)) {
      operation[keywords] = { ...(operation[keywords] as object | undefined), [key]: value };
      continue;
    }
    // Keywords without a meaning, and the dtype that every object of Keras has.
    if (value === null || value === undefined || key === 'name' || (key === 'sparse' && value === false)) continue;
    if (key === 'dtype' && !Object.hasOwn(parameters, 'dtype')) continue;
    operation[name] = key === 'dtype' && value !== 'uint8' && value !== 'int8' ? keptDType(value) : value;
  }
  const results = listOf(run(definition, readNamed(definition, operation)));
  const layer = results[0]?.call?.layer;
  if (!layer) throw formatError(reading.owner, `the op '${name}' on nothing that the model computes`, 'One of its operands is a tensor.');
  Object.assign(layer, { name });
  return results;
}
