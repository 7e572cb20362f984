// Schedules along half a cosine wave (Loshchilov and Hutter 2017).

import { aboveZero, nonNegative, type OptionType, text } from '../common/option-types.ts';
import { checkNumber } from '../common/options.ts';
import { integerPower } from '../common/power.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import { cos } from '../kernels/scalar.ts';
import { LearningRateSchedule } from './schedule.ts';

const atLeastOne: OptionType<number> = { read: (owner, name, value) => checkNumber(owner, name, value, { min: 1, max: Number.MAX_VALUE }) };

/** From 1 at 0 down to 0 at 1. */
const halfWave = (part: number): number => 0.5 * (1 + cos(Math.PI * part));

const cosineDecayOptions = {
  /** The rate at step 0. */
  initialLearningRate: [nonNegative],
  /** Steps from the highest rate to the lowest. */
  decaySteps: [aboveZero],
  /** The lowest rate as a part of the highest, 0 by default. */
  alpha: [nonNegative, 0],
  name: [text, 'CosineDecay'],
  /** The rate that a warm-up leads to; without it there is none. */
  warmupTarget: [nonNegative, null],
  /** Steps of the warm-up, along a straight line; 0 by default. */
  warmupSteps: [nonNegative, 0],
} as const satisfies Options;

/** Options of {@link CosineDecay}. */
export interface CosineDecayOptions extends OptionsOf<typeof cosineDecayOptions> {}

export interface CosineDecay extends ValuesOf<typeof cosineDecayOptions> {}

/**
 * Down along half a cosine wave, after a warm-up if asked for: `new schedules.CosineDecay(0.1, 1000)`, or
 * `new schedules.CosineDecay(0, 1000, { warmupTarget: 0.1, warmupSteps: 100 })`.
 *
 * Options {@link CosineDecayOptions}; a ValueError for values that are no numbers or below 0.
 */
export class CosineDecay extends LearningRateSchedule {
  static override readonly spec: Spec = {
    keras: 'keras.optimizers.schedules.CosineDecay',
    positional: ['initialLearningRate', 'decaySteps', 'alpha', 'name', 'warmupTarget', 'warmupSteps'],
    options: cosineDecayOptions,
  };

  constructor(options: CosineDecayOptions);
  constructor(initialLearningRate: number, decaySteps: number, options?: Partial<CosineDecayOptions>);
  constructor(...args: readonly unknown[]) {
    super(...args);
  }

  call(step: number): number {
    const { initialLearningRate, decaySteps, alpha, warmupTarget } = this;
    const warmupSteps = warmupTarget === null ? 0 : this.warmupSteps;
    const highest = warmupTarget ?? initialLearningRate;
    if (step < warmupSteps) return Math.fround(((highest - initialLearningRate) * step) / warmupSteps + initialLearningRate);
    const part = Math.min(step - warmupSteps, decaySteps) / decaySteps;
    return Math.fround(highest * ((1 - alpha) * halfWave(part) + alpha));
  }
}

const cosineDecayRestartsOptions = {
  /** The rate at step 0. */
  initialLearningRate: [nonNegative],
  /** Steps of the first wave. */
  firstDecaySteps: [aboveZero],
  /** How many times longer each wave is than the one before, at least 1; 2 by default. */
  tMul: [atLeastOne, 2],
  /** How many times higher each wave starts; 1 by default. */
  mMul: [nonNegative, 1],
  /** The lowest rate as a part of `initialLearningRate`, 0 by default. */
  alpha: [nonNegative, 0],
  name: [text, 'SGDRDecay'],
} as const satisfies Options;

/** Options of {@link CosineDecayRestarts}. */
export interface CosineDecayRestartsOptions extends OptionsOf<typeof cosineDecayRestartsOptions> {}

export interface CosineDecayRestarts extends ValuesOf<typeof cosineDecayRestartsOptions> {}

/**
 * Half a cosine wave after another: `new schedules.CosineDecayRestarts(0.1, 1000)`.
 *
 * Options {@link CosineDecayRestartsOptions}; a ValueError for values that are no numbers, below 0 or, for tMul, below 1.
 */
export class CosineDecayRestarts extends LearningRateSchedule {
  static override readonly spec: Spec = {
    keras: 'keras.optimizers.schedules.CosineDecayRestarts',
    positional: ['initialLearningRate', 'firstDecaySteps', 'tMul', 'mMul', 'alpha', 'name'],
    options: cosineDecayRestartsOptions,
  };

  constructor(options: CosineDecayRestartsOptions);
  constructor(initialLearningRate: number, firstDecaySteps: number, options?: Partial<CosineDecayRestartsOptions>);
  constructor(...args: readonly unknown[]) {
    super(...args);
  }

  call(step: number): number {
    const { initialLearningRate, firstDecaySteps, tMul, mMul, alpha } = this;
    // Comparing with the sums of lengths, where Keras takes a logarithm, finds each restart exactly.
    const startOf = (wave: number): number => firstDecaySteps * (tMul === 1 ? wave : (integerPower(tMul, wave) - 1) / (tMul - 1));
    let [wave, after] = [0, 1];
    while (startOf(after) <= step) [wave, after] = [after, after * 2];
    while (after - wave > 1) {
      const middle = Math.floor((wave + after) / 2);
      // Beyond 2^53 numbers have no middle.
      if (middle === wave || middle === after) break;
      if (startOf(middle) <= step) wave = middle;
      else after = middle;
    }
    const part = (step - startOf(wave)) / (firstDecaySteps * integerPower(tMul, wave));
    return Math.fround(initialLearningRate * ((1 - alpha) * integerPower(mMul, wave) * halfWave(Math.min(1, Math.max(0, part))) + alpha));
  }
}
