// Schedules that go down step by step.
import { ValueError } from '../common/errors.ts';
import { checkNumber, describe } from '../common/options.ts';
import { aboveZero, anything, boolean, nonNegative, number, ordered, type Spec, text } from '../common/fields.ts';
import { pow } from '../kernels/scalar.ts';
import { LearningRateSchedule } from './schedule.ts';

/** Options of {@link ExponentialDecay}. */
export interface ExponentialDecayOptions {
  /** The rate at step 0. */
  readonly initialLearningRate: number;
  /** Steps in which the rate is multiplied by `decayRate` once. */
  readonly decaySteps: number;
  /** The factor. */
  readonly decayRate: number;
  /** Whether the rate goes down all at once every `decaySteps` steps; false by default. */
  readonly staircase?: boolean;
  readonly name?: string;
}

/**
 * initialLearningRate * decayRate ^ (step / decaySteps): `new schedules.ExponentialDecay(0.1, 1000, 0.96)`.
 *
 * Options {@link ExponentialDecayOptions}; a ValueError for values that are no numbers or not above 0.
 */
export class ExponentialDecay extends LearningRateSchedule {
  declare readonly initialLearningRate: number;
  declare readonly decaySteps: number;
  declare readonly decayRate: number;
  declare readonly staircase: boolean;
  declare readonly name: string;

  constructor(options: ExponentialDecayOptions);
  constructor(initialLearningRate: number, decaySteps: number, decayRate: number, options?: Partial<ExponentialDecayOptions>);
  constructor(...args: readonly unknown[]) {
    super(...args);
  }

  override get spec(): Spec {
    return ordered('ExponentialDecay', {
      initialLearningRate: [nonNegative],
      decaySteps: [aboveZero],
      decayRate: [aboveZero],
      staircase: [boolean, false],
      name: [text, 'ExponentialDecay'],
    });
  }

  value(step: number): number {
    const { initialLearningRate, decaySteps, decayRate, staircase } = this;
    const p = step / decaySteps;
    return Math.fround(initialLearningRate * pow(decayRate, staircase ? Math.floor(p) : p));
  }
}

/** Options of {@link InverseTimeDecay}. */
export type InverseTimeDecayOptions = ExponentialDecayOptions;

/**
 * initialLearningRate / (1 + decayRate * step / decaySteps): `new schedules.InverseTimeDecay(0.1, 1000, 0.5)`.
 *
 * Options {@link InverseTimeDecayOptions}; a ValueError for values that are no numbers or not above 0.
 */
export class InverseTimeDecay extends LearningRateSchedule {
  declare readonly initialLearningRate: number;
  declare readonly decaySteps: number;
  declare readonly decayRate: number;
  declare readonly staircase: boolean;
  declare readonly name: string;

  constructor(options: InverseTimeDecayOptions);
  constructor(initialLearningRate: number, decaySteps: number, decayRate: number, options?: Partial<InverseTimeDecayOptions>);
  constructor(...args: readonly unknown[]) {
    super(...args);
  }

  override get spec(): Spec {
    return ordered('InverseTimeDecay', {
      initialLearningRate: [nonNegative],
      decaySteps: [aboveZero],
      decayRate: [nonNegative],
      staircase: [boolean, false],
      name: [text, 'InverseTimeDecay'],
    });
  }

  value(step: number): number {
    const { initialLearningRate, decaySteps, decayRate, staircase } = this;
    const p = step / decaySteps;
    return Math.fround(initialLearningRate / (1 + decayRate * (staircase ? Math.floor(p) : p)));
  }
}

/** Options of {@link PolynomialDecay}. */
export interface PolynomialDecayOptions {
  /** The rate at step 0. */
  readonly initialLearningRate: number;
  /** Steps until the rate is `endLearningRate`. */
  readonly decaySteps: number;
  /** The last rate, 0.0001 by default. */
  readonly endLearningRate?: number;
  /** 1 (default) for a straight line. */
  readonly power?: number;
  /** Whether the decay starts again, each time over more steps, and does not stay at its end; false by default. */
  readonly cycle?: boolean;
  readonly name?: string;
}

/**
 * (initial - end) * (1 - step / decaySteps) ^ power + end: `new schedules.PolynomialDecay(0.1, 1000, { power: 2 })`.
 *
 * Options {@link PolynomialDecayOptions}; a ValueError for values that are no numbers or not above 0.
 */
export class PolynomialDecay extends LearningRateSchedule {
  declare readonly initialLearningRate: number;
  declare readonly decaySteps: number;
  declare readonly endLearningRate: number;
  declare readonly power: number;
  declare readonly cycle: boolean;
  declare readonly name: string;

  constructor(options: PolynomialDecayOptions);
  constructor(initialLearningRate: number, decaySteps: number, options?: Partial<PolynomialDecayOptions>);
  constructor(...args: readonly unknown[]) {
    super(...args);
  }

  override get spec(): Spec {
    return ordered('PolynomialDecay', {
      initialLearningRate: [nonNegative],
      decaySteps: [aboveZero],
      endLearningRate: [nonNegative, 0.0001],
      power: [number, 1],
      cycle: [boolean, false],
      name: [text, 'PolynomialDecay'],
    });
  }

  value(step: number): number {
    const { initialLearningRate, decaySteps, endLearningRate, power, cycle } = this;
    const steps = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
    const left = 1 - Math.min(step, steps) / steps;
    return Math.fround((initialLearningRate - endLearningRate) * pow(left, power) + endLearningRate);
  }
}

/** Options of {@link PiecewiseConstantDecay}. */
export interface PiecewiseConstantDecayOptions {
  /** Steps, ascending: a value holds up to and with its boundary. */
  readonly boundaries: readonly number[];
  /** Rates, one more than boundaries. */
  readonly values: readonly number[];
  readonly name?: string;
}

/**
 * One rate after another: `new schedules.PiecewiseConstantDecay([1000, 5000], [0.1, 0.05, 0.01])` is 0.1 up to and with step
 * 1000, then 0.05 up to and with step 5000, then 0.01.
 *
 * Options {@link PiecewiseConstantDecayOptions}; a ValueError unless there is one value more than boundaries.
 */
export class PiecewiseConstantDecay extends LearningRateSchedule {
  declare readonly boundaries: readonly number[];
  declare readonly values: readonly number[];
  declare readonly name: string;

  constructor(options: PiecewiseConstantDecayOptions);
  constructor(boundaries: readonly number[], values: readonly number[], options?: Partial<PiecewiseConstantDecayOptions>);
  constructor(...args: readonly unknown[]) {
    super(...args);
    const { boundaries, values } = this;
    if (!Array.isArray(boundaries) || !Array.isArray(values) || values.length !== boundaries.length + 1) {
      const got = `${describe(boundaries)} and ${describe(values)}`;
      throw new ValueError(
        `${this.className}: expected an array of boundaries and one of values that is longer by one, got ${got}. Add or drop a value.`,
      );
    }
    for (const [i, value] of values.entries()) nonNegative.read(this.className, `values[${i}]`, value);
    for (const [i, step] of boundaries.entries())
      checkNumber(this.className, `boundaries[${i}]`, step, { min: boundaries[i - 1] ?? -Infinity });
    this.boundaries = [...boundaries];
    this.values = [...values];
  }

  override get spec(): Spec {
    return ordered('PiecewiseConstantDecay', {
      boundaries: [anything],
      values: [anything],
      name: [text, 'PiecewiseConstant'],
    });
  }

  value(step: number): number {
    const { boundaries, values } = this;
    const at = boundaries.findIndex((boundary) => step <= boundary);
    return Math.fround(values[at < 0 ? boundaries.length : at]);
  }
}
