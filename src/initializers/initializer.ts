// What every initializer is: values for a shape, and a config that makes it again.
import { Configurable } from '../configurable.ts';
import { ValueError } from '../errors.ts';
import { describe } from '../options.ts';

/** A config as it stands in a saved model, in camelCase. */
export interface InitializerConfig {
  readonly className: string;
  readonly config: Record<string, unknown>;
}

/**
 * Base class of the initializers, and of your own.
 *
 * ```ts
 * class Ramp extends initializers.Initializer {
 *   initialize(shape: readonly number[]) {
 *     return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i);
 *   }
 * }
 * new layers.Dense(2, { kernelInitializer: new Ramp() });
 * ```
 * `initialize(shape)` is Keras's `__call__(shape)`.
 */
export abstract class Initializer extends Configurable {
  /** The values of a tensor of this shape, row by row. */
  abstract initialize(shape: readonly number[]): Float32Array;
}

/** The number of elements of `shape`; a ValueError when it is no list of lengths. */
export function elements(owner: string, shape: readonly number[]): number {
  if (!Array.isArray(shape) || !shape.every((length) => Number.isSafeInteger(length) && length >= 0)) {
    throw new ValueError(`${owner}: expected a shape, an array of whole numbers, got ${describe(shape)}. Write it like [10, 4].`);
  }
  return shape.reduce((product, length) => product * length, 1);
}
