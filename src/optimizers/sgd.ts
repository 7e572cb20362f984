// Stochastic gradient descent.
import { boolean, fraction } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import { learningRate, type OptimizerOptions } from './options.ts';

const options = {
  /** How far a step goes, 0.01 by default: a number of at least 0, or a schedule. */
  learningRate: [learningRate, 0.01],
  /** From 0 (default) to 1: how much of the last step is taken again. */
  momentum: [fraction, 0],
  /** Whether to look ahead along the momentum (Nesterov 1983); false by default. */
  nesterov: [boolean, false],
} as const satisfies Options;

/** Options of {@link SGD}. */
export interface SGDOptions extends OptimizerOptions, OptionsOf<typeof options> {}

export interface SGD extends Omit<ValuesOf<typeof options>, 'learningRate'> {}

/**
 * w -= learningRate * g; with momentum m = momentum * m - learningRate * g, w += m: `new optimizers.SGD(0.1, { momentum: 0.9 })`.
 *
 * The learning rate (first argument or option) is 0.01 by default. Options {@link SGDOptions}; wrong ones are a ValueError.
 */
export class SGD extends Optimizer {
  static override readonly spec: Spec = { keras: 'keras.optimizers.SGD', options };

  constructor(learningRate?: SGDOptions['learningRate'] | SGDOptions, options?: SGDOptions) {
    super(learningRate, options);
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return this.momentum === 0 ? [] : [[{ name: 'momentum' }]];
  }

  protected settings(rate: number): readonly number[] {
    return this.momentum === 0 ? [rate] : [rate, this.momentum, this.nesterov ? 1 : 0];
  }

  protected kernel({ head, slots: [m], tail }: UpdateSite): KernelCall {
    if (this.momentum === 0) return ['sgd', ...head, ...tail];
    return ['sgdMomentum', ...head, m, ...tail];
  }
}
