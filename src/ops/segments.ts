// Rows gathered by the number of their segment.
import { mismatch } from '../common/errors.ts';
import { isKnown, shapeText, sizeOf } from '../graph/shape.ts';
import { currentTrace } from '../graph/trace.ts';
import type { Value } from '../graph/value.ts';
import * as b from '../primitives/binary.ts';
import { gather, limitIds } from '../primitives/embedding.ts';
import * as i from '../primitives/integer.ts';
import * as l from '../primitives/layout.ts';
import { cumulate, order } from '../primitives/order.ts';
import { scatterSum } from '../primitives/scatter.ts';
import { toInt } from '../primitives/unary.ts';
import { withGradient } from '../primitives/views.ts';
import { part } from './core.ts';
import type { ArgumentsOf } from './definition.ts';
import { op } from './dispatch.ts';
import { asFloat, cast } from './dtypes.ts';
import { pick } from './numpy/order.ts';
import type { Operand, OpResult } from './operand.ts';
import { anyDtype, boolean, positive } from './parameters.ts';

const math = 'keras.src.ops.math';

interface SegmentOptions {
  numSegments?: number | null;
  sorted?: boolean;
}

type Segment = <A extends Operand, I extends Operand>(
  data: A,
  segmentIds: I,
  numSegments?: number | null | SegmentOptions,
  sorted?: boolean | SegmentOptions,
) => OpResult<A | I>;

const parameters = { data: anyDtype, segmentIds: anyDtype, numSegments: [positive, null], sorted: [boolean, false] } as const;
type Of = ArgumentsOf<typeof parameters>;

/** Rows [n, width], ids [n] and the number of segments. */
function read(owner: string, { data, segmentIds, numSegments }: Of): { rows: Value; ids: Value; count: number; rest: number[] } {
  if (segmentIds.shape.length !== 1 || (isKnown(segmentIds.size) && segmentIds.size !== data.shape[0])) {
    const got = `${shapeText(segmentIds.shape)} for data of ${shapeText(data.shape)}`;
    throw mismatch(owner, 'one segment for each row of data', got, 'Pass an array of one axis.');
  }
  const known = segmentIds.known;
  const count = numSegments ?? (known ? Math.max(-1, ...Array.from(known)) + 1 : undefined);
  if (count === undefined) throw mismatch(owner, 'numSegments', 'ids that are not known yet', 'Say how many segments there are.');
  currentTrace().requireIds(segmentIds, count, owner, '');
  const rest = data.shape.slice(1);
  return { rows: l.reshape(data, [data.shape[0], sizeOf(rest)]), ids: limitIds(toInt(segmentIds), count), count, rest };
}

/** The sum of the rows of each segment: `ops.segmentSum([1, 2, 3], [0, 0, 1])` is [3, 3]. In graphs `numSegments` has to be given. */
export const segmentSum: Segment = /* @__PURE__ */ op(math, 'segmentSum', parameters, (of) => {
  const { rows, ids, count, rest } = read('segmentSum', of);
  const y = l.reshape(scatterSum(asFloat(rows), ids, count), [count, ...rest]);
  return cast(y, of.data.dtype === 'float32' ? 'float32' : 'int32');
});

/** What an empty segment has, as with TensorFlow. */
const LARGEST = 3.4028234663852886e38;

/** The best row of each segment, column by column. */
function extreme(owner: string, of: Of, side: 'max' | 'min'): Value {
  const { rows, ids, count, rest } = read(owner, of);
  const isInt = of.data.dtype !== 'float32';
  const numbers = isInt ? cast(rows, 'int32') : rows;
  const [n, width] = rows.shape;
  // Columns sorted by value, then by segment: the sort keeps the order of equal ones, so the first of a segment is its best.
  const columns = l.transpose(numbers, [1, 0]);
  const byValue = order(columns, n, side === 'max');
  const wideIds = b.broadcastTo(l.reshape(ids, [1, n]), [width, n]);
  const idsByValue = pick(wideIds, byValue);
  const bySegment = order(idsByValue, n, false);
  const sortedIds = pick(idsByValue, bySegment);
  const best = pick(pick(columns, byValue), bySegment);
  const before = l.concatenate([cast(l.fill([width, 1], -1), 'int32'), part(sortedIds, 1, 0, n - 1)], 1);
  const isFirst = b.notEqual(asFloat(sortedIds), asFloat(before));
  // Each first one goes to its segment; whole numbers go in two halves that float32 holds.
  const place = i.add(i.multiply(sortedIds, i.whole(width)), l.reshape(cast(rangeOf(width), 'int32'), [width, 1]));
  const send = (x: Value) =>
    l.reshape(scatterSum(l.reshape(b.multiply(x, isFirst), [width * n, 1]), l.reshape(place, [width * n]), count * width), [count, width]);
  const isThere = send(l.fill([width, n], 1));
  const empty = side === 'max' ? -LARGEST : LARGEST;
  let y: Value;
  if (isInt) {
    const high = i.floorDivide(best, i.whole(65536));
    const low = i.subtract(best, i.multiply(high, i.whole(65536)));
    const joined = i.add(i.multiply(toInt(send(asFloat(high))), i.whole(65536)), toInt(send(asFloat(low))));
    y = b.select(isThere, joined, i.whole(side === 'max' ? -2147483648 : 2147483647));
  } else {
    const found = b.select(isThere, send(best), l.fill([], empty));
    y = withGradient(found, [rows], (dy) => {
      // Ties share the gradient, as in TensorFlow.
      const isBest = b.equal(rows, gather(found, ids));
      const shares = gather(scatterSum(isBest, ids, count), ids);
      return [b.divide(b.multiply(gather(l.reshape(dy, [count, width]), ids), isBest), shares)];
    });
  }
  return l.reshape(y, [count, ...rest]);
}

/** 0, 1, 2, ... */
const rangeOf = (n: number): Value => b.subtract(cumulate(l.fill([n], 1), 0, false), l.fill([], 1));

/** The largest rows of each segment, the smallest number there is of an empty one: `ops.segmentMax([1, 2, 3], [0, 0, 1])` is [2, 3]. */
export const segmentMax: Segment = /* @__PURE__ */ op(math, 'segmentMax', parameters, (of) => extreme('segmentMax', of, 'max'));
/** The smallest rows of each segment, the largest number there is of an empty one: `ops.segmentMin([1, 2, 3], [0, 0, 1])` is [1, 3]. */
export const segmentMin: Segment = /* @__PURE__ */ op(math, 'segmentMin', parameters, (of) => extreme('segmentMin', of, 'min'));

/** The product of the rows of each segment, 1 of an empty one: `ops.segmentProd([1, 2, 3], [0, 0, 1])` is [2, 3]. */
export const segmentProd: Segment = /* @__PURE__ */ op(math, 'segmentProd', parameters, (of) => {
  const { rows, ids, count, rest } = read('segmentProd', of);
  const isInt = of.data.dtype !== 'float32';
  const numbers = isInt ? cast(rows, 'int32') : rows;
  // One segment after another: a row counts where it belongs, and is 1 elsewhere.
  const each = b.equal(asFloat(l.reshape(ids, [1, ids.size, 1])), l.reshape(rangeOf(count), [count, 1, 1]));
  const wide = b.broadcastTo(l.expandDims(numbers, 0), [count, ...numbers.shape]);
  const factors = b.select(each, wide, cast(l.fill([], 1), wide.dtype));
  const n = numbers.shape[0];
  const y = n === 0 ? cast(l.fill([count, 1, rows.shape[1]], 1), wide.dtype) : part(cumulate(factors, 1, true), 1, n - 1, 1);
  return l.reshape(y, [count, ...rest]);
});
