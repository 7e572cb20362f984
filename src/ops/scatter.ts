// Elements put in their places: by lists of places, or as a block.
import { mismatch } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import { isKnown, sameShape, shapeText, sizeOf } from '../graph/shape.ts';
import { currentTrace } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import * as b from '../primitives/binary.ts';
import { gather, limitIds } from '../primitives/embedding.ts';
import * as i from '../primitives/integer.ts';
import * as l from '../primitives/layout.ts';
import { cumulate } from '../primitives/order.ts';
import { scatterSum } from '../primitives/scatter.ts';
import { toInt } from '../primitives/unary.ts';
import { relabel } from '../primitives/views.ts';
import { toTensor } from '../tensor/index.ts';
import { part } from './core.ts';
import type { Parameter } from './definition.ts';
import { op } from './dispatch.ts';
import { asFloat, cast } from './dtypes.ts';
import type { Operand, OpResult } from './operand.ts';
import { anyDtype, choice, lengths } from './parameters.ts';
import type { Setting } from './signatures.ts';

const core = 'keras.src.ops.core';

/** Places [n, depth] as ids of rows of a tensor of `shape`, of which the first `depth` axes are looked up. */
function rowsOf(owner: string, indices: Value, shape: readonly number[]): { ids: Value; count: number; width: number; outer: number[] } {
  const depth = indices.shape[indices.shape.length - 1] ?? 0;
  const outer = indices.shape.slice(0, -1);
  if (indices.shape.length === 0 || depth > shape.length) {
    throw mismatch(
      owner,
      `indices whose last axis has at most ${shape.length} places`,
      `shape ${shapeText(indices.shape)}`,
      'Write [[0, 1]].',
    );
  }
  const flat = l.reshape(toInt(indices), [sizeOf(outer), depth]);
  let ids = cast(l.fill([sizeOf(outer)], 0), 'int32');
  for (let k = 0; k < depth; k++) {
    const own = l.reshape(part(flat, 1, k, 1), [sizeOf(outer)]);
    ids = i.add(i.multiply(ids, i.whole(shape[k])), own);
  }
  const count = sizeOf(shape.slice(0, depth));
  if (depth === 1) currentTrace().requireIds(indices, shape[0], owner, '');
  return { ids: limitIds(ids, count), count, width: sizeOf(shape.slice(depth)), outer };
}

/** Sums at places, exact for whole numbers too: these go in two halves that float32 holds. */
function sums(rows: Value, ids: Value, count: number): Value {
  if (rows.dtype === 'float32') return scatterSum(rows, ids, count);
  const whole = cast(rows, 'int32');
  const high = i.floorDivide(whole, i.whole(65536));
  const low = i.subtract(whole, i.multiply(high, i.whole(65536)));
  const [p, q] = [high, low].map((half) => toInt(scatterSum(asFloat(half), ids, count)));
  return i.add(i.multiply(p, i.whole(65536)), q);
}

/** Zeros of `shape` with values added at places: `ops.scatter([[0], [2]], [5, 6], [3])` is [5, 0, 6]. Each row of indices is a place. */
export const scatter: <I extends Operand, V extends Operand>(
  indices: I,
  values: V,
  shape: Setting<'shape', readonly number[]>,
) => OpResult<I | V> = /* @__PURE__ */ op(
  core,
  'scatter',
  { indices: anyDtype, values: anyDtype, shape: lengths },
  ({ indices, values, shape }) => {
    const { ids, count, width } = rowsOf('scatter', indices, shape);
    const rows = l.reshape(values, [ids.size, width]);
    return cast(l.reshape(sums(rows, ids, count), shape), values.dtype);
  },
);

const REDUCTIONS = ['add', 'max', 'min', 'mul'] as const;

/**
 * x with updates at places: `ops.scatterUpdate([1, 2, 3], [[0], [2]], [7, 8])` is [7, 2, 8].
 *
 * `reduction`: 'add' to what is there (several times for a place that stands several times), or 'max', 'min', 'mul'; without one the
 * places are replaced, and should differ.
 */
export const scatterUpdate: <A extends Operand, I extends Operand, U extends Operand>(
  inputs: A,
  indices: I,
  updates: U,
  reduction?: Setting<'reduction', (typeof REDUCTIONS)[number] | null>,
) => OpResult<A | I | U> = /* @__PURE__ */ op(
  core,
  'scatterUpdate',
  { inputs: anyDtype, indices: anyDtype, updates: anyDtype, reduction: [choice(...REDUCTIONS), null] },
  ({ inputs: x, indices, updates, reduction }) => {
    const { ids, count, width } = rowsOf('scatterUpdate', indices, x.shape);
    const rows = l.reshape(cast(updates, x.dtype), [ids.size, width]);
    const table = l.reshape(x, [count, width]);
    const isInt = x.dtype === 'int32';
    if (reduction === 'add') return l.reshape(cast((isInt ? i : b).add(table, sums(rows, ids, count)), x.dtype), x.shape);
    if (reduction === null) {
      const times = scatterSum(l.fill([ids.size, 1], 1), ids, count);
      return l.reshape(b.select(relabel(b.greater(times, l.fill([], 0)), 'bool'), lastOf(rows, ids, count, times), table), x.shape);
    }
    const functions = isInt ? { max: i.maximum, min: i.minimum, mul: i.multiply } : { max: b.maximum, min: b.minimum, mul: b.multiply };
    let result = table;
    // One row after another: places may stand several times.
    for (let k = 0; k < ids.size; k++) {
      const id = part(ids, 0, k, 1);
      const one = functions[reduction](gather(result, id), part(rows, 0, k, 1));
      const isHere = l.reshape(b.equal(asFloat(rangeOf(count)), asFloat(id)), [count, 1]);
      result = b.select(relabel(isHere, 'bool'), one, result);
    }
    return l.reshape(result, x.shape);
  },
);

const rangeOf = (n: number): Value => toInt(b.subtract(cumulate(l.fill([n], 1), 0, false), l.fill([], 1)));

/** Of the rows of one id the mean: for ids that differ, the row itself. */
function lastOf(rows: Value, ids: Value, count: number, times: Value): Value {
  const sum = sums(rows, ids, count);
  const at = b.maximum(times, l.fill([], 1));
  if (rows.dtype === 'int32') return i.floorDivide(sum, toInt(at));
  const mean = b.divide(asFloat(sum), at);
  return rows.dtype === 'bool' ? relabel(mean, 'bool') : mean;
}

/** Where a block begins: constants, which Keras's files have among the operands. */
const start: Parameter<readonly number[]> = {
  inCall: true,
  read(owner, name, value) {
    const list = Array.isArray(value) ? value : (toTensor(owner, value).array() as unknown as readonly number[]);
    if (Array.isArray(list) && list.every((at) => Number.isSafeInteger(at) && at >= 0)) return list as readonly number[];
    throw mismatch(owner, `${name} to be whole numbers from 0`, describe(value), 'Write [0, 1].');
  },
};

/** x with a block from `startIndices` on replaced: `ops.sliceUpdate([1, 2, 3], [1], [9, 9])` is [1, 9, 9]. */
export const sliceUpdate: <A extends Operand, U extends Operand>(
  inputs: A,
  startIndices: readonly number[],
  updates: U,
) => OpResult<A | U> = /* @__PURE__ */ op(core, 'sliceUpdate', { inputs: anyDtype, startIndices: start, updates: anyDtype }, (of) => {
  const { inputs: x, startIndices } = of;
  const updates = cast(of.updates, x.dtype);
  const fits =
    startIndices.length === x.shape.length &&
    updates.shape.length === x.shape.length &&
    !updates.shape.some((dim, k) => isKnown(dim) && isKnown(x.shape[k]) && dim > x.shape[k]);
  if (!fits) {
    const got = `updates of ${shapeText(updates.shape)} at ${shapeText(startIndices)}`;
    throw mismatch('sliceUpdate', `a block inside ${shapeText(x.shape)}`, got, 'Give a start for each axis.');
  }
  // As in Keras, a block that would stand out begins earlier.
  const begin = startIndices.map((at, k) => (isKnown(x.shape[k]) ? Math.max(0, Math.min(at, x.shape[k] - updates.shape[k])) : at));
  if (sameShape(updates.shape, x.shape)) return updates;
  const inside = relabel(l.place(l.fill(updates.shape, 1), x.shape, begin), 'bool');
  return b.select(inside, l.place(updates, x.shape, begin), x);
});
