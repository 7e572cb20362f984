// No weight below 0.
import { Configurable } from '../common/configurable.ts';
import type { Spec } from '../common/spec.ts';
import type { Constraint, Variable } from '../graph/variable.ts';
import { update } from '../primitives/update.ts';

/** max(w, 0): `new layers.Dense(4, { kernelConstraint: new constraints.NonNeg() })`. It takes no options. */
export class NonNeg extends Configurable implements Constraint {
  static override readonly spec: Spec = { keras: 'keras.constraints.NonNeg' };

  constructor(options?: Record<never, never>) {
    super(options);
  }

  constrain(weight: Variable): void {
    update('nonNegative', [weight], [], ([w]) => [['nonNegative', w, weight.size]]);
  }
}
