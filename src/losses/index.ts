// Loss functions.
export * from './classes.ts';
export type { SmoothedOptions } from './crossentropy.ts';
export {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalGeneralizedCrossEntropy,
  categoricalHinge,
  cosineSimilarity,
  dice,
  hinge,
  huber,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
  sparseCategoricalCrossentropy,
  squaredHinge,
  tversky,
} from './functions.ts';
export { get, type LossFunction, type LossIdentifier, type LossName, serialize } from './get.ts';
export { Loss, type LossOptions, type Reduction } from './loss.ts';
