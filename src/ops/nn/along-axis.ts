// Functions of the elements along an axis together.
import { mismatch } from '../../common/errors.ts';
import { isKnown, shapeText } from '../../graph/shape.ts';
import { divide, equal, greater, greaterEqual, maximum, multiply, subtract } from '../../primitives/binary.ts';
import { expandDims, fill, reshape, slice } from '../../primitives/layout.ts';
import { sum } from '../../primitives/reduce.ts';
import * as s from '../../primitives/softmax.ts';
import * as u from '../../primitives/unary.ts';
import { type DType, Tensor } from '../../tensor/index.ts';
import { checkAxis } from '../axes.ts';
import { constant } from '../constant.ts';
import { op } from '../dispatch.ts';
import { asFloat, cast } from '../dtypes.ts';
import { normOf } from '../linalg/norm.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype, axis, dtype, float, number, off, positive } from '../parameters.ts';
import type { Setting, UnaryWith } from '../signatures.ts';
import { nn } from './module.ts';

const along = { x: float, axis: [axis, -1] } as const;
type AlongAxis = UnaryWith<'axis', number>;

/**
 * exp(x) over its sum along `axis` (default -1): `ops.softmax([[0, 0]])` is [[0.5, 0.5]]. Categorical crossentropies of the result
 * are computed from x, exactly, where the axis is the last.
 */
export const softmax: AlongAxis = /* @__PURE__ */ op(nn, 'softmax', along, ({ x, axis }) => {
  const at = checkAxis('softmax', axis, x.shape);
  const y = s.softmax(x, at);
  if (at === x.shape.length - 1) y.logits = x;
  return y;
});
/** The logarithm of {@link softmax}: `ops.logSoftmax([[0, 0]])` is [[-0.6931, -0.6931]]. */
export const logSoftmax: AlongAxis = /* @__PURE__ */ op(nn, 'logSoftmax', along, ({ x, axis }) =>
  s.logSoftmax(x, checkAxis('logSoftmax', axis, x.shape)),
);

/** One half of x along `axis` (default -1) times the sigmoid of the other: `ops.glu([[1, 0]])` is [[0.5]]. */
export const glu: AlongAxis = /* @__PURE__ */ op(nn, 'glu', along, ({ x, axis }) => {
  const at = checkAxis('glu', axis, x.shape);
  const half = x.shape[at] / 2;
  if (x.shape[at] % 2 === 1) {
    throw mismatch('glu', `an even length of axis ${axis}`, `shape ${shapeText(x.shape)}`, 'Double the units of the layer.');
  }
  const size = x.shape.map((dim, i) => (i === at ? half : dim));
  const from = (start: number) => x.shape.map((_, i) => (i === at ? start : 0));
  return multiply(slice(x, from(0), size), u.sigmoid(slice(x, from(half), size)));
});

/**
 * The point of the simplex nearest to x along `axis` (default -1), after Martins and Astudillo 2016: like softmax, but most outputs
 * are exactly 0: `ops.sparsemax([[0.5, 0.2, -1]])` is [[0.65, 0.35, 0]]. Takes room for n * n numbers where the axis has n.
 */
export const sparsemax: AlongAxis = /* @__PURE__ */ op(nn, 'sparsemax', along, ({ x, axis }) => {
  const at = checkAxis('sparsemax', axis, x.shape);
  const before = expandDims(x, at + 1);
  const after = expandDims(x, at);
  // For each element: how many are at least as large, and their sum.
  const larger = greaterEqual(after, before);
  const count = sum(larger, at + 1);
  const total = sum(multiply(larger, after), at + 1);
  const support = greater(u.affine(multiply(count, x), 1, 1), total);
  const threshold = divide(u.affine(sum(multiply(support, x), at, true), 1, -1), sum(support, at, true));
  return u.relu(subtract(x, threshold));
});

export interface NormalizeOptions {
  /** The axis along which vectors lie. Default -1. */
  axis?: number;
  /** Order of the norm, a number. Default 2. */
  order?: number;
  /** Least length that is divided by. Default 1e-7. */
  epsilon?: number | null;
}

/** How `normalize` is called. */
type Normalize = <A extends Operand>(
  x: A,
  axis?: number | NormalizeOptions,
  order?: number | Omit<NormalizeOptions, 'axis'>,
  epsilon?: Setting<'epsilon', number | null>,
) => OpResult<A>;

/**
 * x over its norm along `axis`: `ops.normalize([3, 4])` is [0.6, 0.8].
 *
 * Options: `axis` (default -1), `order` (default 2), `epsilon` (default 1e-7): shorter vectors are divided by it.
 */
export const normalize: Normalize = /* @__PURE__ */ op(
  nn,
  'normalize',
  { x: float, axis: [axis, -1], order: [number, 2], epsilon: [number, null] },
  ({ x, axis, order, epsilon }) => {
    const at = checkAxis('normalize', axis, x.shape);
    const least = epsilon ?? 1e-7;
    if (order !== 2) return divide(x, maximum(normOf(x, order, [at], false, true), fill([], least)));
    // The limit is on the square, so that a zero vector has a finite gradient.
    return multiply(x, u.rsqrt(maximum(sum(u.square(x), at, true), fill([], least * least))));
  },
);

interface OneHotOptions {
  axis?: number;
  dtype?: DType;
}

/**
 * 1 at the place of each class, 0 elsewhere: `ops.oneHot([0, 2], 3)` is [[1, 0, 0], [0, 0, 1]].
 *
 * `axis` (default -1): where the new axis lies. A class outside [0, numClasses) gives zeros.
 */
export const oneHot: <A extends Operand>(
  x: A,
  numClasses: number,
  axis?: number | OneHotOptions,
  dtype?: Setting<'dtype', DType>,
) => OpResult<A> = /* @__PURE__ */ op(
  nn,
  'oneHot',
  { x: anyDtype, numClasses: positive, axis: [axis, -1], dtype: [dtype, 'float32'], sparse: [off, false] },
  ({ x, numClasses, axis, dtype }) => {
    const at = checkAxis('oneHot', axis, x.shape, x.shape.length + 1);
    const classes = isKnown(numClasses)
      ? constant(new Tensor(Float32Array.from({ length: numClasses }, (_, i) => i)))
      : fill([numClasses], 0);
    const shaped = reshape(classes, [...x.shape.slice(0, at).map(() => 1), numClasses, ...x.shape.slice(at).map(() => 1)]);
    return cast(equal(expandDims(asFloat(x), at), shaped), dtype);
  },
);
