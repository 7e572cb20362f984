// What a graph needs of things defined further up: the smallest interface of each.
import type { Value } from './value.ts';
import type { Variable } from './variable.ts';

/** Adds a penalty on a weight or an output to the loss. */
export interface Regularizer {
  /** The penalty, a scalar. */
  penalty(value: Value): Value;
}

/** Changes a weight after each update. */
export interface Constraint {
  /** Adds to the trace what brings the weight back into bounds. */
  constrain(weight: Variable): void;
}
