// The same elements under another shape or in another order of axes. The dtype stays what it was.
import { mismatch, type ValueError } from '../../common/errors.ts';
import { isKnown, shapeText, sizeOf } from '../../graph/shape.ts';
import { currentInference } from '../../graph/trace.ts';
import * as l from '../../primitives/layout.ts';
import { type Axis, checkAxes, checkAxis } from '../axes.ts';
import { op } from '../dispatch.ts';
import { checkNoZero, type Length, USE_IN_CALL } from '../lengths.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype, axes, axis, integers, openShape } from '../parameters.ts';
import type { Setting, Unary, UnaryWith } from '../signatures.ts';
import { numpy } from './module.ts';

/** x under another shape of the same size; one length may be -1: `ops.reshape([1, 2, 3, 4], [2, -1])` is [[1, 2], [3, 4]]. */
export const reshape: <A extends Operand>(x: A, newshape: Setting<'newshape', readonly Length[]>) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'reshape',
  { x: anyDtype, newshape: openShape },
  ({ x, newshape }) => l.reshape(x, solve(x.shape, newshape)),
);

/** The shape with its -1 filled in, and null where x keeps the length that it has there. */
function solve(shape: readonly number[], wanted: readonly Length[]): number[] {
  checkNoZero('reshape', shape, wanted);
  const kept = wanted.map((length) => length === null);
  const target = wanted.map((length, i) => length ?? keptLength(shape, wanted, i));
  // What both have in common cancels out.
  const elements = sizeOf(shape.filter((_, i) => !kept[i]));
  const others = sizeOf(target.filter((length, i) => !kept[i] && length !== -1 && isKnown(length)));
  const open = target.filter((length, i) => !kept[i] && (length === -1 || !isKnown(length)));
  if (open.length > 1 && open.includes(-1)) throw misfit(shape, wanted);
  const rest = open.length === 1 && others > 0 ? elements / others : 1;
  if (isKnown(elements) && open.length <= 1 && (!Number.isInteger(rest) || others * rest !== elements)) throw misfit(shape, wanted);
  const isOpen = (length: number, i: number): boolean => length === -1 || (open.length === 1 && !kept[i] && !isKnown(length));
  return target.map((length, i) => (isOpen(length, i) ? rest : length));
}

/** The length that null stands for: x's own, where x has one that was not known when the op was drawn. */
function keptLength(shape: readonly number[], wanted: readonly Length[], axis: number): number {
  if (axis < shape.length && !(currentInference() && isKnown(shape[axis]))) return shape[axis];
  throw mismatch('reshape', `null only where x of shape ${shapeText(shape)} has an unknown length`, shapeText(wanted), USE_IN_CALL);
}

const misfit = (shape: readonly number[], wanted: readonly Length[]): ValueError =>
  mismatch(
    'reshape',
    `a shape of as many elements as ${shapeText(shape)}`,
    shapeText(wanted),
    'The product of the lengths has to be the same; one of them may be -1.',
  );

/** x in one row: `ops.ravel([[1, 2], [3, 4]])` is [1, 2, 3, 4]. */
export const ravel: Unary = /* @__PURE__ */ op(numpy, 'ravel', { x: anyDtype }, ({ x }) => l.reshape(x, [x.size]));

/** Axis i of the result is axis axes[i] of x; without `axes` their order is reversed: `ops.transpose([[1, 2]])` is [[1], [2]]. */
export const transpose: UnaryWith<'axes', readonly number[] | null> = /* @__PURE__ */ op(
  numpy,
  'transpose',
  { x: anyDtype, axes: [integers, null] },
  ({ x, axes }) => {
    const rank = x.shape.length;
    const order = axes ? axes.map((axis) => checkAxis('transpose', axis, x.shape)) : x.shape.map((_, i) => rank - 1 - i);
    if (new Set(order).size === rank && order.length === rank) return l.transpose(x, order);
    throw mismatch('transpose', `each axis of ${shapeText(x.shape)} once`, shapeText(axes ?? []), 'List all of them.');
  },
);

/** x with two axes exchanged: `ops.swapaxes(x, 0, 1)`. */
export const swapaxes: <A extends Operand>(x: A, axis1: number, axis2: number) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'swapaxes',
  { x: anyDtype, axis1: axis, axis2: axis },
  ({ x, axis1, axis2 }) => {
    const [p, q] = [checkAxis('swapaxes', axis1, x.shape), checkAxis('swapaxes', axis2, x.shape)];
    return l.transpose(
      x,
      x.shape.map((_, i) => (i === p ? q : i === q ? p : i)),
    );
  },
);

/** x with axes moved to other places: `ops.moveaxis(x, 0, -1)`, `ops.moveaxis(x, [0, 1], [-1, -2])`. */
export const moveaxis: <A extends Operand>(
  x: A,
  source: number | readonly number[],
  destination: number | readonly number[],
) => OpResult<A> = /* @__PURE__ */ op(numpy, 'moveaxis', { x: anyDtype, source: axes, destination: axes }, ({ x, source, destination }) => {
  const places = (list: number | readonly number[]): number[] => [list].flat().map((axis) => checkAxis('moveaxis', axis, x.shape));
  const [from, to] = [places(source), places(destination)];
  if (from.length !== to.length || new Set(from).size !== from.length || new Set(to).size !== to.length) {
    throw mismatch(
      'moveaxis',
      'as many places as axes, each once',
      `${shapeText(from)} and ${shapeText(to)}`,
      `The input has shape ${shapeText(x.shape)}.`,
    );
  }
  const rest = x.shape.map((_, i) => i).filter((i) => !from.includes(i));
  return l.transpose(
    x,
    x.shape.map((_, i) => (to.includes(i) ? from[to.indexOf(i)] : (rest.shift() as number))),
  );
});

/** x with a new axis of length 1: `ops.expandDims([1, 2], 0)` is [[1, 2]]. */
export const expandDims: <A extends Operand>(x: A, axis: Setting<'axis', number>) => OpResult<A> = /* @__PURE__ */ op(
  numpy,
  'expandDims',
  { x: anyDtype, axis },
  ({ x, axis }) => l.expandDims(x, checkAxis('expandDims', axis, x.shape, x.shape.length + 1)),
);

/** x without axes of length 1, all or those of `axis`: `ops.squeeze([[[1], [2]]])` is [1, 2]. */
export const squeeze: UnaryWith<'axis', Axis> = /* @__PURE__ */ op(numpy, 'squeeze', { x: anyDtype, axis: [axes, null] }, ({ x, axis }) => {
  const along = checkAxes('squeeze', axis, x.shape);
  const long = axis === null ? undefined : along.find((i) => x.shape[i] !== 1);
  if (long !== undefined) {
    throw mismatch('squeeze', `axis ${long} to have length 1`, `shape ${shapeText(x.shape)}`, 'Only such axes can go.');
  }
  return l.reshape(
    x,
    x.shape.filter((dim, i) => dim !== 1 || !along.includes(i)),
  );
});
