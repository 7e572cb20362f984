// The crossentropy of noisy labels.
import { mismatch } from '../common/errors.ts';
import type { OptionType } from '../common/option-types.ts';
import { checkNumber } from '../common/options.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import { isKnown } from '../graph/shape.ts';
import type { Value } from '../graph/value.ts';
import { constant } from '../ops/constant.ts';
import { equal, multiply, power } from '../primitives/binary.ts';
import { expandDims, fill } from '../primitives/layout.ts';
import { sum } from '../primitives/reduce.ts';
import { affine, toFloat, toInt } from '../primitives/unary.ts';
import { relabel } from '../primitives/views.ts';
import { Tensor } from '../tensor/index.ts';
import { FormulaLoss } from './formula-loss.ts';
import { checkLabels, type LossOptions } from './loss.ts';
import { likeRows } from './shapes.ts';

const between: OptionType<number> = {
  read(owner, name, value) {
    const q = checkNumber(owner, name, value);
    if (q > 0 && q < 1) return q;
    throw mismatch(owner, `${name} between 0 and 1`, q, 'Towards 0 it is the crossentropy, towards 1 the absolute error.');
  },
};

const options = {
  /** Between 0, the crossentropy, and 1, the mean absolute error; 0.5 by default. */
  q: [between, 0.5],
} as const satisfies Options;

/** Options of {@link CategoricalGeneralizedCrossEntropy}. */
export interface CategoricalGeneralizedCrossEntropyOptions extends LossOptions, OptionsOf<typeof options> {}

export interface CategoricalGeneralizedCrossEntropy extends ValuesOf<typeof options> {}

/**
 * (1 - p^q) / q with p the probability of the right class: `new losses.CategoricalGeneralizedCrossEntropy({ q: 0.7 })` (Zhang and Sabuncu 2018).
 *
 * Targets are whole labels from 0, predictions probabilities. Options {@link CategoricalGeneralizedCrossEntropyOptions}.
 */
export class CategoricalGeneralizedCrossEntropy extends FormulaLoss {
  static override readonly spec: Spec = {
    keras: 'keras.losses.CategoricalGeneralizedCrossEntropy',
    name: 'categorical_generalized_cross_entropy',
    options,
  };

  override readonly targetDtype = 'int32' as const;

  constructor(given?: CategoricalGeneralizedCrossEntropyOptions) {
    super(given);
  }

  protected formula(target: Value, prediction: Value): Value {
    const labels = likeRows(this.name, target, prediction);
    const count = prediction.shape[prediction.shape.length - 1];
    if (isKnown(count)) checkLabels(this.name, labels, count);
    const classes = isKnown(count)
      ? constant(
          new Tensor(
            Float32Array.from({ length: count }, (_, k) => k),
            [count],
          ),
        )
      : fill([count], 0);
    const ids = toFloat(toInt(labels));
    const hot = relabel(equal(expandDims(ids, ids.shape.length), classes), 'float32');
    const p = sum(multiply(prediction, hot), -1);
    return affine(power(p, fill([], this.q)), -1 / this.q, 1 / this.q);
  }
}
