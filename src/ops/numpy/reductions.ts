// Sums, means and extremes over axes.
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import { reshape } from '../../primitives/layout.ts';
import * as r from '../../primitives/reduce.ts';
import * as u from '../../primitives/unary.ts';
import { relabel } from '../../primitives/views.ts';
import { type Axis, checkAxes, checkAxis } from '../axes.ts';
import { op } from '../dispatch.ts';
import type { Operand, OpResult } from '../operand.ts';
import { axes, axis, boolean, float, truth } from '../parameters.ts';
import type { Reduction, Setting, UnaryWith } from '../signatures.ts';
import { numpy } from './module.ts';

const everything = [axes, null] as const;
const goes = [boolean, false] as const;
const floats = { x: float, axis: everything, keepdims: goes } as const;
const truths = { x: truth, axis: everything, keepdims: goes } as const;

const variance = (x: Value, axes: readonly number[], keepdims: boolean): Value =>
  r.mean(u.square(b.subtract(x, r.mean(x, axes, true))), axes, keepdims);

/** The sum over `axis` (default all): `ops.sum([[1, 2], [3, 4]], { axis: 0 })` is [4, 6]; `ops.sum(x, 0)` is the same. */
export const sum: Reduction = /* @__PURE__ */ op(numpy, 'sum', floats, ({ x, axis, keepdims }) =>
  r.sum(x, checkAxes('sum', axis, x.shape), keepdims),
);
/** The mean over `axis` (default all): `ops.mean([[1, 2], [3, 4]], -1)` is [1.5, 3.5]. */
export const mean: Reduction = /* @__PURE__ */ op(numpy, 'mean', floats, ({ x, axis, keepdims }) =>
  r.mean(x, checkAxes('mean', axis, x.shape), keepdims),
);
/** The largest element over `axis` (default all): `ops.max([1, 3, 2])` is 3. Ties share the gradient. */
export const max: Reduction = /* @__PURE__ */ op(numpy, 'max', floats, ({ x, axis, keepdims }) =>
  r.max(x, checkAxes('max', axis, x.shape), keepdims),
);
/** The smallest element over `axis` (default all): `ops.min([1, 3, 2])` is 1. Ties share the gradient. */
export const min: Reduction = /* @__PURE__ */ op(numpy, 'min', floats, ({ x, axis, keepdims }) =>
  r.min(x, checkAxes('min', axis, x.shape), keepdims),
);
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
  ({ x, axis }) => u.toInt(r.sum(x, checkAxes('countNonzero', axis, x.shape))),
);

/** How `argmax` is called. */
type Position = <A extends Operand>(
  x: A,
  axis?: number | null | { axis?: number | null; keepdims?: boolean },
  keepdims?: Setting<'keepdims', boolean>,
) => OpResult<A>;

const position = { x: float, axis: [axis, null], keepdims: goes } as const;

/** The place of the largest element along an axis, or of x laid flat. */
function largest(owner: string, x: Value, axis: number | null, keepdims: boolean): Value {
  const ones = (kept: (i: number) => boolean): number[] => x.shape.map((dim, i) => (kept(i) ? dim : 1));
  if (axis === null) {
    const flat = r.argMax(reshape(x, [x.size]), 0);
    return keepdims
      ? reshape(
          flat,
          ones(() => false),
        )
      : flat;
  }
  const at = checkAxis(owner, axis, x.shape);
  const y = r.argMax(x, at);
  return keepdims
    ? reshape(
        y,
        ones((i) => i !== at),
      )
    : y;
}

/** The place of the largest element along `axis` (default: of x laid flat), as int32: `ops.argmax([1, 3, 2])` is 1. */
export const argmax: Position = /* @__PURE__ */ op(numpy, 'argmax', position, ({ x, axis, keepdims }) =>
  largest('argmax', x, axis, keepdims),
);
/** The place of the smallest element along `axis` (default: of x laid flat), as int32: `ops.argmin([3, 1, 2])` is 1. */
export const argmin: Position = /* @__PURE__ */ op(numpy, 'argmin', position, ({ x, axis, keepdims }) =>
  largest('argmin', u.negative(x), axis, keepdims),
);
