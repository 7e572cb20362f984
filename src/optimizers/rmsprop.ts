import { checkBoolean, checkNumber } from '../options.ts';
import type { KernelCall } from '../runtime/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import { type OptimizerOptions, readOptimizerOptions } from './options.ts';

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
  private readonly rho: number;
  private readonly momentum: number;
  private readonly epsilon: number;
  private readonly centered: boolean;

  constructor(learningRate?: RMSpropOptions['learningRate'] | RMSpropOptions, options?: RMSpropOptions) {
    const given = readOptimizerOptions<RMSpropOptions>('RMSprop', [learningRate, options], ['rho', 'momentum', 'epsilon', 'centered']);
    super('RMSprop', given, 0.001);
    this.rho = checkNumber('RMSprop', 'rho', given.rho ?? 0.9, { min: 0, max: 1 });
    this.momentum = checkNumber('RMSprop', 'momentum', given.momentum ?? 0, { min: 0, max: 1 });
    this.epsilon = checkNumber('RMSprop', 'epsilon', given.epsilon ?? 1e-7, { min: 0, max: Number.MAX_VALUE });
    this.centered = checkBoolean('RMSprop', 'centered', given.centered ?? false);
  }

  override get className(): string {
    return 'RMSprop';
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'velocity' }], this.momentum > 0 ? [{ name: 'momentum' }] : [], this.centered ? [{ name: 'average_gradient' }] : []];
  }

  protected settings(rate: number): readonly number[] {
    return [rate, this.rho, 1 - this.rho, this.momentum, this.epsilon];
  }

  protected kernel({ weight, gradient, slots: [velocity, ...others], settings, rows, dim, ids, count }: UpdateSite): KernelCall {
    const momentum = this.momentum > 0 ? others[0] : 0;
    const mean = this.centered ? others[others.length - 1] : 0;
    return ['rmsprop', weight, gradient, velocity, mean, momentum, settings, rows, dim, ids, count];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), rho: this.rho, momentum: this.momentum, epsilon: this.epsilon, centered: this.centered };
  }
}
