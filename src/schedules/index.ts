// Learning rates that change while a model learns.
export { CosineDecay, type CosineDecayOptions, CosineDecayRestarts, type CosineDecayRestartsOptions } from './cosine.ts';
export {
  ExponentialDecay,
  type ExponentialDecayOptions,
  InverseTimeDecay,
  type InverseTimeDecayOptions,
  PiecewiseConstantDecay,
  type PiecewiseConstantDecayOptions,
  PolynomialDecay,
  type PolynomialDecayOptions,
} from './decay.ts';
export { get, serialize } from './get.ts';
export { LearningRateSchedule } from './schedule.ts';
