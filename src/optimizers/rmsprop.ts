import { boolean, fraction, nonNegative } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import type { OptimizerOptions } from './options.ts';

const options = {
  /** What of the average square is kept in each step, 0.9 by default. */
  rho: [fraction, 0.9],
  /** From 0 (default) to 1: how much of the last step is taken again. */
  momentum: [fraction, 0],
  /** Keeps the root from 0, 1e-7 by default. */
  epsilon: [nonNegative, 1e-7],
  /** Whether the square of the average gradient is taken off the average square; false by default. */
  centered: [boolean, false],
} as const satisfies Options;

/** Options of {@link RMSprop}. */
export interface RMSpropOptions extends OptimizerOptions, OptionsOf<typeof options> {}

export interface RMSprop extends ValuesOf<typeof options> {}

/**
 * Steps divided by the root of the average square of the gradient (Hinton 2012): `new optimizers.RMSprop(0.001)`, or 'rmsprop'.
 *
 * v = rho * v + (1 - rho) g^2, w -= learningRate * g / sqrt(v + epsilon). The learning rate (first argument or option) is 0.001
 * by default. Options {@link RMSpropOptions}; wrong ones are a ValueError.
 */
export class RMSprop extends Optimizer {
  static override readonly spec: Spec = { keras: 'keras.optimizers.RMSprop', options };

  constructor(learningRate?: RMSpropOptions['learningRate'] | RMSpropOptions, options?: RMSpropOptions) {
    super(learningRate, options);
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'velocity' }], this.momentum > 0 ? [{ name: 'momentum' }] : [], this.centered ? [{ name: 'average_gradient' }] : []];
  }

  protected settings(rate: number): readonly number[] {
    return [rate, this.rho, 1 - this.rho, this.momentum, this.epsilon];
  }

  protected kernel({ head, slots: [velocity, ...others], tail }: UpdateSite): KernelCall {
    const momentum = this.momentum > 0 ? others[0] : 0;
    const mean = this.centered ? others[others.length - 1] : 0;
    return ['rmsprop', ...head, velocity, mean, momentum, ...tail];
  }
}
