import { checkNumber } from '../common/options.ts';
import { type Kind, nonNegative, type Spec } from '../common/fields.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import { type OptimizerOptions, optimizerSpec } from './options.ts';

/** Options of {@link Ftrl}. */
export interface FtrlOptions extends OptimizerOptions {
  /** How the learning rate goes down with the sum of squares, at most 0; -0.5 by default. */
  readonly learningRatePower?: number;
  /** What the sums of squares start with, 0.1 by default. */
  readonly initialAccumulatorValue?: number;
  /** Strength of the penalty on absolute values, 0 by default. */
  readonly l1RegularizationStrength?: number;
  /** Strength of the penalty on squares, 0 by default. */
  readonly l2RegularizationStrength?: number;
  /** Strength of a penalty on squares that acts on the gradient alone, 0 by default. */
  readonly l2ShrinkageRegularizationStrength?: number;
  /** The paper's beta, 0 by default. */
  readonly beta?: number;
}

const atMostZero: Kind = { read: (owner, name, value) => checkNumber(owner, name, value, { min: -Number.MAX_VALUE, max: 0 }) };

/**
 * Follow the regularized leader (McMahan et al. 2013), for sparse linear models: `new optimizers.Ftrl(0.1)`, or 'ftrl'.
 *
 * The learning rate (first argument or option) is 0.001 by default. Options {@link FtrlOptions}; wrong ones are a ValueError.
 */
export class Ftrl extends Optimizer {
  declare protected readonly learningRatePower: number;
  declare protected readonly initialAccumulatorValue: number;
  declare protected readonly l1RegularizationStrength: number;
  declare protected readonly l2RegularizationStrength: number;
  declare protected readonly l2ShrinkageRegularizationStrength: number;
  declare protected readonly beta: number;

  constructor(learningRate?: FtrlOptions['learningRate'] | FtrlOptions, options?: FtrlOptions) {
    super(learningRate, options);
  }

  override get spec(): Spec {
    return optimizerSpec('Ftrl', {
      learningRatePower: [atMostZero, -0.5],
      initialAccumulatorValue: [nonNegative, 0.1],
      l1RegularizationStrength: [nonNegative, 0],
      l2RegularizationStrength: [nonNegative, 0],
      l2ShrinkageRegularizationStrength: [nonNegative, 0],
      beta: [nonNegative, 0],
    });
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'accumulator', initial: this.initialAccumulatorValue }, { name: 'linear' }]];
  }

  protected settings(rate: number): readonly number[] {
    const {
      learningRatePower,
      l1RegularizationStrength: l1,
      l2RegularizationStrength: l2,
      l2ShrinkageRegularizationStrength: shrinkage,
      beta,
    } = this;
    return [rate, -learningRatePower, l1, 2 * l2 + (beta === 0 ? 0 : beta / rate), 2 * shrinkage];
  }

  protected kernel({ head, slots: [accumulator, linear], tail }: UpdateSite): KernelCall {
    return ['ftrl', ...head, accumulator, linear, ...tail];
  }
}
