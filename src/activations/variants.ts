// Activations that are no op of the same name and defaults.
import { op } from '../ops/dispatch.ts';
import { rectified } from '../ops/nn/rectifiers.ts';
import { gelu as geluOp } from '../ops/nn/smooth.ts';
import { exp } from '../ops/numpy/elementwise.ts';
import type { Operand, OpResult } from '../ops/operand.ts';
import { arithmetic, finite, float, number } from '../ops/parameters.ts';
import type { Setting, Unary } from '../ops/signatures.ts';
import * as u from '../primitives/unary.ts';

/** Keras's module of the activations that are classes of their own. */
const home = 'keras.src.activations.activations';

/** Options of {@link relu}. */
export interface ReluOptions {
  /** Slope below the threshold, 0 by default. */
  readonly negativeSlope?: number;
  /** Largest output; no limit by default. */
  readonly maxValue?: number | null;
  /** Inputs up to here count as negative, 0 by default. */
  readonly threshold?: number;
}

/** How `relu` is called. */
type Relu = <A extends Operand>(
  x: A,
  negativeSlope?: number | ReluOptions,
  maxValue?: number | null | Omit<ReluOptions, 'negativeSlope'>,
  threshold?: Setting<'threshold', number>,
) => OpResult<A>;

/**
 * max(x, 0): `activations.relu([-1, 2])` is [0, 2]. With options: x from `threshold` to `maxValue`, `maxValue` above, and
 * negativeSlope * (x - threshold) below the threshold.
 */
export const relu: Relu = /* @__PURE__ */ op(
  home,
  'relu',
  { x: arithmetic, negativeSlope: [finite, 0], maxValue: [number, null], threshold: [finite, 0] },
  ({ x, negativeSlope, maxValue, threshold }) =>
    negativeSlope === 0 && threshold === 0 && maxValue === null
      ? rectified(x)
      : u.reluGeneral(u.toFloat(x), negativeSlope, maxValue ?? Infinity, threshold),
  { className: 'ReLU' },
);

/** x * tanh(softplus(x)): `activations.mish([1])` is [0.8651]. */
export const mish: Unary = /* @__PURE__ */ op(home, 'mish', { x: float }, ({ x }) => u.mish(x));

/** x times the normal distribution function of x: `activations.gelu([1])` is [0.8413]. `approximate` uses tanh in place of erf. */
export const gelu = <A extends Operand>(x: A, approximate: Setting<'approximate', boolean> = false): OpResult<A> => geluOp(x, approximate);

/** exp(x): `activations.exponential([0])` is [1]. */
export const exponential: Unary = exp;

/** The input itself: `activations.linear(x)`. */
export const linear = <A>(x: A): A => x;
