// A recurrence made of ops, step after step: for cells that the kernels do not know.
import { isKnown } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { select } from '../../primitives/binary.ts';
import { concatenate, expandDims, fill, reshape, slice } from '../../primitives/layout.ts';

/** What a cell makes of one step of the input [batch, ...] and the states. */
export type Step = (x: Value, states: readonly Value[]) => { readonly output: Value; readonly states: readonly Value[] };

export interface Walk {
  /** [batch, steps], 1 where a step is real: elsewhere states are held and the output is the one before. */
  readonly mask: Value | undefined;
  readonly goBackwards: boolean;
  readonly zeroOutputForMask: boolean;
  /** Whether the outputs of all steps are asked for. */
  readonly returnSequences: boolean;
}

export interface Walked {
  /** [batch, steps, ...] in the order of walking; undefined where they are not asked for. */
  readonly outputs: Value | undefined;
  readonly last: Value;
  readonly states: readonly Value[];
}

/** The part of a step, without its axis. */
function at(x: Value, step: number): Value {
  const [batch, , ...rest] = x.shape;
  const begin = [0, step, ...rest.map(() => 0)];
  return reshape(slice(x, begin, [batch, 1, ...rest]), [batch, ...rest]);
}

/** A mask [batch] against values [batch, ...]. */
const wide = (mask: Value, like: Value): Value => reshape(mask, [mask.shape[0], ...like.shape.slice(1).map(() => 1)]);

/** The cell over all steps of x [batch, steps, ...]. */
export function unroll(
  x: Value,
  start: readonly Value[],
  { mask, goBackwards, zeroOutputForMask, returnSequences }: Walk,
  step: Step,
): Walked {
  const [batch, steps] = x.shape;
  // One step tells the types where the number of steps is not known.
  const count = isKnown(steps) ? steps : 1;
  let states = start;
  let last: Value | undefined;
  const outputs: Value[] = [];
  for (let k = 0; k < count; k++) {
    const t = goBackwards ? count - 1 - k : k;
    const next = step(at(x, t), states);
    let { output } = next;
    if (mask) {
      const isReal = at(mask, t);
      const before = last && !zeroOutputForMask ? last : fill(output.shape, 0);
      output = select(wide(isReal, output), output, before);
      states = next.states.map((state, i) => select(wide(isReal, state), state, states[i]));
    } else states = next.states;
    last = output;
    if (returnSequences) outputs.push(expandDims(output, 1));
  }
  const end = last as Value;
  if (!returnSequences) return { outputs: undefined, last: end, states };
  const whole = isKnown(steps) ? concatenate(outputs, 1) : fill([batch, steps, ...end.shape.slice(1)], 0);
  return { outputs: whole, last: end, states };
}
