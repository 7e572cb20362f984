// What an activation is.
import type { Value } from '../graph/value.ts';

/** A function that layers apply to their outputs, element by element or along the last axis. */
export type Activation = (x: Value) => Value;
