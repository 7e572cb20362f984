// The options that all optimizers share, and their checks.

import { nameField } from '../common/configurable.ts';
import { ValueError } from '../common/errors.ts';
import { type ClassConfig, classConfig, toConfig } from '../common/identifier.ts';
import { checkInteger, describe } from '../common/options.ts';
import { needed } from '../common/parts.ts';
import { aboveZero, boolean, type Fields, fraction, type Kind, nonNegative, positiveInteger, type Spec } from '../common/fields.ts';
import { LearningRateSchedule } from '../schedules/schedule.ts';

/** Options that every optimizer has; null stands for the default. */
export interface OptimizerOptions {
  /** How far a step goes: a number of at least 0, or a schedule, also as the object with className and config that `getConfig` gives. */
  readonly learningRate?: number | LearningRateSchedule;
  /** Each step first takes this times the learning rate of every weight away; none by default. */
  readonly weightDecay?: number | null;
  /** Largest norm of the gradient of each weight; no limit by default. */
  readonly clipnorm?: number | null;
  /** Largest size of each element of a gradient; no limit by default. */
  readonly clipvalue?: number | null;
  /** Largest norm of all gradients together; no limit by default. */
  readonly globalClipnorm?: number | null;
  /** Whether to keep moving averages of the weights, which take their place after training; false by default. */
  readonly useEma?: boolean;
  /** What of the average is kept in each step, 0.99 by default. */
  readonly emaMomentum?: number;
  /** After how many steps each time the averages take the weights' place; only after training by default. */
  readonly emaOverwriteFrequency?: number | null;
  /** Over how many batches gradients are averaged before a step, at least 2; every batch is a step by default. */
  readonly gradientAccumulationSteps?: number | null;
  /** By default the class in snake case. */
  readonly name?: string | null;
}

/** What the part 'saving' provides: few programs need every schedule. */
interface ScheduleReader {
  scheduleOf(given: ClassConfig): LearningRateSchedule;
}

/** A learning rate as f32, or a schedule of them. */
export const learningRate: Kind = {
  read(owner, name, value) {
    if (value instanceof LearningRateSchedule) return value;
    if (typeof value === 'number') return Math.fround(nonNegative.read(owner, name, value) as number);
    const given = classConfig(value);
    if (given) return needed<ScheduleReader>(owner, 'saving').scheduleOf(given);
    throw new ValueError(
      `${owner}: expected ${name} to be a number of at least 0 or a schedule, got ${describe(value)}. For example 0.001.`,
    );
  },
  write: (value) => (value instanceof LearningRateSchedule ? toConfig(value) : value),
};

const severalSteps: Kind = { read: (owner, name, value) => checkInteger(owner, name, value, 2) };

/** An optimizer's spec: the shared options and its own, some with another default. */
export const optimizerSpec = (className: string, own: Fields = {}, rate = 0.001): Spec => ({
  className,
  positional: ['learningRate'],
  fields: {
    learningRate: [learningRate, rate],
    weightDecay: [nonNegative, null],
    clipnorm: [aboveZero, null],
    clipvalue: [aboveZero, null],
    globalClipnorm: [aboveZero, null],
    useEma: [boolean, false],
    emaMomentum: [fraction, 0.99],
    emaOverwriteFrequency: [positiveInteger, null],
    gradientAccumulationSteps: [severalSteps, null],
    name: nameField(),
    ...own,
  },
});

/** Throws for the options of Keras 1 and 2, naming what is there for them. */
export function refuseOldOptions(owner: string, args: readonly unknown[]): void {
  for (const arg of args) {
    if (typeof arg !== 'object' || arg === null) continue;
    const [old, advice] =
      'lr' in arg ? ['lr', 'Did you mean learningRate?'] : ['decay', 'Pass a schedule such as InverseTimeDecay as learningRate.'];
    if (old in arg) throw new ValueError(`${owner}: expected an option it has, got '${old}'. ${advice}`);
  }
}

/** At most one kind of clipping. */
export function checkClips(owner: string, options: Clips): void {
  const clips = (['clipnorm', 'clipvalue', 'globalClipnorm'] as const).filter((name) => options[name] !== null);
  if (clips.length > 1)
    throw new ValueError(`${owner}: expected one of clipnorm, clipvalue and globalClipnorm, got ${clips.join(' and ')}. Leave one out.`);
}

/** How gradients are limited; null for not at all. */
export interface Clips {
  readonly clipnorm: number | null;
  readonly clipvalue: number | null;
  readonly globalClipnorm: number | null;
}
