// The ops that differentiation uses.
import type { GradientArithmetic } from '../graph/gradient.ts';
import { gradients } from '../graph/gradient.ts';
import { type Gradient, isIndexedSlices, type Value } from '../graph/value.ts';
import { add } from './binary.ts';
import { concatenateSlices, densify } from './embedding.ts';
import { fill } from './layout.ts';

const arithmetic: GradientArithmetic = {
  add,
  densify,
  concatenate: (parts) => concatenateSlices(parts.filter(isIndexedSlices)),
};

/** The gradients of a scalar by each of `wrt`. */
export const gradientsOf = (scalar: Value, wrt: readonly Value[]): (Gradient | undefined)[] =>
  gradients([scalar], [fill(scalar.shape, 1)], wrt, arithmetic);

/** The gradients by each of `wrt` when `seeds` arrive at `targets`. */
export const gradientsFrom = (targets: readonly Value[], seeds: readonly Value[], wrt: readonly Value[]): (Gradient | undefined)[] =>
  gradients(targets, seeds, wrt, arithmetic);
