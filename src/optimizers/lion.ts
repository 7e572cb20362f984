import { checkNumber } from '../options.ts';
import type { KernelCall } from '../runtime/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import { type OptimizerOptions, readOptimizerOptions } from './options.ts';

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
  private readonly beta1: number;
  private readonly beta2: number;

  constructor(learningRate?: LionOptions['learningRate'] | LionOptions, options?: LionOptions) {
    const given = readOptimizerOptions<LionOptions>('Lion', [learningRate, options], ['beta1', 'beta2']);
    super('Lion', given, 0.001);
    this.beta1 = checkNumber('Lion', 'beta1', given.beta1 ?? 0.9, { min: Number.MIN_VALUE, max: 1 });
    this.beta2 = checkNumber('Lion', 'beta2', given.beta2 ?? 0.99, { min: 0, max: 1 });
  }

  override get className(): string {
    return 'Lion';
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'momentum' }]];
  }

  protected settings(rate: number): readonly number[] {
    const rest = (beta: number) => 1 - Math.fround(beta);
    return [rate, this.beta1, rest(this.beta1), this.beta2, rest(this.beta2)];
  }

  protected kernel({ weight, gradient, slots: [m], settings, rows, dim, ids, count }: UpdateSite): KernelCall {
    return ['lion', weight, gradient, m, settings, rows, dim, ids, count];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), beta1: this.beta1, beta2: this.beta2 };
  }
}
