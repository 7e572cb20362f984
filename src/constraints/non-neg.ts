// No weight below 0.
import type { Spec } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { rewrite } from '../primitives/update.ts';
import { Constraint } from './constraint.ts';

/** max(w, 0): `new layers.Dense(4, { kernelConstraint: new constraints.NonNeg() })`. It takes no options. */
export class NonNeg extends Constraint {
  static override readonly spec: Spec = { keras: 'keras.constraints.NonNeg' };

  constructor(options?: Record<never, never>) {
    super(options);
  }

  call(weight: Value): Value {
    return rewrite('nonNegative', weight, (address) => ['nonNegative', address, weight.size]);
  }
}
