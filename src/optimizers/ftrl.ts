import { nonNegative, type OptionType } from '../common/option-types.ts';
import { checkNumber } from '../common/options.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import type { OptimizerOptions } from './options.ts';

const atMostZero: OptionType<number> = {
  read: (owner, name, value) => checkNumber(owner, name, value, { min: -Number.MAX_VALUE, max: 0 }),
};

const options = {
  /** How the learning rate goes down with the sum of squares, at most 0; -0.5 by default. */
  learningRatePower: [atMostZero, -0.5],
  /** What the sums of squares start with, 0.1 by default. */
  initialAccumulatorValue: [nonNegative, 0.1],
  /** Strength of the penalty on absolute values, 0 by default. */
  l1RegularizationStrength: [nonNegative, 0],
  /** Strength of the penalty on squares, 0 by default. */
  l2RegularizationStrength: [nonNegative, 0],
  /** Strength of a penalty on squares that acts on the gradient alone, 0 by default. */
  l2ShrinkageRegularizationStrength: [nonNegative, 0],
  /** The paper's beta, 0 by default. */
  beta: [nonNegative, 0],
} as const satisfies Options;

/** Options of {@link Ftrl}. */
export interface FtrlOptions extends OptimizerOptions, OptionsOf<typeof options> {}

export interface Ftrl extends ValuesOf<typeof options> {}

/**
 * Follow the regularized leader (McMahan et al. 2013), for sparse linear models: `new optimizers.Ftrl(0.1)`, or 'ftrl'.
 *
 * The learning rate (first argument or option) is 0.001 by default. Options {@link FtrlOptions}; wrong ones are a ValueError.
 */
export class Ftrl extends Optimizer {
  static override readonly spec: Spec = { keras: 'keras.optimizers.Ftrl', options };

  constructor(learningRate?: FtrlOptions['learningRate'] | FtrlOptions, options?: FtrlOptions) {
    super(learningRate, options);
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
