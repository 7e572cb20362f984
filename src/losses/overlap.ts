// Losses of segmentations: how little targets and predictions overlap.
import { number, type OptionType } from '../common/option-types.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import type { Value } from '../graph/value.ts';
import { checkAxes } from '../ops/axes.ts';
import { axes } from '../ops/parameters.ts';
import { add, divide, multiply } from '../primitives/binary.ts';
import { sum } from '../primitives/reduce.ts';
import { affine } from '../primitives/unary.ts';
import { FormulaLoss } from './formula-loss.ts';
import type { LossOptions } from './loss.ts';
import { likePrediction } from './shapes.ts';

const EPSILON = 1e-7;

const alongAxes: OptionType<number | readonly number[]> = { read: (owner, name, value) => axes.read(owner, name, value) };

const diceOptions = {
  /** The axes that are summed over; null, the default, all of them, samples too. */
  axis: [alongAxes, null],
} as const satisfies Options;

/** Options of {@link Dice}. */
export interface DiceOptions extends LossOptions, OptionsOf<typeof diceOptions> {}

export interface Dice extends ValuesOf<typeof diceOptions> {}

/**
 * 1 - 2 sum(y p) / (sum(y) + sum(p)): `new losses.Dice({ axis: [1, 2, 3] })`, or 'dice' (Sudre et al. 2017, as in Keras).
 *
 * Targets of the predictions' shape. Options {@link DiceOptions}.
 */
export class Dice extends FormulaLoss {
  static override readonly spec: Spec = { keras: 'keras.losses.Dice', name: 'dice', options: diceOptions };

  constructor(options?: DiceOptions) {
    super(options);
  }

  protected formula(target: Value, prediction: Value): Value {
    const y = likePrediction(this.name, target, prediction);
    const along = checkAxes(this.name, this.axis, y.shape);
    const total = (x: Value) => sum(x, along);
    const share = divide(affine(total(multiply(y, prediction)), 2, 0), affine(add(total(y), total(prediction)), 1, EPSILON));
    return affine(share, -1, 1);
  }
}

const tverskyOptions = {
  /** Weight of what is predicted and not there, 0.5 by default. */
  alpha: [number, 0.5],
  /** Weight of what is there and not predicted, 0.5 by default. */
  beta: [number, 0.5],
  /** The axes that are summed over; null, the default, all of them, samples too. */
  axis: [alongAxes, null],
} as const satisfies Options;

/** Options of {@link Tversky}. */
export interface TverskyOptions extends LossOptions, OptionsOf<typeof tverskyOptions> {}

export interface Tversky extends ValuesOf<typeof tverskyOptions> {}

/**
 * 1 - y p / (y p + alpha y (1 - p) + beta (1 - y) p), each summed: `new losses.Tversky({ beta: 0.7 })`, or 'tversky' (Salehi et al. 2017, with
 * Keras's order of alpha and beta).
 *
 * Targets of the predictions' shape. Options {@link TverskyOptions}.
 */
export class Tversky extends FormulaLoss {
  static override readonly spec: Spec = { keras: 'keras.losses.Tversky', name: 'tversky', options: tverskyOptions };

  constructor(options?: TverskyOptions) {
    super(options);
  }

  protected formula(target: Value, prediction: Value): Value {
    const y = likePrediction(this.name, target, prediction);
    const along = checkAxes(this.name, this.axis, y.shape);
    const both = sum(multiply(y, prediction), along);
    const missed = sum(multiply(y, affine(prediction, -1, 1)), along);
    const wrong = sum(multiply(affine(y, -1, 1), prediction), along);
    const all = add(both, add(affine(missed, this.alpha, 0), affine(wrong, this.beta, EPSILON)));
    return affine(divide(both, all), -1, 1);
  }
}
