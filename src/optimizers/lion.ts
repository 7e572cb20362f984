import { checkNumber } from '../common/options.ts';
import { fraction, type Kind, type Spec } from '../common/fields.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import { type OptimizerOptions, optimizerSpec } from './options.ts';

const partAboveZero: Kind = { read: (owner, name, value) => checkNumber(owner, name, value, { min: Number.MIN_VALUE, max: 1 }) };

/** Options of {@link Lion}. */
export interface LionOptions extends OptimizerOptions {
  /** What of the average gradient counts in a step, above 0; 0.9 by default. */
  readonly beta1?: number;
  /** What of the average gradient is kept in each step, 0.99 by default. */
  readonly beta2?: number;
}

/**
 * Steps of exactly the learning rate, up or down (Chen et al. 2023): `new optimizers.Lion(0.0001)`, or 'lion'.
 *
 * w -= learningRate * sign(beta1 * m + (1 - beta1) g), m = beta2 * m + (1 - beta2) g. The learning rate (first argument or
 * option) is 0.001 by default. Options {@link LionOptions}; wrong ones are a ValueError.
 */
export class Lion extends Optimizer {
  declare protected readonly beta1: number;
  declare protected readonly beta2: number;

  constructor(learningRate?: LionOptions['learningRate'] | LionOptions, options?: LionOptions) {
    super(learningRate, options);
  }

  override get spec(): Spec {
    return optimizerSpec('Lion', { beta1: [partAboveZero, 0.9], beta2: [fraction, 0.99] });
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
