// The options that all optimizers share, and their checks.

import type { NamedOptions } from '../common/configurable.ts';
import { mismatch } from '../common/errors.ts';
import { classConfig, toConfig } from '../common/identifier.ts';
import { aboveZero, boolean, fraction, integerFrom, nonNegative, type OptionType, positiveInteger } from '../common/option-types.ts';
import { describe } from '../common/options.ts';
import type { Options, OptionsOf, ValuesOf } from '../common/spec.ts';
import * as schedules from '../schedules/get.ts';
import { LearningRateSchedule } from '../schedules/schedule.ts';

/** A learning rate as f32, or a schedule of them. */
export const learningRate: OptionType<number | LearningRateSchedule> = {
  read(owner, name, value) {
    if (value instanceof LearningRateSchedule) return value;
    if (typeof value === 'number') return Math.fround(nonNegative.read(owner, name, value) as number);
    const given = classConfig(value);
    if (given) return schedules.get(given);
    throw mismatch(owner, `${name} to be a number of at least 0 or a schedule`, describe(value), 'For example 0.001.');
  },
  write: (value) => (value instanceof LearningRateSchedule ? toConfig(value) : value),
};

export const options = {
  /** How far a step goes: a number of at least 0, or a schedule, also as the object with className and config that `getConfig` gives. */
  learningRate: [learningRate, 0.001],
  /** Each step first takes this times the learning rate of every weight away; none by default. */
  weightDecay: [nonNegative, null],
  /** Largest norm of the gradient of each weight; no limit by default. */
  clipnorm: [aboveZero, null],
  /** Largest size of each element of a gradient; no limit by default. */
  clipvalue: [aboveZero, null],
  /** Largest norm of all gradients together; no limit by default. */
  globalClipnorm: [aboveZero, null],
  /** Whether to keep moving averages of the weights, which take their place after training; false by default. */
  useEma: [boolean, false],
  /** What of the average is kept in each step, 0.99 by default. */
  emaMomentum: [fraction, 0.99],
  /** After how many steps each time the averages take the weights' place; only after training by default. */
  emaOverwriteFrequency: [positiveInteger, null],
  /** Over how many batches gradients are averaged before a step, at least 2; every batch is a step by default. */
  gradientAccumulationSteps: [/* @__PURE__ */ integerFrom(2), null],
} as const satisfies Options;

/** Options that every optimizer has; null stands for the default. */
export interface OptimizerOptions extends NamedOptions, OptionsOf<typeof options> {}

/** The options as an optimizer keeps them; the learning rate may change. */
export interface OptimizerValues extends Omit<ValuesOf<typeof options>, 'learningRate'> {}

/** Throws for the options of Keras 1 and 2, naming what is there for them. */
export function refuseOldOptions(owner: string, args: readonly unknown[]): void {
  for (const arg of args) {
    if (typeof arg !== 'object' || arg === null) continue;
    const [old, advice] =
      'lr' in arg ? ['lr', 'Did you mean learningRate?'] : ['decay', 'Pass a schedule such as InverseTimeDecay as learningRate.'];
    if (old in arg) throw mismatch(owner, 'an option it has', `'${old}'`, advice);
  }
}

/** At most one kind of clipping. */
export function checkClips(owner: string, options: Clips): void {
  const clips = (['clipnorm', 'clipvalue', 'globalClipnorm'] as const).filter((name) => options[name] !== null);
  if (clips.length > 1) throw mismatch(owner, 'one of clipnorm, clipvalue and globalClipnorm', clips.join(' and '), 'Leave one out.');
}

/** How gradients are limited; null for not at all. */
export interface Clips {
  readonly clipnorm: number | null;
  readonly clipvalue: number | null;
  readonly globalClipnorm: number | null;
}
