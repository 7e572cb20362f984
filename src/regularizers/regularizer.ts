// What every regularizer is: a weight or an output in, a penalty out.
import { Configurable } from '../common/configurable.ts';
import type { Spec } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';

/**
 * The base of all regularizers, and of your own.
 *
 * ```js
 * class Sparse extends regularizers.Regularizer {
 *   call(weight) { return ops.multiply(ops.sum(ops.absolute(weight)), 0.01); }
 * }
 * new layers.Dense(4, { kernelRegularizer: new Sparse() });
 * ```
 */
export abstract class Regularizer extends Configurable {
  static override readonly spec: Spec = { renamed: { penalty: 'call(weight), which gives the penalty' } };

  /** The penalty, a scalar. */
  abstract call(value: Value): Value;
}
