// Metrics.
export {
  binaryCrossentropy,
  binaryFocalCrossentropy,
  categoricalCrossentropy,
  categoricalFocalCrossentropy,
  categoricalHinge,
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
} from '../losses/functions.ts';
export * from './classes.ts';
export {
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  topKCategoricalAccuracy,
} from './functions.ts';
export { check, get, type MetricFunction, type MetricIdentifier, type MetricName, resolve, serialize } from './get.ts';
export { MeanMetric } from './mean.ts';
export { Metric, type MetricOptions } from './metric.ts';
