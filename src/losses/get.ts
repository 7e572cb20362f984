// From a name or a function to a loss.

import { type ClassConfig, instance, type Registry, resolve, toConfig } from '../common/identifier.ts';
import type { Spec } from '../common/fields.ts';
import type { Value } from '../graph/value.ts';
import { BinaryCrossentropy, CategoricalCrossentropy, SparseCategoricalCrossentropy } from './crossentropy.ts';
import {
  Hinge,
  Huber,
  KLDivergence,
  LogCosh,
  MeanAbsoluteError,
  MeanAbsolutePercentageError,
  MeanSquaredError,
  MeanSquaredLogarithmicError,
  Poisson,
  SquaredHinge,
} from './elementwise.ts';
import { Loss, lossSpec } from './loss.ts';
import { CategoricalHinge, CosineSimilarity } from './rows.ts';
import { checkValue } from './shapes.ts';

/** Keras's names of the losses; in a page the focal ones need `import 'keratin/names'`. */
export type LossName =
  | 'binary_crossentropy'
  | 'binary_focal_crossentropy'
  | 'categorical_crossentropy'
  | 'categorical_focal_crossentropy'
  | 'categorical_hinge'
  | 'cosine_similarity'
  | 'crossentropy'
  | 'hinge'
  | 'huber'
  | 'kl_divergence'
  | 'log_cosh'
  | 'mean_absolute_error'
  | 'mean_absolute_percentage_error'
  | 'mean_squared_error'
  | 'mean_squared_logarithmic_error'
  | 'poisson'
  | 'sparse_categorical_crossentropy'
  | 'squared_hinge'
  | 'bce'
  | 'ce'
  | 'kld'
  | 'mae'
  | 'mape'
  | 'mse'
  | 'msle';

/** A loss of the user's own, in the package's ops: one value per sample or element. */
export type LossFunction = (yTrue: Value, yPred: Value) => Value;

/** What stands for a loss. */
export type LossIdentifier = LossName | (string & {}) | ClassConfig | Loss | (new () => Loss) | LossFunction;

/** The kind of crossentropy that goes with targets and predictions of these shapes. */
export function crossentropyKind(
  target: readonly (number | null)[],
  prediction: readonly (number | null)[],
): 'binary' | 'sparse' | 'categorical' {
  if (prediction[prediction.length - 1] === 1) return 'binary';
  return target.length < prediction.length || target[target.length - 1] === 1 ? 'sparse' : 'categorical';
}

/** The crossentropy that fits the shapes, which are known when a step is traced. */
class Crossentropy extends Loss {
  override get spec(): Spec {
    return lossSpec('Crossentropy');
  }

  values(target: Value, prediction: Value): Value {
    const kind = crossentropyKind(target.shape, prediction.shape);
    const loss =
      kind === 'binary'
        ? new BinaryCrossentropy()
        : kind === 'sparse'
          ? new SparseCategoricalCrossentropy()
          : new CategoricalCrossentropy();
    return loss.values(target, prediction);
  }
}

/** A function as a loss. */
class FunctionLoss extends Loss {
  private readonly body: LossFunction;

  constructor(body: LossFunction) {
    super({ name: body.name || 'loss' });
    this.body = body;
  }

  override get className(): string {
    return this.body?.name || 'FunctionLoss';
  }

  values(target: Value, prediction: Value): Value {
    return checkValue(`loss ${this.name}`, this.body(target, prediction));
  }
}

/** Keras's short names of losses and of the metrics that report them. */
export const shortNames: Readonly<Record<string, string>> = {
  bce: 'BinaryCrossentropy',
  kld: 'KLDivergence',
  mae: 'MeanAbsoluteError',
  mape: 'MeanAbsolutePercentageError',
  mse: 'MeanSquaredError',
  msle: 'MeanSquaredLogarithmicError',
};

const registry = (): Registry<Loss> => ({
  what: 'loss',
  classes: [
    BinaryCrossentropy,
    CategoricalCrossentropy,
    CategoricalHinge,
    CosineSimilarity,
    Crossentropy,
    Hinge,
    Huber,
    KLDivergence,
    LogCosh,
    MeanAbsoluteError,
    MeanAbsolutePercentageError,
    MeanSquaredError,
    MeanSquaredLogarithmicError,
    Poisson,
    SparseCategoricalCrossentropy,
    SquaredHinge,
  ],
  aliases: { ...shortNames, ce: 'Crossentropy' },
});

/**
 * The loss of a name: `losses.get('binary_crossentropy')`.
 *
 * `identifier`: the class's name in Keras's snake case, 'bce', 'kld', 'mae', 'mape', 'mse' or 'msle', 'crossentropy' or 'ce' (the
 * one that fits the shapes), an object with className and config, a loss or its class, or a function of target and prediction
 * whose values are averaged. Anything else is a ValueError that names the nearest loss.
 */
export function get(given: LossIdentifier): Loss {
  const identifier = instance<Exclude<LossIdentifier, new () => Loss>>(given);
  if (identifier instanceof Loss) return identifier;
  if (typeof identifier === 'function') return new FunctionLoss(identifier);
  return resolve(registry(), identifier);
}

/** What a config keeps of a loss: its class and options, or the name of a function. */
export function serialize(identifier: LossIdentifier): ClassConfig | string {
  const loss = get(identifier);
  return loss instanceof FunctionLoss ? loss.name : toConfig(loss);
}
