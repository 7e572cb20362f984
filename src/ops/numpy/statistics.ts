// Averages, spreads, correlations; reductions that leave NaN out.
import { mismatch } from '../../common/errors.ts';
import { shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import * as i from '../../primitives/integer.ts';
import * as l from '../../primitives/layout.ts';
import * as m from '../../primitives/matmul.ts';
import * as r from '../../primitives/reduce.ts';
import * as u from '../../primitives/unary.ts';
import { relabel } from '../../primitives/views.ts';
import { type Axis, checkAxes } from '../axes.ts';
import type { ArgumentsOf } from '../definition.ts';
import { op } from '../dispatch.ts';
import { asFloat } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype, arithmetic, axes, axis, boolean, choice, float } from '../parameters.ts';
import type { Reduction, Setting, Unary } from '../signatures.ts';
import { productOf } from './cumulative.ts';
import { numpy } from './module.ts';

const everything = [axes, null] as const;
const goes = [boolean, false] as const;
const over = { x: anyDtype, axis: everything, keepdims: goes } as const;
const floatsOver = { x: float, axis: everything, keepdims: goes } as const;
type Over = ArgumentsOf<typeof over>;

interface AverageOptions<W> {
  axis?: Axis;
  weights?: W | null;
}

/** The mean over `axis` (default all), each element counting by its weight: `ops.average([1, 2, 4], null, [1, 1, 2])` is 2.75. */
export const average: <A extends Operand, W extends Operand = number>(
  x: A,
  axis?: Axis | AverageOptions<W>,
  weights?: W | null | AverageOptions<W>,
) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'average',
  { x: float, axis: [axes, null], weights: [float, null] },
  ({ x, axis, weights }) => {
    const along = checkAxes('average', axis, x.shape);
    if (weights === null) return r.mean(x, along);
    // One row of weights lies along the one axis.
    const isRow = weights.shape.length === 1 && x.shape.length > 1 && along.length === 1;
    const fitted = isRow
      ? l.reshape(
          weights,
          x.shape.map((_, k) => (k === along[0] ? weights.size : 1)),
        )
      : weights;
    const wide = b.broadcastTo(fitted, x.shape);
    return b.divide(r.sum(b.multiply(x, wide), along), r.sum(wide, along));
  },
);

const extreme = (x: Value, side: 'max' | 'min', along: readonly number[], keepdims: boolean): Value =>
  (x.dtype === 'int32' ? i : r)[side](x, along, keepdims);

/** The largest element less the smallest over `axis` (default all): `ops.ptp([1, 5, 3])` is 4. */
export const ptp: Reduction = /* @__PURE__ */ op(
  numpy,
  'ptp',
  { x: arithmetic, axis: everything, keepdims: goes },
  ({ x, axis, keepdims }) => {
    const along = checkAxes('ptp', axis, x.shape);
    return (x.dtype === 'int32' ? i : b).subtract(extreme(x, 'max', along, keepdims), extreme(x, 'min', along, keepdims));
  },
);
/** Another name of `ops.max`. */
export const amax: Reduction = /* @__PURE__ */ op(numpy, 'amax', over, (of) => best('max', of));
/** Another name of `ops.min`. */
export const amin: Reduction = /* @__PURE__ */ op(numpy, 'amin', over, (of) => best('min', of));

function best(side: 'max' | 'min', { x, axis, keepdims }: Over): Value {
  const along = checkAxes(side, axis, x.shape);
  if (along.some((k) => x.shape[k] === 0)) throw mismatch(`a${side}`, 'at least one element', `shape ${shapeText(x.shape)}`, 'Pass more.');
  const y = extreme(x, side, along, keepdims);
  return x.dtype === 'bool' ? relabel(y, 'bool') : y;
}

const isNumber = (x: Value): Value => relabel(b.equal(x, x), 'bool');
const without = (x: Value, instead: number): Value => (x.dtype === 'float32' ? b.select(isNumber(x), x, l.fill([], instead)) : x);
/** How many elements are numbers. */
const countOf = (x: Value, along: readonly number[]): Value => r.sum(relabel(isNumber(asFloat(x)), 'float32'), along, true);
const shaped = (y: Value, x: Value, along: readonly number[], keepdims: boolean): Value =>
  keepdims
    ? y
    : l.reshape(
        y,
        x.shape.filter((_, k) => !along.includes(k)),
      );

/** The sum of what is no NaN over `axis` (default all): `ops.nansum([1, NaN, 2])` is 3. */
export const nansum: Reduction = /* @__PURE__ */ op(numpy, 'nansum', { x: arithmetic, axis: everything, keepdims: goes }, (of) =>
  (of.x.dtype === 'int32' ? i : r).sum(without(of.x, 0), checkAxes('nansum', of.axis, of.x.shape), of.keepdims),
);
/** The product of what is no NaN over `axis` (default all): `ops.nanprod([2, NaN, 3])` is 6. */
export const nanprod: Reduction = /* @__PURE__ */ op(numpy, 'nanprod', { x: arithmetic, axis: everything, keepdims: goes }, (of) =>
  productOf('nanprod', without(of.x, 1), of.axis, of.keepdims),
);
/** The mean of what is no NaN over `axis` (default all): `ops.nanmean([1, NaN, 3])` is 2. */
export const nanmean: Reduction = /* @__PURE__ */ op(numpy, 'nanmean', floatsOver, ({ x, axis, keepdims }) => {
  const along = checkAxes('nanmean', axis, x.shape);
  return shaped(b.divide(r.sum(without(x, 0), along, true), countOf(x, along)), x, along, keepdims);
});

function varianceOf(owner: string, x: Value, axis: Axis, keepdims: boolean): Value {
  const along = checkAxes(owner, axis, x.shape);
  const count = countOf(x, along);
  const mean = b.divide(r.sum(without(x, 0), along, true), count);
  const squares = b.select(isNumber(x), u.square(b.subtract(without(x, 0), mean)), l.fill([], 0));
  return shaped(b.divide(r.sum(squares, along, true), count), x, along, keepdims);
}

/** The variance of what is no NaN over `axis` (default all): `ops.nanvar([1, NaN, 3])` is 1. */
export const nanvar: Reduction = /* @__PURE__ */ op(numpy, 'nanvar', floatsOver, ({ x, axis, keepdims }) =>
  varianceOf('nanvar', x, axis, keepdims),
);
/** The standard deviation of what is no NaN over `axis` (default all): `ops.nanstd([1, NaN, 3])` is 1. */
export const nanstd: Reduction = /* @__PURE__ */ op(numpy, 'nanstd', floatsOver, ({ x, axis, keepdims }) =>
  u.sqrt(varianceOf('nanstd', x, axis, keepdims)),
);

function nanExtreme(side: 'max' | 'min', { x, axis, keepdims }: Over): Value {
  const along = checkAxes(`nan${side}`, axis, x.shape);
  if (x.dtype !== 'float32') return best(side, { x, axis, keepdims });
  const y = r[side](without(x, side === 'max' ? -Infinity : Infinity), along, true);
  return shaped(b.select(relabel(b.equal(countOf(x, along), l.fill([], 0)), 'bool'), l.fill([], Number.NaN), y), x, along, keepdims);
}

/** The largest number over `axis` (default all), NaN of nothing else: `ops.nanmax([1, NaN])` is 1. */
export const nanmax: Reduction = /* @__PURE__ */ op(numpy, 'nanmax', over, (of) => nanExtreme('max', of));
/** The smallest number over `axis` (default all), NaN of nothing else: `ops.nanmin([1, NaN])` is 1. */
export const nanmin: Reduction = /* @__PURE__ */ op(numpy, 'nanmin', over, (of) => nanExtreme('min', of));

type Position = <A extends Operand>(
  x: A,
  axis?: number | null | { axis?: number | null; keepdims?: boolean },
  keepdims?: Setting<'keepdims', boolean>,
) => OpResult<A>;

const position = { x: anyDtype, axis: [axis, null], keepdims: goes } as const;

function nanPosition(name: string, { x, axis, keepdims }: ArgumentsOf<typeof position>, isMax: boolean): Value {
  const numbers = x.dtype === 'float32' ? x : asFloat(x);
  const flat = axis === null ? l.reshape(numbers, [x.size]) : numbers;
  const [at] = axis === null ? [0] : checkAxes(name, axis, x.shape);
  const y = r.argMax(without(isMax ? flat : u.negative(flat), -Infinity), at);
  const isEmpty = l.reshape(b.equal(countOf(flat, [at]), l.fill([], 0)), y.shape);
  const found = b.select(relabel(isEmpty, 'bool'), i.whole(-1), y);
  return keepdims
    ? l.reshape(
        found,
        x.shape.map((dim, k) => (axis === null || k === at ? 1 : dim)),
      )
    : found;
}

/** The place of the largest number along `axis` (default: of x laid flat), -1 among NaN alone: `ops.nanargmax([1, NaN, 3])` is 2. */
export const nanargmax: Position = /* @__PURE__ */ op(numpy, 'nanargmax', position, (of) => nanPosition('nanargmax', of, true));
/** The place of the smallest number along `axis` (default: of x laid flat), -1 among NaN alone: `ops.nanargmin([NaN, 1, 3])` is 1. */
export const nanargmin: Position = /* @__PURE__ */ op(numpy, 'nanargmin', position, (of) => nanPosition('nanargmin', of, false));

/** Correlations of rows with each other: `ops.corrcoef([[1, 2, 3], [3, 2, 1]])` is [[1, -1], [-1, 1]]. */
export const corrcoef: Unary = /* @__PURE__ */ op(numpy, 'corrcoef', { x: float }, ({ x }) => {
  const rows = x.shape.length < 2 ? l.reshape(x, [1, x.size]) : x;
  if (rows.shape.length > 2) throw mismatch('corrcoef', 'rows of numbers', `shape ${shapeText(x.shape)}`, 'Reshape x to two axes.');
  const centered = b.subtract(rows, r.mean(rows, [1], true));
  const products = m.dense(centered, l.transpose(centered, [1, 0]));
  const spread = u.sqrt(r.sum(u.square(centered), [1], true));
  const y = b.divide(products, b.multiply(spread, l.transpose(spread, [1, 0])));
  return x.shape.length < 2 ? l.reshape(y, []) : y;
});

/**
 * Sums of products of x1 with x2 moved along it: `ops.correlate([1, 2, 3], [0, 1])` is [2, 3].
 *
 * `mode`: 'valid' (default) where both overlap in full, 'same' as many as the longer has, 'full' all.
 */
export const correlate: <A extends Operand, B extends Operand>(
  x1: A,
  x2: B,
  mode?: Setting<'mode', 'valid' | 'same' | 'full'>,
) => OpResult<A | B> = /* @__PURE__ */ op(
  numpy,
  'correlate',
  { x1: arithmetic, x2: arithmetic, mode: [choice('valid', 'same', 'full'), 'valid'] },
  ({ x1, x2, mode }) => {
    for (const x of [x1, x2])
      if (x.shape.length !== 1) throw mismatch('correlate', 'arrays of one axis', `shape ${shapeText(x.shape)}`, 'Reshape them.');
    const [n, k] = [x1.size, x2.size];
    const [p, q] = [asFloat(x1), asFloat(x2)];
    // All n + k - 1 places: a sum of x1, moved, for each element of x2.
    const all = n + k - 1;
    const moved = Array.from({ length: k }, (_, j) => l.expandDims(l.place(p, [all], [k - 1 - j]), 0));
    const full = l.reshape(m.dense(l.reshape(q, [1, k]), l.concatenate(moved, 0)), [all]);
    const length = mode === 'full' ? all : mode === 'same' ? Math.max(n, k) : Math.max(n, k) - Math.min(n, k) + 1;
    const less = all - length;
    const from = mode === 'valid' ? Math.min(n, k) - 1 : Math.floor(less / 2);
    const y = l.slice(full, [from], [length]);
    return y;
  },
);
