// Sums, means and extremes over axes. Sums have a fixed order that does not depend on the number of threads.
import { sizeOf } from '../graph/shape.ts';
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import { broadcastWithoutGradient, reshape, transpose } from './layout.ts';
import { affine } from './unary.ts';

/** An index space cut in three: `n` is reduced. */
export interface Cut {
  readonly outer: number;
  readonly n: number;
  readonly inner: number;
  /** Shape of the result. */
  readonly shape: readonly number[];
}

const lower =
  (kernel: 'reduceMax' | 'reduceMin' | 'argMax'): NonNullable<Op<Cut>['lower']> =>
  ({ node, inputs: [x], outputs: [y] }) => [[kernel, x, y, node.attributes.outer, node.attributes.n, node.attributes.inner]];

export const sumOp: Op<Cut> = {
  name: 'sum',
  inferTypes: (_, { shape }) => [{ shape, dtype: 'float32' }],
  gradient: (node, [dy]) => [dy && spread(dy, node.inputs[0].shape, node.attributes)],
  flops: (node) => node.inputs[0].size,
  lower: ({ node, inputs: [x], outputs: [y] }) => [['reduceSum', x, y, node.attributes.outer, node.attributes.n, node.attributes.inner, 1]],
};

/** dy repeated along the axis that was reduced. */
function spread(dy: Value, shape: readonly number[], { outer, n, inner }: Cut): Value {
  return reshape(broadcastWithoutGradient(reshape(dy, [outer, 1, inner]), [outer, n, inner]), shape);
}

const extremeGradientOp: Op<Cut> = {
  name: 'extremeGradient',
  inferTypes: ([x]) => [x],
  lower: ({ node, inputs: [x, y, dy], outputs: [dx] }) => [
    ['reduceMaxGradient', x, y, dy, dx, node.attributes.outer, node.attributes.n, node.attributes.inner],
  ],
};

const extremeOp = (name: string, kernel: 'reduceMax' | 'reduceMin'): Op<Cut> => ({
  name,
  inferTypes: (_, { shape }) => [{ shape, dtype: 'float32' }],
  gradient: (node, [dy]) => [dy && add1(extremeGradientOp, [node.inputs[0], node.outputs[0], dy], node.attributes)],
  lower: lower(kernel),
});
const maxOp = /* @__PURE__ */ extremeOp('max', 'reduceMax');
const minOp = /* @__PURE__ */ extremeOp('min', 'reduceMin');

const argMaxOp: Op<Cut> = { name: 'argMax', inferTypes: (_, { shape }) => [{ shape, dtype: 'int32' }], lower: lower('argMax') };

/** What one block of `sumBlocks` covers; see assembly/reduce.ts. */
const BLOCK = 4096;

const blocksOp = (name: string, kernel: 'sumBlocks' | 'sumSquaresBlocks'): Op<null> => ({
  name,
  inferTypes: ([x]) => [{ shape: [Math.ceil(x.size / BLOCK)], dtype: 'float32' }],
  flops: (node) => node.inputs[0].size,
  lower: ({ node, inputs: [x], outputs: [y] }) => [[kernel, x, y, node.inputs[0].size]],
});
const sumBlocksOp: Op<null> = {
  ...blocksOp('sumBlocks', 'sumBlocks'),
  gradient: (node, [dy]) => {
    if (!dy) return [];
    // Only ever summed up afterwards, so that all blocks have the same gradient.
    const first = reshape(
      sliceFirst(dy),
      node.inputs[0].shape.map(() => 1),
    );
    return [broadcastWithoutGradient(first, node.inputs[0].shape)];
  },
};
const sumSquaresBlocksOp = /* @__PURE__ */ blocksOp('sumSquaresBlocks', 'sumSquaresBlocks');

const firstOp: Op<null> = {
  name: 'first',
  inferTypes: () => [{ shape: [], dtype: 'float32' }],
  lower: ({ inputs: [x], outputs: [y] }) => [['copyStrided', x, y, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]],
};
const sliceFirst = (x: Value): Value => add1(firstOp, [x], null);

export type Axes = number | readonly number[] | undefined;

function normalize(x: Value, axes: Axes): number[] {
  const rank = x.shape.length;
  if (axes === undefined) return x.shape.map((_, i) => i);
  const list = typeof axes === 'number' ? [axes] : axes;
  return [...new Set(list.map((axis) => (axis < 0 ? axis + rank : axis)))].sort((a, b) => a - b);
}

/** Reduces each run of neighbouring axes, the last one first, and drops or keeps the reduced axes. */
export function reduceWith(op: Op<Cut>, x: Value, given: Axes, keepdims = false): Value {
  const axes = normalize(x, given);
  let value = x;
  for (let end = axes.length; end > 0; ) {
    let start = end - 1;
    while (start > 0 && axes[start - 1] === axes[start] - 1) start--;
    const [from, to] = [axes[start], axes[end - 1] + 1];
    const before = value.shape.slice(0, from);
    const after = value.shape.slice(to);
    const kept = Array<number>(to - from).fill(1);
    const cut = {
      outer: sizeOf(before),
      n: sizeOf(value.shape.slice(from, to)),
      inner: sizeOf(after),
      shape: [...before, ...kept, ...after],
    };
    // Over one element there is nothing to reduce, but for the position of the largest.
    if (cut.n !== 1 || op.name === 'argMax') value = add1(op, [value], cut);
    end = start;
  }
  return keepdims
    ? value
    : reshape(
        value,
        x.shape.filter((_, i) => !axes.includes(i)),
      );
}

/** The sum over `axes` (all when left out). */
export function sum(x: Value, axes?: Axes, keepdims = false): Value {
  const all = normalize(x, axes);
  if (all.length === 0) return x;
  const whole = all.length === x.shape.length;
  if (whole && x.size > 2 * BLOCK) {
    const total = sum(add1(sumBlocksOp, [x], null));
    return keepdims
      ? reshape(
          total,
          x.shape.map(() => 1),
        )
      : total;
  }
  return reduceWith(sumOp, x, all, keepdims);
}

/** The mean over `axes` (all when left out). */
export function mean(x: Value, axes?: Axes, keepdims = false): Value {
  const count = normalize(x, axes).reduce((product, axis) => product * x.shape[axis], 1);
  return affine(sum(x, axes, keepdims), 1 / count, 0);
}

/** Axes that are apart are moved side by side first: only ties that are reduced at once share their gradient evenly. */
function extreme(op: Op<Cut>, x: Value, axes: readonly number[], keepdims: boolean): Value {
  if (axes.every((axis, i) => i === 0 || axis === axes[i - 1] + 1)) return reduceWith(op, x, axes, keepdims);
  const rest = x.shape.map((_, i) => i).filter((i) => !axes.includes(i));
  const last = axes.map((_, i) => rest.length + i);
  const y = reduceWith(op, transpose(x, [...rest, ...axes]), last, false);
  return keepdims
    ? reshape(
        y,
        x.shape.map((dim, i) => (axes.includes(i) ? 1 : dim)),
      )
    : y;
}

/** The largest element over `axes`; ties share the gradient, as in TensorFlow. */
export const max = (x: Value, axes?: Axes, keepdims = false): Value => extreme(maxOp, x, normalize(x, axes), keepdims);
export const min = (x: Value, axes?: Axes, keepdims = false): Value => extreme(minOp, x, normalize(x, axes), keepdims);

/** The position of the largest element along `axis`, as int32. */
export const argMax = (x: Value, axis = -1): Value => reduceWith(argMaxOp, x, normalize(x, axis), false);

/** The sum of squares of every element, a scalar; it has no gradient of its own (norms for clipping). */
export const sumSquares = (x: Value): Value => sum(add1(sumSquaresBlocksOp, [x], null));
