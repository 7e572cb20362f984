// Views: the elements stay where they are.
import { add1 } from '../graph/trace.ts';
import type { Gradient, Op, Value } from '../graph/value.ts';

const asOp: Op<'float32' | 'bool'> = {
  name: 'as',
  isDataMovement: true,
  inferTypes: ([x], dtype) => [{ shape: x.shape, dtype }],
  gradient: (_, [dy]) => [dy],
};

/** A float32 or bool value under the other one's name: both are kept as float32. */
export const relabel = (x: Value, dtype: 'float32' | 'bool'): Value => (x.dtype === dtype ? x : add1(asOp, [x], dtype));

const stopGradientOp: Op<null> = {
  name: 'stopGradient',
  isDataMovement: true,
  inferTypes: ([x]) => [{ shape: x.shape, dtype: x.dtype }],
};

/** x, which counts as a constant for whoever differentiates. */
export const stopGradient = (x: Value): Value => add1(stopGradientOp, [x], null);

type Backward = (dy: Value) => readonly (Gradient | undefined)[];

const withGradientOp: Op<Backward> = {
  name: 'withGradient',
  isDataMovement: true,
  inferTypes: ([x]) => [{ shape: x.shape, dtype: x.dtype }],
  gradient: (node, [dy]) => [undefined, ...(dy ? node.attributes(dy) : [])],
};

/** x, which was computed from `sources` in a way that is not to be differentiated: `backward` gives their gradients instead. */
export const withGradient = (x: Value, sources: readonly Value[], backward: Backward): Value =>
  add1(withGradientOp, [x, ...sources], backward);
