// Sums, means, extremes and norms over axes.
import { ValueError } from '../common/errors.ts';
import { checkOptions, describe } from '../common/options.ts';
import type { Value } from '../graph/value.ts';
import * as b from '../primitives/binary.ts';
import { fill, reshape } from '../primitives/layout.ts';
import * as r from '../primitives/reduce.ts';
import * as u from '../primitives/unary.ts';
import { relabel, stopGradient } from '../primitives/views.ts';
import { type KeepDims, type ReduceOptions, reduction } from './arguments.ts';
import { truth } from './comparisons.ts';
import { asFloat, run } from './dispatch.ts';
import { type Axis, checkAxes, checkAxis, type Operand, type OpResult, shapeText } from './operand.ts';

type Reduce = (x: Value, axes: readonly number[], keepdims: boolean) => Value;

const reduce =
  (name: string, body: Reduce) =>
  <A extends Operand>(x: A, axis?: Axis | ReduceOptions, keepdims?: KeepDims): OpResult<A> => {
    const settings = reduction(name, axis, keepdims);
    return run(name, [x], (v) => body(v, checkAxes(name, settings.axis, v.shape), settings.keepdims), { ...settings });
  };

const variance: Reduce = (x, axes, keepdims) => r.mean(u.square(b.subtract(x, r.mean(x, axes, true))), axes, keepdims);

/** The sum over `axis` (default all): `ops.sum([[1, 2], [3, 4]], { axis: 0 })` is [4, 6]; `ops.sum(x, 0)` is the same. */
export const sum = /* @__PURE__ */ reduce('sum', (x, axes, keepdims) => r.sum(asFloat(x), axes, keepdims));
/** The mean over `axis` (default all): `ops.mean([[1, 2], [3, 4]], -1)` is [1.5, 3.5]. */
export const mean = /* @__PURE__ */ reduce('mean', (x, axes, keepdims) => r.mean(asFloat(x), axes, keepdims));
/** The largest element over `axis` (default all): `ops.max([1, 3, 2])` is 3. Ties share the gradient. */
export const max = /* @__PURE__ */ reduce('max', (x, axes, keepdims) => r.max(asFloat(x), axes, keepdims));
/** The smallest element over `axis` (default all): `ops.min([1, 3, 2])` is 1. Ties share the gradient. */
export const min = /* @__PURE__ */ reduce('min', (x, axes, keepdims) => r.min(asFloat(x), axes, keepdims));
/** The variance over `axis` (default all), divided by the number of elements: `ops.var([1, 3])` is 1. */
const varOf = /* @__PURE__ */ reduce('var', (x, axes, keepdims) => variance(asFloat(x), axes, keepdims));

export { varOf as var };
/** The standard deviation over `axis` (default all): `ops.std([1, 3])` is 1. */
export const std = /* @__PURE__ */ reduce('std', (x, axes, keepdims) => u.sqrt(variance(asFloat(x), axes, keepdims)));
/** Whether one element over `axis` (default all) is not 0: `ops.any([0, 2])` is true. */
export const any = /* @__PURE__ */ reduce('any', (x, axes, keepdims) => relabel(r.max(truth(x), axes, keepdims), 'bool'));
/** Whether no element over `axis` (default all) is 0: `ops.all([0, 2])` is false. */
export const all = /* @__PURE__ */ reduce('all', (x, axes, keepdims) => relabel(r.min(truth(x), axes, keepdims), 'bool'));
/** How many elements over `axis` (default all) are not 0, as int32: `ops.countNonzero([0, 2, 3])` is 2. */
export const countNonzero = /* @__PURE__ */ reduce('countNonzero', (x, axes, keepdims) => u.toInt(r.sum(truth(x), axes, keepdims)));

/** log(sum(exp(x))) over `axis` (default all), without overflow: `ops.logsumexp([0, 0])` is 0.6931. */
export const logsumexp = /* @__PURE__ */ reduce('logsumexp', (given, axes, keepdims) => {
  const x = asFloat(given);
  const top = r.max(x, axes, true);
  // An infinite maximum is left out: subtracting it from itself would give NaN.
  const finite = b.less(u.absolute(top), fill([], Infinity));
  const shift = stopGradient(b.select(finite, top, fill([], 0)));
  const y = b.add(u.log(r.sum(u.exp(b.subtract(x, shift)), axes, true)), shift);
  return keepdims
    ? y
    : reshape(
        y,
        x.shape.filter((_, i) => !axes.includes(i)),
      );
});

const position =
  (name: string, body: (x: Value) => Value) =>
  <A extends Operand>(x: A, axis?: number | null | { axis?: number | null; keepdims?: boolean }, keepdims?: KeepDims): OpResult<A> => {
    const settings = reduction(name, axis, keepdims);
    return run(
      name,
      [x],
      (given) => {
        const v = body(asFloat(given));
        if (settings.axis === null) {
          const flat = r.argMax(reshape(v, [v.size]), 0);
          return settings.keepdims
            ? reshape(
                flat,
                v.shape.map(() => 1),
              )
            : flat;
        }
        const at = checkAxis(name, settings.axis, v.shape);
        const y = r.argMax(v, at);
        return settings.keepdims
          ? reshape(
              y,
              v.shape.map((dim, i) => (i === at ? 1 : dim)),
            )
          : y;
      },
      { ...settings },
    );
  };

/** The place of the largest element along `axis` (default: of x laid flat), as int32: `ops.argmax([1, 3, 2])` is 1. */
export const argmax = /* @__PURE__ */ position('argmax', (x) => x);
/** The place of the smallest element along `axis` (default: of x laid flat), as int32: `ops.argmin([3, 1, 2])` is 1. */
export const argmin = /* @__PURE__ */ position('argmin', u.negative);

/** Which length of vectors or matrices. */
export type NormOrder = number | 'fro' | null;

export interface NormOptions extends ReduceOptions {
  /** Default null: the root of the sum of squares. Vectors: any number, Infinity, -Infinity; matrices: 'fro', 1, -1, Infinity, -Infinity. */
  ord?: NormOrder;
}

/**
 * The norm over `axis` (default: of all elements): `ops.norm([3, 4])` is 5.
 *
 * Options: `ord` (see {@link NormOptions}), `axis` (a number: vectors; two: matrices), `keepdims` (default false).
 * @throws ValueError for an order that such an input has not; orders 2 and -2 of matrices need singular values.
 */
export function norm<A extends Operand>(x: A, options: NormOptions = {}): OpResult<A> {
  checkOptions('norm', options, ['ord', 'axis', 'keepdims']);
  const { ord = null, keepdims = false } = options;
  return run('norm', [x], (v) => normOf(asFloat(v), ord, checkAxes('norm', options.axis, v.shape), options.axis == null, keepdims), {
    ord,
    axis: options.axis ?? null,
    keepdims,
  });
}

function normOf(x: Value, ord: NormOrder, axes: readonly number[], whole: boolean, keepdims: boolean): Value {
  const size = u.absolute(x);
  if (ord === null || (ord === 2 && axes.length === 1) || (ord === 'fro' && axes.length === 2)) {
    if (ord !== null || whole || axes.length <= 2) return u.sqrt(r.sum(u.square(x), axes, keepdims));
  }
  if (typeof ord === 'number' && axes.length === 1) {
    if (Math.abs(ord) === Infinity) return (ord > 0 ? r.max : r.min)(size, axes, keepdims);
    if (ord === 0) return r.sum(b.notEqual(x, fill([], 0)), axes, keepdims);
    if (ord === 1) return r.sum(size, axes, keepdims);
    return b.power(r.sum(b.power(size, fill([], ord)), axes, keepdims), fill([], 1 / ord));
  }
  if (typeof ord === 'number' && axes.length === 2 && (Math.abs(ord) === 1 || Math.abs(ord) === Infinity)) {
    const [summed, kept] = Math.abs(ord) === 1 ? axes : [axes[1], axes[0]];
    const y = (ord > 0 ? r.max : r.min)(r.sum(size, summed, true), kept, true);
    return keepdims
      ? y
      : reshape(
          y,
          x.shape.filter((_, i) => !axes.includes(i)),
        );
  }
  throw new ValueError(
    `norm: expected an order that ${axes.length} axes of shape ${shapeText(x.shape)} have, got ${describe(ord)}. ` +
      'Vectors have any number, matrices fro, 1, -1, Infinity and -Infinity.',
  );
}

export interface NormalizeOptions {
  /** The axis along which vectors lie. Default -1. */
  axis?: number;
  /** Order of the norm, a number. Default 2. */
  order?: number;
  /** Least length that is divided by. Default 1e-7. */
  epsilon?: number;
}

/**
 * x over its norm along `axis`: `ops.normalize([3, 4])` is [0.6, 0.8].
 *
 * Options: `axis` (default -1), `order` (default 2), `epsilon` (default 1e-7): shorter vectors are divided by it.
 */
export function normalize<A extends Operand>(x: A, options: NormalizeOptions = {}): OpResult<A> {
  checkOptions('normalize', options, ['axis', 'order', 'epsilon']);
  const { axis = -1, order = 2, epsilon = 1e-7 } = options;
  return run(
    'normalize',
    [x],
    (given) => {
      const v = asFloat(given);
      const at = checkAxis('normalize', axis, v.shape);
      if (order !== 2) return b.divide(v, b.maximum(normOf(v, order, [at], false, true), fill([], epsilon)));
      // The limit is on the square, so that a zero vector has a finite gradient.
      return b.multiply(v, u.rsqrt(b.maximum(r.sum(u.square(v), at, true), fill([], epsilon * epsilon))));
    },
    { axis, order, epsilon },
  );
}
