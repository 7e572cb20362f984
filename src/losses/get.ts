// From a name or a function to a loss.

import { type ClassConfig, instance, type Registry, resolve, toConfig } from '../common/identifier.ts';
import type { SnakeCase } from '../common/names.ts';
import type { Value } from '../graph/value.ts';
import * as classes from './classes.ts';
import { FormulaLoss } from './formula-loss.ts';
import { lossClassOf } from './functions.ts';
import { Loss } from './loss.ts';
import { checkValue } from './shapes.ts';

/** Keras's short names of losses and of the metrics that report them. */
export const shortNames = {
  bce: 'BinaryCrossentropy',
  kld: 'KLDivergence',
  mae: 'MeanAbsoluteError',
  mape: 'MeanAbsolutePercentageError',
  mse: 'MeanSquaredError',
  msle: 'MeanSquaredLogarithmicError',
} as const;

/** Keras's names of the losses; 'crossentropy' and 'ce' are the crossentropy that fits the shapes. */
export type LossName = SnakeCase<keyof typeof classes> | keyof typeof shortNames | 'crossentropy' | 'ce';

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
class Crossentropy extends FormulaLoss {
  static readonly className: string = 'Crossentropy';

  protected formula(target: Value, prediction: Value): Value {
    const kind = crossentropyKind(target.shape, prediction.shape);
    const loss =
      kind === 'binary'
        ? new classes.BinaryCrossentropy()
        : kind === 'sparse'
          ? new classes.SparseCategoricalCrossentropy()
          : new classes.CategoricalCrossentropy();
    return loss.call(target, prediction);
  }
}

/** A function as a loss. */
class FunctionLoss extends FormulaLoss {
  private readonly body: LossFunction;

  constructor(body: LossFunction) {
    super({ name: body.name || 'loss' });
    this.body = body;
  }

  override get className(): string {
    return this.body?.name || 'FunctionLoss';
  }

  protected formula(target: Value, prediction: Value): Value {
    return checkValue(`loss ${this.name}`, this.body(target, prediction));
  }
}

const registry = (): Registry<Loss> => ({
  what: 'loss',
  classes: { ...classes, Crossentropy },
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
  if (typeof identifier === 'function') {
    const lossClass = lossClassOf(identifier);
    return lossClass ? new lossClass() : new FunctionLoss(identifier);
  }
  return resolve(registry(), identifier);
}

/** What a config keeps of a loss: its class and options, or the name of a function. */
export function serialize(identifier: LossIdentifier): ClassConfig | string {
  const loss = get(identifier);
  return loss instanceof FunctionLoss ? loss.name : toConfig(loss);
}
