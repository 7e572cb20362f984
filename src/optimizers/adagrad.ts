// Adagrad and Adadelta.
import { checkNumber } from '../options.ts';
import type { KernelCall } from '../runtime/kernel-call.ts';
import { Optimizer, type Slot, type UpdateSite } from './optimizer.ts';
import { type OptimizerOptions, readOptimizerOptions } from './options.ts';

/** Options of {@link Adagrad}. */
export interface AdagradOptions extends OptimizerOptions {
  /** What the sums of squares start with, 0.1 by default. */
  readonly initialAccumulatorValue?: number;
  /** Keeps the root from 0, 1e-7 by default. */
  readonly epsilon?: number;
}

/**
 * Steps divided by the root of the sum of all squares so far (Duchi et al. 2011): `new optimizers.Adagrad(0.01)`, or 'adagrad'.
 *
 * a += g^2, w -= learningRate * g / sqrt(a + epsilon). The learning rate (first argument or option) is 0.001 by default. Options
 * {@link AdagradOptions}; wrong ones are a ValueError.
 */
export class Adagrad extends Optimizer {
  private readonly initial: number;
  private readonly epsilon: number;

  constructor(learningRate?: AdagradOptions['learningRate'] | AdagradOptions, options?: AdagradOptions) {
    const given = readOptimizerOptions<AdagradOptions>('Adagrad', [learningRate, options], ['initialAccumulatorValue', 'epsilon']);
    super('Adagrad', given, 0.001);
    this.initial = checkNumber('Adagrad', 'initialAccumulatorValue', given.initialAccumulatorValue ?? 0.1, {
      min: 0,
      max: Number.MAX_VALUE,
    });
    this.epsilon = checkNumber('Adagrad', 'epsilon', given.epsilon ?? 1e-7, { min: 0, max: Number.MAX_VALUE });
  }

  override get className(): string {
    return 'Adagrad';
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'accumulator', initial: this.initial }]];
  }

  protected settings(rate: number): readonly number[] {
    return [rate, this.epsilon];
  }

  protected kernel({ weight, gradient, slots: [accumulator], settings, rows, dim, ids, count }: UpdateSite): KernelCall {
    return ['adagrad', weight, gradient, accumulator, settings, rows, dim, ids, count];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), initialAccumulatorValue: this.initial, epsilon: this.epsilon };
  }
}

/** Options of {@link Adadelta}. */
export interface AdadeltaOptions extends OptimizerOptions {
  /** What of the averages is kept in each step, 0.95 by default. */
  readonly rho?: number;
  /** Keeps the roots from 0, 1e-7 by default. */
  readonly epsilon?: number;
}

/**
 * Steps as large as the recent ones, whatever the gradient's unit (Zeiler 2012): `new optimizers.Adadelta(1)`, or 'adadelta'.
 *
 * a = rho * a + (1 - rho) g^2, s = sqrt(d + epsilon) / sqrt(a + epsilon) * g, d = rho * d + (1 - rho) s^2,
 * w -= learningRate * s. The learning rate (first argument or option) is 0.001 by default; the paper has 1. Options
 * {@link AdadeltaOptions}; wrong ones are a ValueError.
 */
export class Adadelta extends Optimizer {
  private readonly rho: number;
  private readonly epsilon: number;

  constructor(learningRate?: AdadeltaOptions['learningRate'] | AdadeltaOptions, options?: AdadeltaOptions) {
    const given = readOptimizerOptions<AdadeltaOptions>('Adadelta', [learningRate, options], ['rho', 'epsilon']);
    super('Adadelta', given, 0.001);
    this.rho = checkNumber('Adadelta', 'rho', given.rho ?? 0.95, { min: 0, max: 1 });
    this.epsilon = checkNumber('Adadelta', 'epsilon', given.epsilon ?? 1e-7, { min: 0, max: Number.MAX_VALUE });
  }

  override get className(): string {
    return 'Adadelta';
  }

  protected slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'accumulated_grad' }, { name: 'accumulated_delta_var' }]];
  }

  protected settings(rate: number): readonly number[] {
    return [rate, this.rho, 1 - this.rho, this.epsilon];
  }

  protected kernel({ weight, gradient, slots: [squares, deltas], settings, rows, dim, ids, count }: UpdateSite): KernelCall {
    return ['adadelta', weight, gradient, squares, deltas, settings, rows, dim, ids, count];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), rho: this.rho, epsilon: this.epsilon };
  }
}
