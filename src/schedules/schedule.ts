// What a schedule of learning rates is.
import { Configurable } from '../common/configurable.ts';

/**
 * A learning rate that changes from step to step. A class of your own gives `value`:
 *
 * ```js
 * class Halving extends schedules.LearningRateSchedule {
 *   value(step) { return 0.1 / (1 + step); }
 * }
 * new optimizers.SGD(new Halving());
 * ```
 */
export abstract class LearningRateSchedule extends Configurable {
  /** The learning rate of a step; steps count the updates so far, from 0. */
  abstract value(step: number): number;
}
