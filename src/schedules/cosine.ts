// Schedules along half a cosine wave (Loshchilov and Hutter 2017).

import { checkNumber } from '../common/options.ts';
import { aboveZero, type Kind, nonNegative, ordered, type Spec, text } from '../common/fields.ts';
import { cos } from '../kernels/scalar.ts';
import { LearningRateSchedule } from './schedule.ts';

const atLeastOne: Kind = { read: (owner, name, value) => checkNumber(owner, name, value, { min: 1, max: Number.MAX_VALUE }) };

/** From 1 at 0 down to 0 at 1. */
const halfWave = (part: number): number => 0.5 * (1 + cos(Math.PI * part));

/** Options of {@link CosineDecay}. */
export interface CosineDecayOptions {
  /** The rate at step 0. */
  readonly initialLearningRate: number;
  /** Steps from the highest rate to the lowest. */
  readonly decaySteps: number;
  /** The lowest rate as a part of the highest, 0 by default. */
  readonly alpha?: number;
  /** The rate that a warm-up leads to; without it there is none. */
  readonly warmupTarget?: number | null;
  /** Steps of the warm-up, along a straight line; 0 by default. */
  readonly warmupSteps?: number;
  readonly name?: string;
}

/**
 * Down along half a cosine wave, after a warm-up if asked for: `new schedules.CosineDecay(0.1, 1000)`, or
 * `new schedules.CosineDecay(0, 1000, { warmupTarget: 0.1, warmupSteps: 100 })`.
 *
 * Options {@link CosineDecayOptions}; a ValueError for values that are no numbers or below 0.
 */
export class CosineDecay extends LearningRateSchedule {
  declare readonly initialLearningRate: number;
  declare readonly decaySteps: number;
  declare readonly alpha: number;
  declare readonly name: string;
  declare readonly warmupTarget: number | null;
  declare readonly warmupSteps: number;

  constructor(options: CosineDecayOptions);
  constructor(initialLearningRate: number, decaySteps: number, options?: Partial<CosineDecayOptions>);
  constructor(...args: readonly unknown[]) {
    super(...args);
  }

  override get spec(): Spec {
    return ordered('CosineDecay', {
      initialLearningRate: [nonNegative],
      decaySteps: [aboveZero],
      alpha: [nonNegative, 0],
      name: [text, 'CosineDecay'],
      warmupTarget: [nonNegative, null],
      warmupSteps: [nonNegative, 0],
    });
  }

  value(step: number): number {
    const { initialLearningRate, decaySteps, alpha, warmupTarget } = this;
    const warmupSteps = warmupTarget === null ? 0 : this.warmupSteps;
    const highest = warmupTarget ?? initialLearningRate;
    if (step < warmupSteps) return Math.fround(((highest - initialLearningRate) * step) / warmupSteps + initialLearningRate);
    const part = Math.min(step - warmupSteps, decaySteps) / decaySteps;
    return Math.fround(highest * ((1 - alpha) * halfWave(part) + alpha));
  }
}

/** Options of {@link CosineDecayRestarts}. */
export interface CosineDecayRestartsOptions {
  /** The rate at step 0. */
  readonly initialLearningRate: number;
  /** Steps of the first wave. */
  readonly firstDecaySteps: number;
  /** How many times longer each wave is than the one before, at least 1; 2 by default. */
  readonly tMul?: number;
  /** How many times higher each wave starts; 1 by default. */
  readonly mMul?: number;
  /** The lowest rate as a part of `initialLearningRate`, 0 by default. */
  readonly alpha?: number;
  readonly name?: string;
}

/**
 * Half a cosine wave after another: `new schedules.CosineDecayRestarts(0.1, 1000)`.
 *
 * Options {@link CosineDecayRestartsOptions}; a ValueError for values that are no numbers, below 0 or, for tMul, below 1.
 */
export class CosineDecayRestarts extends LearningRateSchedule {
  declare readonly initialLearningRate: number;
  declare readonly firstDecaySteps: number;
  declare readonly tMul: number;
  declare readonly mMul: number;
  declare readonly alpha: number;
  declare readonly name: string;

  constructor(options: CosineDecayRestartsOptions);
  constructor(initialLearningRate: number, firstDecaySteps: number, options?: Partial<CosineDecayRestartsOptions>);
  constructor(...args: readonly unknown[]) {
    super(...args);
  }

  override get spec(): Spec {
    return ordered('CosineDecayRestarts', {
      initialLearningRate: [nonNegative],
      firstDecaySteps: [aboveZero],
      tMul: [atLeastOne, 2],
      mMul: [nonNegative, 1],
      alpha: [nonNegative, 0],
      name: [text, 'SGDRDecay'],
    });
  }

  value(step: number): number {
    const { initialLearningRate, firstDecaySteps, tMul, mMul, alpha } = this;
    let start = 0;
    let length = firstDecaySteps;
    let height = 1;
    // Counting waves, where Keras takes a logarithm, finds each restart exactly.
    while (step >= start + length) {
      start += length;
      length *= tMul;
      height *= mMul;
    }
    return Math.fround(initialLearningRate * ((1 - alpha) * height * halfWave((step - start) / length) + alpha));
  }
}
