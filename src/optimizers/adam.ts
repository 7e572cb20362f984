// Adam (Kingma and Ba 2015) and its variants.
import { checkBoolean, checkNumber } from '../options.ts';
import type { KernelCall } from '../runtime/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import { type OptimizerOptions, readOptimizerOptions } from './options.ts';
import { oneLessPower } from './power.ts';

/** Options of the optimizers with two moments. */
export interface MomentOptions extends OptimizerOptions {
  /** What of the average gradient is kept in each step, 0.9 by default. */
  readonly beta1?: number;
  /** What of the average square is kept in each step, 0.999 by default. */
  readonly beta2?: number;
  /** Keeps the divisor from 0, 1e-7 by default. */
  readonly epsilon?: number;
}

/** Options of {@link Adam}. */
export interface AdamOptions extends MomentOptions {
  /** Whether the divisor is the largest average square so far (Reddi et al. 2018); false by default. */
  readonly amsgrad?: boolean;
}

export const momentOptions: readonly string[] = ['beta1', 'beta2', 'epsilon'];

/** An optimizer that keeps averages of gradients and of their squares. */
export abstract class MomentOptimizer extends Optimizer {
  protected readonly beta1: number;
  protected readonly beta2: number;
  protected readonly epsilon: number;

  constructor(owner: string, given: MomentOptions, defaultDecay?: number) {
    super(owner, given, 0.001, defaultDecay);
    this.beta1 = checkNumber(owner, 'beta1', given.beta1 ?? 0.9, { min: 0, max: 1 });
    this.beta2 = checkNumber(owner, 'beta2', given.beta2 ?? 0.999, { min: 0, max: 1 });
    this.epsilon = checkNumber(owner, 'epsilon', given.epsilon ?? 1e-7, { min: 0, max: Number.MAX_VALUE });
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), beta1: this.beta1, beta2: this.beta2, epsilon: this.epsilon };
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
  private readonly amsgrad: boolean;

  constructor(learningRate?: AdamOptions['learningRate'] | AdamOptions, options?: AdamOptions);
  /** @internal for subclasses, which read their options themselves */
  constructor(given: AdamOptions, options: undefined, owner: string, defaultDecay: number);
  constructor(learningRate?: AdamOptions['learningRate'] | AdamOptions, options?: AdamOptions, owner = 'Adam', defaultDecay?: number) {
    const given = readOptimizerOptions<AdamOptions>(owner, [learningRate, options], [...momentOptions, 'amsgrad']);
    super(owner, given, defaultDecay);
    this.amsgrad = checkBoolean(owner, 'amsgrad', given.amsgrad ?? false);
  }

  override get className(): string {
    return 'Adam';
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'momentum' }, { name: 'velocity' }], this.amsgrad ? [{ name: 'velocity_hat' }] : []];
  }

  protected settings(rate: number, t: number): readonly number[] {
    const alpha = (rate * Math.sqrt(oneLessPower(this.beta2, t))) / oneLessPower(this.beta1, t);
    return [alpha, 1 - this.beta1, 1 - this.beta2, this.epsilon];
  }

  protected kernel({ weight, gradient, slots: [m, v, peak = 0], settings, rows, dim, ids, count }: UpdateSite): KernelCall {
    return ['adam', weight, gradient, m, v, peak, settings, rows, dim, ids, count];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), amsgrad: this.amsgrad };
  }
}

/**
 * {@link Adam} with weight decay apart from the gradient (Loshchilov and Hutter 2019): `new optimizers.AdamW(0.001)`, or 'adamw'.
 *
 * Each step first takes learningRate * weightDecay * w of every weight w, biases too. `weightDecay` is 0.004 by default;
 * otherwise the options are {@link AdamOptions}.
 */
export class AdamW extends Adam {
  constructor(learningRate?: AdamOptions['learningRate'] | AdamOptions, options?: AdamOptions) {
    super(readOptimizerOptions<AdamOptions>('AdamW', [learningRate, options], [...momentOptions, 'amsgrad']), undefined, 'AdamW', 0.004);
  }

  override get className(): string {
    return 'AdamW';
  }
}

/**
 * {@link Adam} that leaves the rows of an Embedding alone that are not in the batch: `new optimizers.LazyAdam(0.001)`.
 *
 * A step costs the same for every size of vocabulary. Not in Keras; its numbers are Adam's as long as every batch has every row,
 * otherwise rows keep their averages until they are seen again. Weights without ids are updated as by Adam. Options
 * {@link MomentOptions}; wrong ones are a ValueError.
 */
export class LazyAdam extends MomentOptimizer {
  constructor(learningRate?: MomentOptions['learningRate'] | MomentOptions, options?: MomentOptions) {
    super('LazyAdam', readOptimizerOptions<MomentOptions>('LazyAdam', [learningRate, options], momentOptions));
  }

  override get className(): string {
    return 'LazyAdam';
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'momentum' }, { name: 'velocity' }]];
  }

  protected settings(rate: number, t: number): readonly number[] {
    const alpha = (rate * Math.sqrt(oneLessPower(this.beta2, t))) / oneLessPower(this.beta1, t);
    return [alpha, 1 - this.beta1, 1 - this.beta2, this.epsilon];
  }

  protected kernel({ weight, gradient, slots: [m, v], settings, rows, dim, ids, count }: UpdateSite): KernelCall {
    if (ids === 0) return ['adam', weight, gradient, m, v, 0, settings, rows, dim, 0, 0];
    return ['lazyAdam', weight, gradient, m, v, settings, rows, dim, ids, count];
  }
}
