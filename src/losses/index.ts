// What training makes small.
export {
  BinaryCrossentropy,
  CategoricalCrossentropy,
  type CrossentropyOptions,
  type SmoothedOptions,
  SparseCategoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
} from './crossentropy.ts';
export {
  Hinge,
  Huber,
  type HuberOptions,
  KLDivergence,
  LogCosh,
  MeanAbsoluteError,
  MeanAbsolutePercentageError,
  MeanSquaredError,
  MeanSquaredLogarithmicError,
  Poisson,
  SquaredHinge,
} from './elementwise.ts';
export { BinaryFocalCrossentropy, type BinaryFocalOptions, CategoricalFocalCrossentropy, type FocalOptions } from './focal.ts';
export { get, type LossFunction, type LossIdentifier, type LossName, serialize } from './get.ts';
export { Loss, type LossOptions, type Reduction } from './loss.ts';
export { CategoricalHinge, CosineSimilarity, type CosineSimilarityOptions } from './rows.ts';
