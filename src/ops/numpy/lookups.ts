// Elements by their places.
import { mismatch } from '../../common/errors.ts';
import { shapeText, sizeOf } from '../../graph/shape.ts';
import { currentTrace, isComputed } from '../../graph/trace.ts';
import type { Value } from '../../graph/value.ts';
import { less, select } from '../../primitives/binary.ts';
import { gather, limitIds } from '../../primitives/embedding.ts';
import * as i from '../../primitives/integer.ts';
import { fill, reshape, transpose } from '../../primitives/layout.ts';
import { toFloat, toInt } from '../../primitives/unary.ts';
import { checkAxis } from '../axes.ts';
import { op } from '../dispatch.ts';
import type { Operand, OpResult } from '../operand.ts';
import { anyDtype, axis } from '../parameters.ts';
import type { Setting } from '../signatures.ts';
import { numpy } from './module.ts';

/** Ids that are surely in [0, bound), negative ones counted from the end. */
function inRange(ids: Value, bound: number): Value {
  const whole = toInt(ids);
  const fromEnd = select(less(toFloat(ids), fill([], 0)), i.add(whole, i.whole(bound)), whole);
  currentTrace().requireIds(ids, bound, 'take', '', -bound);
  return isComputed(ids) ? limitIds(fromEnd, bound) : fromEnd;
}

function takeAlong(x: Value, ids: Value, axis: number): Value {
  const order = [axis, ...x.shape.map((_, k) => k).filter((k) => k !== axis)];
  const rest = x.shape.filter((_, k) => k !== axis);
  const rows = gather(reshape(transpose(x, order), [x.shape[axis], sizeOf(rest)]), ids);
  const y = reshape(rows, [...ids.shape, ...rest]);
  // The axes of the ids come first, and go to where the axis was.
  const [count, rank] = [ids.shape.length, ids.shape.length + rest.length];
  const back = Array.from({ length: rank }, (_, k) => (k < axis ? count + k : k < axis + count ? k - axis : k));
  return transpose(y, back);
}

/**
 * Elements of x at the given places along `axis` (default: of x laid flat): `ops.take([[1, 2], [3, 4]], [1, 0], 0)` is
 * [[3, 4], [1, 2]].
 *
 * Negative places count from the end; all have to be in [-length, length). The gradient of a weight's rows (axis 0) stays sparse.
 * @throws ValueError for a place outside the axis: before anything is computed, or at the end of it where the places are computed
 * as well, such as by argmax.
 */
export const take: <A extends Operand, I extends Operand>(x: A, indices: I, axis?: Setting<'axis', number | null>) => OpResult<A | I> =
  /* @__PURE__ */ op(numpy, 'take', { x: anyDtype, indices: anyDtype, axis: [axis, null] }, ({ x, indices, axis }) => {
    const from = axis === null ? reshape(x, [x.size]) : x;
    const at = axis === null ? 0 : checkAxis('take', axis, from.shape);
    const bound = from.shape[at];
    if (bound === 0) throw mismatch('take', 'something to take from', `shape ${shapeText(from.shape)}`, 'Pass a longer axis.');
    return takeAlong(from, inRange(indices, bound), at);
  });
