// Constraints on the lengths of a weight's vectors.
import { mismatch } from '../common/errors.ts';
import { fraction, integers, type OptionType } from '../common/option-types.ts';
import { checkNumber, describe } from '../common/options.ts';
import type { Options, OptionsOf, Spec, ValuesOf } from '../common/spec.ts';
import { sizeOf } from '../graph/shape.ts';
import type { Value } from '../graph/value.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { onOperands } from '../ops/dispatch.ts';
import { asFloat } from '../ops/dtypes.ts';
import type { Operand, OpResult } from '../ops/operand.ts';
import { add, divide, multiply } from '../primitives/binary.ts';
import { fill } from '../primitives/layout.ts';
import { sum } from '../primitives/reduce.ts';
import { affine, clip, sqrt, square } from '../primitives/unary.ts';
import { rewrite } from '../primitives/update.ts';
import { Constraint } from './constraint.ts';

/** The axes that one vector lies along: one, or several neighbours. */
export type NormAxis = number | readonly number[];

const length: OptionType<number> = { read: (owner, name, value) => checkNumber(owner, name, value, { min: 0 }) };

/** The weight's index space cut in three; each vector runs along the middle. */
function cut(owner: string, { shape }: Value, axis: NormAxis): [outer: number, n: number, inner: number] {
  const given = typeof axis === 'number' ? [axis] : axis;
  const axes = given.map((a) => (a < 0 ? a + shape.length : a)).sort((a, b) => a - b);
  const fits =
    axes.length > 0 && axes.every((a, i) => Number.isInteger(a) && a >= 0 && a < shape.length && (i === 0 || a === axes[i - 1] + 1));
  if (!fits) {
    const got = `${describe(axis)} for a weight of shape [${shape.join(', ')}]`;
    throw mismatch(owner, 'an axis of the weight or several neighbouring ones', got, 'Set axis to such.');
  }
  const [first, last] = [axes[0], axes[axes.length - 1] + 1];
  return [sizeOf(shape.slice(0, first)), sizeOf(shape.slice(first, last)), sizeOf(shape.slice(last))];
}

/** The weight's address and its index space cut in three. */
type Cut = readonly [weight: number, outer: number, n: number, inner: number];

abstract class NormConstraint extends Constraint {
  declare readonly axis: NormAxis;

  protected abstract kernel(head: Cut): KernelCall;

  /** The length that a vector of this length is brought to. */
  protected abstract bounded(length: Value): Value;

  call<A extends Operand>(weight: A): OpResult<A> {
    return onOperands(this.className, { weight }, ({ weight: given }: { weight: Value }) => {
      const w = asFloat(given);
      const parts = cut(this.className, w, this.axis);
      return rewrite(
        this.className,
        w,
        (address) => this.kernel([address, ...parts]),
        (x) => this.#rescaled(x),
      );
    });
  }

  /** The same by a formula. */
  #rescaled(x: Value): Value {
    const length = sqrt(sum(square(x), this.axis, true));
    return multiply(x, divide(this.bounded(length), affine(length, 1, 1e-7)));
  }
}

const maxNormOptions = {
  /** The largest length allowed, 2 by default. */
  maxValue: [length, 2],
  /** Axis or neighbouring axes that a vector lies along, 0 by default. */
  axis: [integers, 0],
} as const satisfies Options;

/** Options of {@link MaxNorm}. */
export interface MaxNormOptions extends OptionsOf<typeof maxNormOptions> {}

export interface MaxNorm extends ValuesOf<typeof maxNormOptions> {}

/**
 * No vector longer than `maxValue`: `new layers.Dense(4, { kernelConstraint: new constraints.MaxNorm(2) })`.
 *
 * w * min(length, maxValue) / (1e-7 + length), after Keras. `maxValue` is 2 by default; `axis` (0) is the axis that a vector
 * lies along: 0 for the inputs of each unit of Dense, 1 for the rows of an Embedding. A ValueError for other values.
 */
export class MaxNorm extends NormConstraint {
  static override readonly spec: Spec = { keras: 'keras.constraints.MaxNorm', positional: ['maxValue', 'axis'], options: maxNormOptions };

  constructor(maxValueOrOptions?: number | MaxNormOptions, second?: NormAxis | MaxNormOptions) {
    super(maxValueOrOptions, second);
  }

  protected kernel(head: Cut): KernelCall {
    return ['maxNorm', ...head, this.maxValue];
  }

  protected bounded(length: Value): Value {
    return clip(length, 0, this.maxValue);
  }
}

const unitNormOptions = {
  /** Axis or neighbouring axes that a vector lies along, 0 by default. */
  axis: [integers, 0],
} as const satisfies Options;

/** Options of {@link UnitNorm}. */
export interface UnitNormOptions extends OptionsOf<typeof unitNormOptions> {}

export interface UnitNorm extends ValuesOf<typeof unitNormOptions> {}

/**
 * Every vector of length 1: `new layers.Embedding(50, 8, { embeddingsConstraint: new constraints.UnitNorm({ axis: 1 }) })`.
 *
 * w / (1e-7 + length), after Keras. `axis` (0) is the axis that a vector lies along. A ValueError for other values.
 */
export class UnitNorm extends NormConstraint {
  static override readonly spec: Spec = { keras: 'keras.constraints.UnitNorm', positional: ['axis'], options: unitNormOptions };
  constructor(axisOrOptions?: NormAxis | UnitNormOptions) {
    super(axisOrOptions);
  }

  protected kernel(head: Cut): KernelCall {
    return ['unitNorm', ...head];
  }

  protected bounded(length: Value): Value {
    return fill(length.shape, 1);
  }
}

const minMaxNormOptions = {
  /** The smallest length, 0 by default. */
  minValue: [length, 0],
  /** The largest length, 1 by default. */
  maxValue: [length, 1],
  /** How far each update goes toward the bounds, from 0 to 1 (default: all the way). */
  rate: [fraction, 1],
  /** Axis or neighbouring axes that a vector lies along, 0 by default. */
  axis: [integers, 0],
} as const satisfies Options;

/** Options of {@link MinMaxNorm}. */
export interface MinMaxNormOptions extends OptionsOf<typeof minMaxNormOptions> {}

export interface MinMaxNorm extends ValuesOf<typeof minMaxNormOptions> {}

/**
 * Every vector between two lengths: `new constraints.MinMaxNorm({ minValue: 0.5, maxValue: 1 })`.
 *
 * w * (rate * clip(length, minValue, maxValue) + (1 - rate) * length) / (1e-7 + length), after Keras. Defaults: 0, 1, rate 1,
 * axis 0. A ValueError for other values.
 */
export class MinMaxNorm extends NormConstraint {
  static override readonly spec: Spec = {
    keras: 'keras.constraints.MinMaxNorm',
    positional: ['minValue', 'maxValue', 'rate', 'axis'],
    options: minMaxNormOptions,
  };

  constructor(minValueOrOptions?: number | MinMaxNormOptions, ...rest: (NormAxis | MinMaxNormOptions)[]) {
    super(minValueOrOptions, ...rest);
    checkNumber('MinMaxNorm', 'maxValue', this.maxValue, { min: this.minValue });
  }

  protected kernel(head: Cut): KernelCall {
    return ['minMaxNorm', ...head, this.minValue, this.maxValue, this.rate];
  }

  protected bounded(length: Value): Value {
    return add(affine(clip(length, this.minValue, this.maxValue), this.rate, 0), affine(length, 1 - this.rate, 0));
  }
}
