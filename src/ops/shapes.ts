// Moving elements about. The dtype stays what it was.
import { ValueError } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import { sameShape, sizeOf } from '../graph/shape.ts';
import type { Value } from '../graph/value.ts';
import * as b from '../primitives/binary.ts';
import * as l from '../primitives/layout.ts';
import { fill } from '../primitives/layout.ts';
import { argument } from './arguments.ts';
import { asFloat, run } from './dispatch.ts';
import { type Axis, checkAxes, checkAxis, type Operand, type OpResult, shapeText } from './operand.ts';

const isLengths = (shape: unknown, least = 0): shape is readonly number[] =>
  Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length >= least);

/** A shape that a user wrote; -1 counts where `least` is -1. */
export function checkLengths(owner: string, shape: unknown, least = 0): readonly number[] {
  if (isLengths(shape, least)) return shape;
  throw new ValueError(`${owner}: expected a shape, an array of whole numbers, got ${describe(shape)}. Write it like [2, 3].`);
}

/** x under another shape of the same size; one length may be -1: `ops.reshape([1, 2, 3, 4], [2, -1])` is [[1, 2], [3, 4]]. */
export const reshape = <A extends Operand>(x: A, newshape: readonly number[]): OpResult<A> =>
  run('reshape', [x], (v) => l.reshape(v, solve(v, checkLengths('reshape', newshape, -1))), { newshape });

/** The shape with its -1 filled in. */
function solve({ size, shape }: Value, given: readonly number[]): number[] {
  const known = given.reduce((product, length) => (length === -1 ? product : product * length), 1);
  const open = given.filter((length) => length === -1).length;
  const rest = open === 1 && known > 0 ? size / known : 1;
  if (open > 1 || !Number.isInteger(rest) || known * rest !== size) {
    throw new ValueError(
      `reshape: expected a shape of as many elements as ${shapeText(shape)}, got ${shapeText(given)}. ` +
        'The product of the lengths has to be the same; one of them may be -1.',
    );
  }
  return given.map((length) => (length === -1 ? rest : length));
}

/** x in one row: `ops.ravel([[1, 2], [3, 4]])` is [1, 2, 3, 4]. */
export const ravel = <A extends Operand>(x: A): OpResult<A> => run('ravel', [x], (v) => l.reshape(v, [v.size]));

/** Axis i of the result is axis axes[i] of x; without `axes` their order is reversed: `ops.transpose([[1, 2]])` is [[1], [2]]. */
export const transpose = <A extends Operand>(x: A, axes?: readonly number[] | null | { axes?: readonly number[] }): OpResult<A> => {
  const order = argument<readonly number[] | null>('transpose', axes as readonly number[], 'axes', null);
  return run(
    'transpose',
    [x],
    (v) => {
      const list = order ? order.map((axis) => checkAxis('transpose', axis, v.shape)) : v.shape.map((_, i) => v.shape.length - 1 - i);
      if (new Set(list).size === v.shape.length && list.length === v.shape.length) return l.transpose(v, list);
      throw new ValueError(`transpose: expected each axis of ${shapeText(v.shape)} once, got ${describe(order)}. List all of them.`);
    },
    { axes: order },
  );
};

/** x with two axes exchanged: `ops.swapaxes(x, 0, 1)`. */
export const swapaxes = <A extends Operand>(x: A, axis1: number, axis2: number): OpResult<A> =>
  run(
    'swapaxes',
    [x],
    (v) => {
      const [p, q] = [checkAxis('swapaxes', axis1, v.shape), checkAxis('swapaxes', axis2, v.shape)];
      return l.transpose(
        v,
        v.shape.map((_, i) => (i === p ? q : i === q ? p : i)),
      );
    },
    { axis1, axis2 },
  );

/** x with an axis moved to another place: `ops.moveaxis(x, 0, -1)`. */
export const moveaxis = <A extends Operand>(x: A, source: number, destination: number): OpResult<A> =>
  run(
    'moveaxis',
    [x],
    (v) => {
      const from = checkAxis('moveaxis', source, v.shape);
      const order = v.shape.map((_, i) => i).filter((i) => i !== from);
      order.splice(checkAxis('moveaxis', destination, v.shape), 0, from);
      return l.transpose(v, order);
    },
    { source, destination },
  );

/** x with a new axis of length 1: `ops.expandDims([1, 2], 0)` is [[1, 2]]. */
export const expandDims = <A extends Operand>(x: A, axis: number): OpResult<A> =>
  run('expandDims', [x], (v) => l.expandDims(v, checkAxis('expandDims', axis, v.shape, v.shape.length + 1)), { axis });

/** x without axes of length 1, all or those of `axis`: `ops.squeeze([[[1], [2]]])` is [1, 2]. */
export const squeeze = <A extends Operand>(x: A, axis?: Axis | { axis?: Axis }): OpResult<A> => {
  const along = argument<Axis>('squeeze', axis as Axis, 'axis', null);
  return run(
    'squeeze',
    [x],
    (v) => {
      const axes = checkAxes('squeeze', along, v.shape);
      const long = along === null ? undefined : axes.find((i) => v.shape[i] !== 1);
      if (long !== undefined) {
        throw new ValueError(`squeeze: expected axis ${long} to have length 1, got shape ${shapeText(v.shape)}. Only such axes can go.`);
      }
      return l.reshape(
        v,
        v.shape.filter((dim, i) => dim !== 1 || !axes.includes(i)),
      );
    },
    { axis: along },
  );
};

/** The block of a shape that starts at a place; -1 in the shape takes the rest: `ops.slice([1, 2, 3], [1], [2])` is [2, 3]. */
export const slice = <A extends Operand>(x: A, startIndices: readonly number[], shape: readonly number[]): OpResult<A> =>
  run(
    'slice',
    [x],
    (v) => {
      const begin = checkLengths('slice', startIndices);
      const size = checkLengths('slice', shape, -1).map((length, i) => (length === -1 ? v.shape[i] - begin[i] : length));
      const fits =
        begin.length === v.shape.length &&
        size.length === begin.length &&
        size.every((length, i) => length >= 0 && begin[i] + length <= v.shape[i]);
      if (fits) return l.slice(v, begin, size);
      throw new ValueError(
        `slice: expected a block inside ${shapeText(v.shape)}, got ${shapeText(shape)} from ${shapeText(begin)}. Give a start and a length for each axis.`,
      );
    },
    { startIndices, shape },
  );

/** x repeated to a shape by NumPy's rules: `ops.broadcastTo([1, 2], [2, 2])` is [[1, 2], [1, 2]]. */
export const broadcastTo = <A extends Operand>(x: A, shape: readonly number[]): OpResult<A> =>
  run(
    'broadcastTo',
    [x],
    (v) => {
      const wanted = checkLengths('broadcastTo', shape);
      if (sameShape(b.broadcastShape(v.shape, wanted, 'broadcastTo'), wanted)) return b.broadcastTo(v, wanted);
      throw new ValueError(
        `broadcastTo: expected a shape that ${shapeText(v.shape)} repeats to, got ${shapeText(wanted)}. Only axes of length 1 grow.`,
      );
    },
    { shape },
  );

/** x with each element `repeats` times along `axis` (default: of x laid flat): `ops.repeat([1, 2], 2)` is [1, 1, 2, 2]. */
export const repeat = <A extends Operand>(x: A, repeats: number, axis?: number | null | { axis?: number | null }): OpResult<A> => {
  const along = argument<number | null>('repeat', axis as number, 'axis', null);
  checkLengths('repeat', [repeats]);
  return run(
    'repeat',
    [x],
    (given) => {
      const v = along === null ? l.reshape(given, [given.size]) : given;
      const at = along === null ? 0 : checkAxis('repeat', along, v.shape);
      const spread = b.broadcastTo(l.expandDims(v, at + 1), [...v.shape.slice(0, at + 1), repeats, ...v.shape.slice(at + 1)]);
      return l.reshape(
        spread,
        v.shape.map((dim, i) => (i === at ? dim * repeats : dim)),
      );
    },
    { repeats, axis: along },
  );
};

/** x side by side as often as `repeats` says for each axis: `ops.tile([1, 2], 2)` is [1, 2, 1, 2]. */
export const tile = <A extends Operand>(x: A, repeats: number | readonly number[]): OpResult<A> =>
  run(
    'tile',
    [x],
    (v) => {
      const given = checkLengths('tile', typeof repeats === 'number' ? [repeats] : repeats);
      const rank = Math.max(given.length, v.shape.length);
      const times = [...Array<number>(rank - given.length).fill(1), ...given];
      const shape = [...Array<number>(rank - v.shape.length).fill(1), ...v.shape];
      const spread = b.broadcastTo(
        l.reshape(
          v,
          shape.flatMap((dim) => [1, dim]),
        ),
        shape.flatMap((dim, i) => [times[i], dim]),
      );
      return l.reshape(
        spread,
        shape.map((dim, i) => dim * times[i]),
      );
    },
    { repeats },
  );

/**
 * x with numbers around it: `ops.pad([1, 2], [[1, 0]])` is [0, 1, 2].
 *
 * `padWidth`: how many before and after, for each axis. `constantValues`: the number, default 0.
 */
export const pad = <A extends Operand>(
  x: A,
  padWidth: readonly (readonly [number, number])[],
  constantValues: number | { constantValues?: number } = 0,
): OpResult<A> => {
  const padding = argument('pad', constantValues as number, 'constantValues', 0);
  return run(
    'pad',
    [x],
    (given) => {
      const v = asFloat(given);
      if (padWidth.length !== v.shape.length) {
        throw new ValueError(
          `pad: expected [before, after] for each axis of ${shapeText(v.shape)}, got ${describe(padWidth)}. Write [0, 0] for axes to leave.`,
        );
      }
      for (const width of padWidth) checkLengths('pad', width);
      const begin = padWidth.map(([before]) => before);
      const shape = v.shape.map((dim, i) => dim + padWidth[i][0] + padWidth[i][1]);
      const placed = l.place(v, shape, begin);
      return padding === 0 ? placed : b.select(l.place(fill(v.shape, 1), shape, begin), placed, fill([], padding));
    },
    { padWidth, constantValues: padding },
  );
};

/** x in reverse order along `axis` (default all): `ops.flip([1, 2, 3])` is [3, 2, 1]. */
export const flip = <A extends Operand>(x: A, axis?: Axis | { axis?: Axis }): OpResult<A> => {
  const along = argument<Axis>('flip', axis as Axis, 'axis', null);
  return run('flip', [x], (v) => l.flip(v, checkAxes('flip', along, v.shape)), { axis: along });
};

/** Number of elements of a shape that a user wrote. */
export const checkedSize = (owner: string, shape: unknown): number => sizeOf(checkLengths(owner, shape));
