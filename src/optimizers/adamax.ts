import type { KernelCall } from '../runtime/kernel-call.ts';
import { MomentOptimizer, type MomentOptions, momentOptions } from './adam.ts';
import type { Slot, UpdateSite } from './optimizer.ts';
import { readOptimizerOptions } from './options.ts';
import { oneLessPower } from './power.ts';

/**
 * Adam with the largest gradient in place of the average square (Kingma and Ba 2015, section 7): `new optimizers.Adamax(0.001)`.
 *
 * m += (g - m)(1 - beta1), u = max(beta2 * u, |g|), w -= learningRate * m / ((1 - beta1^t)(u + epsilon)). The learning rate
 * (first argument or option) is 0.001 by default. Options {@link MomentOptions}; wrong ones are a ValueError.
 */
export class Adamax extends MomentOptimizer {
  constructor(learningRate?: MomentOptions['learningRate'] | MomentOptions, options?: MomentOptions) {
    super('Adamax', readOptimizerOptions<MomentOptions>('Adamax', [learningRate, options], momentOptions));
  }

  override get className(): string {
    return 'Adamax';
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'momentum' }, { name: 'norm' }]];
  }

  protected settings(rate: number, t: number): readonly number[] {
    return [rate, 1 - this.beta1, this.beta2, oneLessPower(this.beta1, t), this.epsilon];
  }

  protected kernel({ weight, gradient, slots: [m, u], settings, rows, dim, ids, count }: UpdateSite): KernelCall {
    return ['adamax', weight, gradient, m, u, settings, rows, dim, ids, count];
  }
}
