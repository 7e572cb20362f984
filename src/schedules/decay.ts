// Schedules that go down step by step.
import { mismatch } from '../common/errors.ts';
import { aboveZero, boolean, nonNegative, number, type OptionType, text } from '../common/option-types.ts';
import { checkNumber, describe } from '../common/options.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import { pow } from '../kernels/scalar.ts';
import { LearningRateSchedule } from './schedule.ts';

const exponentialDecayOptions = {
  /** The rate at step 0. */
  initialLearningRate: [nonNegative],
  /** Steps in which the rate is multiplied by `decayRate` once. */
  decaySteps: [aboveZero],
  /** The factor. */
  decayRate: [aboveZero],
  /** Whether the rate goes down all at once every `decaySteps` steps; false by default. */
  staircase: [boolean, false],
  name: [text, 'ExponentialDecay'],
} as const satisfies Options;

/** Options of {@link ExponentialDecay}. */
export interface ExponentialDecayOptions extends OptionsOf<typeof exponentialDecayOptions> {}

export interface ExponentialDecay extends ValuesOf<typeof exponentialDecayOptions> {}

/**
 * initialLearningRate * decayRate ^ (step / decaySteps): `new schedules.ExponentialDecay(0.1, 1000, 0.96)`.
 *
 * Options {@link ExponentialDecayOptions}; a ValueError for values that are no numbers or not above 0.
 */
export class ExponentialDecay extends LearningRateSchedule {
  static override readonly spec: Spec = {
    keras: 'keras.optimizers.schedules.ExponentialDecay',
    positional: ['initialLearningRate', 'decaySteps', 'decayRate', 'staircase', 'name'],
    options: exponentialDecayOptions,
  };

  constructor(options: ExponentialDecayOptions);
  constructor(initialLearningRate: number, decaySteps: number, decayRate: number, options?: Partial<ExponentialDecayOptions>);
  constructor(...args: readonly unknown[]) {
    super(...args);
  }

  call(step: number): number {
    const { initialLearningRate, decaySteps, decayRate, staircase } = this;
    const p = step / decaySteps;
    return Math.fround(initialLearningRate * pow(decayRate, staircase ? Math.floor(p) : p));
  }
}

const inverseTimeDecayOptions = {
  /** The rate at step 0. */
  initialLearningRate: [nonNegative],
  /** Steps in which the divisor grows by `decayRate`. */
  decaySteps: [aboveZero],
  /** How fast the divisor grows. */
  decayRate: [nonNegative],
  /** Whether the rate goes down all at once every `decaySteps` steps; false by default. */
  staircase: [boolean, false],
  name: [text, 'InverseTimeDecay'],
} as const satisfies Options;

/** Options of {@link InverseTimeDecay}. */
export interface InverseTimeDecayOptions extends OptionsOf<typeof inverseTimeDecayOptions> {}

export interface InverseTimeDecay extends ValuesOf<typeof inverseTimeDecayOptions> {}

/**
 * initialLearningRate / (1 + decayRate * step / decaySteps): `new schedules.InverseTimeDecay(0.1, 1000, 0.5)`.
 *
 * Options {@link InverseTimeDecayOptions}; a ValueError for values that are no numbers or not above 0.
 */
export class InverseTimeDecay extends LearningRateSchedule {
  static override readonly spec: Spec = {
    keras: 'keras.optimizers.schedules.InverseTimeDecay',
    positional: ['initialLearningRate', 'decaySteps', 'decayRate', 'staircase', 'name'],
    options: inverseTimeDecayOptions,
  };

  constructor(options: InverseTimeDecayOptions);
  constructor(initialLearningRate: number, decaySteps: number, decayRate: number, options?: Partial<InverseTimeDecayOptions>);
  constructor(...args: readonly unknown[]) {
    super(...args);
  }

  call(step: number): number {
    const { initialLearningRate, decaySteps, decayRate, staircase } = this;
    const p = step / decaySteps;
    return Math.fround(initialLearningRate / (1 + decayRate * (staircase ? Math.floor(p) : p)));
  }
}

const polynomialDecayOptions = {
  /** The rate at step 0. */
  initialLearningRate: [nonNegative],
  /** Steps until the rate is `endLearningRate`. */
  decaySteps: [aboveZero],
  /** The last rate, 0.0001 by default. */
  endLearningRate: [nonNegative, 0.0001],
  /** 1 (default) for a straight line. */
  power: [number, 1],
  /** Whether the decay starts again, each time over more steps, and does not stay at its end; false by default. */
  cycle: [boolean, false],
  name: [text, 'PolynomialDecay'],
} as const satisfies Options;

/** Options of {@link PolynomialDecay}. */
export interface PolynomialDecayOptions extends OptionsOf<typeof polynomialDecayOptions> {}

export interface PolynomialDecay extends ValuesOf<typeof polynomialDecayOptions> {}

/**
 * (initial - end) * (1 - step / decaySteps) ^ power + end: `new schedules.PolynomialDecay(0.1, 1000, { power: 2 })`.
 *
 * Options {@link PolynomialDecayOptions}; a ValueError for values that are no numbers or not above 0.
 */
export class PolynomialDecay extends LearningRateSchedule {
  static override readonly spec: Spec = {
    keras: 'keras.optimizers.schedules.PolynomialDecay',
    positional: ['initialLearningRate', 'decaySteps', 'endLearningRate', 'power', 'cycle', 'name'],
    options: polynomialDecayOptions,
  };

  constructor(options: PolynomialDecayOptions);
  constructor(initialLearningRate: number, decaySteps: number, options?: Partial<PolynomialDecayOptions>);
  constructor(...args: readonly unknown[]) {
    super(...args);
  }

  call(step: number): number {
    const { initialLearningRate, decaySteps, endLearningRate, power, cycle } = this;
    const steps = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
    const left = 1 - Math.min(step, steps) / steps;
    return Math.fround((initialLearningRate - endLearningRate) * pow(left, power) + endLearningRate);
  }
}

/** A copy of an array; the constructor checks the two together. */
const numbers: OptionType<readonly number[]> = {
  read: (_owner, _name, value) => (Array.isArray(value) ? [...value] : value) as readonly number[],
};

const piecewiseConstantDecayOptions = {
  /** Steps, ascending: a value holds up to and with its boundary. */
  boundaries: [numbers],
  /** Rates, one more than boundaries. */
  values: [numbers],
  name: [text, 'PiecewiseConstant'],
} as const satisfies Options;

/** Options of {@link PiecewiseConstantDecay}. */
export interface PiecewiseConstantDecayOptions extends OptionsOf<typeof piecewiseConstantDecayOptions> {}

export interface PiecewiseConstantDecay extends ValuesOf<typeof piecewiseConstantDecayOptions> {}

/**
 * One rate after another: `new schedules.PiecewiseConstantDecay([1000, 5000], [0.1, 0.05, 0.01])` is 0.1 up to and with step
 * 1000, then 0.05 up to and with step 5000, then 0.01.
 *
 * Options {@link PiecewiseConstantDecayOptions}; a ValueError unless there is one value more than boundaries.
 */
export class PiecewiseConstantDecay extends LearningRateSchedule {
  static override readonly spec: Spec = {
    keras: 'keras.optimizers.schedules.PiecewiseConstantDecay',
    positional: ['boundaries', 'values', 'name'],
    options: piecewiseConstantDecayOptions,
  };

  constructor(options: PiecewiseConstantDecayOptions);
  constructor(boundaries: readonly number[], values: readonly number[], options?: Partial<PiecewiseConstantDecayOptions>);
  constructor(...args: readonly unknown[]) {
    super(...args);
    const { boundaries, values } = this;
    if (!Array.isArray(boundaries) || !Array.isArray(values) || values.length !== boundaries.length + 1) {
      const got = `${describe(boundaries)} and ${describe(values)}`;
      throw mismatch(this.className, 'an array of boundaries and one of values that is longer by one', got, 'Add or drop a value.');
    }
    for (const [i, value] of values.entries()) nonNegative.read(this.className, `values[${i}]`, value);
    for (const [i, step] of boundaries.entries())
      checkNumber(this.className, `boundaries[${i}]`, step, { min: boundaries[i - 1] ?? -Infinity });
  }

  call(step: number): number {
    const { boundaries, values } = this;
    const at = boundaries.findIndex((boundary) => step <= boundary);
    return Math.fround(values[at < 0 ? boundaries.length : at]);
  }
}
