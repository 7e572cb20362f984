// Losses reported as metrics: the mean over all samples so far.
import type { Value } from '../graph/value.ts';
import { readOptions } from '../identifier.ts';
import * as losses from '../losses/index.ts';
import { likePrediction } from '../losses/shapes.ts';
import { squaredDifference } from '../ops/binary.ts';
import { negative } from '../ops/unary.ts';
import { checkOptions } from '../options.ts';
import { MeanMetric } from './mean.ts';
import type { MetricOptions } from './metric.ts';

/** What the classes below share: the values of a loss. */
abstract class LossMetric extends MeanMetric {
  override readonly direction: 'up' | 'down' = 'down';
  protected abstract readonly loss: losses.Loss;

  constructor(owner: string, options: MetricOptions | undefined, own: readonly string[] = [], defaultName?: string) {
    checkOptions(owner, options, [...own, 'name']);
    super(owner, options, defaultName);
  }

  protected values(target: Value, prediction: Value): Value {
    return this.loss.values(target, prediction);
  }

  override getConfig(): Record<string, unknown> {
    const { name: _, reduction: __, ...options } = this.loss.getConfig();
    return { ...super.getConfig(), ...options };
  }
}

/** Mean of (p - y)^2: `new metrics.MeanSquaredError()`, or 'mse'. Targets of the predictions' shape. */
export class MeanSquaredError extends LossMetric {
  protected readonly loss = new losses.MeanSquaredError();

  constructor(options?: MetricOptions) {
    super('MeanSquaredError', options);
  }

  override get className(): string {
    return 'MeanSquaredError';
  }
}

/** Mean of |p - y|: `new metrics.MeanAbsoluteError()`, or 'mae'. Targets of the predictions' shape. */
export class MeanAbsoluteError extends LossMetric {
  protected readonly loss = new losses.MeanAbsoluteError();

  constructor(options?: MetricOptions) {
    super('MeanAbsoluteError', options);
  }

  override get className(): string {
    return 'MeanAbsoluteError';
  }
}

/** 100 times the mean of |p - y| / |y|: `new metrics.MeanAbsolutePercentageError()`, or 'mape'. Targets of the predictions' shape. */
export class MeanAbsolutePercentageError extends LossMetric {
  protected readonly loss = new losses.MeanAbsolutePercentageError();

  constructor(options?: MetricOptions) {
    super('MeanAbsolutePercentageError', options);
  }

  override get className(): string {
    return 'MeanAbsolutePercentageError';
  }
}

/** Mean of (log(p + 1) - log(y + 1))^2: `new metrics.MeanSquaredLogarithmicError()`, or 'msle'. Targets of the predictions' shape. */
export class MeanSquaredLogarithmicError extends LossMetric {
  protected readonly loss = new losses.MeanSquaredLogarithmicError();

  constructor(options?: MetricOptions) {
    super('MeanSquaredLogarithmicError', options);
  }

  override get className(): string {
    return 'MeanSquaredLogarithmicError';
  }
}

/** Mean of log(cosh(p - y)): `new metrics.LogCoshError()`, named 'logcosh' as in Keras. Targets of the predictions' shape. */
export class LogCoshError extends LossMetric {
  protected readonly loss = new losses.LogCosh();

  constructor(options?: MetricOptions) {
    super('LogCoshError', options, [], 'logcosh');
  }

  override get className(): string {
    return 'LogCoshError';
  }
}

/** Mean of max(1 - y p, 0): `new metrics.Hinge()`. Targets -1 or 1, or all 0 or 1, of the predictions' shape. */
export class Hinge extends LossMetric {
  protected readonly loss = new losses.Hinge();

  constructor(options?: MetricOptions) {
    super('Hinge', options);
  }

  override get className(): string {
    return 'Hinge';
  }
}

/** Mean of max(1 - y p, 0)^2: `new metrics.SquaredHinge()`. Targets -1 or 1, or all 0 or 1, of the predictions' shape. */
export class SquaredHinge extends LossMetric {
  protected readonly loss = new losses.SquaredHinge();

  constructor(options?: MetricOptions) {
    super('SquaredHinge', options);
  }

  override get className(): string {
    return 'SquaredHinge';
  }
}

/** Mean of max(neg - pos + 1, 0): `new metrics.CategoricalHinge()`. Targets one-hot, of the predictions' shape. */
export class CategoricalHinge extends LossMetric {
  protected readonly loss = new losses.CategoricalHinge();

  constructor(options?: MetricOptions) {
    super('CategoricalHinge', options);
  }

  override get className(): string {
    return 'CategoricalHinge';
  }
}

/** Mean of the sums of y log(y / p): `new metrics.KLDivergence()`, or 'kl_divergence'. Targets of the predictions' shape. */
export class KLDivergence extends LossMetric {
  protected readonly loss = new losses.KLDivergence();

  constructor(options?: MetricOptions) {
    super('KLDivergence', options);
  }

  override get className(): string {
    return 'KLDivergence';
  }
}

/** Mean of p - y log(p): `new metrics.Poisson()`. Targets of the predictions' shape. */
export class Poisson extends LossMetric {
  protected readonly loss = new losses.Poisson();

  constructor(options?: MetricOptions) {
    super('Poisson', options);
  }

  override get className(): string {
    return 'Poisson';
  }
}

/** Options of the crossentropies as metrics. */
export interface CrossentropyMetricOptions extends MetricOptions {
  /** Whether predictions are logits and not probabilities; false by default. */
  readonly fromLogits?: boolean;
  /** From 0 (default) to 1: how far targets are drawn toward all classes being equally likely. */
  readonly labelSmoothing?: number;
  /** The axis that the classes lie along, the last by default. */
  readonly axis?: number;
}

const crossentropyOptions = ['fromLogits', 'labelSmoothing', 'axis'];

const withoutName = <T extends MetricOptions>({ name: _, ...options }: T): Omit<T, 'name'> => options;

/** The binary crossentropy: `new metrics.BinaryCrossentropy()`, or 'bce'. Targets of the predictions' shape. */
export class BinaryCrossentropy extends LossMetric {
  protected readonly loss: losses.Loss;

  constructor(options: CrossentropyMetricOptions = {}) {
    super('BinaryCrossentropy', options, crossentropyOptions);
    this.loss = new losses.BinaryCrossentropy(withoutName(options));
  }

  override get className(): string {
    return 'BinaryCrossentropy';
  }
}

/** The categorical crossentropy: `new metrics.CategoricalCrossentropy()`. Targets one-hot, of the predictions' shape. */
export class CategoricalCrossentropy extends LossMetric {
  protected readonly loss: losses.Loss;

  constructor(options: CrossentropyMetricOptions = {}) {
    super('CategoricalCrossentropy', options, crossentropyOptions);
    this.loss = new losses.CategoricalCrossentropy(withoutName(options));
  }

  override get className(): string {
    return 'CategoricalCrossentropy';
  }
}

/** Options of {@link SparseCategoricalCrossentropy}. */
export interface SparseCrossentropyMetricOptions extends Omit<CrossentropyMetricOptions, 'labelSmoothing'> {
  /** A label whose samples count nothing; none by default. */
  readonly ignoreClass?: number | null;
}

/** The crossentropy with whole labels as targets: `new metrics.SparseCategoricalCrossentropy()`. */
export class SparseCategoricalCrossentropy extends LossMetric {
  protected readonly loss: losses.Loss;

  constructor(options: SparseCrossentropyMetricOptions = {}) {
    super('SparseCategoricalCrossentropy', options, ['fromLogits', 'ignoreClass', 'axis']);
    this.loss = new losses.SparseCategoricalCrossentropy(withoutName(options));
  }

  override get className(): string {
    return 'SparseCategoricalCrossentropy';
  }
}

/** Options of {@link CosineSimilarity}. */
export interface CosineSimilarityMetricOptions extends MetricOptions {
  /** The axis that vectors lie along, the last by default. */
  readonly axis?: number;
}

/** The cosine of the angle between target and prediction, 1 for the same direction: `new metrics.CosineSimilarity()`. */
export class CosineSimilarity extends LossMetric {
  override readonly direction = 'up';
  protected readonly loss: losses.Loss;

  constructor(options: CosineSimilarityMetricOptions = {}) {
    super('CosineSimilarity', options, ['axis']);
    this.loss = new losses.CosineSimilarity(withoutName(options));
  }

  override get className(): string {
    return 'CosineSimilarity';
  }

  protected override values(target: Value, prediction: Value): Value {
    return negative(super.values(target, prediction));
  }
}

/** The root of the mean of (p - y)^2: `new metrics.RootMeanSquaredError()`. Targets of the predictions' shape. */
export class RootMeanSquaredError extends MeanMetric {
  override readonly direction = 'down';

  constructor(options?: MetricOptions) {
    super('RootMeanSquaredError', readOptions('RootMeanSquaredError', [options], [], ['name']));
  }

  override get className(): string {
    return 'RootMeanSquaredError';
  }

  protected values(target: Value, prediction: Value): Value {
    return squaredDifference(prediction, likePrediction(this.name, target, prediction));
  }

  override result(): number {
    return Math.fround(Math.sqrt(super.result()));
  }
}
