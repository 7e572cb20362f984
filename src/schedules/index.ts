// Schedules of learning rates.
export * from './classes.ts';
export { get, serialize } from './get.ts';
export { LearningRateSchedule } from './schedule.ts';
