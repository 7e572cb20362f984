// From a name or a function to a metric.
import type { Value } from '../graph/value.ts';
import {
  type ClassConfig,
  classConfig,
  type Factory,
  findClass,
  notOne,
  type Registry,
  resolve as resolveIdentifier,
  unknownName,
} from '../identifier.ts';
import { crossentropyKind } from '../losses/get.ts';
import { snakeCase } from '../names.ts';
import {
  Accuracy,
  BinaryAccuracy,
  CategoricalAccuracy,
  SparseCategoricalAccuracy,
  SparseTopKCategoricalAccuracy,
  TopKCategoricalAccuracy,
} from './accuracy.ts';
import { AUC } from './auc.ts';
import { FalseNegatives, FalsePositives, Precision, Recall, TrueNegatives, TruePositives } from './confusion.ts';
import { F1Score, FBetaScore } from './f-score.ts';
import * as l from './losses.ts';
import { Mean, MeanMetric, Sum } from './mean.ts';
import { Metric, type MetricOptions } from './metric.ts';
import { R2Score } from './r2-score.ts';

/** Names of metrics: Keras's classes in snake case, and its short names. */
export type MetricName =
  | 'acc'
  | 'accuracy'
  | 'auc'
  | 'AUC'
  | 'bce'
  | 'binary_accuracy'
  | 'binary_crossentropy'
  | 'categorical_accuracy'
  | 'categorical_crossentropy'
  | 'ce'
  | 'cosine_similarity'
  | 'crossentropy'
  | 'mae'
  | 'mape'
  | 'mean_absolute_error'
  | 'mean_squared_error'
  | 'mse'
  | 'msle'
  | 'precision'
  | 'recall'
  | 'root_mean_squared_error'
  | 'sparse_categorical_accuracy'
  | 'sparse_categorical_crossentropy'
  | 'top_k_categorical_accuracy';

/** A metric of the user's own, in the package's ops: a value per sample or element, of which the mean is reported. */
export type MetricFunction = (yTrue: Value, yPred: Value) => Value;

/** What stands for a metric. */
export type MetricIdentifier = MetricName | (string & {}) | ClassConfig | Metric | MetricFunction;

type Shape = readonly (number | null)[];

class FunctionMetric extends MeanMetric {
  private readonly body: MetricFunction;

  constructor(body: MetricFunction) {
    super('FunctionMetric', { name: body.name || 'metric' });
    this.body = body;
  }

  override get className(): string {
    return this.name;
  }

  protected values(target: Value, prediction: Value): Value {
    return this.body(target, prediction);
  }
}

const registry = (): Registry<Metric> => ({
  what: 'metric',
  classes: new Map<string, Factory<Metric>>([
    ['AUC', (o) => new AUC(o)],
    ['Accuracy', (o) => new Accuracy(o)],
    ['BinaryAccuracy', (o) => new BinaryAccuracy(o)],
    ['BinaryCrossentropy', (o) => new l.BinaryCrossentropy(o)],
    ['CategoricalAccuracy', (o) => new CategoricalAccuracy(o)],
    ['CategoricalCrossentropy', (o) => new l.CategoricalCrossentropy(o)],
    ['CategoricalHinge', (o) => new l.CategoricalHinge(o)],
    ['CosineSimilarity', (o) => new l.CosineSimilarity(o)],
    ['F1Score', (o) => new F1Score(o)],
    ['FBetaScore', (o) => new FBetaScore(o)],
    ['FalseNegatives', (o) => new FalseNegatives(o)],
    ['FalsePositives', (o) => new FalsePositives(o)],
    ['Hinge', (o) => new l.Hinge(o)],
    ['KLDivergence', (o) => new l.KLDivergence(o)],
    ['LogCoshError', (o) => new l.LogCoshError(o)],
    ['Mean', (o) => new Mean(o)],
    ['MeanAbsoluteError', (o) => new l.MeanAbsoluteError(o)],
    ['MeanAbsolutePercentageError', (o) => new l.MeanAbsolutePercentageError(o)],
    ['MeanSquaredError', (o) => new l.MeanSquaredError(o)],
    ['MeanSquaredLogarithmicError', (o) => new l.MeanSquaredLogarithmicError(o)],
    ['Poisson', (o) => new l.Poisson(o)],
    ['Precision', (o) => new Precision(o)],
    ['R2Score', (o) => new R2Score(o)],
    ['Recall', (o) => new Recall(o)],
    ['RootMeanSquaredError', (o) => new l.RootMeanSquaredError(o)],
    ['SparseCategoricalAccuracy', (o) => new SparseCategoricalAccuracy(o)],
    ['SparseCategoricalCrossentropy', (o) => new l.SparseCategoricalCrossentropy(o)],
    ['SparseTopKCategoricalAccuracy', (o) => new SparseTopKCategoricalAccuracy(o)],
    ['SquaredHinge', (o) => new l.SquaredHinge(o)],
    ['Sum', (o) => new Sum(o)],
    ['TopKCategoricalAccuracy', (o) => new TopKCategoricalAccuracy(o)],
    ['TrueNegatives', (o) => new TrueNegatives(o)],
    ['TruePositives', (o) => new TruePositives(o)],
  ]),
  aliases: new Map([
    ['bce', 'BinaryCrossentropy'],
    ['BCE', 'BinaryCrossentropy'],
    ['mae', 'MeanAbsoluteError'],
    ['MAE', 'MeanAbsoluteError'],
    ['mape', 'MeanAbsolutePercentageError'],
    ['MAPE', 'MeanAbsolutePercentageError'],
    ['mse', 'MeanSquaredError'],
    ['MSE', 'MeanSquaredError'],
    ['msle', 'MeanSquaredLogarithmicError'],
    ['MSLE', 'MeanSquaredLogarithmicError'],
  ]),
});

/** Names that stand for one class or another, depending on the shapes. */
const byShape = ['accuracy', 'acc', 'crossentropy', 'ce'];

function classNameOf(name: string, { classes, aliases }: Registry<Metric>): string {
  const className = findClass({ what: 'metric', classes, aliases }, name);
  if (className !== undefined) return className;
  throw unknownName('metric', name, [...[...classes.keys()].map(snakeCase), ...(aliases?.keys() ?? []), ...byShape]);
}

/**
 * The metric of a name: `metrics.get('mse')`.
 *
 * `identifier`: the class's name in Keras's snake case or a short name (the metric keeps it as its own name), an object with
 * className and config, a metric, or a function of target and prediction whose values are averaged. Anything else is a
 * ValueError that names the nearest metric.
 */
export function get(identifier: MetricIdentifier): Metric {
  if (identifier instanceof Metric) return identifier;
  if (typeof identifier === 'function') return new FunctionMetric(identifier);
  const all = registry();
  if (typeof identifier === 'string') return (all.classes.get(classNameOf(identifier, all)) as Factory<Metric>)({ name: identifier });
  const found = resolveIdentifier(all, identifier);
  if (!found) throw notOne('metric', identifier);
  return found;
}

/** Throws what `get` or `resolve` would throw, before the shapes are known. */
export function check(identifier: MetricIdentifier): void {
  if (identifier instanceof Metric || typeof identifier === 'function') return;
  if (typeof identifier === 'string') {
    if (!byShape.includes(identifier.toLowerCase())) classNameOf(identifier, registry());
    return;
  }
  if (classConfig(identifier) === undefined) throw notOne('metric', identifier);
  get(identifier);
}

/**
 * The metric for targets and predictions of these shapes (batch axis first): 'accuracy' and 'acc' are binary accuracy for
 * predictions with a last axis of 1, sparse for whole labels, else categorical, 'crossentropy' and 'ce' likewise; the rest as `get`.
 */
export function resolve(identifier: MetricIdentifier, targetShape: Shape, predictionShape: Shape, _lossName?: string): Metric {
  const word = typeof identifier === 'string' ? identifier.toLowerCase() : '';
  if (!byShape.includes(word)) return get(identifier);
  const kind = crossentropyKind(targetShape, predictionShape);
  const options: MetricOptions = { name: identifier as string };
  if (word.startsWith('acc')) {
    return kind === 'binary'
      ? new BinaryAccuracy(options)
      : kind === 'sparse'
        ? new SparseCategoricalAccuracy(options)
        : new CategoricalAccuracy(options);
  }
  return kind === 'binary'
    ? new l.BinaryCrossentropy(options)
    : kind === 'sparse'
      ? new l.SparseCategoricalCrossentropy(options)
      : new l.CategoricalCrossentropy(options);
}

/** What a config keeps of a metric: the name typed, its class and options, or the name of a function. */
export function serialize(identifier: MetricIdentifier): ClassConfig | string {
  if (typeof identifier === 'string') return identifier;
  const metric = get(identifier);
  return metric instanceof FunctionMetric ? metric.name : { className: metric.className, config: metric.getConfig() };
}
