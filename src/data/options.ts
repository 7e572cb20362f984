// Options of a dataset's methods.
import type { PerComponent } from './padded-options.ts';
import type { PaddedShape } from './stack.ts';

export interface ShuffleOptions {
  /** A whole number for an order that can be repeated. Default: that of `setRandomSeed`, or a new one for every dataset. */
  readonly seed?: number | null;
  /** Whether every iteration has another order. Default: true. */
  readonly reshuffleEachIteration?: boolean;
}

export interface BatchOptions {
  /** Whether a last batch of fewer elements is left out. Default: false. */
  readonly dropRemainder?: boolean;
}

export interface PaddedBatchOptions extends BatchOptions {
  /** Length of each axis, null for the longest of the batch: one shape, or one for each component. Default: all null. */
  readonly paddedShapes?: PerComponent<PaddedShape> | null;
  /** Padding values: a number, or one for each component. Default: 0. */
  readonly paddingValues?: PerComponent<number> | null;
}
