// From a name or a function to a metric.

import {
  type ClassConfig,
  classConfig,
  findClass,
  instance,
  notOne,
  type Registry,
  resolve as resolveIdentifier,
  toConfig,
} from '../common/identifier.ts';
import type { SnakeCase } from '../common/names.ts';
import { specOf } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { lossClassOf } from '../losses/functions.ts';
import { crossentropyKind, shortNames } from '../losses/get.ts';
import { checkValue } from '../losses/shapes.ts';
import * as classes from './classes.ts';
import { metricClassOf } from './functions.ts';
import { MeanMetric } from './mean.ts';
import { Metric, type MetricOptions } from './metric.ts';

/** Keras's names of the metrics; 'accuracy' and 'crossentropy', short 'acc' and 'ce', stand for the one that fits the shapes. */
export type MetricName = SnakeCase<keyof typeof classes> | keyof typeof shortNames | 'AUC' | 'acc' | 'ce' | 'crossentropy';

/** A metric of the user's own, in the package's ops: a value per sample or element, of which the mean is reported. */
export type MetricFunction = (yTrue: Value, yPred: Value) => Value;

/** What stands for a metric. */
export type MetricIdentifier = MetricName | (string & {}) | ClassConfig | Metric | (new () => Metric) | MetricFunction;

type Shape = readonly (number | null)[];

/** The name that Keras has for a function of the package, or that of the function. */
function nameOf(body: MetricFunction): string {
  const lossClass = lossClassOf(body);
  return (lossClass && specOf(lossClass).name) || body.name || 'metric';
}

class FunctionMetric extends MeanMetric {
  private readonly body: MetricFunction;

  constructor(body: MetricFunction) {
    super({ name: nameOf(body) });
    this.body = body;
  }

  override get className(): string {
    return this.name;
  }

  protected call(target: Value, prediction: Value): Value {
    return checkValue(`metric ${this.name}`, this.body(target, prediction));
  }
}

/** Names that stand for one class or another, depending on the shapes. */
const byShape: readonly string[] = ['accuracy', 'acc', 'crossentropy', 'ce'];

const registry = (): Registry<Metric> => ({ what: 'metric', classes, aliases: shortNames, others: byShape });

/**
 * The metric of a name: `metrics.get('mse')`.
 *
 * `identifier`: the class's name in Keras's snake case or a short name (the metric keeps it as its own name), an object with
 * className and config, a metric or its class, or a function of target and prediction whose values are averaged. Anything else is a
 * ValueError that names the nearest metric.
 */
export function get(given: MetricIdentifier): Metric {
  const identifier = instance<Exclude<MetricIdentifier, new () => Metric>>(given);
  if (identifier instanceof Metric) return identifier;
  if (typeof identifier === 'function') {
    const metricClass = metricClassOf(identifier);
    return metricClass ? new metricClass() : new FunctionMetric(identifier);
  }
  if (typeof identifier === 'string') return new (findClass(registry(), identifier))({ name: identifier });
  return resolveIdentifier(registry(), identifier);
}

/** Throws what `get` or `resolve` would throw, before the shapes are known. */
export function check(identifier: MetricIdentifier): void {
  if (identifier instanceof Metric || typeof identifier === 'function') return;
  if (typeof identifier === 'string') {
    if (!byShape.includes(identifier.toLowerCase())) findClass(registry(), identifier);
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
  const [binary, sparse, categorical] = word.startsWith('acc')
    ? [classes.BinaryAccuracy, classes.SparseCategoricalAccuracy, classes.CategoricalAccuracy]
    : [classes.BinaryCrossentropy, classes.SparseCategoricalCrossentropy, classes.CategoricalCrossentropy];
  return new { binary, sparse, categorical }[kind](options);
}

/** What a config keeps of a metric: the name typed, its class and options, or the name of a function. */
export function serialize(identifier: MetricIdentifier): ClassConfig | string {
  if (typeof identifier === 'string') return identifier;
  const metric = get(identifier);
  return metric instanceof FunctionMetric ? metric.name : toConfig(metric);
}
