// What every initializer is: values for a shape, and a config that makes it again.
import { Configurable } from '../common/configurable.ts';
import { mismatch } from '../common/errors.ts';
import type { Spec } from '../common/spec.ts';
import { sameShape } from '../graph/shape.ts';
import { type TensorLike, toTensor } from '../tensor/convert.ts';
import { checkShape } from '../tensor/tensor.ts';

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
 *   call(shape: readonly number[]) {
 *     return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i);
 *   }
 * }
 * new layers.Dense(2, { kernelInitializer: new Ramp() });
 * ```
 * `call(shape)` is Keras's `__call__(shape)`; it gives a Tensor, or an array, flat or of that shape.
 */
export abstract class Initializer extends Configurable {
  static override readonly spec: Spec = {
    config: { ignored: ['dtype', 'partition'] },
    renamed: { initialize: 'call(shape)' },
  };

  /** The values of a tensor of this shape. */
  abstract call(shape: readonly number[]): TensorLike;

  /** @internal Passes over the values of a shape that something overwrites: what is drawn later is as if they had been drawn. */
  skip(shape: readonly number[]): void {
    this.call(shape);
  }
}

/** What an initializer gives for a shape, row by row. */
export function initialValues(initializer: Initializer, shape: readonly number[]): Float32Array {
  const owner = `initializer ${initializer.className}`;
  const count = checkShape(owner, shape);
  const result = toTensor(owner, initializer.call(shape), 'float32');
  // A flat array serves every shape of that size; anything else must have the shape asked for.
  const fits = result.shape.length === 1 ? result.size === count : sameShape(result.shape, shape);
  if (fits) return result.data;
  throw mismatch(
    owner,
    `values of shape [${shape.join(', ')}]`,
    `shape [${result.shape.join(', ')}]`,
    'Return as many as the shape asks for.',
  );
}
