// Loss functions.
export * from './classes.ts';
export type { SmoothedOptions } from './crossentropy.ts';
export {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalHinge,
  cosineSimilarity,
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
} from './functions.ts';
export { get, type LossFunction, type LossIdentifier, type LossName, serialize } from './get.ts';
export { Loss, type LossOptions, type Reduction } from './loss.ts';
