// Recurrences over whole sequences. The inputs' products with the kernel, `projected`, come from `dense`, for all steps at once.
import { mismatch } from '../common/errors.ts';
import { fitsShape, shapeText } from '../graph/shape.ts';
import { addNode } from '../graph/trace.ts';
import type { Node, Op, TensorType, Value } from '../graph/value.ts';
import { useLayerKernels } from '../kernels/layer-kernels.ts';
import { multiply } from './binary.ts';
import { concatenate, reshape, slice } from './layout.ts';
import { matmul } from './matmul.ts';
import { type RecurrentActivation, recurrentActivationCode } from './recurrent-activations.ts';
import {
  type Cell,
  gruBeforeCell,
  gruCell,
  lstmCell,
  type Recurrence,
  recurrenceCalls,
  recurrenceGradientCalls,
  recurrenceGradientScratch,
  recurrenceScratch,
  simpleCell,
} from './recurrent-plan.ts';
import { sum } from './reduce.ts';

/** What every recurrence takes. */
export interface RecurrentInputs {
  /** [batch, steps, gates * units]: x · kernel + bias, gates in Keras's order. */
  readonly projected: Value;
  /** [units, gates * units] */
  readonly recurrentKernel: Value;
  /** State before the first step, [batch, units]; zeros by default. */
  readonly h0?: Value | undefined;
  /** [batch, steps], 1 where a step is real: elsewhere the state is held and the output repeated. */
  readonly mask?: Value | undefined;
  /** [gates, batch, units], multiplied into the state before each gate's product. */
  readonly dropoutMasks?: Value | undefined;
  /** Default 'tanh'. */
  readonly activation?: RecurrentActivation;
  /** From the last step to the first; outputs come in that order. */
  readonly goBackwards?: boolean;
  /** Output 0 at steps that the mask leaves out. */
  readonly zeroOutputForMask?: boolean;
}

/** Inputs of a cell with gates. */
export interface GatedInputs extends RecurrentInputs {
  /** Default 'sigmoid'. */
  readonly recurrentActivation?: RecurrentActivation;
}

export interface LstmInputs extends GatedInputs {
  /** Cell state before the first step, [batch, units]; zeros by default. */
  readonly c0?: Value | undefined;
}

export interface GruInputs extends GatedInputs {
  /** [3 * units], only with `resetAfter`. */
  readonly recurrentBias?: Value | undefined;
  /** Whether the reset gate applies to the product with the recurrent kernel (default) or to the state before it. */
  readonly resetAfter?: boolean;
}

/** What every recurrence gives. */
export interface Recurrent {
  /** [batch, steps, units], in the order of walking. */
  readonly outputs: Value;
  /** The last of them, [batch, units]. */
  readonly last: Value;
  /** State after the last step, [batch, units]. */
  readonly h: Value;
}

/** The inputs that there are besides the first two, in this order. */
type Optional = 'bias' | 'mask' | 'dropout' | 'h0' | 'c0';
type Arriving = 'extra' | 'mask' | 'dropout' | 'dOutputs' | 'dLast' | 'dh' | 'dc';

interface Attributes<Name extends string> extends Recurrence {
  readonly given: readonly Name[];
}

/** Outputs: y, previous, outputs, last, h, then what only some cells have. */
const [Y, PREVIOUS, OUTPUTS, LAST, H] = [0, 1, 2, 3, 4];
const memoryAt = (cell: Cell): number => (cell.memory ? 5 : -1);
const extraAt = (cell: Cell): number => (cell.extra ? 5 + (cell.memory ? 1 : 0) : -1);

const float32 = (...shape: number[]): TensorType => ({ shape, dtype: 'float32' });
const stateType = ({ batch, units }: Recurrence) => float32(batch, units);
const outputsType = ({ batch, steps, units }: Recurrence) => float32(batch, steps, units);
const gatesType = ({ batch, steps, units, cell }: Recurrence) => float32(batch, steps, cell.gates * units);

const flopsOf = ({ batch, steps, units, cell }: Recurrence): number => 2 * batch * steps * units * units * cell.gates;

/** Of the inputs from `start` on, the one called `name`. */
function named<T, Name extends string>(given: readonly Name[], inputs: readonly T[], start: number, name: Name): T | undefined {
  const at = given.indexOf(name);
  return at < 0 ? undefined : inputs[start + at];
}

const recurrenceOp = (cell: Cell): Op<Attributes<Optional>> => ({
  name: cell.name,
  inferTypes: (_, r) => [
    gatesType(r),
    outputsType(r),
    outputsType(r),
    stateType(r),
    stateType(r),
    ...(cell.memory ? [stateType(r)] : []),
    ...(cell.extra ? [outputsType(r)] : []),
  ],
  inPlace: [0],
  optional: [Y, PREVIOUS, OUTPUTS, ...(cell.extra ? [extraAt(cell)] : [])],
  gradient: (node, upstream) => gradientOf(node, upstream),
  scratch: (node) => recurrenceScratch(node.attributes),
  flops: (node) => flopsOf(node.attributes),
  lower: ({ node, inputs, outputs, scratch }) => {
    const { given } = node.attributes;
    const at = (name: Optional): number => named(given, inputs, 2, name) ?? 0;
    return recurrenceCalls(node.attributes, {
      x: inputs[0],
      kernel: inputs[1],
      bias: at('bias'),
      mask: at('mask'),
      dropout: at('dropout'),
      h0: at('h0'),
      c0: at('c0'),
      y: outputs[Y],
      previous: outputs[PREVIOUS],
      extra: outputs[extraAt(cell)] ?? 0,
      outputs: outputs[OUTPUTS],
      last: outputs[LAST],
      h: outputs[H],
      c: outputs[memoryAt(cell)] ?? 0,
      scratch,
    });
  },
});

/** Whether the gradients by the recurrent products differ from those by the inputs: the reset gate lies between them. */
const isReset = (cell: Cell): boolean => cell === gruCell;

/** Inputs: y, recurrent kernel, previous, and those given. Outputs: dx, dh0, then dc0 or dr where the cell has one. */
const gradientOp = (cell: Cell): Op<Attributes<Arriving>> => ({
  name: `${cell.name}Gradient`,
  inferTypes: (_, r) => [gatesType(r), stateType(r), ...(cell.memory ? [stateType(r)] : []), ...(isReset(cell) ? [gatesType(r)] : [])],
  inPlace: [0],
  scratch: (node) => recurrenceGradientScratch(node.attributes),
  flops: (node) => flopsOf(node.attributes),
  lower: ({ node, inputs, outputs, scratch }) => {
    const { given } = node.attributes;
    const at = (name: Arriving): number => named(given, inputs, 3, name) ?? 0;
    return recurrenceGradientCalls(node.attributes, {
      y: inputs[0],
      kernel: inputs[1],
      previous: inputs[2],
      extra: at('extra'),
      mask: at('mask'),
      dropout: at('dropout'),
      dOutputs: at('dOutputs'),
      dLast: at('dLast'),
      dh: at('dh'),
      dc: at('dc'),
      dx: outputs[0],
      dh0: outputs[1],
      dc0: cell.memory ? outputs[2] : 0,
      dr: isReset(cell) ? outputs[2] : 0,
      scratch,
    });
  },
});

const ops = new Map([simpleCell, lstmCell, gruCell, gruBeforeCell].map((cell) => [cell, [recurrenceOp(cell), gradientOp(cell)] as const]));

function opsOf(cell: Cell) {
  const found = ops.get(cell);
  if (!found) throw new Error(`internal: no recurrence of ${cell.name}`);
  return found;
}

/** Names and values of what there is. */
function present<Name extends string>(entries: readonly (readonly [Name, Value | undefined])[]): { given: Name[]; values: Value[] } {
  const kept = entries.filter((entry): entry is readonly [Name, Value] => entry[1] !== undefined);
  return { given: kept.map(([name]) => name), values: kept.map(([, value]) => value) };
}

function gradientOf(node: Node<Attributes<Optional>>, upstream: readonly (Value | undefined)[]): (Value | undefined)[] {
  const { given, ...r } = node.attributes;
  const { cell } = r;
  const input = (name: Optional): Value | undefined => named(given, node.inputs, 2, name);
  const [y, previous, kernel] = [node.outputs[Y], node.outputs[PREVIOUS], node.inputs[1]];
  const arriving = present<Arriving>([
    ['extra', node.outputs[extraAt(cell)]],
    ['mask', input('mask')],
    ['dropout', input('dropout')],
    ['dOutputs', upstream[OUTPUTS]],
    ['dLast', upstream[LAST]],
    ['dh', upstream[H]],
    ['dc', upstream[memoryAt(cell)]],
  ]);
  // Before the gradient, which may take over the gates' buffer.
  const multiplied = multipliedStates(r, y, previous, input('dropout'));
  const [dx, dh0, rest] = addNode(opsOf(cell)[1], [y, kernel, previous, ...arriving.values], { ...r, given: arriving.given });
  const dr = isReset(cell) ? rest : dx;
  const own: Record<Optional, () => Value | undefined> = {
    bias: () => sum(dr, [0, 1]),
    mask: () => undefined,
    dropout: () => undefined,
    h0: () => dh0,
    c0: () => rest,
  };
  return [dx, kernelGradient(r, multiplied, dr), ...given.map((name) => own[name]())];
}

/** What the recurrent kernel was multiplied with: for all gates at once, or for each. */
function multipliedStates({ cell, batch, steps, units }: Recurrence, y: Value, previous: Value, dropout: Value | undefined): Value[] {
  if (!cell.staged && !dropout) return [previous];
  return Array.from({ length: cell.gates }, (_, gate) => {
    const reset = cell.staged && gate === 2 ? slice(y, [0, 0, units], [batch, steps, units]) : undefined;
    const state = reset ? multiply(reset, previous) : previous;
    return dropout ? multiply(state, reshape(slice(dropout, [gate, 0, 0], [1, batch, units]), [batch, 1, units])) : state;
  });
}

function kernelGradient({ cell, batch, steps, units }: Recurrence, multiplied: readonly Value[], d: Value): Value {
  const rows = batch * steps;
  const flat = reshape(d, [rows, cell.gates * units]);
  const states = multiplied.map((state) => reshape(state, [rows, units]));
  if (states.length === 1) return matmul(states[0], flat, true);
  const parts = states.map((state, gate) => matmul(state, slice(flat, [0, gate * units], [rows, units]), true));
  return concatenate(parts, 1);
}

interface Given extends GruInputs, LstmInputs {}

/** Checks the shapes and adds the node. */
function recur(cell: Cell, inputs: Given): readonly Value[] {
  useLayerKernels();
  const { projected, recurrentKernel, recurrentBias, mask, dropoutMasks, h0, c0 } = inputs;
  const units = recurrentKernel.shape[0];
  const [batch, steps] = projected.shape;
  const demand = (what: string, value: Value | undefined, ...shape: number[]): void => {
    if (!value || fitsShape(value.shape, shape)) return;
    throw mismatch(cell.name, `${what} of shape ${shapeText(shape)}`, shapeText(value.shape), 'Match it to the inputs.');
  };
  demand('recurrentKernel', recurrentKernel, units, cell.gates * units);
  demand('projected', projected, batch, steps, cell.gates * units);
  demand('recurrentBias', recurrentBias, cell.gates * units);
  demand('mask', mask, batch, steps);
  demand('dropoutMasks', dropoutMasks, cell.gates, batch, units);
  demand('h0', h0, batch, units);
  demand('c0', c0, batch, units);
  const { given, values } = present<Optional>([
    ['bias', recurrentBias],
    ['mask', mask],
    ['dropout', dropoutMasks],
    ['h0', h0],
    ['c0', c0],
  ]);
  return addNode(opsOf(cell)[0], [projected, recurrentKernel, ...values], {
    cell,
    batch,
    steps,
    units,
    activation: recurrentActivationCode(cell.name, 'activation', inputs.activation ?? 'tanh'),
    recurrentActivation: recurrentActivationCode(cell.name, 'recurrentActivation', inputs.recurrentActivation ?? 'sigmoid'),
    backwards: inputs.goBackwards ?? false,
    zeroOutput: inputs.zeroOutputForMask ?? false,
    dropout: dropoutMasks !== undefined,
    given,
  });
}

/** h' = f(x + h R). */
export function simpleRnn(inputs: RecurrentInputs): Recurrent {
  const values = recur(simpleCell, inputs);
  return { outputs: values[OUTPUTS], last: values[LAST], h: values[H] };
}

/** i, f, o = g(x + h R), c' = f c + i f(x + h R), h' = o f(c'): gates in the order i, f, c, o. */
export function lstm(inputs: LstmInputs): Recurrent & { readonly c: Value } {
  const values = recur(lstmCell, inputs);
  return { outputs: values[OUTPUTS], last: values[LAST], h: values[H], c: values[memoryAt(lstmCell)] };
}

/** z, r = g(x + h R + b), h' = z h + (1 - z) f(x + r (h R + b)), or f(x + (r h) R): gates in the order z, r, h. */
export function gru({ resetAfter = true, ...inputs }: GruInputs): Recurrent {
  if (!resetAfter && inputs.recurrentBias) {
    throw mismatch('gru', 'recurrentBias only with resetAfter', 'both a bias and resetAfter: false', 'Leave one of them out.');
  }
  const values = recur(resetAfter ? gruCell : gruBeforeCell, inputs);
  return { outputs: values[OUTPUTS], last: values[LAST], h: values[H] };
}
