// Losses reported as metrics: the mean over all samples so far.
import { boolean, fraction, integer } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { axis } from '../losses/axis.ts';
import * as losses from '../losses/index.ts';
import { likePrediction } from '../losses/shapes.ts';
import { squaredDifference } from '../primitives/binary.ts';
import { negative } from '../primitives/unary.ts';
import { MeanMetric } from './mean.ts';
import type { MetricOptions } from './metric.ts';

/** The mean of a loss. */
abstract class LossMetric extends MeanMetric {
  override readonly direction: 'up' | 'down' = 'down';
  private readonly loss = this.makeLoss({ ...this.getConfig(), name: null });

  /** The loss with the options of the metric. */
  protected abstract makeLoss(options: object): losses.Loss;

  protected call(target: Value, prediction: Value): Value {
    return this.loss.call(target, prediction);
  }
}

/** Mean of (p - y)^2: `new metrics.MeanSquaredError()`, or 'mse'. Targets of the predictions' shape. */
export class MeanSquaredError extends LossMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.MeanSquaredError', name: 'mean_squared_error' };

  protected makeLoss(options: object): losses.Loss {
    return new losses.MeanSquaredError(options);
  }
}

/** Mean of |p - y|: `new metrics.MeanAbsoluteError()`, or 'mae'. Targets of the predictions' shape. */
export class MeanAbsoluteError extends LossMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.MeanAbsoluteError', name: 'mean_absolute_error' };

  protected makeLoss(options: object): losses.Loss {
    return new losses.MeanAbsoluteError(options);
  }
}

/** 100 times the mean of |p - y| / |y|: `new metrics.MeanAbsolutePercentageError()`, or 'mape'. Targets of the predictions' shape. */
export class MeanAbsolutePercentageError extends LossMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.MeanAbsolutePercentageError', name: 'mean_absolute_percentage_error' };

  protected makeLoss(options: object): losses.Loss {
    return new losses.MeanAbsolutePercentageError(options);
  }
}

/** Mean of (log(p + 1) - log(y + 1))^2: `new metrics.MeanSquaredLogarithmicError()`, or 'msle'. Targets of the predictions' shape. */
export class MeanSquaredLogarithmicError extends LossMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.MeanSquaredLogarithmicError', name: 'mean_squared_logarithmic_error' };

  protected makeLoss(options: object): losses.Loss {
    return new losses.MeanSquaredLogarithmicError(options);
  }
}

/** Mean of log(cosh(p - y)): `new metrics.LogCoshError()`, named 'logcosh' as in Keras. Targets of the predictions' shape. */
export class LogCoshError extends LossMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.LogCoshError', name: 'logcosh' };

  protected makeLoss(options: object): losses.Loss {
    return new losses.LogCosh(options);
  }
}

/** Mean of max(1 - y p, 0): `new metrics.Hinge()`. Targets -1 or 1, or all 0 or 1, of the predictions' shape. */
export class Hinge extends LossMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.Hinge', name: 'hinge' };

  protected makeLoss(options: object): losses.Loss {
    return new losses.Hinge(options);
  }
}

/** Mean of max(1 - y p, 0)^2: `new metrics.SquaredHinge()`. Targets -1 or 1, or all 0 or 1, of the predictions' shape. */
export class SquaredHinge extends LossMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.SquaredHinge', name: 'squared_hinge' };

  protected makeLoss(options: object): losses.Loss {
    return new losses.SquaredHinge(options);
  }
}

/** Mean of max(neg - pos + 1, 0): `new metrics.CategoricalHinge()`. Targets one-hot, of the predictions' shape. */
export class CategoricalHinge extends LossMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.CategoricalHinge', name: 'categorical_hinge' };

  protected makeLoss(options: object): losses.Loss {
    return new losses.CategoricalHinge(options);
  }
}

/** Mean of the sums of y log(y / p): `new metrics.KLDivergence()`, or 'kl_divergence'. Targets of the predictions' shape. */
export class KLDivergence extends LossMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.KLDivergence', name: 'kl_divergence' };

  protected makeLoss(options: object): losses.Loss {
    return new losses.KLDivergence(options);
  }
}

/** Mean of p - y log(p): `new metrics.Poisson()`. Targets of the predictions' shape. */
export class Poisson extends LossMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.Poisson', name: 'poisson' };

  protected makeLoss(options: object): losses.Loss {
    return new losses.Poisson(options);
  }
}

const crossentropyOptions = {
  /** Whether predictions are logits and not probabilities; false by default. */
  fromLogits: [boolean, false],
  /** From 0 (default) to 1: how far targets are drawn toward all classes being equally likely. */
  labelSmoothing: [fraction, 0],
  /** The axis that the classes lie along, the last by default. */
  axis: [axis, -1],
} as const satisfies Options;

/** Options of the crossentropies as metrics. */
export interface CrossentropyMetricOptions extends MetricOptions, OptionsOf<typeof crossentropyOptions> {}

/** The binary crossentropy: `new metrics.BinaryCrossentropy()`, or 'bce'. Targets of the predictions' shape. */
export class BinaryCrossentropy extends LossMetric {
  static override readonly spec: Spec = {
    keras: 'keras.metrics.BinaryCrossentropy',
    name: 'binary_crossentropy',
    options: crossentropyOptions,
    config: { omitIfDefault: ['axis'] },
  };

  constructor(options?: CrossentropyMetricOptions) {
    super(options);
  }

  protected makeLoss(options: object): losses.Loss {
    return new losses.BinaryCrossentropy(options);
  }
}

/** The categorical crossentropy: `new metrics.CategoricalCrossentropy()`. Targets one-hot, of the predictions' shape. */
export class CategoricalCrossentropy extends LossMetric {
  static override readonly spec: Spec = {
    keras: 'keras.metrics.CategoricalCrossentropy',
    name: 'categorical_crossentropy',
    options: crossentropyOptions,
  };

  constructor(options?: CrossentropyMetricOptions) {
    super(options);
  }

  protected makeLoss(options: object): losses.Loss {
    return new losses.CategoricalCrossentropy(options);
  }
}

const sparseOptions = {
  /** Whether predictions are logits and not probabilities; false by default. */
  fromLogits: [boolean, false],
  /** A label whose samples count nothing; none by default. */
  ignoreClass: [integer, null],
  /** The axis that the classes lie along, the last by default. */
  axis: [axis, -1],
} as const satisfies Options;

/** Options of {@link SparseCategoricalCrossentropy}. */
export interface SparseCrossentropyMetricOptions extends MetricOptions, OptionsOf<typeof sparseOptions> {}

/** The crossentropy with whole labels as targets: `new metrics.SparseCategoricalCrossentropy()`. */
export class SparseCategoricalCrossentropy extends LossMetric {
  static override readonly spec: Spec = {
    keras: 'keras.metrics.SparseCategoricalCrossentropy',
    name: 'sparse_categorical_crossentropy',
    options: sparseOptions,
  };

  constructor(options?: SparseCrossentropyMetricOptions) {
    super(options);
  }

  protected makeLoss(options: object): losses.Loss {
    return new losses.SparseCategoricalCrossentropy(options);
  }
}

const cosineOptions = {
  /** The axis that vectors lie along, the last by default. */
  axis: [axis, -1],
} as const satisfies Options;

/** Options of {@link CosineSimilarity}. */
export interface CosineSimilarityMetricOptions extends MetricOptions, OptionsOf<typeof cosineOptions> {}

/** The cosine of the angle between target and prediction, 1 for the same direction: `new metrics.CosineSimilarity()`. */
export class CosineSimilarity extends LossMetric {
  static override readonly spec: Spec = {
    keras: 'keras.metrics.CosineSimilarity',
    name: 'cosine_similarity',
    options: cosineOptions,
    config: { omitIfDefault: ['axis'] },
  };
  override readonly direction = 'up';

  constructor(options?: CosineSimilarityMetricOptions) {
    super(options);
  }

  protected makeLoss(options: object): losses.Loss {
    return new losses.CosineSimilarity(options);
  }

  protected override call(target: Value, prediction: Value): Value {
    // A loss goes down where the metric goes up.
    return negative(super.call(target, prediction));
  }
}

/** The root of the mean of (p - y)^2: `new metrics.RootMeanSquaredError()`. Targets of the predictions' shape. */
export class RootMeanSquaredError extends MeanMetric {
  static override readonly spec: Spec = { keras: 'keras.metrics.RootMeanSquaredError', name: 'root_mean_squared_error' };
  override readonly direction = 'down';

  protected call(target: Value, prediction: Value): Value {
    return squaredDifference(prediction, likePrediction(this.name, target, prediction));
  }

  override result(): number {
    return Math.fround(Math.sqrt(super.result()));
  }
}
