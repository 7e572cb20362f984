// From a config to a schedule.
import { type ClassConfig, notOne, type Registry, resolve, toConfig } from '../common/identifier.ts';
import * as classes from './classes.ts';
import { LearningRateSchedule } from './schedule.ts';

const registry = (): Registry<LearningRateSchedule> => ({ what: 'schedule', classes });

/** The schedule that an object with className and config describes, or the schedule itself; a ValueError for anything else. */
export function get(identifier: ClassConfig | LearningRateSchedule): LearningRateSchedule {
  if (identifier instanceof LearningRateSchedule) return identifier;
  if (typeof identifier === 'string') throw notOne('schedule', identifier);
  return resolve(registry(), identifier);
}

/** What a config keeps of a schedule. */
export const serialize = (schedule: LearningRateSchedule): ClassConfig => toConfig(schedule);
