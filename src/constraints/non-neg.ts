// No weight below 0.
import type { Constraint } from '../graph/roles.ts';
import type { Variable } from '../graph/variable.ts';
import { update } from '../ops/update.ts';
import { checkOptions } from '../options.ts';

/** max(w, 0): `new layers.Dense(4, { kernelConstraint: new constraints.NonNeg() })`. It takes no options. */
export class NonNeg implements Constraint {
  constructor(options?: Record<never, never>) {
    checkOptions('NonNeg', options, []);
  }

  constrain(weight: Variable): void {
    update('nonNegative', [weight], [], ([w]) => [['nonNegative', w, weight.size]]);
  }

  get className(): string {
    return 'NonNeg';
  }

  getConfig(): Record<never, never> {
    return {};
  }
}
