// All metrics: what names and files can stand for.
export {
  Accuracy,
  BinaryAccuracy,
  type BinaryAccuracyOptions,
  CategoricalAccuracy,
  SparseCategoricalAccuracy,
  SparseTopKCategoricalAccuracy,
  TopKCategoricalAccuracy,
  type TopKOptions,
} from './accuracy.ts';
export { AUC, type AUCOptions } from './auc.ts';
export {
  type CountOptions,
  FalseNegatives,
  FalsePositives,
  Precision,
  type PrecisionOptions,
  Recall,
  TrueNegatives,
  TruePositives,
} from './confusion.ts';
export { F1Score, type F1ScoreOptions, FBetaScore, type FBetaScoreOptions } from './f-score.ts';
export {
  BinaryCrossentropy,
  CategoricalCrossentropy,
  CategoricalHinge,
  CosineSimilarity,
  type CosineSimilarityMetricOptions,
  type CrossentropyMetricOptions,
  Hinge,
  KLDivergence,
  LogCoshError,
  MeanAbsoluteError,
  MeanAbsolutePercentageError,
  MeanSquaredError,
  MeanSquaredLogarithmicError,
  Poisson,
  RootMeanSquaredError,
  SparseCategoricalCrossentropy,
  type SparseCrossentropyMetricOptions,
  SquaredHinge,
} from './losses.ts';
export { Mean, Sum } from './mean.ts';
export { R2Score, type R2ScoreOptions } from './r2-score.ts';
