// The formulas of recurrent cells, of which the fused kernels have their own: for activations that these do not know.
import type { Activation } from '../../activations/index.ts';
import type { Value } from '../../graph/value.ts';
import { add, multiply } from '../../primitives/binary.ts';
import { concatenate, reshape, slice } from '../../primitives/layout.ts';
import { dense } from '../../primitives/matmul.ts';
import { affine } from '../../primitives/unary.ts';

/** What a step needs besides its input and the states. */
export interface CellParts {
  /** [units, gates * units] */
  readonly recurrentKernel: Value;
  /** What each gate sees of the state, [gates, batch, units]. */
  readonly dropoutMasks: Value | undefined;
  readonly activation: Activation;
  readonly recurrentActivation: Activation;
}

/** Gate `k` of units side by side: columns of [batch, gates * units]. */
const gate = (x: Value, k: number, units: number): Value => slice(x, [0, k * units], [x.shape[0], units]);

/** The columns of a gate in the recurrent kernel. */
const kernelOf = (kernel: Value, k: number, units: number, count = 1): Value => slice(kernel, [0, k * units], [units, count * units]);

/** The state as gate k sees it. */
function seen(h: Value, masks: Value | undefined, k: number): Value {
  if (!masks) return h;
  const [, batch, units] = masks.shape;
  return multiply(h, reshape(slice(masks, [k, 0, 0], [1, batch, units]), [batch, units]));
}

/** h · recurrent kernel for gates from..to. */
function product(h: Value, { recurrentKernel, dropoutMasks }: CellParts, units: number, gates: number): Value {
  if (!dropoutMasks)
    return dense(h, gates * units === recurrentKernel.shape[1] ? recurrentKernel : kernelOf(recurrentKernel, 0, units, gates));
  const parts = Array.from({ length: gates }, (_, k) => dense(seen(h, dropoutMasks, k), kernelOf(recurrentKernel, k, units)));
  return parts.length === 1 ? parts[0] : concatenate(parts, 1);
}

/** h' = activation(x + h · recurrent kernel) */
export function simpleStep(x: Value, [h]: readonly Value[], parts: CellParts) {
  const next = parts.activation(add(x, product(h, parts, h.shape[1], 1)));
  return { output: next, states: [next] };
}

/** Gates i, f, c, o: c' = f c + i activation(z_c), h' = o activation(c') (Hochreiter and Schmidhuber 1997, as in Keras). */
export function lstmStep(x: Value, [h, c]: readonly Value[], parts: CellParts) {
  const units = h.shape[1];
  const { activation, recurrentActivation } = parts;
  const z = add(x, product(h, parts, units, 4));
  const [i, f, o] = [0, 1, 3].map((k) => recurrentActivation(gate(z, k, units)));
  const cell = add(multiply(f, c), multiply(i, activation(gate(z, 2, units))));
  const next = multiply(o, activation(cell));
  return { output: next, states: [next, cell] };
}

/** What a GRU has more. */
export interface GruParts extends CellParts {
  readonly resetAfter: boolean;
  /** [3 * units], only with `resetAfter`. */
  readonly recurrentBias: Value | undefined;
}

/** Gates z, r, h: h' = z h + (1 - z) activation(...), the reset gate behind or before the product (Cho et al. 2014, as in Keras). */
export function gruStep(x: Value, [h]: readonly Value[], parts: GruParts) {
  const units = h.shape[1];
  const { activation, recurrentActivation, resetAfter, recurrentBias, recurrentKernel, dropoutMasks } = parts;
  const inner = product(h, parts, units, resetAfter ? 3 : 2);
  const biased = recurrentBias ? add(inner, recurrentBias) : inner;
  const [z, r] = [0, 1].map((k) => recurrentActivation(add(gate(x, k, units), gate(biased, k, units))));
  const state = resetAfter
    ? multiply(r, gate(biased, 2, units))
    : dense(multiply(r, seen(h, dropoutMasks, 2)), kernelOf(recurrentKernel, 2, units));
  const candidate = activation(add(gate(x, 2, units), state));
  const next = add(multiply(z, h), multiply(affine(z, -1, 1), candidate));
  return { output: next, states: [next] };
}
