import { checkBoolean, checkNumber } from '../options.ts';
import type { KernelCall } from '../runtime/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import { type OptimizerOptions, readOptimizerOptions } from './options.ts';

/** Options of {@link SGD}. */
export interface SGDOptions extends OptimizerOptions {
  /** From 0 (default) to 1: how much of the last step is taken again. */
  readonly momentum?: number;
  /** Whether to look ahead along the momentum (Nesterov 1983); false by default. */
  readonly nesterov?: boolean;
}

/**
 * w -= learningRate * g; with momentum m = momentum * m - learningRate * g, w += m: `new optimizers.SGD(0.1, { momentum: 0.9 })`.
 *
 * The learning rate (first argument or option) is 0.01 by default. Options {@link SGDOptions}; wrong ones are a ValueError.
 */
export class SGD extends Optimizer {
  private readonly momentum: number;
  private readonly nesterov: boolean;

  constructor(learningRate?: SGDOptions['learningRate'] | SGDOptions, options?: SGDOptions) {
    const given = readOptimizerOptions<SGDOptions>('SGD', [learningRate, options], ['momentum', 'nesterov']);
    super('SGD', given, 0.01);
    this.momentum = checkNumber('SGD', 'momentum', given.momentum ?? 0, { min: 0, max: 1 });
    this.nesterov = checkBoolean('SGD', 'nesterov', given.nesterov ?? false);
  }

  override get className(): string {
    return 'SGD';
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return this.momentum === 0 ? [] : [[{ name: 'momentum' }]];
  }

  protected settings(rate: number): readonly number[] {
    return this.momentum === 0 ? [rate] : [rate, this.momentum, this.nesterov ? 1 : 0];
  }

  protected kernel({ weight, gradient, slots: [m], settings, rows, dim, ids, count }: UpdateSite): KernelCall {
    if (this.momentum === 0) return ['sgd', weight, gradient, settings, rows, dim, ids, count];
    return ['sgdMomentum', weight, gradient, m, settings, rows, dim, ids, count];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), momentum: this.momentum, nesterov: this.nesterov };
  }
}
