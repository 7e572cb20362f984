// From a name or a function to a loss.
import type { Value } from '../graph/value.ts';
import { type ClassConfig, notOne, type Registry, resolve } from '../identifier.ts';
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
import { BinaryFocalCrossentropy, CategoricalFocalCrossentropy } from './focal.ts';
import { Loss } from './loss.ts';
import { CategoricalHinge, CosineSimilarity } from './rows.ts';

/** Keras's names of the losses. */
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
export type LossIdentifier = LossName | (string & {}) | ClassConfig | Loss | LossFunction;

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
  override get className(): string {
    return 'Crossentropy';
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
    return this.body(target, prediction);
  }
}

const registry = (): Registry<Loss> => ({
  what: 'loss',
  classes: new Map<string, (options: undefined) => Loss>([
    ['BinaryCrossentropy', (o) => new BinaryCrossentropy(o)],
    ['BinaryFocalCrossentropy', (o) => new BinaryFocalCrossentropy(o)],
    ['CategoricalCrossentropy', (o) => new CategoricalCrossentropy(o)],
    ['CategoricalFocalCrossentropy', (o) => new CategoricalFocalCrossentropy(o)],
    ['CategoricalHinge', (o) => new CategoricalHinge(o)],
    ['CosineSimilarity', (o) => new CosineSimilarity(o)],
    ['Crossentropy', (o) => new Crossentropy(o)],
    ['Hinge', (o) => new Hinge(o)],
    ['Huber', (o) => new Huber(o)],
    ['KLDivergence', (o) => new KLDivergence(o)],
    ['LogCosh', (o) => new LogCosh(o)],
    ['MeanAbsoluteError', (o) => new MeanAbsoluteError(o)],
    ['MeanAbsolutePercentageError', (o) => new MeanAbsolutePercentageError(o)],
    ['MeanSquaredError', (o) => new MeanSquaredError(o)],
    ['MeanSquaredLogarithmicError', (o) => new MeanSquaredLogarithmicError(o)],
    ['Poisson', (o) => new Poisson(o)],
    ['SparseCategoricalCrossentropy', (o) => new SparseCategoricalCrossentropy(o)],
    ['SquaredHinge', (o) => new SquaredHinge(o)],
  ]),
  aliases: new Map([
    ['bce', 'BinaryCrossentropy'],
    ['BCE', 'BinaryCrossentropy'],
    ['ce', 'Crossentropy'],
    ['kld', 'KLDivergence'],
    ['KLD', 'KLDivergence'],
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

/**
 * The loss of a name: `losses.get('binary_crossentropy')`.
 *
 * `identifier`: the class's name in Keras's snake case, 'bce', 'kld', 'mae', 'mape', 'mse' or 'msle', 'crossentropy' or 'ce' (the
 * one that fits the shapes), an object with className and config, a loss, or a function of target and prediction whose values
 * are averaged. Anything else is a ValueError that names the nearest loss.
 */
export function get(identifier: LossIdentifier): Loss {
  if (identifier instanceof Loss) return identifier;
  if (typeof identifier === 'function') return new FunctionLoss(identifier);
  const found = resolve(registry(), identifier);
  if (!found) throw notOne('loss', identifier);
  return found;
}

/** What a config keeps of a loss: its class and options, or the name of a function. */
export function serialize(identifier: LossIdentifier): ClassConfig | string {
  const loss = get(identifier);
  return loss instanceof FunctionLoss ? loss.name : { className: loss.className, config: loss.getConfig() };
}
