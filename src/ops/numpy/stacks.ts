// Arrays put beside each other or cut apart along the first axes; moved and turned.
import { mismatch } from '../../common/errors.ts';
import { checkInteger } from '../../common/options.ts';
import { isKnown, shapeText } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { broadcastTo as broadcast } from '../../primitives/binary.ts';
import * as l from '../../primitives/layout.ts';
import { checkAxis } from '../axes.ts';
import { part } from '../core.ts';
import type { Parameter } from '../definition.ts';
import { listOp, op } from '../dispatch.ts';
import type { Operand, OpResult, OpResultOfAll } from '../operand.ts';
import { anyDtype, axes, axis, checkLengths, choice, common, integer, integers, operands, rest } from '../parameters.ts';
import type { Setting, Unary } from '../signatures.ts';
import { numpy } from './module.ts';

type Stack = <L extends readonly Operand[]>(xs: L) => OpResultOfAll<L>;

/** The shape with at least two axes: a row. */
const asRow = (x: Value): Value => (x.shape.length > 1 ? x : l.reshape(x, [1, x.size]));
const asLine = (x: Value): Value => (x.shape.length > 0 ? x : l.reshape(x, [1]));
const asBlock = (x: Value): Value => (x.shape.length > 2 ? x : x.shape.length === 2 ? l.expandDims(x, 2) : l.reshape(x, [1, x.size, 1]));

function joined(owner: string, xs: readonly Value[], axis: number): Value {
  const [{ shape }] = xs;
  const odd = xs.find(
    (x) => x.shape.length !== shape.length || x.shape.some((dim, k) => k !== axis && isKnown(dim) && isKnown(shape[k]) && dim !== shape[k]),
  );
  if (!odd) return l.concatenate(xs, axis);
  throw mismatch(
    owner,
    `shapes that differ along axis ${axis} only`,
    `${shapeText(shape)} and ${shapeText(odd.shape)}`,
    'Reshape one of them.',
  );
}

/** Rows under each other: `ops.vstack([[1, 2], [3, 4]])` is [[1, 2], [3, 4]]. */
export const vstack: Stack = /* @__PURE__ */ op(numpy, 'vstack', { xs: operands }, ({ xs }) => joined('vstack', xs.map(asRow), 0));
/** Arrays beside each other along the second axis, of one axis along that: `ops.hstack([[1, 2], [3]])` is [1, 2, 3]. */
export const hstack: Stack = /* @__PURE__ */ op(numpy, 'hstack', { xs: operands }, ({ xs }) => {
  const lines = xs.map(asLine);
  return joined('hstack', lines, lines[0].shape.length === 1 ? 0 : 1);
});
/** Arrays behind each other along the third axis: `ops.dstack([[1, 2], [3, 4]])` is [[[1, 3], [2, 4]]]. */
export const dstack: Stack = /* @__PURE__ */ op(numpy, 'dstack', { xs: operands }, ({ xs }) => joined('dstack', xs.map(asBlock), 2));

/** x2 behind x1 along `axis` (default: both laid flat): `ops.append([1, 2], [3])` is [1, 2, 3]. */
export const append: <A extends Operand, B extends Operand>(x1: A, x2: B, axis?: Setting<'axis', number | null>) => OpResult<A | B> =
  /* @__PURE__ */ op(numpy, 'append', { x1: common, x2: common, axis: [axis, null] }, ({ x1, x2, axis }) => {
    if (axis === null) return l.concatenate([l.reshape(x1, [x1.size]), l.reshape(x2, [x2.size])], 0);
    return joined('append', [x1, x2], checkAxis('append', axis, x1.shape));
  });

type Sections = number | readonly number[];

const sections: Parameter<Sections> = {
  read: (owner, name, value) => (Array.isArray(value) ? checkLengths(owner, name, value) : checkInteger(owner, name, value, 1)),
};

/** Parts of x along an axis; with `isEven` a number of them has to divide it, else the first ones are longer by one. */
function parts(owner: string, x: Value, wanted: Sections, axis: number, isEven: boolean): Value[] {
  const dim = x.shape[axis];
  let starts: number[];
  if (typeof wanted !== 'number') starts = [0, ...wanted.map((at) => Math.min(at, dim))];
  else if (isEven && isKnown(dim) && dim % wanted !== 0) {
    throw mismatch(
      owner,
      `a number of parts that divides axis ${axis} of ${shapeText(x.shape)}`,
      wanted,
      'Pass the places where parts end.',
    );
  } else {
    const [least, longer] = [Math.floor(dim / wanted), dim % wanted];
    starts = Array.from({ length: wanted }, (_, k) => k * least + Math.min(k, longer));
  }
  return starts.map((start, k) => part(x, axis, start, Math.max(0, (starts[k + 1] ?? dim) - start)));
}

type Split = <A extends Operand>(x: A, indicesOrSections: Sections) => OpResult<A>[];

const splitAlong = (name: string, axisOf: (x: Value) => number, least: number): Split =>
  listOp(numpy, name, { x: anyDtype, indicesOrSections: sections }, ({ x, indicesOrSections }) => {
    if (x.shape.length < least) throw mismatch(name, `at least ${least} axes`, `shape ${shapeText(x.shape)}`, 'Reshape x.');
    return parts(name, x, indicesOrSections, axisOf(x), true);
  });

/** x in parts along the first axis: `ops.vsplit(x, 2)`. */
export const vsplit: Split = /* @__PURE__ */ splitAlong('vsplit', () => 0, 2);
/** x in parts along the second axis, of one axis along that: `ops.hsplit([1, 2, 3, 4], 2)`. */
export const hsplit: Split = /* @__PURE__ */ splitAlong('hsplit', (x) => (x.shape.length === 1 ? 0 : 1), 1);
/** x in parts along the third axis: `ops.dsplit(x, 2)`. */
export const dsplit: Split = /* @__PURE__ */ splitAlong('dsplit', () => 2, 3);
/** As `split`, but a number of parts need not divide the axis: `ops.arraySplit([1, 2, 3], 2)` is [1, 2] and [3]. */
export const arraySplit: <A extends Operand>(x: A, indicesOrSections: Sections, axis?: Setting<'axis', number>) => OpResult<A>[] =
  /* @__PURE__ */ listOp(
    numpy,
    'arraySplit',
    { x: anyDtype, indicesOrSections: sections, axis: [axis, 0] },
    ({ x, indicesOrSections, axis }) => parts('arraySplit', x, indicesOrSections, checkAxis('arraySplit', axis, x.shape), false),
  );

function rolled(x: Value, axis: number, shift: number): Value {
  const n = x.shape[axis];
  if (n === 0) return x;
  const by = ((shift % n) + n) % n;
  return by === 0 ? x : l.concatenate([part(x, axis, n - by, by), part(x, axis, 0, n - by)], axis);
}

/** x moved on by `shift` places along `axis` (default: of x laid flat), what leaves coming in again: `ops.roll([1, 2, 3], 1)` is [3, 1, 2]. */
export const roll: <A extends Operand>(
  x: A,
  shift: number | readonly number[],
  axis?: Setting<'axis', number | readonly number[] | null>,
) => OpResult<A> = /* @__PURE__ */ op(numpy, 'roll', { x: anyDtype, shift: axes, axis: [axes, null] }, ({ x, shift, axis }) => {
  const shifts = [shift].flat();
  if (axis === null) {
    const flat = l.reshape(x, [x.size]);
    return l.reshape(
      rolled(
        flat,
        0,
        shifts.reduce((sum, one) => sum + one, 0),
      ),
      x.shape,
    );
  }
  const along = [axis].flat().map((one) => checkAxis('roll', one, x.shape));
  const count = Math.max(along.length, shifts.length);
  return Array.from({ length: count }).reduce<Value>(
    (y, _, k) => rolled(y, along[along.length === 1 ? 0 : k], shifts[shifts.length === 1 ? 0 : k]),
    x,
  );
});

/** Upside down, along the first axis: `ops.flipud([[1], [2]])` is [[2], [1]]. */
export const flipud: Unary = /* @__PURE__ */ op(numpy, 'flipud', { x: anyDtype }, ({ x }) => l.flip(x, [checkAxis('flipud', 0, x.shape)]));
/** Left to right, along the second axis: `ops.fliplr([[1, 2]])` is [[2, 1]]. */
export const fliplr: Unary = /* @__PURE__ */ op(numpy, 'fliplr', { x: anyDtype }, ({ x }) => l.flip(x, [checkAxis('fliplr', 1, x.shape)]));

interface TurnOptions {
  k?: number;
  axes?: readonly number[];
}

/** Turned by 90 degrees `k` (default 1) times from the first to the second of `axes` (default [0, 1]): `ops.rot90([[1, 2]])` is [[2], [1]]. */
export const rot90: <A extends Operand>(array: A, k?: number | TurnOptions, axes?: readonly number[] | TurnOptions) => OpResult<A> =
  /* @__PURE__ */ op(numpy, 'rot90', { array: anyDtype, k: [integer, 1], axes: [integers, [0, 1]] }, ({ array: x, k, axes }) => {
    const [p, q] = axes.map((one) => checkAxis('rot90', one, x.shape));
    if (axes.length !== 2 || p === q) throw mismatch('rot90', 'two different axes', `[${axes}]`, 'Write [0, 1].');
    const order = x.shape.map((_, at) => (at === p ? q : at === q ? p : at));
    const turns = ((k % 4) + 4) % 4;
    if (turns === 0) return x;
    if (turns === 2) return l.flip(x, [p, q]);
    return turns === 1 ? l.transpose(l.flip(x, [q]), order) : l.flip(l.transpose(x, order), [q]);
  });

/** How `meshgrid` is called. */
type Meshgrid = <A extends Operand>(...x: readonly (A | { indexing?: 'xy' | 'ij' })[]) => OpResult<A>[];

/**
 * The coordinates of a grid: `ops.meshgrid([1, 2], [3, 4])` is [[1, 2], [1, 2]] and [[3, 3], [4, 4]].
 *
 * `{ indexing: 'ij' }` at the end: the first one changes along the first axis; 'xy' (default): along the second.
 */
export const meshgrid: Meshgrid = /* @__PURE__ */ listOp(
  numpy,
  'meshgrid',
  { x: rest, indexing: [choice('xy', 'ij'), 'xy'] },
  ({ x: xs, indexing }) => {
    const isSwapped = indexing === 'xy' && xs.length > 1;
    const place = (k: number) => (isSwapped && k < 2 ? 1 - k : k);
    const shape = xs.map((_, at) => xs[place(at)].size);
    return xs.map((x, k) => {
      const own = shape.map((_, at) => (at === place(k) ? x.size : 1));
      return broadcast(l.reshape(x, own), shape);
    });
  },
);
