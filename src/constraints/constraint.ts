// What every constraint is: a weight in, the weight within bounds out.
import { Configurable } from '../common/configurable.ts';
import type { Spec } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';

/**
 * The base of all constraints, and of your own.
 *
 * ```js
 * class AtMostOne extends constraints.Constraint {
 *   call(weight) { return ops.minimum(weight, 1); }
 * }
 * new layers.Dense(4, { kernelConstraint: new AtMostOne() });
 * ```
 */
export abstract class Constraint extends Configurable {
  static override readonly spec: Spec = { renamed: { constrain: 'call(weight), which gives the constrained weight' } };

  /** The weight brought back into bounds. */
  abstract call(weight: Value): Value;
}
