// Lengths of vectors and matrices.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import { fill, reshape, transpose } from '../../primitives/layout.ts';
import * as r from '../../primitives/reduce.ts';
import * as u from '../../primitives/unary.ts';
import { type Axis, checkAxes, checkAxis, without } from '../axes.ts';
import type { Parameter } from '../definition.ts';
import { op } from '../dispatch.ts';
import { asFloat } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { axes, boolean, float } from '../parameters.ts';
import type { ReduceOptions, Setting } from '../signatures.ts';
import { singularValues } from './singular.ts';

/** Which length of vectors or matrices. */
export type NormOrder = number | 'fro' | 'nuc' | null;

export interface NormOptions extends ReduceOptions {
  /** Default null: the root of the sum of squares. Vectors: any number, Infinity, -Infinity; matrices: 'fro', 'nuc', 1, -1, 2, -2, Infinity, -Infinity. */
  ord?: NormOrder;
}

const order: Parameter<NonNullable<NormOrder>> = {
  read(owner, name, value) {
    if (value === 'fro' || value === 'nuc' || (typeof value === 'number' && !Number.isNaN(value))) return value;
    throw mismatch(owner, `${name} to be a number, 'fro' or 'nuc'`, describe(value), 'Leave it out for the usual length.');
  },
};

/** How `norm` is called. */
type Norm = <A extends Operand>(
  x: A,
  ord?: NormOrder | NormOptions,
  axis?: Axis | ReduceOptions,
  keepdims?: Setting<'keepdims', boolean>,
) => OpResult<A>;

/**
 * The norm over `axis` (default: of all elements): `ops.norm([3, 4])` is 5.
 *
 * Options: `ord` (see {@link NormOptions}), `axis` (a number: vectors; two: matrices), `keepdims` (default false).
 * Orders 2, -2 and 'nuc' of matrices are the largest, the smallest and the sum of their singular values.
 * @throws ValueError for an order that such an input has not.
 */
export const norm: Norm = /* @__PURE__ */ op(
  'keras.src.ops.linalg',
  'norm',
  { x: float, ord: [order, null], axis: [axes, null], keepdims: [boolean, false] },
  ({ x, ord, axis, keepdims }) => {
    const axes = inOrder(axis, x);
    const isSpectral = axes.length === 2 && (ord === 'nuc' || Math.abs(Number(ord)) === 2);
    return isSpectral ? spectral(x, ord, axes, keepdims) : normOf(x, ord, axes, axis === null, keepdims);
  },
);

/** What is made of the singular values. */
function spectral(x: Value, ord: NormOrder, axes: readonly number[], keepdims: boolean): Value {
  const others = x.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const values = singularValues('norm', transpose(x, [...others, ...axes]));
  const y = (ord === 'nuc' ? r.sum : ord === 2 ? r.max : r.min)(values, -1);
  return keepdims
    ? reshape(
        y,
        x.shape.map((dim, i) => (axes.includes(i) ? 1 : dim)),
      )
    : y;
}

/** Axes counted from 0, the rows of matrices before their columns. */
const inOrder = (axis: Axis, x: Value): number[] =>
  Array.isArray(axis) ? axis.map((one: number) => checkAxis('norm', one, x.shape)) : checkAxes('norm', axis, x.shape);

export function normOf(x: Value, ord: NormOrder, axes: readonly number[], whole: boolean, keepdims: boolean): Value {
  const size = u.absolute(x);
  if (ord === null || (ord === 2 && axes.length === 1) || (ord === 'fro' && axes.length === 2)) {
    if (ord !== null || whole || axes.length <= 2) return u.sqrt(r.sum(u.square(x), axes, keepdims));
  }
  if (typeof ord === 'number' && axes.length === 1) {
    if (Math.abs(ord) === Infinity) return (ord > 0 ? r.max : r.min)(size, axes, keepdims);
    if (ord === 0) return r.sum(asFloat(b.notEqual(x, fill([], 0))), axes, keepdims);
    if (ord === 1) return r.sum(size, axes, keepdims);
    return b.power(r.sum(b.power(size, fill([], ord)), axes, keepdims), fill([], 1 / ord));
  }
  if (typeof ord === 'number' && axes.length === 2 && (Math.abs(ord) === 1 || Math.abs(ord) === Infinity)) {
    const [summed, kept] = Math.abs(ord) === 1 ? axes : [axes[1], axes[0]];
    const y = (ord > 0 ? r.max : r.min)(r.sum(size, summed, true), kept, true);
    return keepdims ? y : reshape(y, without(x.shape, axes));
  }
  throw mismatch(
    'norm',
    `an order that ${axes.length} axes of shape ${shapeText(x.shape)} have`,
    describe(ord),
    'Vectors have any number, matrices fro, nuc, 1, -1, 2, -2, Infinity and -Infinity.',
  );
}
