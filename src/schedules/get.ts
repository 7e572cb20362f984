// From a config to a schedule.
import { type ClassConfig, type Factory, notOne, type Registry, resolve } from '../identifier.ts';
import { CosineDecay, CosineDecayRestarts } from './cosine.ts';
import { ExponentialDecay, InverseTimeDecay, PiecewiseConstantDecay, PolynomialDecay } from './decay.ts';
import { LearningRateSchedule } from './schedule.ts';

const registry = (): Registry<LearningRateSchedule> => ({
  what: 'schedule',
  classes: new Map<string, Factory<LearningRateSchedule>>([
    ['CosineDecay', (o) => new CosineDecay(o)],
    ['CosineDecayRestarts', (o) => new CosineDecayRestarts(o)],
    ['ExponentialDecay', (o) => new ExponentialDecay(o)],
    ['InverseTimeDecay', (o) => new InverseTimeDecay(o)],
    ['PiecewiseConstantDecay', (o) => new PiecewiseConstantDecay(o)],
    ['PolynomialDecay', (o) => new PolynomialDecay(o)],
  ]),
});

/** The schedule that an object with className and config describes, or the schedule itself; a ValueError for anything else. */
export function get(identifier: ClassConfig | LearningRateSchedule): LearningRateSchedule {
  if (identifier instanceof LearningRateSchedule) return identifier;
  const found = typeof identifier === 'string' ? undefined : resolve(registry(), identifier);
  if (!found) throw notOne('schedule', identifier);
  return found;
}

/** What a config keeps of a schedule. */
export const serialize = (schedule: LearningRateSchedule): ClassConfig => ({ className: schedule.className, config: schedule.getConfig() });
