import { integerPower, oneLessPower } from '../common/power.ts';
import type { Spec } from '../common/spec.ts';
import { Variable } from '../graph/variable.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { MomentOptimizer } from './adam.ts';
import type { UpdateSite } from './optimizer.ts';

/**
 * Adam with Nesterov's look ahead (Dozat 2016): `new optimizers.Nadam(0.001)`, or 'nadam'.
 *
 * With u_t = beta1 * (1 - 0.96^t / 2) and p_t = u_1 * ... * u_t: w -= learningRate * (u_(t+1) m / (1 - p_(t+1)) +
 * (1 - u_t) g / (1 - p_t)) / (sqrt(v / (1 - beta2^t)) + epsilon). The learning rate (first argument or option) is 0.001 by
 * default. Options {@link MomentOptions}; wrong ones are a ValueError.
 */
export class Nadam extends MomentOptimizer {
  static override readonly spec: Spec = { keras: 'keras.optimizers.Nadam' };

  /** The product of the momenta so far. */
  private readonly product = new Variable('u_product', [], [1], { trainable: false });

  override get variables(): Variable[] {
    // Keras makes it with the slots.
    const slots = super.variables;
    return slots.length > 0 ? [...slots, this.product] : slots;
  }

  override advance(): void {
    if (this.updates()) this.product.view()[0] *= this.momentum(this.iterations + 1);
    super.advance();
  }

  protected override settings(rate: number, t: number): readonly number[] {
    const [now, next] = [this.momentum(t), this.momentum(t + 1)];
    const product = Math.fround(this.product.view()[0] * now);
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
    return ['nadam', ...head, m, v, ...tail];
  }

  private momentum(t: number): number {
    return Math.fround(Math.fround(this.beta1) * (1 - 0.5 * Math.fround(integerPower(Math.fround(0.96), t))));
  }
}
