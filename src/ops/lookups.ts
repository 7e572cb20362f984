// Rows by their numbers.
import { ValueError } from '../common/errors.ts';
import { checkInteger } from '../common/options.ts';
import { sizeOf } from '../graph/shape.ts';
import { currentTrace } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import { equal } from '../primitives/binary.ts';
import { gather } from '../primitives/embedding.ts';
import { expandDims, reshape, transpose } from '../primitives/layout.ts';
import { clip, toFloat, toInt } from '../primitives/unary.ts';
import { relabel } from '../primitives/views.ts';
import { Tensor, toTensor } from '../tensor/index.ts';
import { argument } from './arguments.ts';
import { asFloat, run } from './dispatch.ts';
import { checkAxis, constant, isInner, isSymbolicTensor, type Operand, type OpResult, shapeText } from './operand.ts';

/** Whether a value shows an input of the trace and nothing else, moved about. */
const isFromInput = (value: Value): boolean =>
  value.node ? value.node.op.isDataMovement === true && value.node.inputs.every(isFromInput) : currentTrace().inputs.includes(value);

/** Ids that are surely in [0, bound). */
function inRange(ids: Value, bound: number): Value {
  if (isFromInput(ids)) {
    currentTrace().requireIds(ids, bound, 'take');
    return toInt(ids);
  }
  // What only the run computes cannot be refused, so it is limited.
  return toInt(clip(toFloat(ids), 0, bound - 1));
}

/** Ids that are known already, negative ones counted from the end. */
function known(ids: Tensor, bound: number, shape: readonly number[]): Tensor {
  const data = Int32Array.from(ids.data, (id) => (id < 0 ? id + bound : id));
  const bad = ids.data.findIndex((id) => !Number.isInteger(id) || id < -bound || id >= bound);
  if (bad < 0) return new Tensor(data, ids.shape);
  throw new ValueError(
    `take: expected whole places from ${-bound} to ${bound - 1}, got ${ids.data[bad]} at position ${bad}. The input has shape ${shapeText(shape)}.`,
  );
}

function takeAlong(x: Value, ids: Value, axis: number): Value {
  const order = [axis, ...x.shape.map((_, i) => i).filter((i) => i !== axis)];
  const rest = x.shape.filter((_, i) => i !== axis);
  const rows = gather(reshape(transpose(toFloat(x), order), [x.shape[axis], sizeOf(rest)]), ids);
  const y = reshape(rows, [...ids.shape, ...rest]);
  // The axes of the ids come first, and go to where the axis was.
  const [count, rank] = [ids.shape.length, ids.shape.length + rest.length];
  const back = Array.from({ length: rank }, (_, i) => (i < axis ? count + i : i < axis + count ? i - axis : i));
  const placed = transpose(y, back);
  return x.dtype === 'int32' ? toInt(placed) : x.dtype === 'bool' ? relabel(placed, 'bool') : placed;
}

/**
 * Elements of x at the given places along `axis` (default: of x laid flat): `ops.take([[1, 2], [3, 4]], [1, 0], 0)` is
 * [[3, 4], [1, 2]].
 *
 * Places that are known count from the end when negative. Ids from an input of the model have to be in [0, length); places that
 * are computed, such as by argmax, are limited to that range. The gradient of a weight's rows (axis 0) stays sparse.
 * @throws ValueError for a place outside the axis, before anything is computed.
 */
export function take<A extends Operand, I extends Operand>(
  x: A,
  indices: I,
  axis?: number | null | { axis?: number | null },
): OpResult<A | I> {
  const along = argument<number | null>('take', axis as number, 'axis', null);
  const isKnown = !isInner(indices) && !isSymbolicTensor(indices);
  const places = isKnown ? toTensor('take: indices', indices) : undefined;
  return run(
    'take',
    places ? [x] : [x, indices],
    (given, ids) => {
      const v = along === null ? reshape(given, [given.size]) : given;
      const at = along === null ? 0 : checkAxis('take', along, v.shape);
      const bound = v.shape[at];
      if (bound === 0) throw new ValueError(`take: expected something to take from, got shape ${shapeText(v.shape)}. Pass a longer axis.`);
      return takeAlong(v, places ? constant(known(places, bound, v.shape)) : inRange(ids, bound), at);
    },
    places ? { indices: places.array(), axis: along } : { axis: along },
  );
}

/**
 * 1 at the place of each class, 0 elsewhere: `ops.oneHot([0, 2], 3)` is [[1, 0, 0], [0, 0, 1]].
 *
 * `axis` (default -1): where the new axis lies. A class outside [0, numClasses) gives zeros.
 */
export function oneHot<A extends Operand>(x: A, numClasses: number, axis?: number | { axis?: number }): OpResult<A> {
  const along = argument('oneHot', axis as number, 'axis', -1);
  checkInteger('oneHot', 'numClasses', numClasses, 1);
  return run(
    'oneHot',
    [x],
    (v) => {
      const at = checkAxis('oneHot', along, v.shape, v.shape.length + 1);
      const classes = constant(new Tensor(Float32Array.from({ length: numClasses }, (_, i) => i)));
      const shaped = reshape(classes, [...v.shape.slice(0, at).map(() => 1), numClasses, ...v.shape.slice(at).map(() => 1)]);
      return asFloat(equal(expandDims(asFloat(v), at), shaped));
    },
    { numClasses, axis: along },
  );
}
