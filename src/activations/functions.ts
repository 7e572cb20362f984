// The activations: Keras's formulas. Each works on a value of any shape, inside a layer's call.
import { ValueError } from '../common/errors.ts';
import { checkOptions } from '../common/options.ts';
import { shapeText } from '../graph/shape.ts';
import type { Value } from '../graph/value.ts';
import { add, divide, greater, greaterEqual, multiply, subtract } from '../primitives/binary.ts';
import { fill, reshape, slice } from '../primitives/layout.ts';
import { sum } from '../primitives/reduce.ts';
import * as softmaxOps from '../primitives/softmax.ts';
import * as unary from '../primitives/unary.ts';

/** Options of {@link relu}. */
export interface ReluOptions {
  /** Slope below the threshold, 0 by default. */
  readonly negativeSlope?: number;
  /** Largest output; no limit by default. */
  readonly maxValue?: number | null;
  /** Inputs up to here count as negative, 0 by default. */
  readonly threshold?: number;
}

/** The input itself: `activations.linear(x)`. */
export const linear = (x: Value): Value => x;

/**
 * max(x, 0): `activations.relu(x)`. With options: x from `threshold` to `maxValue`, `maxValue` above, and
 * negativeSlope * (x - threshold) below the threshold.
 */
export function relu(x: Value, options?: ReluOptions): Value {
  if (options === undefined) return unary.relu(x);
  checkOptions('relu', options, ['negativeSlope', 'maxValue', 'threshold']);
  const { negativeSlope = 0, maxValue, threshold: from = 0 } = options;
  if (negativeSlope === 0 && from === 0 && (maxValue ?? null) === null) return unary.relu(x);
  return unary.reluGeneral(x, negativeSlope, maxValue ?? Infinity, from);
}

/** min(max(x, 0), 6): `activations.relu6(x)`. */
export const relu6 = (x: Value): Value => unary.clip(x, 0, 6);

/** 1 / (1 + exp(-x)): `activations.sigmoid(x)`. Binary crossentropies of the result are computed from x, exactly. */
export function sigmoid(x: Value): Value {
  const y = unary.sigmoid(x);
  y.logits = x;
  return y;
}

/** The hyperbolic tangent: `activations.tanh(x)`. */
export const tanh = (x: Value): Value => unary.tanh(x);

/**
 * exp(x) over its sum along `axis`, the last by default: `activations.softmax(x)`. Categorical crossentropies of the result
 * are computed from x, exactly.
 */
export function softmax(x: Value, axis = -1): Value {
  const y = softmaxOps.softmax(x, axis);
  if (axis === -1 || axis === x.shape.length - 1) y.logits = x;
  return y;
}

/** The logarithm of {@link softmax}: `activations.logSoftmax(x)`. */
export const logSoftmax = (x: Value, axis = -1): Value => softmaxOps.logSoftmax(x, axis);

/** log(1 + exp(x)): `activations.softplus(x)`. */
export const softplus = (x: Value): Value => unary.softplus(x);

/** x / (1 + |x|): `activations.softsign(x)`. */
export const softsign = (x: Value): Value => unary.softsign(x);

/** x above 0, alpha * (exp(x) - 1) below: `activations.elu(x, 1)`. `alpha` is 1 by default. */
export const elu = (x: Value, alpha = 1): Value => unary.elu(x, alpha);

/** x above 0, alpha * (exp(x / alpha) - 1) below: `activations.celu(x, 1)`. `alpha` is 1 by default and not 0. */
export const celu = (x: Value, alpha = 1): Value => unary.affine(unary.elu(unary.affine(x, 1 / alpha, 0), 1), alpha, 0);

/** 1.0507 * elu(x, 1.6733), with the constants of Klambauer et al. 2017: `activations.selu(x)`. */
export const selu = (x: Value): Value => unary.selu(x);

/** x times the normal distribution function of x: `activations.gelu(x)`. `approximate` uses tanh in place of erf. */
export const gelu = (x: Value, approximate = false): Value => (approximate ? unary.geluTanh(x) : unary.gelu(x));

/** x * sigmoid(x): `activations.silu(x)`. */
export const silu = (x: Value): Value => unary.silu(x);

/** Another name of {@link silu}. */
export const swish = silu;

/** x above 0, negativeSlope * x below: `activations.leakyRelu(x)`. The slope is 0.2 by default. */
export const leakyRelu = (x: Value, negativeSlope = 0.2): Value => unary.leakyRelu(x, negativeSlope);

/** relu6(x + 3) / 6: `activations.hardSigmoid(x)`. Keras 2 had clip(0.2 x + 0.5, 0, 1). */
export const hardSigmoid = (x: Value): Value => unary.hardSigmoid(x);

/** x * hardSigmoid(x): `activations.hardSilu(x)`. */
export const hardSilu = (x: Value): Value => multiply(x, unary.hardSigmoid(x));

/** Another name of {@link hardSilu}. */
export const hardSwish = hardSilu;

/** x limited to [-1, 1]: `activations.hardTanh(x)`. */
export const hardTanh = (x: Value): Value => unary.clip(x, -1, 1);

/** x where |x| is above the limit (0.5 by default), else 0: `activations.hardShrink(x)`. */
export const hardShrink = (x: Value, limit = 0.5): Value => multiply(x, greater(unary.absolute(x), fill([], limit)));

/** x drawn toward 0 by the limit (0.5 by default): `activations.softShrink(x)`. */
export const softShrink = (x: Value, limit = 0.5): Value => subtract(x, unary.clip(x, -limit, limit));

/** x - tanh(x): `activations.tanhShrink(x)`. */
export const tanhShrink = (x: Value): Value => subtract(x, unary.tanh(x));

/** x where x is above `limit`, else `value`: `activations.threshold(x, 0.1, 0)`. */
export function threshold(x: Value, limit: number, value: number): Value {
  if (value === undefined) throw new ValueError('threshold: expected a limit and a value, got none. Pass (x) => threshold(x, 0.1, 0).');
  const above = greater(x, fill([], limit));
  return add(multiply(x, above), unary.affine(above, -value, value));
}

/** x * tanh(softplus(x)): `activations.mish(x)`. */
export const mish = (x: Value): Value => unary.mish(x);

/** exp(x): `activations.exponential(x)`. */
export const exponential = (x: Value): Value => unary.exp(x);

/** log(sigmoid(x)): `activations.logSigmoid(x)`. */
export const logSigmoid = (x: Value): Value => unary.logSigmoid(x);

/** (x + sqrt(x^2 + b)) / 2: `activations.squareplus(x)`. `b` is 4 by default. */
export const squareplus = (x: Value, b = 4): Value => unary.affine(add(x, unary.sqrt(unary.affine(unary.square(x), 1, b))), 0.5, 0);

/** 0 up to -1, (x + 1)^2 / 4 up to 1, then x: `activations.sparsePlus(x)`. */
export const sparsePlus = (x: Value): Value =>
  add(unary.affine(unary.square(unary.affine(unary.clip(x, -1, 1), 1, 1)), 0.25, 0), unary.relu(unary.affine(x, 1, -1)));

/** (x + 1) / 2 limited to [0, 1]: `activations.sparseSigmoid(x)`. */
export const sparseSigmoid = (x: Value): Value => unary.affine(unary.clip(x, -1, 1), 0.5, 0.5);

/** One half of x along `axis` (the last by default) times the sigmoid of the other: `activations.glu(x)`. */
export function glu(x: Value, axis = -1): Value {
  const at = axis < 0 ? x.shape.length + axis : axis;
  const dim = x.shape[at];
  if (dim === undefined || dim % 2 !== 0) {
    throw new ValueError(`glu: expected an even length of axis ${axis}, got shape ${shapeText(x.shape)}. Double the units of the layer.`);
  }
  const size = x.shape.map((length, i) => (i === at ? dim / 2 : length));
  const begin = x.shape.map(() => 0);
  const first = slice(x, begin, size);
  begin[at] = dim / 2;
  return multiply(first, unary.sigmoid(slice(x, begin, size)));
}

/**
 * The point of the simplex nearest to x along `axis` (the last by default), after Martins and Astudillo 2016: like softmax, but most
 * outputs are exactly 0: `activations.sparsemax(x)`. Takes room for n * n numbers where the axis has n.
 */
export function sparsemax(x: Value, axis = -1): Value {
  const at = axis < 0 ? x.shape.length + axis : axis;
  const before = reshape(x, [...x.shape.slice(0, at + 1), 1, ...x.shape.slice(at + 1)]);
  const after = reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
  // For each element: how many are at least as large, and their sum.
  const larger = greaterEqual(after, before);
  const count = sum(larger, at + 1);
  const total = sum(multiply(larger, after), at + 1);
  const support = greater(unary.affine(multiply(count, x), 1, 1), total);
  const threshold = divide(unary.affine(sum(multiply(support, x), at, true), 1, -1), sum(support, at, true));
  return unary.relu(subtract(x, threshold));
}
