// What a schedule of learning rates is.
import { Configurable } from '../common/configurable.ts';
import type { Spec } from '../common/spec.ts';

/**
 * A learning rate that changes from step to step. A class of your own gives `call`:
 *
 * ```js
 * class Halving extends schedules.LearningRateSchedule {
 *   call(step) { return 0.1 / (1 + step); }
 * }
 * new optimizers.SGD(new Halving());
 * ```
 */
export abstract class LearningRateSchedule extends Configurable {
  static override readonly spec: Spec = { renamed: { value: 'call(step)' } };

  /** The learning rate of a step; steps count the updates so far, from 0. */
  abstract call(step: number): number;
}
