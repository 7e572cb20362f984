// Adagrad and Adadelta.

import { fraction, nonNegative } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import type { OptimizerOptions } from './options.ts';

const adagradOptions = {
  /** What the sums of squares start with, 0.1 by default. */
  initialAccumulatorValue: [nonNegative, 0.1],
  /** Keeps the root from 0, 1e-7 by default. */
  epsilon: [nonNegative, 1e-7],
} as const satisfies Options;

/** Options of {@link Adagrad}. */
export interface AdagradOptions extends OptimizerOptions, OptionsOf<typeof adagradOptions> {}

export interface Adagrad extends ValuesOf<typeof adagradOptions> {}

/**
 * Steps divided by the root of the sum of all squares so far (Duchi et al. 2011): `new optimizers.Adagrad(0.01)`, or 'adagrad'.
 *
 * a += g^2, w -= learningRate * g / sqrt(a + epsilon). The learning rate (first argument or option) is 0.001 by default. Options
 * {@link AdagradOptions}; wrong ones are a ValueError.
 */
export class Adagrad extends Optimizer {
  static override readonly spec: Spec = { keras: 'keras.optimizers.Adagrad', options: adagradOptions };

  constructor(learningRate?: AdagradOptions['learningRate'] | AdagradOptions, options?: AdagradOptions) {
    super(learningRate, options);
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'accumulator', initial: this.initialAccumulatorValue }]];
  }

  protected settings(rate: number): readonly number[] {
    return [rate, this.epsilon];
  }

  protected kernel({ head, slots: [accumulator], tail }: UpdateSite): KernelCall {
    return ['adagrad', ...head, accumulator, ...tail];
  }
}

const adadeltaOptions = {
  /** What of the averages is kept in each step, 0.95 by default. */
  rho: [fraction, 0.95],
  /** Keeps the roots from 0, 1e-7 by default. */
  epsilon: [nonNegative, 1e-7],
} as const satisfies Options;

/** Options of {@link Adadelta}. */
export interface AdadeltaOptions extends OptimizerOptions, OptionsOf<typeof adadeltaOptions> {}

export interface Adadelta extends ValuesOf<typeof adadeltaOptions> {}

/**
 * Steps as large as the recent ones, whatever the gradient's unit (Zeiler 2012): `new optimizers.Adadelta(1)`, or 'adadelta'.
 *
 * a = rho * a + (1 - rho) g^2, s = sqrt(d + epsilon) / sqrt(a + epsilon) * g, d = rho * d + (1 - rho) s^2,
 * w -= learningRate * s. The learning rate (first argument or option) is 0.001 by default; the paper has 1. Options
 * {@link AdadeltaOptions}; wrong ones are a ValueError.
 */
export class Adadelta extends Optimizer {
  static override readonly spec: Spec = { keras: 'keras.optimizers.Adadelta', options: adadeltaOptions };

  constructor(learningRate?: AdadeltaOptions['learningRate'] | AdadeltaOptions, options?: AdadeltaOptions) {
    super(learningRate, options);
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'accumulated_grad' }, { name: 'accumulated_delta_var' }]];
  }

  protected settings(rate: number): readonly number[] {
    return [rate, this.rho, 1 - this.rho, this.epsilon];
  }

  protected kernel({ head, slots: [squares, deltas], tail }: UpdateSite): KernelCall {
    return ['adadelta', ...head, squares, deltas, ...tail];
  }
}
