// The options that all optimizers share, and their checks.
import { ValueError } from '../errors.ts';
import { type ClassConfig, readOptions } from '../identifier.ts';
import { checkBoolean, checkInteger, checkNumber, describe } from '../options.ts';
import * as schedules from '../schedules/index.ts';

/** Options that every optimizer has; null stands for the default. */
export interface OptimizerOptions {
  /** How far a step goes: a number of at least 0, or a schedule. */
  readonly learningRate?: number | schedules.LearningRateSchedule | ClassConfig;
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

const shared = [
  'learningRate',
  'weightDecay',
  'clipnorm',
  'clipvalue',
  'globalClipnorm',
  'useEma',
  'emaMomentum',
  'emaOverwriteFrequency',
  'gradientAccumulationSteps',
  'name',
];

/** The options of a constructor that takes the learning rate first. */
export function readOptimizerOptions<T extends OptimizerOptions>(owner: string, given: readonly unknown[], own: readonly string[] = []): T {
  for (const argument of given) {
    if (typeof argument !== 'object' || argument === null) continue;
    if ('lr' in argument) throw new ValueError(`${owner}: expected an option it has, got 'lr'. Did you mean learningRate?`);
    if ('decay' in argument) {
      throw new ValueError(`${owner}: expected an option it has, got 'decay'. Pass a schedule such as InverseTimeDecay as learningRate.`);
    }
  }
  return readOptions<T>(owner, given, ['learningRate'], [...shared, ...own]);
}

/** The checked options: undefined where nothing is asked for. */
export interface CheckedOptions {
  readonly weightDecay: number | undefined;
  readonly clipnorm: number | undefined;
  readonly clipvalue: number | undefined;
  readonly globalClipnorm: number | undefined;
  readonly useEma: boolean;
  readonly emaMomentum: number;
  readonly emaOverwriteFrequency: number | undefined;
  readonly gradientAccumulationSteps: number | undefined;
}

export function checkOptimizerOptions(owner: string, given: OptimizerOptions): CheckedOptions {
  const optional = (name: keyof OptimizerOptions, min: number): number | undefined =>
    given[name] == null ? undefined : checkNumber(owner, name, given[name], { min, max: Number.MAX_VALUE });
  const optionalInteger = (name: keyof OptimizerOptions, min: number): number | undefined =>
    given[name] == null ? undefined : checkInteger(owner, name, given[name], min);
  const clips = (['clipnorm', 'clipvalue', 'globalClipnorm'] as const).filter((name) => given[name] != null);
  if (clips.length > 1)
    throw new ValueError(`${owner}: expected one of clipnorm, clipvalue and globalClipnorm, got ${clips.join(' and ')}. Leave one out.`);
  return {
    weightDecay: optional('weightDecay', 0),
    clipnorm: optional('clipnorm', Number.MIN_VALUE),
    clipvalue: optional('clipvalue', Number.MIN_VALUE),
    globalClipnorm: optional('globalClipnorm', Number.MIN_VALUE),
    useEma: checkBoolean(owner, 'useEma', given.useEma ?? false),
    emaMomentum: checkNumber(owner, 'emaMomentum', given.emaMomentum ?? 0.99, { min: 0, max: 1 }),
    emaOverwriteFrequency: optionalInteger('emaOverwriteFrequency', 1),
    gradientAccumulationSteps: optionalInteger('gradientAccumulationSteps', 2),
  };
}

/** A learning rate as f32, or a schedule of them. */
export function checkLearningRate(owner: string, given: unknown): number | schedules.LearningRateSchedule {
  if (typeof given === 'number') return Math.fround(checkNumber(owner, 'learningRate', given, { min: 0, max: Number.MAX_VALUE }));
  if (typeof given === 'object' && given !== null) return schedules.get(given as schedules.LearningRateSchedule);
  throw new ValueError(
    `${owner}: expected learningRate to be a number of at least 0 or a schedule, got ${describe(given)}. For example 0.001.`,
  );
}
