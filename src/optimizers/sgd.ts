import { boolean, fraction, type Spec } from '../common/fields.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import { type OptimizerOptions, optimizerSpec } from './options.ts';

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
  declare protected readonly momentum: number;
  declare protected readonly nesterov: boolean;

  constructor(learningRate?: SGDOptions['learningRate'] | SGDOptions, options?: SGDOptions) {
    super(learningRate, options);
  }

  override get spec(): Spec {
    return optimizerSpec('SGD', { momentum: [fraction, 0], nesterov: [boolean, false] }, 0.01);
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
