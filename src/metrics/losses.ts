// Losses reported as metrics: the mean over all samples so far.
import { nameField } from '../common/configurable.ts';
import type { Spec } from '../common/fields.ts';
import type { Value } from '../graph/value.ts';
import * as losses from '../losses/index.ts';
import { likePrediction } from '../losses/shapes.ts';
import { squaredDifference } from '../primitives/binary.ts';
import { negative } from '../primitives/unary.ts';
import { MeanMetric } from './mean.ts';
import { type MetricOptions, metricSpec } from './metric.ts';

/** The class of a metric that is the mean of a loss. */
export interface LossMetricClass<O extends MetricOptions = MetricOptions> {
  new (options?: O): MeanMetric;
  readonly prototype: MeanMetric;
}

/** Makes the metric of a loss: its name and options, without the reduction. */
function lossMetric<O extends MetricOptions = MetricOptions>(
  Loss: new (options?: never) => losses.Loss,
  className?: string,
  name?: string,
  direction: 'up' | 'down' = 'down',
): LossMetricClass<O> {
  return class extends MeanMetric {
    override readonly direction = direction;
    private readonly loss = new Loss({ ...this.getConfig(), name: null } as never);

    override get spec(): Spec {
      const { spec } = Loss.prototype;
      const { reduction: _, ...fields } = spec.fields;
      return { ...spec, className: className ?? spec.className, fields: { ...fields, name: nameField(name) } };
    }

    protected values(target: Value, prediction: Value): Value {
      const values = this.loss.values(target, prediction);
      // A loss goes down where the metric goes up.
      return direction === 'up' ? negative(values) : values;
    }
  };
}

/** Mean of (p - y)^2: `new metrics.MeanSquaredError()`, or 'mse'. Targets of the predictions' shape. */
export const MeanSquaredError = /* @__PURE__ */ lossMetric(losses.MeanSquaredError);
export type MeanSquaredError = MeanMetric;

/** Mean of |p - y|: `new metrics.MeanAbsoluteError()`, or 'mae'. Targets of the predictions' shape. */
export const MeanAbsoluteError = /* @__PURE__ */ lossMetric(losses.MeanAbsoluteError);
export type MeanAbsoluteError = MeanMetric;

/** 100 times the mean of |p - y| / |y|: `new metrics.MeanAbsolutePercentageError()`, or 'mape'. Targets of the predictions' shape. */
export const MeanAbsolutePercentageError = /* @__PURE__ */ lossMetric(losses.MeanAbsolutePercentageError);
export type MeanAbsolutePercentageError = MeanMetric;

/** Mean of (log(p + 1) - log(y + 1))^2: `new metrics.MeanSquaredLogarithmicError()`, or 'msle'. Targets of the predictions' shape. */
export const MeanSquaredLogarithmicError = /* @__PURE__ */ lossMetric(losses.MeanSquaredLogarithmicError);
export type MeanSquaredLogarithmicError = MeanMetric;

/** Mean of log(cosh(p - y)): `new metrics.LogCoshError()`, named 'logcosh' as in Keras. Targets of the predictions' shape. */
export const LogCoshError = /* @__PURE__ */ lossMetric(losses.LogCosh, 'LogCoshError', 'logcosh');
export type LogCoshError = MeanMetric;

/** Mean of max(1 - y p, 0): `new metrics.Hinge()`. Targets -1 or 1, or all 0 or 1, of the predictions' shape. */
export const Hinge = /* @__PURE__ */ lossMetric(losses.Hinge);
export type Hinge = MeanMetric;

/** Mean of max(1 - y p, 0)^2: `new metrics.SquaredHinge()`. Targets -1 or 1, or all 0 or 1, of the predictions' shape. */
export const SquaredHinge = /* @__PURE__ */ lossMetric(losses.SquaredHinge);
export type SquaredHinge = MeanMetric;

/** Mean of max(neg - pos + 1, 0): `new metrics.CategoricalHinge()`. Targets one-hot, of the predictions' shape. */
export const CategoricalHinge = /* @__PURE__ */ lossMetric(losses.CategoricalHinge);
export type CategoricalHinge = MeanMetric;

/** Mean of the sums of y log(y / p): `new metrics.KLDivergence()`, or 'kl_divergence'. Targets of the predictions' shape. */
export const KLDivergence = /* @__PURE__ */ lossMetric(losses.KLDivergence);
export type KLDivergence = MeanMetric;

/** Mean of p - y log(p): `new metrics.Poisson()`. Targets of the predictions' shape. */
export const Poisson = /* @__PURE__ */ lossMetric(losses.Poisson);
export type Poisson = MeanMetric;

/** Options of the crossentropies as metrics. */
export interface CrossentropyMetricOptions extends MetricOptions {
  /** Whether predictions are logits and not probabilities; false by default. */
  readonly fromLogits?: boolean;
  /** From 0 (default) to 1: how far targets are drawn toward all classes being equally likely. */
  readonly labelSmoothing?: number;
  /** The axis that the classes lie along, the last by default. */
  readonly axis?: number;
}

/** The binary crossentropy: `new metrics.BinaryCrossentropy()`, or 'bce'. Targets of the predictions' shape. */
export const BinaryCrossentropy = /* @__PURE__ */ lossMetric<CrossentropyMetricOptions>(losses.BinaryCrossentropy);
export type BinaryCrossentropy = MeanMetric;

/** The categorical crossentropy: `new metrics.CategoricalCrossentropy()`. Targets one-hot, of the predictions' shape. */
export const CategoricalCrossentropy = /* @__PURE__ */ lossMetric<CrossentropyMetricOptions>(losses.CategoricalCrossentropy);
export type CategoricalCrossentropy = MeanMetric;

/** Options of {@link SparseCategoricalCrossentropy}. */
export interface SparseCrossentropyMetricOptions extends Omit<CrossentropyMetricOptions, 'labelSmoothing'> {
  /** A label whose samples count nothing; none by default. */
  readonly ignoreClass?: number | null;
}

/** The crossentropy with whole labels as targets: `new metrics.SparseCategoricalCrossentropy()`. */
export const SparseCategoricalCrossentropy = /* @__PURE__ */ lossMetric<SparseCrossentropyMetricOptions>(
  losses.SparseCategoricalCrossentropy,
);
export type SparseCategoricalCrossentropy = MeanMetric;

/** Options of {@link CosineSimilarity}. */
export interface CosineSimilarityMetricOptions extends MetricOptions {
  /** The axis that vectors lie along, the last by default. */
  readonly axis?: number;
}

/** The cosine of the angle between target and prediction, 1 for the same direction: `new metrics.CosineSimilarity()`. */
export const CosineSimilarity = /* @__PURE__ */ lossMetric<CosineSimilarityMetricOptions>(
  losses.CosineSimilarity,
  undefined,
  undefined,
  'up',
);
export type CosineSimilarity = MeanMetric;

/** The root of the mean of (p - y)^2: `new metrics.RootMeanSquaredError()`. Targets of the predictions' shape. */
export class RootMeanSquaredError extends MeanMetric {
  override readonly direction = 'down';

  override get spec(): Spec {
    return metricSpec('RootMeanSquaredError');
  }

  protected values(target: Value, prediction: Value): Value {
    return squaredDifference(prediction, likePrediction(this.name, target, prediction));
  }

  override result(): number {
    return Math.fround(Math.sqrt(super.result()));
  }
}
