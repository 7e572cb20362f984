// Adam (Kingma and Ba 2015) and its variants.

import { boolean, fraction, nonNegative, optional } from '../common/option-types.ts';
import { oneLessPower } from '../common/power.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import type { OptimizerOptions } from './options.ts';

const momentOptions = {
  /** What of the average gradient is kept in each step, 0.9 by default. */
  beta1: [fraction, 0.9],
  /** What of the average square is kept in each step, 0.999 by default. */
  beta2: [fraction, 0.999],
  /** Keeps the divisor from 0, 1e-7 by default. */
  epsilon: [nonNegative, 1e-7],
} as const satisfies Options;

const adamOptions = {
  /** Whether the divisor is the largest average square so far (Reddi et al. 2018); false by default. */
  amsgrad: [boolean, false],
} as const satisfies Options;

const adamWOptions = {
  /** Each step first takes this times the learning rate of every weight away; 0.004 by default. */
  weightDecay: [/* @__PURE__ */ optional(nonNegative), 0.004],
} as const satisfies Options;

/** Options of the optimizers with two moments. */
export interface MomentOptions extends OptimizerOptions, OptionsOf<typeof momentOptions> {}

/** Options of {@link Adam}. */
export interface AdamOptions extends MomentOptions, OptionsOf<typeof adamOptions> {}

export interface MomentOptimizer extends ValuesOf<typeof momentOptions> {}

/** An optimizer that keeps averages of gradients and of their squares. */
export abstract class MomentOptimizer extends Optimizer {
  static override readonly spec: Spec = { options: momentOptions };

  constructor(learningRate?: MomentOptions['learningRate'] | MomentOptions, options?: MomentOptions) {
    super(learningRate, options);
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'momentum' }, { name: 'velocity' }]];
  }

  protected settings(rate: number, t: number): readonly number[] {
    const alpha = (rate * Math.sqrt(oneLessPower(this.beta2, t))) / oneLessPower(this.beta1, t);
    return [alpha, 1 - this.beta1, 1 - this.beta2, this.epsilon];
  }
}

/**
 * Steps of about the learning rate for every element: `model.compile({ optimizer: new optimizers.Adam(0.001) })`, or 'adam'.
 *
 * m += (g - m)(1 - beta1), v += (g^2 - v)(1 - beta2), w -= m * alpha / (sqrt(v) + epsilon) with
 * alpha = learningRate * sqrt(1 - beta2^t) / (1 - beta1^t). The learning rate (first argument or option) is 0.001 by default.
 * Options {@link AdamOptions}; wrong ones are a ValueError. Every row of an Embedding moves in every step, as in Keras;
 * {@link LazyAdam} moves only the rows of the batch.
 */
export class Adam extends MomentOptimizer {
  static override readonly spec: Spec = { keras: 'keras.optimizers.Adam', options: adamOptions };

  declare readonly amsgrad: boolean;

  constructor(learningRate?: AdamOptions['learningRate'] | AdamOptions, options?: AdamOptions) {
    super(learningRate, options);
  }

  protected override slotGroups(): readonly (readonly Slot[])[] {
    return [...super.slotGroups(), this.amsgrad ? [{ name: 'velocity_hat' }] : []];
  }

  protected kernel({ head, slots: [m, v, peak = 0], tail }: UpdateSite): KernelCall {
    return ['adam', ...head, m, v, peak, ...tail];
  }
}

/**
 * {@link Adam} with weight decay apart from the gradient (Loshchilov and Hutter 2019): `new optimizers.AdamW(0.001)`, or 'adamw'.
 *
 * Each step first takes learningRate * weightDecay * w of every weight w, biases too. `weightDecay` is 0.004 by default;
 * otherwise the options are {@link AdamOptions}.
 */
export class AdamW extends Adam {
  static override readonly spec: Spec = { keras: 'keras.optimizers.AdamW', options: adamWOptions };
}

/**
 * {@link Adam} that leaves the rows of an Embedding alone that are not in the batch: `new optimizers.LazyAdam(0.001)`.
 *
 * A step costs the same for every size of vocabulary. Not in Keras; its numbers are Adam's as long as every batch has every row,
 * otherwise rows keep their averages until they are seen again. Weights without ids are updated as by Adam. Options
 * {@link MomentOptions}; wrong ones are a ValueError.
 */
export class LazyAdam extends MomentOptimizer {
  static override readonly spec: Spec = {
    // Keras has none.
    keras: 'keratin.LazyAdam',
  };

  protected kernel({ head, slots: [m, v], tail }: UpdateSite): KernelCall {
    if (tail[3] === 0) return ['adam', ...head, m, v, 0, ...tail];
    return ['lazyAdam', ...head, m, v, ...tail];
  }
}
