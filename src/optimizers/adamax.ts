import { oneLessPower } from '../common/power.ts';
import type { Spec } from '../common/spec.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { MomentOptimizer } from './adam.ts';
import type { Slot, UpdateSite } from './optimizer.ts';

/**
 * Adam with the largest gradient in place of the average square (Kingma and Ba 2015, section 7): `new optimizers.Adamax(0.001)`.
 *
 * m += (g - m)(1 - beta1), u = max(beta2 * u, |g|), w -= learningRate * m / ((1 - beta1^t)(u + epsilon)). The learning rate
 * (first argument or option) is 0.001 by default. Options {@link MomentOptions}; wrong ones are a ValueError.
 */
export class Adamax extends MomentOptimizer {
  static override readonly spec: Spec = { keras: 'keras.optimizers.Adamax' };

  protected override slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'momentum' }, { name: 'norm' }]];
  }

  protected override settings(rate: number, t: number): readonly number[] {
    return [rate, 1 - this.beta1, this.beta2, oneLessPower(this.beta1, t), this.epsilon];
  }

  protected kernel({ head, slots: [m, u], tail }: UpdateSite): KernelCall {
    return ['adamax', ...head, m, u, ...tail];
  }
}
