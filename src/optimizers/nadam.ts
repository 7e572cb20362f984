import type { Spec } from '../fields.ts';
import { others } from '../runtime/generated/others.ts';
import type { KernelCall } from '../runtime/kernel-call.ts';
import { useLibrary } from '../runtime/kernels.ts';
import { MomentOptimizer, momentSpec } from './adam.ts';
import type { Slot, UpdateSite } from './optimizer.ts';
import { integerPower, oneLessPower } from './power.ts';

/**
 * Adam with Nesterov's look ahead (Dozat 2016): `new optimizers.Nadam(0.001)`, or 'nadam'.
 *
 * With u_t = beta1 * (1 - 0.96^t / 2) and p_t = u_1 * ... * u_t: w -= learningRate * (u_(t+1) m / (1 - p_(t+1)) +
 * (1 - u_t) g / (1 - p_t)) / (sqrt(v / (1 - beta2^t)) + epsilon). The learning rate (first argument or option) is 0.001 by
 * default. Options {@link MomentOptions}; wrong ones are a ValueError.
 */
export class Nadam extends MomentOptimizer {
  /** The product of the momenta of the first steps. */
  private readonly product = { steps: 0, value: 1 };

  override get spec(): Spec {
    return momentSpec('Nadam');
  }

  protected override slotGroups(): readonly (readonly Slot[])[] {
    return [[{ name: 'momentum' }], [{ name: 'velocity' }]];
  }

  /** Keras keeps it as a variable but not in its files; from the number of steps it is the same bits. */
  private productOf(steps: number): number {
    const { product } = this;
    if (steps < product.steps) Object.assign(product, { steps: 0, value: 1 });
    while (product.steps < steps) product.value = Math.fround(product.value * this.momentum(++product.steps));
    return product.value;
  }

  protected override settings(rate: number, t: number): readonly number[] {
    const [now, next] = [this.momentum(t), this.momentum(t + 1)];
    const product = this.productOf(t);
    const rest = (beta: number) => Math.fround(1 - Math.fround(beta));
    return [
      rate,
      rest(this.beta1),
      rest(this.beta2),
      next / (1 - product * next),
      (1 - now) / (1 - product),
      oneLessPower(this.beta2, t),
      this.epsilon,
    ];
  }

  protected kernel({ head, slots: [m, v], tail }: UpdateSite): KernelCall {
    useLibrary(others);
    return ['nadam', ...head, m, v, ...tail];
  }

  private momentum(t: number): number {
    return Math.fround(Math.fround(this.beta1) * (1 - 0.5 * Math.fround(integerPower(Math.fround(0.96), t))));
  }
}
