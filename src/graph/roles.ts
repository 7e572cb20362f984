// What a graph needs of things defined further up: the smallest interface of each.
import type { Value } from './value.ts';

/** Adds a penalty on a weight or an output to the loss. */
export interface Regularizer {
  /** The penalty, a scalar. */
  penalty(value: Value): Value;
}

/** Changes a weight after each update. */
export interface Constraint {
  /** The constrained weight. */
  constrain(weight: Value): Value;
}
