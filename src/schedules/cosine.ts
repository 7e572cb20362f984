// Schedules along half a cosine wave (Loshchilov and Hutter 2017).
import { readOptions } from '../identifier.ts';
import { checkNumber } from '../options.ts';
import { cos } from '../runtime/scalar.ts';
import { LearningRateSchedule } from './schedule.ts';

const rate = { min: 0, max: Number.MAX_VALUE };
const positive = { min: Number.MIN_VALUE, max: Number.MAX_VALUE };

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
  private readonly options: Required<CosineDecayOptions>;

  constructor(options: CosineDecayOptions);
  constructor(initialLearningRate: number, decaySteps: number, options?: Partial<CosineDecayOptions>);
  constructor(...given: readonly unknown[]) {
    super();
    const owner = 'CosineDecay';
    const positions = ['initialLearningRate', 'decaySteps', 'alpha', 'name', 'warmupTarget', 'warmupSteps'];
    const o = readOptions<CosineDecayOptions>(owner, given, positions, positions);
    this.options = {
      initialLearningRate: checkNumber(owner, 'initialLearningRate', o.initialLearningRate, rate),
      decaySteps: checkNumber(owner, 'decaySteps', o.decaySteps, positive),
      alpha: checkNumber(owner, 'alpha', o.alpha ?? 0, rate),
      name: o.name ?? owner,
      warmupTarget: o.warmupTarget == null ? null : checkNumber(owner, 'warmupTarget', o.warmupTarget, rate),
      warmupSteps: checkNumber(owner, 'warmupSteps', o.warmupSteps ?? 0, rate),
    };
  }

  override get className(): string {
    return 'CosineDecay';
  }

  value(step: number): number {
    const { initialLearningRate, decaySteps, alpha, warmupTarget } = this.options;
    const warmupSteps = warmupTarget === null ? 0 : this.options.warmupSteps;
    const highest = warmupTarget ?? initialLearningRate;
    if (step < warmupSteps) return Math.fround(((highest - initialLearningRate) * step) / warmupSteps + initialLearningRate);
    const part = Math.min(step - warmupSteps, decaySteps) / decaySteps;
    return Math.fround(highest * ((1 - alpha) * halfWave(part) + alpha));
  }

  override getConfig(): Record<string, unknown> {
    return { ...this.options };
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
  private readonly options: Required<CosineDecayRestartsOptions>;

  constructor(options: CosineDecayRestartsOptions);
  constructor(initialLearningRate: number, firstDecaySteps: number, options?: Partial<CosineDecayRestartsOptions>);
  constructor(...given: readonly unknown[]) {
    super();
    const owner = 'CosineDecayRestarts';
    const positions = ['initialLearningRate', 'firstDecaySteps', 'tMul', 'mMul', 'alpha', 'name'];
    const o = readOptions<CosineDecayRestartsOptions>(owner, given, positions, positions);
    this.options = {
      initialLearningRate: checkNumber(owner, 'initialLearningRate', o.initialLearningRate, rate),
      firstDecaySteps: checkNumber(owner, 'firstDecaySteps', o.firstDecaySteps, positive),
      tMul: checkNumber(owner, 'tMul', o.tMul ?? 2, { min: 1, max: Number.MAX_VALUE }),
      mMul: checkNumber(owner, 'mMul', o.mMul ?? 1, rate),
      alpha: checkNumber(owner, 'alpha', o.alpha ?? 0, rate),
      name: o.name ?? 'SGDRDecay',
    };
  }

  override get className(): string {
    return 'CosineDecayRestarts';
  }

  value(step: number): number {
    const { initialLearningRate, firstDecaySteps, tMul, mMul, alpha } = this.options;
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

  override getConfig(): Record<string, unknown> {
    return { ...this.options };
  }
}
