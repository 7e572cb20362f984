// All losses: what names and files can stand for.
export {
  BinaryCrossentropy,
  CategoricalCrossentropy,
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
export { CategoricalGeneralizedCrossEntropy, type CategoricalGeneralizedCrossEntropyOptions } from './generalized.ts';
export { Dice, type DiceOptions, Tversky, type TverskyOptions } from './overlap.ts';
export { CategoricalHinge, CosineSimilarity, type CosineSimilarityOptions } from './rows.ts';
