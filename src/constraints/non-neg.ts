// No weight below 0.
import { Configurable } from '../common/configurable.ts';
import { ordered, type Spec } from '../common/fields.ts';
import type { Constraint, Variable } from '../graph/variable.ts';
import { update } from '../primitives/update.ts';

/** max(w, 0): `new layers.Dense(4, { kernelConstraint: new constraints.NonNeg() })`. It takes no options. */
export class NonNeg extends Configurable implements Constraint {
  constructor(options?: Record<never, never>) {
    super(options);
  }

  override get spec(): Spec {
    return ordered('NonNeg', {});
  }

  constrain(weight: Variable): void {
    update('nonNegative', [weight], [], ([w]) => [['nonNegative', w, weight.size]]);
  }
}
