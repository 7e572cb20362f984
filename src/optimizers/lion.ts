import { fraction, type OptionType } from '../common/option-types.ts';
import { checkNumber } from '../common/options.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import type { OptimizerOptions } from './options.ts';

const partAboveZero: OptionType<number> = {
  read: (owner, name, value) => checkNumber(owner, name, value, { min: Number.MIN_VALUE, max: 1 }),
};

const options = {
  /** What of the average gradient counts in a step, above 0; 0.9 by default. */
  beta1: [partAboveZero, 0.9],
  /** What of the average gradient is kept in each step, 0.99 by default. */
  beta2: [fraction, 0.99],
} as const satisfies Options;

/** Options of {@link Lion}. */
export interface LionOptions extends OptimizerOptions, OptionsOf<typeof options> {}

export interface Lion extends ValuesOf<typeof options> {}

/**
 * Steps of exactly the learning rate, up or down (Chen et al. 2023): `new optimizers.Lion(0.0001)`, or 'lion'.
 *
 * w -= learningRate * sign(beta1 * m + (1 - beta1) g), m = beta2 * m + (1 - beta2) g. The learning rate (first argument or
 * option) is 0.001 by default. Options {@link LionOptions}; wrong ones are a ValueError.
 */
export class Lion extends Optimizer {
  static override readonly spec: Spec = { keras: 'keras.optimizers.Lion', options };

  constructor(learningRate?: LionOptions['learningRate'] | LionOptions, options?: LionOptions) {
    super(learningRate, options);
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'momentum' }]];
  }

  protected settings(rate: number): readonly number[] {
    const rest = (beta: number) => 1 - Math.fround(beta);
    return [rate, this.beta1, rest(this.beta1), this.beta2, rest(this.beta2)];
  }

  protected kernel({ head, slots: [m], tail }: UpdateSite): KernelCall {
    return ['lion', ...head, m, ...tail];
  }
}
