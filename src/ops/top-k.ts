// The largest elements of rows.
import { mismatch } from '../common/errors.ts';
import { isKnown, shapeText } from '../graph/shape.ts';
import * as b from '../primitives/binary.ts';
import * as i from '../primitives/integer.ts';
import { expandDims } from '../primitives/layout.ts';
import { order } from '../primitives/order.ts';
import { sum } from '../primitives/reduce.ts';
import { toInt } from '../primitives/unary.ts';
import { relabel } from '../primitives/views.ts';
import { listOp, op } from './dispatch.ts';
import { asFloat } from './dtypes.ts';
import { pick } from './numpy/order.ts';
import type { Operand, OpResult } from './operand.ts';
import { anyDtype, boolean, float, positive } from './parameters.ts';
import type { Setting } from './signatures.ts';

const math = 'keras.src.ops.math';

/**
 * The k largest elements of each row of the last axis in descending order, and their places: `ops.topK([1, 3, 2], 2)` is [3, 2] and
 * [1, 2]. Of equal elements the first come first.
 * @throws ValueError for rows of fewer than k
 */
export const topK: <A extends Operand>(
  x: A,
  k: number,
  sorted?: Setting<'sorted', boolean>,
) => [values: OpResult<A>, indices: OpResult<A>] = /* @__PURE__ */ listOp(
  math,
  'topK',
  { x: anyDtype, k: positive, sorted: [boolean, true] },
  ({ x, k }) => {
    const n = x.shape[x.shape.length - 1];
    if (x.shape.length === 0 || (isKnown(n) && n < k))
      throw mismatch('topK', `rows of at least ${k} elements`, `shape ${shapeText(x.shape)}`, 'Pass a smaller k.');
    const places = order(x, k, true);
    return [pick(x, places), places];
  },
);

/** Whether each target is among the k largest predictions of its row: `ops.inTopK([2], [[0.1, 0.2, 0.7]], 1)` is [true]. */
export const inTopK: <A extends Operand, B extends Operand>(targets: A, predictions: B, k: number) => OpResult<A | B> = /* @__PURE__ */ op(
  math,
  'inTopK',
  { targets: anyDtype, predictions: float, k: positive },
  ({ targets, predictions, k }) => {
    const ids = expandDims(toInt(targets), targets.shape.length);
    const n = predictions.shape[predictions.shape.length - 1];
    const isInside = b.multiply(asTruths(i.lessEqual(i.whole(0), ids)), asTruths(i.less(ids, i.whole(n))));
    const own = pick(predictions, i.maximum(i.minimum(ids, i.whole(n - 1)), i.whole(0)));
    const better = sum(asTruths(b.greater(predictions, own)), [predictions.shape.length - 1], true);
    const isOwnFinite = b.less(sum(b.subtract(own, own), [own.shape.length - 1], true), asFloat(i.whole(1)));
    const isAmong = b.multiply(asTruths(b.less(better, asFloat(i.whole(k)))), b.multiply(isInside, asTruths(isOwnFinite)));
    return relabel(sum(isAmong, [isAmong.shape.length - 1]), 'bool');
  },
);

const asTruths = (x: Parameters<typeof relabel>[0]) => relabel(x, 'float32');
