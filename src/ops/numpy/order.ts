// What follows from the order of elements: sorting, medians and quantiles, places in sorted rows.
import { mismatch } from '../../common/errors.ts';
import { describe } from '../../common/options.ts';
import { isKnown, shapeText, sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import { gather } from '../../primitives/embedding.ts';
import * as i from '../../primitives/integer.ts';
import * as l from '../../primitives/layout.ts';
import { order } from '../../primitives/order.ts';
import { max as maxOf, sum as sumOf } from '../../primitives/reduce.ts';
import * as u from '../../primitives/unary.ts';
import { relabel } from '../../primitives/views.ts';
import { Tensor, toTensor } from '../../tensor/index.ts';
import { type Axis, checkAxes, checkAxis, without } from '../axes.ts';
import { constant } from '../constant.ts';
import { part } from '../core.ts';
import type { Parameter } from '../definition.ts';
import { op } from '../dispatch.ts';
import { asFloat } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype, axes, axis, boolean, choice, common, integer } from '../parameters.ts';
import type { Reduction, Setting, UnaryWith } from '../signatures.ts';
import { numpy } from './module.ts';

/** x with an axis brought to the end, and the way back. */
export function lastAxis(x: Value, axis: number): { last: Value; back: (y: Value) => Value } {
  const rest = x.shape.map((_, k) => k).filter((k) => k !== axis);
  const there = [...rest, axis];
  const returned = there.map((_, k) => there.indexOf(k));
  return { last: l.transpose(x, there), back: (y) => l.transpose(y, returned) };
}

/** Elements of each row of the last axis, at places [..., k] that are in range. */
export function pick(x: Value, places: Value): Value {
  const n = x.shape[x.shape.length - 1];
  const rows = sizeOf(x.shape.slice(0, -1));
  const k = places.shape[places.shape.length - 1];
  const starts = isKnown(rows)
    ? constant(
        new Tensor(
          Int32Array.from({ length: rows }, (_, r) => r * n),
          [rows, 1],
        ),
      )
    : l.fill([rows, 1], 0);
  const flat = i.add(l.reshape(places, [rows, k]), u.toInt(starts));
  return l.reshape(gather(l.reshape(x, [rows * n, 1]), flat), places.shape);
}

/** x, sorted along its last axis. */
const sorted = (x: Value): Value => pick(x, order(x, x.shape[x.shape.length - 1], false));

function along(owner: string, x: Value, axis: number, body: (rows: Value) => Value): Value {
  const { last, back } = lastAxis(x, checkAxis(owner, axis, x.shape));
  return back(body(last));
}

/** The elements in ascending order along `axis` (default -1), NaN last: `ops.sort([3, 1, 2])` is [1, 2, 3]. */
export const sort: UnaryWith<'axis', number> = /* @__PURE__ */ op(numpy, 'sort', { x: anyDtype, axis: [axis, -1] }, ({ x, axis }) =>
  along('sort', x, axis, sorted),
);

/** Places of the elements in ascending order, equal ones in theirs: `ops.argsort([3, 1, 2])` is [1, 2, 0]. `axis` null: of x laid flat. */
export const argsort: UnaryWith<'axis', number | null> = /* @__PURE__ */ op(
  numpy,
  'argsort',
  { x: anyDtype, axis: [axis, -1] },
  ({ x, axis }) => along('argsort', x, axis, (rows) => order(rows, rows.shape[rows.shape.length - 1], false)),
);

/**
 * Places such that the `kth` is where it would be in order, smaller ones before it: here all are in order.
 * `ops.argpartition([3, 1, 2], 1)` is [1, 2, 0].
 */
export const argpartition: <A extends Operand>(x: A, kth: number, axis?: Setting<'axis', number>) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'argpartition',
  { x: anyDtype, kth: integer, axis: [axis, -1] },
  ({ x, kth, axis }) => {
    const at = checkAxis('argpartition', axis, x.shape);
    const n = x.shape[at];
    if (isKnown(n) && !(kth >= -n && kth < n)) throw mismatch('argpartition', `kth below ${n}`, kth, `The shape is ${shapeText(x.shape)}.`);
    return along('argpartition', x, axis, (rows) => order(rows, rows.shape[rows.shape.length - 1], false));
  },
);

/** Elements of x at places along `axis`, an array of x's rank: `ops.takeAlongAxis([[1, 2], [3, 4]], [[1], [0]], 1)` is [[2], [3]]. */
export const takeAlongAxis: <A extends Operand, I extends Operand>(
  x: A,
  indices: I,
  axis?: Setting<'axis', number | null>,
) => OpResult<A | I> = /* @__PURE__ */ op(numpy, 'takeAlongAxis', { x: anyDtype, indices: anyDtype, axis: [axis, null] }, (of) => {
  const x = of.axis === null ? l.reshape(of.x, [of.x.size]) : of.x;
  const indices = u.toInt(of.axis === null ? l.reshape(of.indices, [of.indices.size]) : of.indices);
  const at = of.axis === null ? 0 : checkAxis('takeAlongAxis', of.axis, x.shape);
  if (indices.shape.length !== x.shape.length) {
    const advice = 'Reshape indices, with length 1 along axes that repeat.';
    throw mismatch('takeAlongAxis', `indices of ${x.shape.length} axes`, `shape ${shapeText(indices.shape)}`, advice);
  }
  const shared = b.broadcastShape(
    x.shape.map((dim, k) => (k === at ? 1 : dim)),
    indices.shape.map((dim, k) => (k === at ? 1 : dim)),
    'takeAlongAxis',
  );
  const wide = (y: Value) =>
    b.broadcastTo(
      y,
      shared.map((dim, k) => (k === at ? y.shape[k] : dim)),
    );
  const { last, back } = lastAxis(wide(x), at);
  const places = lastAxis(wide(indices), at).last;
  return back(pick(last, inside(places, x.shape[at])));
});

/** Places counted from the end where they are below 0, and never outside of the axis. */
function inside(places: Value, n: number): Value {
  const isBelow = i.less(places, i.whole(0));
  const from0 = b.select(isBelow, i.add(places, i.whole(n)), places);
  return i.maximum(i.minimum(from0, i.whole(n - 1)), i.whole(0));
}

type Quantiles = number | readonly number[];

/** Parts from 0 to 1 (or percents), which Keras's files have among the operands. */
const parts = (most: number): Parameter<Quantiles> => ({
  inCall: true,
  read(owner, name, value) {
    const numbers =
      value instanceof Tensor || ArrayBuffer.isView(value) ? (toTensor(owner, value).array() as Quantiles) : (value as Quantiles);
    const list: readonly unknown[] = Array.isArray(numbers) ? numbers : [numbers];
    if (list.every((q) => typeof q === 'number' && q >= 0 && q <= most)) return numbers;
    throw mismatch(owner, `${name} from 0 to ${most}`, describe(value), `Write ${most / 2} for the middle.`);
  },
});

const METHODS = ['linear', 'lower', 'higher', 'midpoint', 'nearest'] as const;
export type QuantileMethod = (typeof METHODS)[number];

/** Elements of the axes in one row at the end, in order, and the shape that a result with these axes as 1 has. */
function rowsOver(owner: string, x: Value, axis: Axis): { rows: Value; kept: number[]; whole: number[] } {
  const axes = checkAxes(owner, axis, x.shape);
  const others = x.shape.map((_, k) => k).filter((k) => !axes.includes(k));
  const kept = without(x.shape, axes);
  const count = axes.reduce((product, k) => product * x.shape[k], 1);
  if (count === 0) throw mismatch(owner, 'at least one element', `shape ${shapeText(x.shape)}`, `Nothing has no ${owner}.`);
  const rows = l.reshape(l.transpose(asFloat(x), [...others, ...axes]), [...kept, count]);
  return { rows, kept, whole: x.shape.map((dim, k) => (axes.includes(k) ? 1 : dim)) };
}

/** The elements around part q of a sorted row of n, and how far between them it lies. */
function between(q: number, n: number, method: QuantileMethod): [low: number, high: number, share: number] {
  const place = q * (n - 1);
  const [low, high] = [Math.floor(place), Math.ceil(place)];
  if (method === 'lower') return [low, low, 0];
  if (method === 'higher') return [high, high, 0];
  if (method === 'midpoint') return [low, high, low === high ? 0 : 0.5];
  if (method === 'nearest') {
    // Half to even, as NumPy rounds.
    const half = place - low === 0.5;
    const near = half ? low + (low % 2) : Math.round(place);
    return [near, near, 0];
  }
  return [low, high, place - low];
}

interface QuantileSettings {
  readonly axis: Axis;
  readonly method: QuantileMethod;
  readonly keepdims: boolean;
}

/** Quantiles of x: a first axis for several of them. */
function quantilesOf(owner: string, x: Value, q: Quantiles, { axis, method, keepdims }: QuantileSettings): Value {
  const { rows, kept, whole } = rowsOver(owner, x, axis);
  const n = rows.shape[rows.shape.length - 1];
  const inOrder = sorted(rows);
  const at = kept.length;
  const one = (part0: number): Value => {
    const [low, high, share] = between(part0, n, method);
    const [p, r] = [part(inOrder, at, low, 1), part(inOrder, at, high, 1)];
    const y = share === 0 ? p : b.add(u.affine(p, 1 - share, 0), u.affine(r, share, 0));
    // A row with NaN, which is last, has no quantiles.
    const last = part(inOrder, at, n - 1, 1);
    return l.reshape(b.select(relabel(b.equal(last, last), 'bool'), y, last), keepdims ? whole : kept);
  };
  if (typeof q === 'number') return one(q);
  return l.concatenate(
    q.map((part0) => l.expandDims(one(part0), 0)),
    0,
  );
}

interface QuantileOptions {
  axis?: Axis;
  method?: QuantileMethod;
  keepdims?: boolean;
}

type Quantile = <A extends Operand>(
  x: A,
  q: Quantiles,
  axis?: Axis | QuantileOptions,
  method?: QuantileMethod | QuantileOptions,
  keepdims?: boolean | QuantileOptions,
) => OpResult<A>;

const asked = (most: number) =>
  ({ x: anyDtype, q: parts(most), axis: [axes, null], method: [choice(...METHODS), 'linear'], keepdims: [boolean, false] }) as const;
const times = (q: Quantiles, factor: number): Quantiles => (typeof q === 'number' ? q * factor : q.map((one) => one * factor));

/**
 * The number below which part q of the elements lies, over `axis` (default all): `ops.quantile([1, 2, 3, 4], 0.5)` is 2.5.
 *
 * Several q have a first axis in the result. `method`: 'linear' (default) between neighbours, 'lower', 'higher', 'midpoint', 'nearest'.
 */
export const quantile: Quantile = /* @__PURE__ */ op(numpy, 'quantile', /* @__PURE__ */ asked(1), ({ x, q, ...of }) =>
  quantilesOf('quantile', x, q, of),
);
/** {@link quantile} in percent: `ops.percentile([1, 2, 3], 50)` is 2. */
export const percentile: Quantile = /* @__PURE__ */ op(numpy, 'percentile', /* @__PURE__ */ asked(100), ({ x, q, ...of }) =>
  quantilesOf('percentile', x, times(q, 0.01), of),
);
/** The middle one of the elements over `axis` (default all), or the mean of the middle two: `ops.median([3, 1, 2])` is 2. */
export const median: Reduction = /* @__PURE__ */ op(
  numpy,
  'median',
  { x: anyDtype, axis: [axes, null], keepdims: [boolean, false] },
  ({ x, ...of }) => quantilesOf('median', x, 0.5, { ...of, method: 'linear' }),
);

/** Quantiles of what is no NaN: as many of a row count as are numbers, which stand first when sorted. */
function nanQuantilesOf(owner: string, x: Value, q: Quantiles, { axis, method, keepdims }: QuantileSettings): Value {
  const { rows, kept, whole } = rowsOver(owner, x, axis);
  const n = rows.shape[rows.shape.length - 1];
  const inOrder = sorted(rows);
  const isNumber = relabel(b.equal(rows, rows), 'float32');
  const count = lastSum(isNumber);
  const most = u.affine(b.maximum(count, l.fill([], 1)), 1, -1);
  const one = (part0: number): Value => {
    const place = u.affine(most, part0, 0);
    const [low, high] = [u.floor(place), u.negative(u.floor(u.negative(place)))];
    const chosen =
      method === 'lower'
        ? [low, low]
        : method === 'higher'
          ? [high, high]
          : method === 'nearest'
            ? [near(place), near(place)]
            : [low, high];
    const [p, r] = chosen.map((at) => pick(inOrder, u.toInt(b.minimum(at, l.fill([], n - 1)))));
    const share = method === 'midpoint' ? u.affine(b.subtract(high, low), 0.5, 0) : b.subtract(place, low);
    const y = chosen[0] === chosen[1] ? p : b.add(p, b.multiply(share, b.subtract(r, p)));
    const isEmpty = relabel(b.equal(count, l.fill([], 0)), 'bool');
    return l.reshape(b.select(isEmpty, l.fill([], Number.NaN), y), keepdims ? whole : kept);
  };
  if (typeof q === 'number') return one(q);
  return l.concatenate(
    q.map((part0) => l.expandDims(one(part0), 0)),
    0,
  );
}

/** To the nearest whole number, half to even. */
function near(x: Value): Value {
  const low = u.floor(x);
  const rest = b.subtract(x, low);
  const isOdd = b.subtract(low, u.affine(u.floor(u.affine(low, 0.5, 0)), 2, 0));
  const up = b.maximum(
    relabel(b.greater(rest, l.fill([], 0.5)), 'float32'),
    b.multiply(relabel(b.equal(rest, l.fill([], 0.5)), 'float32'), isOdd),
  );
  return b.add(low, up);
}

/** {@link quantile} of what is no NaN: `ops.nanquantile([1, NaN, 3], 0.5)` is 2. */
export const nanquantile: Quantile = /* @__PURE__ */ op(numpy, 'nanquantile', /* @__PURE__ */ asked(1), ({ x, q, ...of }) =>
  nanQuantilesOf('nanquantile', x, q, of),
);
/** {@link percentile} of what is no NaN: `ops.nanpercentile([1, NaN, 3], 50)` is 2. */
export const nanpercentile: Quantile = /* @__PURE__ */ op(numpy, 'nanpercentile', /* @__PURE__ */ asked(100), ({ x, q, ...of }) =>
  nanQuantilesOf('nanpercentile', x, times(q, 0.01), of),
);
/** {@link median} of what is no NaN: `ops.nanmedian([1, NaN, 3])` is 2. */
export const nanmedian: Reduction = /* @__PURE__ */ op(
  numpy,
  'nanmedian',
  { x: anyDtype, axis: [axes, null], keepdims: [boolean, false] },
  ({ x, ...of }) => nanQuantilesOf('nanmedian', x, 0.5, { ...of, method: 'linear' }),
);

/** How many of a sorted row are before each value: those less than it, or on the right side not greater. */
function placesIn(owner: string, row: Value, values: Value, side: 'left' | 'right'): Value {
  if (row.shape.length !== 1) throw mismatch(owner, 'a sorted array of one axis', `shape ${shapeText(row.shape)}`, 'Reshape it.');
  const each = l.expandDims(values, values.shape.length);
  const isBefore = side === 'left' ? less(row, each) : not(less(each, row));
  return i.sum(u.toInt(relabel(isBefore, 'float32')), [values.shape.length]);
}

const less = (p: Value, q: Value): Value => (p.dtype === 'int32' ? i.less(p, q) : b.less(asFloat(p), asFloat(q)));
const not = (x: Value): Value => relabel(u.affine(relabel(x, 'float32'), -1, 1), 'bool');

/**
 * Where values would have to stand in a sorted row for it to stay sorted: `ops.searchsorted([1, 3, 5], [3, 4])` is [1, 2].
 *
 * `side`: 'left' (default) before equal elements, 'right' behind them. Every element is compared.
 */
export const searchsorted: <A extends Operand, V extends Operand>(
  sortedSequence: A,
  values: V,
  side?: Setting<'side', 'left' | 'right'>,
) => OpResult<A | V> = /* @__PURE__ */ op(
  numpy,
  'searchsorted',
  { sortedSequence: common, values: common, side: [choice('left', 'right'), 'left'] },
  ({ sortedSequence, values, side }) => placesIn('searchsorted', sortedSequence, values, side),
  { className: 'SearchSorted' },
);

/** The number of the bin that each element is in, bins being ascending edges: `ops.digitize([0.5, 2], [1, 2, 3])` is [0, 2]. */
export const digitize: <A extends Operand, B extends Operand>(x: A, bins: B) => OpResult<A | B> = /* @__PURE__ */ op(
  numpy,
  'digitize',
  { x: anyDtype, bins: anyDtype },
  ({ x, bins }) => placesIn('digitize', asFloat(bins), asFloat(x), 'right'),
);

interface IsInOptions {
  assumeUnique?: boolean;
  invert?: boolean;
}

/** Whether each element of x1 is among those of x2: `ops.isin([1, 2], [2, 3])` is [false, true]. `invert`: whether it is not. */
export const isin: <A extends Operand, B extends Operand>(
  x1: A,
  x2: B,
  assumeUnique?: boolean | IsInOptions,
  invert?: boolean | IsInOptions,
) => OpResult<A | B> = /* @__PURE__ */ op(
  numpy,
  'isin',
  { x1: common, x2: common, assumeUnique: [boolean, false], invert: [boolean, false] },
  ({ x1, x2, invert }) => {
    const [each, all] = [l.reshape(x1, [...x1.shape, 1]), l.reshape(x2, [x2.size])];
    const equal = x1.dtype === 'int32' ? i.equal(each, all) : b.equal(asFloat(each), asFloat(all));
    const found = relabel(lastMax(relabel(equal, 'float32')), 'bool');
    return invert ? not(found) : found;
  },
  { className: 'IsIn' },
);

const lastMax = (x: Value): Value => maxOf(x, [x.shape.length - 1]);
const lastSum = (x: Value): Value => sumOf(x, [x.shape.length - 1], true);
