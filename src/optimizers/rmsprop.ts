import { boolean, fraction, nonNegative, type Spec } from '../common/fields.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import { type OptimizerOptions, optimizerSpec } from './options.ts';

/** Options of {@link RMSprop}. */
export interface RMSpropOptions extends OptimizerOptions {
  /** What of the average square is kept in each step, 0.9 by default. */
  readonly rho?: number;
  /** From 0 (default) to 1: how much of the last step is taken again. */
  readonly momentum?: number;
  /** Keeps the root from 0, 1e-7 by default. */
  readonly epsilon?: number;
  /** Whether the square of the average gradient is taken off the average square; false by default. */
  readonly centered?: boolean;
}

/**
 * Steps divided by the root of the average square of the gradient (Hinton 2012): `new optimizers.RMSprop(0.001)`, or 'rmsprop'.
 *
 * v = rho * v + (1 - rho) g^2, w -= learningRate * g / sqrt(v + epsilon). The learning rate (first argument or option) is 0.001
 * by default. Options {@link RMSpropOptions}; wrong ones are a ValueError.
 */
export class RMSprop extends Optimizer {
  declare protected readonly rho: number;
  declare protected readonly momentum: number;
  declare protected readonly epsilon: number;
  declare protected readonly centered: boolean;

  constructor(learningRate?: RMSpropOptions['learningRate'] | RMSpropOptions, options?: RMSpropOptions) {
    super(learningRate, options);
  }

  override get spec(): Spec {
    return optimizerSpec('RMSprop', {
      rho: [fraction, 0.9],
      momentum: [fraction, 0],
      epsilon: [nonNegative, 1e-7],
      centered: [boolean, false],
    });
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
