// Schedules that go down step by step.
import { ValueError } from '../errors.ts';
import { readOptions } from '../identifier.ts';
import { checkBoolean, checkNumber, describe } from '../options.ts';
import { pow } from '../runtime/scalar.ts';
import { LearningRateSchedule } from './schedule.ts';

const positive = { min: Number.MIN_VALUE, max: Number.MAX_VALUE };
const finite = { min: -Number.MAX_VALUE, max: Number.MAX_VALUE };

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
  private readonly options: Required<ExponentialDecayOptions>;

  constructor(options: ExponentialDecayOptions);
  constructor(initialLearningRate: number, decaySteps: number, decayRate: number, options?: Partial<ExponentialDecayOptions>);
  constructor(...given: readonly unknown[]) {
    super();
    const owner = 'ExponentialDecay';
    const positions = ['initialLearningRate', 'decaySteps', 'decayRate', 'staircase', 'name'];
    const o = readOptions<ExponentialDecayOptions>(owner, given, positions, positions);
    this.options = {
      initialLearningRate: checkNumber(owner, 'initialLearningRate', o.initialLearningRate, { min: 0, max: Number.MAX_VALUE }),
      decaySteps: checkNumber(owner, 'decaySteps', o.decaySteps, positive),
      decayRate: checkNumber(owner, 'decayRate', o.decayRate, positive),
      staircase: checkBoolean(owner, 'staircase', o.staircase ?? false),
      name: o.name ?? owner,
    };
  }

  override get className(): string {
    return 'ExponentialDecay';
  }

  value(step: number): number {
    const { initialLearningRate, decaySteps, decayRate, staircase } = this.options;
    const p = step / decaySteps;
    return Math.fround(initialLearningRate * pow(decayRate, staircase ? Math.floor(p) : p));
  }

  override getConfig(): Record<string, unknown> {
    return { ...this.options };
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
  private readonly options: Required<InverseTimeDecayOptions>;

  constructor(options: InverseTimeDecayOptions);
  constructor(initialLearningRate: number, decaySteps: number, decayRate: number, options?: Partial<InverseTimeDecayOptions>);
  constructor(...given: readonly unknown[]) {
    super();
    const owner = 'InverseTimeDecay';
    const positions = ['initialLearningRate', 'decaySteps', 'decayRate', 'staircase', 'name'];
    const o = readOptions<InverseTimeDecayOptions>(owner, given, positions, positions);
    this.options = {
      initialLearningRate: checkNumber(owner, 'initialLearningRate', o.initialLearningRate, { min: 0, max: Number.MAX_VALUE }),
      decaySteps: checkNumber(owner, 'decaySteps', o.decaySteps, positive),
      decayRate: checkNumber(owner, 'decayRate', o.decayRate, { min: 0, max: Number.MAX_VALUE }),
      staircase: checkBoolean(owner, 'staircase', o.staircase ?? false),
      name: o.name ?? owner,
    };
  }

  override get className(): string {
    return 'InverseTimeDecay';
  }

  value(step: number): number {
    const { initialLearningRate, decaySteps, decayRate, staircase } = this.options;
    const p = step / decaySteps;
    return Math.fround(initialLearningRate / (1 + decayRate * (staircase ? Math.floor(p) : p)));
  }

  override getConfig(): Record<string, unknown> {
    return { ...this.options };
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
  private readonly options: Required<PolynomialDecayOptions>;

  constructor(options: PolynomialDecayOptions);
  constructor(initialLearningRate: number, decaySteps: number, options?: Partial<PolynomialDecayOptions>);
  constructor(...given: readonly unknown[]) {
    super();
    const owner = 'PolynomialDecay';
    const positions = ['initialLearningRate', 'decaySteps', 'endLearningRate', 'power', 'cycle', 'name'];
    const o = readOptions<PolynomialDecayOptions>(owner, given, positions, positions);
    this.options = {
      initialLearningRate: checkNumber(owner, 'initialLearningRate', o.initialLearningRate, { min: 0, max: Number.MAX_VALUE }),
      decaySteps: checkNumber(owner, 'decaySteps', o.decaySteps, positive),
      endLearningRate: checkNumber(owner, 'endLearningRate', o.endLearningRate ?? 0.0001, { min: 0, max: Number.MAX_VALUE }),
      power: checkNumber(owner, 'power', o.power ?? 1, finite),
      cycle: checkBoolean(owner, 'cycle', o.cycle ?? false),
      name: o.name ?? owner,
    };
  }

  override get className(): string {
    return 'PolynomialDecay';
  }

  value(step: number): number {
    const { initialLearningRate, decaySteps, endLearningRate, power, cycle } = this.options;
    const steps = cycle ? decaySteps * Math.max(1, Math.ceil(step / decaySteps)) : decaySteps;
    const left = 1 - Math.min(step, steps) / steps;
    return Math.fround((initialLearningRate - endLearningRate) * pow(left, power) + endLearningRate);
  }

  override getConfig(): Record<string, unknown> {
    return { ...this.options };
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
  private readonly options: Required<PiecewiseConstantDecayOptions>;

  constructor(options: PiecewiseConstantDecayOptions);
  constructor(boundaries: readonly number[], values: readonly number[], options?: Partial<PiecewiseConstantDecayOptions>);
  constructor(...given: readonly unknown[]) {
    super();
    const owner = 'PiecewiseConstantDecay';
    const positions = ['boundaries', 'values', 'name'];
    const { boundaries, values, name } = readOptions<PiecewiseConstantDecayOptions>(owner, given, positions, positions);
    if (!Array.isArray(boundaries) || !Array.isArray(values) || values.length !== boundaries.length + 1) {
      const got = `${describe(boundaries)} and ${describe(values)}`;
      throw new ValueError(
        `${owner}: expected an array of boundaries and one of values that is longer by one, got ${got}. Add or drop a value.`,
      );
    }
    for (const [i, value] of values.entries()) checkNumber(owner, `values[${i}]`, value, { min: 0, max: Number.MAX_VALUE });
    for (const [i, step] of boundaries.entries()) checkNumber(owner, `boundaries[${i}]`, step, { min: boundaries[i - 1] ?? -Infinity });
    this.options = { boundaries: [...boundaries], values: [...values], name: name ?? 'PiecewiseConstant' };
  }

  override get className(): string {
    return 'PiecewiseConstantDecay';
  }

  value(step: number): number {
    const { boundaries, values } = this.options;
    const at = boundaries.findIndex((boundary) => step <= boundary);
    return Math.fround(values[at < 0 ? boundaries.length : at]);
  }

  override getConfig(): Record<string, unknown> {
    return { ...this.options };
  }
}
