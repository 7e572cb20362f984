import { checkNumber } from '../options.ts';
import type { KernelCall } from '../runtime/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import { type OptimizerOptions, readOptimizerOptions } from './options.ts';

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

const own = [
  'learningRatePower',
  'initialAccumulatorValue',
  'l1RegularizationStrength',
  'l2RegularizationStrength',
  'l2ShrinkageRegularizationStrength',
  'beta',
] as const;

/**
 * Follow the regularized leader (McMahan et al. 2013), for sparse linear models: `new optimizers.Ftrl(0.1)`, or 'ftrl'.
 *
 * The learning rate (first argument or option) is 0.001 by default. Options {@link FtrlOptions}; wrong ones are a ValueError.
 */
export class Ftrl extends Optimizer {
  private readonly own: Record<(typeof own)[number], number>;

  constructor(learningRate?: FtrlOptions['learningRate'] | FtrlOptions, options?: FtrlOptions) {
    const given = readOptimizerOptions<FtrlOptions>('Ftrl', [learningRate, options], own);
    super('Ftrl', given, 0.001);
    const strength = (name: (typeof own)[number], fallback = 0) =>
      checkNumber('Ftrl', name, given[name] ?? fallback, { min: 0, max: Number.MAX_VALUE });
    this.own = {
      learningRatePower: checkNumber('Ftrl', 'learningRatePower', given.learningRatePower ?? -0.5, { min: -Number.MAX_VALUE, max: 0 }),
      initialAccumulatorValue: strength('initialAccumulatorValue', 0.1),
      l1RegularizationStrength: strength('l1RegularizationStrength'),
      l2RegularizationStrength: strength('l2RegularizationStrength'),
      l2ShrinkageRegularizationStrength: strength('l2ShrinkageRegularizationStrength'),
      beta: strength('beta'),
    };
  }

  override get className(): string {
    return 'Ftrl';
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'accumulator', initial: this.own.initialAccumulatorValue }, { name: 'linear' }]];
  }

  protected settings(rate: number): readonly number[] {
    const {
      learningRatePower,
      l1RegularizationStrength: l1,
      l2RegularizationStrength: l2,
      l2ShrinkageRegularizationStrength: shrinkage,
      beta,
    } = this.own;
    return [rate, -learningRatePower, l1, 2 * l2 + (beta === 0 ? 0 : beta / rate), 2 * shrinkage];
  }

  protected kernel({ weight, gradient, slots: [accumulator, linear], settings, rows, dim, ids, count }: UpdateSite): KernelCall {
    return ['ftrl', weight, gradient, accumulator, linear, settings, rows, dim, ids, count];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), ...this.own };
  }
}
