// Sums, means and extremes over axes. Sums and extremes of whole numbers are whole.
import { mismatch } from '../../common/errors.ts';
import { shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import * as i from '../../primitives/integer.ts';
import { reshape } from '../../primitives/layout.ts';
import * as r from '../../primitives/reduce.ts';
import * as u from '../../primitives/unary.ts';
import { relabel } from '../../primitives/views.ts';
import { tensor } from '../../tensor/index.ts';
import { type Axis, checkAxes, checkAxis } from '../axes.ts';
import { constant } from '../constant.ts';
import type { ArgumentsOf } from '../definition.ts';
import { op } from '../dispatch.ts';
import { asFloat, cast } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype, arithmetic, axes, axis, boolean, float, number, truth } from '../parameters.ts';
import type { ReduceOptions, Reduction, Setting, UnaryWith } from '../signatures.ts';
import { numpy } from './module.ts';

const everything = [axes, null] as const;
const goes = [boolean, false] as const;
const numbers = { x: arithmetic, axis: everything, keepdims: goes } as const;
const floats = { x: float, axis: everything, keepdims: goes } as const;
const truths = { x: truth, axis: everything, keepdims: goes } as const;

const variance = (x: Value, axes: readonly number[], keepdims: boolean): Value =>
  r.mean(u.square(b.subtract(x, r.mean(x, axes, true))), axes, keepdims);

/** The sum over `axis` (default all): `ops.sum([[1, 2], [3, 4]], { axis: 0 })` is [4, 6]; `ops.sum(x, 0)` is the same. */
export const sum: Reduction = /* @__PURE__ */ op(numpy, 'sum', numbers, ({ x, axis, keepdims }) =>
  (x.dtype === 'int32' ? i : r).sum(x, checkAxes('sum', axis, x.shape), keepdims),
);
/** The mean over `axis` (default all): `ops.mean([[1, 2], [3, 4]], -1)` is [1.5, 3.5]. */
export const mean: Reduction = /* @__PURE__ */ op(numpy, 'mean', floats, ({ x, axis, keepdims }) =>
  r.mean(x, checkAxes('mean', axis, x.shape), keepdims),
);
/** How `max` and `min` are called. */
type Extreme = <A extends Operand>(
  x: A,
  axis?: Axis | (ReduceOptions & { initial?: number | null }),
  keepdims?: boolean | { keepdims?: boolean; initial?: number | null },
  initial?: Setting<'initial', number | null>,
) => OpResult<A>;

const among = { x: anyDtype, axis: everything, keepdims: goes, initial: [number, null] } as const;

/** The largest or smallest element over axes: `side` says which. */
function extreme(side: 'max' | 'min', { x, axis, keepdims, initial }: ArgumentsOf<typeof among>): Value {
  const along = checkAxes(side, axis, x.shape);
  if (initial === null) checkNotEmpty(side, x, along);
  const y = (x.dtype === 'int32' ? i : r)[side](x, along, keepdims);
  const result = x.dtype === 'bool' ? relabel(y, 'bool') : y;
  if (initial === null) return result;
  const least = cast(constant(tensor(initial)), x.dtype);
  const [ints, floats] = side === 'max' ? [i.maximum, b.maximum] : [i.minimum, b.minimum];
  return (x.dtype === 'int32' ? ints : floats)(result, least);
}

/** Nothing has no largest element. */
function checkNotEmpty(owner: string, { shape }: Value, axes: readonly number[]): void {
  const empty = axes.find((axis) => shape[axis] === 0);
  if (empty === undefined) return;
  throw mismatch(owner, `at least one element along axis ${empty}`, `shape ${shapeText(shape)}`, `Nothing has no ${owner}.`);
}

/** The largest element over `axis` (default all) and `initial` (default none): `ops.max([1, 3, 2])` is 3. Ties share the gradient. */
export const max: Extreme = /* @__PURE__ */ op(numpy, 'max', among, (of) => extreme('max', of));
/** The smallest element over `axis` (default all) and `initial` (default none): `ops.min([1, 3, 2])` is 1. Ties share the gradient. */
export const min: Extreme = /* @__PURE__ */ op(numpy, 'min', among, (of) => extreme('min', of));
/** The variance over `axis` (default all), divided by the number of elements: `ops.var([1, 3])` is 1. */
const varOf: Reduction = /* @__PURE__ */ op(numpy, 'var', floats, ({ x, axis, keepdims }) =>
  variance(x, checkAxes('var', axis, x.shape), keepdims),
);

export { varOf as var };
/** The standard deviation over `axis` (default all): `ops.std([1, 3])` is 1. */
export const std: Reduction = /* @__PURE__ */ op(numpy, 'std', floats, ({ x, axis, keepdims }) =>
  u.sqrt(variance(x, checkAxes('std', axis, x.shape), keepdims)),
);
/** Whether one element over `axis` (default all) is not 0: `ops.any([0, 2])` is true. */
export const any: Reduction = /* @__PURE__ */ op(numpy, 'any', truths, ({ x, axis, keepdims }) =>
  relabel(r.max(x, checkAxes('any', axis, x.shape), keepdims), 'bool'),
);
/** Whether no element over `axis` (default all) is 0: `ops.all([0, 2])` is false. */
export const all: Reduction = /* @__PURE__ */ op(numpy, 'all', truths, ({ x, axis, keepdims }) =>
  relabel(r.min(x, checkAxes('all', axis, x.shape), keepdims), 'bool'),
);
/** How many elements over `axis` (default all) are not 0, as int32: `ops.countNonzero([0, 2, 3])` is 2. */
export const countNonzero: UnaryWith<'axis', Axis> = /* @__PURE__ */ op(
  numpy,
  'countNonzero',
  { x: truth, axis: everything },
  ({ x, axis }) => i.sum(u.toInt(x), checkAxes('countNonzero', axis, x.shape)),
);

/** How `argmax` is called. */
type Position = <A extends Operand>(
  x: A,
  axis?: number | null | { axis?: number | null; keepdims?: boolean },
  keepdims?: Setting<'keepdims', boolean>,
) => OpResult<A>;

const position = { x: anyDtype, axis: [axis, null], keepdims: goes } as const;

/** The place of the largest element along an axis, or of x laid flat. */
function largest(owner: string, x: Value, axis: number | null, keepdims: boolean): Value {
  const flat = axis === null ? reshape(x, [x.size]) : x;
  const at = axis === null ? 0 : checkAxis(owner, axis, x.shape);
  checkNotEmpty(owner, flat, [at]);
  const y = x.dtype === 'int32' ? i.argMax(flat, at) : r.argMax(asFloat(flat), at);
  if (!keepdims) return y;
  return reshape(
    y,
    x.shape.map((dim, k) => (axis === null || k === at ? 1 : dim)),
  );
}

/** The place of the largest element along `axis` (default: of x laid flat), as int32: `ops.argmax([1, 3, 2])` is 1. */
export const argmax: Position = /* @__PURE__ */ op(numpy, 'argmax', position, ({ x, axis, keepdims }) =>
  largest('argmax', x, axis, keepdims),
);
/** The place of the smallest element along `axis` (default: of x laid flat), as int32: `ops.argmin([3, 1, 2])` is 1. */
export const argmin: Position = /* @__PURE__ */ op(numpy, 'argmin', position, ({ x, axis, keepdims }) =>
  // -1 - x turns the order of all whole numbers around, -x that of all but the smallest.
  largest('argmin', x.dtype === 'int32' ? i.subtract(i.whole(-1), x) : u.negative(asFloat(x)), axis, keepdims),
);
