// What every initializer is: values for a shape, and a config that makes it again.
import { Configurable } from '../common/configurable.ts';
import type { Spec } from '../common/spec.ts';

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
  static override readonly spec: Spec = { config: { ignored: ['dtype', 'partition'] } };

  /** The values of a tensor of this shape, row by row. */
  abstract initialize(shape: readonly number[]): Float32Array;
}
