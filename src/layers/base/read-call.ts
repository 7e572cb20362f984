// Reads the arguments of a call: sorts tensors into inputs, states and masks, converts data, checks options.
import { mismatch } from '../../common/errors.ts';
import { readOptions } from '../../common/option-values.ts';
import { checkBoolean, checkOptions } from '../../common/options.ts';
import { Value } from '../../graph/value.ts';
import { Variable } from '../../graph/variable.ts';
import { Tensor, toTensor } from '../../tensor/index.ts';
import type { CallArguments, OptionValues } from './call-arguments.ts';
import type { LayerData } from './call-options.ts';
import type { CallableLayer } from './callable.ts';
import { isSymbolic, type SymbolicTensor } from './symbolic.ts';

/** A tensor that a layer is applied to; data are converted already. */
export type Operand = SymbolicTensor | Value | Variable | Tensor;

/** One call of a layer. */
export interface LayerUse {
  readonly arguments: CallArguments<Operand>;
  readonly training: boolean | undefined;
  readonly options: OptionValues;
}

const isOperand = (value: unknown): value is Operand =>
  isSymbolic(value) || value instanceof Value || value instanceof Variable || value instanceof Tensor;

const isData = (value: unknown): value is LayerData => value instanceof Tensor || !isOperand(value);

/** undefined and null as [], T or T[] as T[]. */
const toList = (values: unknown): readonly unknown[] =>
  values === undefined || values === null ? [] : Array.isArray(values) ? values : [values];

/** The arguments and options of one call, checked. */
export function readCall(layer: CallableLayer, input: unknown, options: OptionValues, method = 'apply'): LayerUse {
  const owner = `${layer.name}.${method}`;
  checkOptions(owner, options, ['training', 'mask', 'initialState', ...layer.callTensors, ...Object.keys(layer.callOptions)]);
  const { training, mask, initialState } = options;
  if (training !== undefined && training !== null) checkBoolean(owner, 'training', training);
  const { inputs, states, listed } = readInputs(layer, input);
  const initial = [...states, ...toList(initialState)].map((state) => toState(layer, state));
  const tensors: Record<string, Operand> = {};
  for (const name of layer.callTensors) {
    if (options[name] !== undefined && options[name] !== null) tensors[name] = toOperand(`${layer.name}: ${name}`, options[name], 'bool');
  }
  return {
    arguments: {
      inputs,
      listed,
      initialState: initial.length > 0 ? initial : undefined,
      masks: readMasks(layer, mask, listed, inputs.length),
      tensors,
    },
    training: (training ?? undefined) as boolean | undefined,
    options: readOptions(layer.name, layer.callOptions, options),
  };
}

function readInputs(layer: CallableLayer, input: unknown): { inputs: readonly Operand[]; states: readonly unknown[]; listed: boolean } {
  if (typeof input === 'object' && input !== null && 'callOptions' in input) {
    const { name } = input as CallableLayer;
    throw mismatch(layer.name, 'a tensor', `the layer ${name}`, `Pass what that layer gives: ${name}.apply(...).`);
  }
  const isList = Array.isArray(input) && input.length > 0 && (layer.takesList || input.some(isOperand));
  if (layer.takesList && !isList) throw mismatch(layer.name, 'a list of inputs', 'one', 'Pass an array such as [a, b].');
  const [all, states] = isList ? (layer.takesStates ? [input.slice(0, 1), input.slice(1)] : [input, []]) : [[input], []];
  const inputs = all.every(isData) ? layer.readInputs(all) : all.map((one, i) => toInput(layer, one, i));
  const scalar = inputs.find(({ shape }) => shape.length === 0);
  if (scalar && !isSymbolic(scalar)) {
    throw mismatch(layer.name, 'an array with a row for each sample', 'a single number', 'Wrap it in an array.');
  }
  return {
    inputs,
    states,
    listed: (isList && !layer.takesStates) || inputs.length > 1,
  };
}

const toInput = (layer: CallableLayer, input: unknown, index: number): Operand =>
  toOperand(layer.name, input, layer.inputDtypeAt(index) === 'int32' ? undefined : 'float32');

function toState(layer: CallableLayer, state: unknown): Operand {
  const tensor = toOperand(`${layer.name}: initialState`, state, 'float32');
  if (tensor.shape.length > 0) return tensor;
  throw mismatch(layer.name, 'states with a row for each sample', 'a single number', 'Pass [batch, units] as initialState.');
}

function toOperand(owner: string, value: unknown, dtype: 'float32' | 'bool' | undefined): Operand {
  if (isOperand(value) && !(value instanceof Tensor)) return value;
  if (dtype !== 'bool') return dtype ? toTensor(owner, value, dtype) : toTensor(owner, value);
  const { data, shape } = toTensor(owner, value, 'bool');
  return new Tensor(Float32Array.from(data), shape);
}

/** The mask of each input, undefined for none. */
function readMasks(layer: CallableLayer, mask: unknown, listed: boolean, count: number): readonly (Operand | undefined)[] | undefined {
  if (mask === undefined || mask === null) return undefined;
  const masks = Array.isArray(mask) && (listed || mask.some(isOperand)) ? mask : [mask];
  if (masks.length > count) {
    throw mismatch(`${layer.name}.apply`, `at most one mask for each of ${count} inputs`, masks.length, 'Leave some out.');
  }
  return masks.map((one) => (one === undefined || one === null ? undefined : toOperand(`${layer.name}: mask`, one, 'bool')));
}
