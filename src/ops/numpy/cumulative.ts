// Sums and products along an axis, whole or so far; differences.
import { mismatch } from '../../common/errors.ts';
import { shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import * as i from '../../primitives/integer.ts';
import * as l from '../../primitives/layout.ts';
import { cumulate } from '../../primitives/order.ts';
import { sum as sumAlong } from '../../primitives/reduce.ts';
import { affine } from '../../primitives/unary.ts';
import { relabel } from '../../primitives/views.ts';
import { type DType, Tensor, type TensorLike, toTensor } from '../../tensor/index.ts';
import { type Axis, checkAxes, checkAxis, without } from '../axes.ts';
import { constant } from '../constant.ts';
import { part } from '../core.ts';
import type { ArgumentsOf, Parameter } from '../definition.ts';
import { op } from '../dispatch.ts';
import { cast } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype, arithmetic, axes, axis, boolean, dtype, finite, float, length } from '../parameters.ts';
import { numpy } from './module.ts';

interface CumulativeOptions {
  axis?: number | null;
  dtype?: DType | null;
}

type Cumulative = <A extends Operand>(
  x: A,
  axis?: number | null | CumulativeOptions,
  dtype?: DType | null | CumulativeOptions,
) => OpResult<A>;

const soFar = { x: arithmetic, axis: [axis, null], dtype: [dtype, null] } as const;

/** NaN counts as `instead`. */
function withoutNaN(x: Value, instead: number): Value {
  return x.dtype === 'float32' ? b.select(relabel(b.equal(x, x), 'bool'), x, l.fill([], instead)) : x;
}

function along(name: string, { x, axis, dtype }: ArgumentsOf<typeof soFar>, isProduct: boolean): Value {
  const from = axis === null ? l.reshape(x, [x.size]) : x;
  const at = axis === null ? 0 : checkAxis(name, axis, from.shape);
  return cumulate(dtype === null || dtype === 'bool' ? from : cast(from, dtype), at, isProduct);
}

/** The sum of each element and all before it along `axis` (default: of x laid flat): `ops.cumsum([1, 2, 3])` is [1, 3, 6]. */
export const cumsum: Cumulative = /* @__PURE__ */ op(numpy, 'cumsum', soFar, (of) => along('cumsum', of, false));
/** The same with NaN as 0: `ops.nancumsum([1, NaN, 3])` is [1, 1, 4]. */
export const nancumsum: Cumulative = /* @__PURE__ */ op(numpy, 'nancumsum', soFar, (of) =>
  along('nancumsum', { ...of, x: withoutNaN(of.x, 0) }, false),
);
/** The product of each element and all before it: `ops.cumprod([1, 2, 3])` is [1, 2, 6]. As TensorFlow's, its gradient at 0 is NaN. */
export const cumprod: Cumulative = /* @__PURE__ */ op(numpy, 'cumprod', soFar, (of) => along('cumprod', of, true));
/** The same with NaN as 1: `ops.nancumprod([2, NaN, 3])` is [2, 2, 6]. */
export const nancumprod: Cumulative = /* @__PURE__ */ op(numpy, 'nancumprod', soFar, (of) =>
  along('nancumprod', { ...of, x: withoutNaN(of.x, 1) }, true),
);

interface ProductOptions {
  axis?: Axis;
  keepdims?: boolean;
  dtype?: DType | null;
}

/** The last of the products along axes, which are brought together at the end; their order is that of the elements. */
export function productOf(owner: string, x: Value, axis: Axis, keepdims: boolean): Value {
  const axes = checkAxes(owner, axis, x.shape);
  const others = x.shape.map((_, k) => k).filter((k) => !axes.includes(k));
  const kept = without(x.shape, axes);
  const count = axes.reduce((product, k) => product * x.shape[k], 1);
  const shape = keepdims ? x.shape.map((dim, k) => (axes.includes(k) ? 1 : dim)) : kept;
  const rows = l.reshape(l.transpose(x, [...others, ...axes]), [...kept, count]);
  if (count === 0) return cast(l.fill(shape, 1), x.dtype);
  return l.reshape(part(cumulate(rows, kept.length, true), kept.length, count - 1, 1), shape);
}

/** The product over `axis` (default all): `ops.prod([2, 3, 4])` is 24. */
export const prod: <A extends Operand>(
  x: A,
  axis?: Axis | ProductOptions,
  keepdims?: boolean | ProductOptions,
  dtype?: DType | null | ProductOptions,
) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'prod',
  { x: arithmetic, axis: [axes, null], keepdims: [boolean, false], dtype: [dtype, null] },
  ({ x, axis, keepdims, dtype }) => productOf('prod', dtype === null || dtype === 'bool' ? x : cast(x, dtype), axis, keepdims),
);

interface DiffOptions {
  n?: number;
  axis?: number;
}

/** Differences of neighbours along `axis` (default -1), taken `n` (default 1) times: `ops.diff([1, 4, 9])` is [3, 5]. */
export const diff: <A extends Operand>(a: A, n?: number | DiffOptions, axis?: number | DiffOptions) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'diff',
  { a: anyDtype, n: [length, 1], axis: [axis, -1] },
  ({ a, n, axis }) => {
    const at = checkAxis('diff', axis, a.shape);
    let x = a;
    for (let k = 0; k < n; k++) {
      const count = Math.max(0, x.shape[at] - 1);
      const [later, earlier] = [part(x, at, Math.min(1, x.shape[at]), count), part(x, at, 0, count)];
      if (x.dtype === 'bool') x = relabel(b.notEqual(later, earlier), 'bool');
      else x = (x.dtype === 'int32' ? i : b).subtract(later, earlier);
    }
    return x;
  },
);

interface TrapezoidOptions {
  x?: TensorLike | null;
  dx?: number;
  axis?: number;
}

/** Where points lie: constants, which files keep among the settings. */
const points: Parameter<Tensor> = {
  read: (owner, name, value) => toTensor(`${owner}: ${name}`, value, 'float32'),
  write: (value) => (value instanceof Tensor ? value.array() : value),
};

/**
 * The area under y along `axis` (default -1) by trapezoids: `ops.trapezoid([1, 2, 3])` is 4.
 *
 * `x`: where the points lie (constants), else `dx` (default 1) apart.
 */
export const trapezoid: <A extends Operand>(
  y: A,
  x?: TensorLike | null | TrapezoidOptions,
  dx?: number | TrapezoidOptions,
  axis?: number | TrapezoidOptions,
) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'trapezoid',
  { y: float, x: [points, null], dx: [finite, 1], axis: [axis, -1] },
  ({ y, x, dx, axis }) => {
    const at = checkAxis('trapezoid', axis, y.shape);
    const count = y.shape[at] - 1;
    if (count < 0) throw mismatch('trapezoid', `at least one point along axis ${at}`, `shape ${shapeText(y.shape)}`, 'Pass points.');
    const heights = b.add(part(y, at, 0, count), part(y, at, 1, count));
    if (x === null) return affine(sumAlong(heights, at), dx / 2, 0);
    return affine(sumAlong(b.multiply(heights, spacing(constant(x), y, at)), at), 0.5, 0);
  },
);

/** Distances of neighbours; one row of points lies along the axis. */
function spacing(x: Value, y: Value, axis: number): Value {
  const at = x.shape.length === 1 ? 0 : axis;
  const count = x.shape[at] - 1;
  const gaps = b.subtract(part(x, at, 1, count), part(x, at, 0, count));
  if (x.shape.length !== 1) return gaps;
  return l.reshape(
    gaps,
    y.shape.map((_, k) => (k === axis ? count : 1)),
  );
}
