// No weight below 0.
import type { Spec } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { onOperands } from '../ops/dispatch.ts';
import { asFloat } from '../ops/dtypes.ts';
import type { Operand, OpResult } from '../ops/operand.ts';
import { relu } from '../primitives/unary.ts';
import { rewrite } from '../primitives/update.ts';
import { Constraint } from './constraint.ts';

/** max(w, 0): `new layers.Dense(4, { kernelConstraint: new constraints.NonNeg() })`. It takes no options. */
export class NonNeg extends Constraint {
  static override readonly spec: Spec = { keras: 'keras.constraints.NonNeg' };

  constructor(options?: Record<never, never>) {
    super(options);
  }

  call<A extends Operand>(weight: A): OpResult<A> {
    return onOperands(this.className, { weight }, ({ weight: given }: { weight: Value }) => {
      const w = asFloat(given);
      return rewrite('nonNegative', w, (address) => ['nonNegative', address, w.size], relu);
    });
  }
}
