// Losses that are means over the last axis of a loss per element.
import { nonNegative } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { add, equal, multiply } from '../primitives/binary.ts';
import { fill } from '../primitives/layout.ts';
import { type ElementwiseLoss, elementLoss } from '../primitives/losses.ts';
import { mean, min, sum } from '../primitives/reduce.ts';
import { affine } from '../primitives/unary.ts';
import { FormulaLoss } from './formula-loss.ts';
import type { LossOptions } from './loss.ts';
import { likePrediction } from './shapes.ts';

/** What the classes below share: a kernel per element, and the mean of its values over the last axis. */
abstract class ElementLoss extends FormulaLoss {
  protected abstract readonly kernel: ElementwiseLoss;

  protected formula(target: Value, prediction: Value): Value {
    return mean(elementLoss(this.kernel, likePrediction(this.name, target, prediction), prediction), -1);
  }
}

/**
 * Mean of (p - y)^2 over the last axis: `model.compile({ loss: new losses.MeanSquaredError() })`, or 'mse'.
 *
 * Targets of the predictions' shape; options {@link LossOptions}.
 */
export class MeanSquaredError extends ElementLoss {
  static override readonly spec: Spec = { keras: 'keras.losses.MeanSquaredError', name: 'mean_squared_error' };

  protected readonly kernel = 'squaredError';
}

/**
 * Mean of |p - y| over the last axis: `model.compile({ loss: new losses.MeanAbsoluteError() })`, or 'mae'.
 *
 * Targets of the predictions' shape; options {@link LossOptions}.
 */
export class MeanAbsoluteError extends ElementLoss {
  static override readonly spec: Spec = { keras: 'keras.losses.MeanAbsoluteError', name: 'mean_absolute_error' };

  protected readonly kernel = 'absoluteError';
}

/**
 * 100 times the mean of |p - y| / max(|y|, 1e-7): `model.compile({ loss: new losses.MeanAbsolutePercentageError() })`, or 'mape'.
 *
 * Targets of the predictions' shape; options {@link LossOptions}.
 */
export class MeanAbsolutePercentageError extends ElementLoss {
  static override readonly spec: Spec = { keras: 'keras.losses.MeanAbsolutePercentageError', name: 'mean_absolute_percentage_error' };

  protected readonly kernel = 'absolutePercentageError';
}

/**
 * Mean of (log(p + 1) - log(y + 1))^2, negative numbers counting as 1e-7: `new losses.MeanSquaredLogarithmicError()`, or 'msle'.
 *
 * Targets of the predictions' shape; options {@link LossOptions}.
 */
export class MeanSquaredLogarithmicError extends ElementLoss {
  static override readonly spec: Spec = { keras: 'keras.losses.MeanSquaredLogarithmicError', name: 'mean_squared_logarithmic_error' };

  protected readonly kernel = 'squaredLogarithmicError';
}

/**
 * Mean of log(cosh(p - y)): `model.compile({ loss: new losses.LogCosh() })`, or 'log_cosh'.
 *
 * Targets of the predictions' shape; options {@link LossOptions}.
 */
export class LogCosh extends ElementLoss {
  static override readonly spec: Spec = { keras: 'keras.losses.LogCosh', name: 'log_cosh' };

  protected readonly kernel = 'logCosh';
}

/**
 * Mean of p - y log(p + 1e-7): `model.compile({ loss: new losses.Poisson() })`, or 'poisson'.
 *
 * Targets of the predictions' shape; options {@link LossOptions}.
 */
export class Poisson extends ElementLoss {
  static override readonly spec: Spec = { keras: 'keras.losses.Poisson', name: 'poisson' };

  protected readonly kernel = 'poisson';
}

const huberOptions = {
  /** Where the square goes over into the straight line, 1 by default. */
  delta: [nonNegative, 1],
} as const satisfies Options;

/** Options of {@link Huber}. */
export interface HuberOptions extends LossOptions, OptionsOf<typeof huberOptions> {}

export interface Huber extends ValuesOf<typeof huberOptions> {}

/**
 * Mean of e^2 / 2 up to |e| = delta and of delta |e| - delta^2 / 2 beyond, e = p - y: `new losses.Huber({ delta: 1 })`.
 *
 * Targets of the predictions' shape; options {@link HuberOptions}.
 */
export class Huber extends FormulaLoss {
  static override readonly spec: Spec = {
    keras: 'keras.losses.Huber',
    name: 'huber_loss',
    options: huberOptions,
    config: { omitIfDefault: ['delta'] },
  };

  constructor(options?: HuberOptions) {
    super(options);
  }

  protected formula(target: Value, prediction: Value): Value {
    return mean(elementLoss('huber', likePrediction(this.name, target, prediction), prediction, this.delta), -1);
  }
}

/** Labels 0 and 1 as -1 and 1; others, as long as one of them is neither, as they are. */
function signs(target: Value): Value {
  const isBinary = min(add(equal(target, fill([], 0)), equal(target, fill([], 1))));
  return add(target, multiply(isBinary, affine(target, 1, -1)));
}

/**
 * Mean of max(1 - y p, 0): `model.compile({ loss: new losses.Hinge() })`, or 'hinge'.
 *
 * Targets of the predictions' shape, -1 or 1; when all are 0 or 1, 0 stands for -1. Options {@link LossOptions}.
 */
export class Hinge extends ElementLoss {
  static override readonly spec: Spec = { keras: 'keras.losses.Hinge', name: 'hinge' };

  protected readonly kernel: ElementwiseLoss = 'hinge';

  protected override formula(target: Value, prediction: Value): Value {
    return super.formula(signs(likePrediction(this.name, target, prediction)), prediction);
  }
}

/**
 * Mean of max(1 - y p, 0)^2: `model.compile({ loss: new losses.SquaredHinge() })`, or 'squared_hinge'.
 *
 * Targets of the predictions' shape, -1 or 1; when all are 0 or 1, 0 stands for -1. Options {@link LossOptions}.
 */
export class SquaredHinge extends Hinge {
  static override readonly spec: Spec = { keras: 'keras.losses.SquaredHinge', name: 'squared_hinge' };

  protected override readonly kernel: ElementwiseLoss = 'squaredHinge';
}

/**
 * Sum of y log(y / p) over the last axis, both limited to [1e-7, 1]: `new losses.KLDivergence()`, or 'kl_divergence'.
 *
 * Targets of the predictions' shape, probabilities; options {@link LossOptions}.
 */
export class KLDivergence extends ElementLoss {
  static override readonly spec: Spec = { keras: 'keras.losses.KLDivergence', name: 'kl_divergence' };

  protected readonly kernel = 'klDivergence';

  protected override formula(target: Value, prediction: Value): Value {
    return sum(elementLoss(this.kernel, likePrediction(this.name, target, prediction), prediction), -1);
  }
}
