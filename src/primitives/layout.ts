// Data movement: ops that move elements and compute nothing.
import { mismatch } from '../common/errors.ts';
import { eitherDim, fitsDim, sameShape, shapeText, sizeOf } from '../graph/shape.ts';
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';

const reshapeOp: Op<readonly number[]> = {
  name: 'reshape',
  isDataMovement: true,
  inferTypes: ([x], shape) => {
    if (!fitsDim(sizeOf(shape), x.size)) {
      throw mismatch(
        'reshape',
        `a shape of as many elements as ${shapeText(x.shape)}`,
        shapeText(shape),
        'The product of the lengths has to be the same.',
      );
    }
    return [{ shape, dtype: x.dtype }];
  },
  gradient: (node, [dy]) => [dy && reshape(dy, node.inputs[0].shape)],
};

/** The same elements under another shape of the same size; costs nothing. */
export function reshape(x: Value, shape: readonly number[]): Value {
  return sameShape(x.shape, shape) ? x : add1(reshapeOp, [x], [...shape]);
}

/** The same elements as another value. */
export const view = (x: Value): Value => add1(reshapeOp, [x], x.shape);

/** x with a new axis of 1 before axis `axis`. */
export function expandDims(x: Value, axis: number): Value {
  const at = axis < 0 ? x.shape.length + 1 + axis : axis;
  return reshape(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
}

/** Row-major strides, in elements. */
export function strides(shape: readonly number[]): number[] {
  const result = new Array<number>(shape.length);
  for (let i = shape.length - 1, step = 1; i >= 0; i--) {
    result[i] = step;
    step *= shape[i];
  }
  return result;
}

type Strided = 'copyStrided' | 'addStrided';

/** Instructions for y[i * ys] = x[i * xs] (or +=) over an index space of any rank, with as few and as large loops as may be. */
export function stridedCalls(
  kernel: Strided,
  x: number,
  y: number,
  dims: readonly number[],
  xs: readonly number[],
  ys: readonly number[],
): KernelCall[] {
  const merged: [number, number, number][] = [];
  for (const [i, dim] of dims.entries()) {
    if (dim === 1) continue;
    const last = merged[merged.length - 1];
    if (last && last[1] === xs[i] * dim && last[2] === ys[i] * dim) merged[merged.length - 1] = [last[0] * dim, xs[i], ys[i]];
    else merged.push([dim, xs[i], ys[i]]);
  }
  if (merged.length > 4) {
    const [[dim, xStep, yStep], ...rest] = merged;
    const pick = (k: 0 | 1 | 2) => rest.map((axis) => axis[k]);
    return Array.from({ length: dim }, (_, i) =>
      stridedCalls(kernel, x + i * xStep * 4, y + i * yStep * 4, pick(0), pick(1), pick(2)),
    ).flat();
  }
  while (merged.length < 4) merged.unshift([1, 0, 0]);
  const [a, b, c, d] = merged;
  return [[kernel, x, y, a[0], b[0], c[0], d[0], a[1], b[1], c[1], d[1], a[2], b[2], c[2], d[2]]];
}

/** Repetition by NumPy's rules; its gradient is a sum, which `ops/binary` adds. */
export const broadcastOp: Op<readonly number[]> = {
  name: 'broadcast',
  isDataMovement: true,
  inferTypes: ([x], shape) => [{ shape, dtype: x.dtype }],
  lower: ({ node, inputs: [x], outputs: [y] }) => {
    const shape = node.attributes;
    const from = [...Array<number>(shape.length - node.inputs[0].shape.length).fill(1), ...node.inputs[0].shape];
    const xs = strides(from).map((step, i) => (from[i] === 1 ? 0 : step));
    return stridedCalls('copyStrided', x, y, shape, xs, strides(shape));
  },
};

/** x repeated to `shape`, for use inside gradients. */
export const broadcastWithoutGradient = (x: Value, shape: readonly number[]): Value =>
  sameShape(x.shape, shape) ? x : add1(broadcastOp, [x], [...shape]);

const transposeOp: Op<readonly number[]> = {
  name: 'transpose',
  isDataMovement: true,
  inferTypes: ([x], permutation) => [{ shape: permutation.map((axis) => x.shape[axis]), dtype: x.dtype }],
  gradient: (node, [dy]) => [dy && transpose(dy, inverse(node.attributes))],
  lower: ({ node, inputs: [x], outputs: [y] }) => {
    const xs = strides(node.inputs[0].shape);
    const { shape } = node.outputs[0];
    return stridedCalls(
      'copyStrided',
      x,
      y,
      shape,
      node.attributes.map((axis) => xs[axis]),
      strides(shape),
    );
  },
};

function inverse(permutation: readonly number[]): number[] {
  const result = new Array<number>(permutation.length);
  for (const [i, axis] of permutation.entries()) result[axis] = i;
  return result;
}

/** Axes in another order: axis i of the result is axis permutation[i] of x. */
export function transpose(x: Value, permutation: readonly number[]): Value {
  return permutation.every((axis, i) => axis === i) ? x : add1(transposeOp, [x], [...permutation]);
}

/** Every `step`th element from `begin` on, backwards where a step is negative; `size` of them along each axis. */
interface Window {
  readonly begin: readonly number[];
  readonly size: readonly number[];
  readonly step: readonly number[];
}

const offsetOf = (begin: readonly number[], step: readonly number[]): number => begin.reduce((sum, b, i) => sum + b * step[i], 0) * 4;
const times = (a: readonly number[], b: readonly number[]): number[] => a.map((x, i) => x * b[i]);

const sliceOp: Op<Window> = {
  name: 'slice',
  isDataMovement: true,
  inferTypes: ([x], { size }) => [{ shape: size, dtype: x.dtype }],
  gradient: (node, [dy]) => {
    const { begin, step } = node.attributes;
    return [dy && place(dy, node.inputs[0].shape, begin, step)];
  },
  lower: ({ node, inputs: [x], outputs: [y] }) => {
    const { begin, size, step } = node.attributes;
    const xs = strides(node.inputs[0].shape);
    return stridedCalls('copyStrided', x + offsetOf(begin, xs), y, size, times(xs, step), strides(size));
  },
};

const ones = (shape: readonly number[]): number[] => shape.map(() => 1);

/** The block of `size` that starts at `begin`, of every `step`th element. */
export function slice(x: Value, begin: readonly number[], size: readonly number[], step: readonly number[] = ones(size)): Value {
  if (sameShape(x.shape, size) && step.every((one) => one === 1)) return x;
  return add1(sliceOp, [x], { begin: [...begin], size: [...size], step: [...step] });
}

const placeOp: Op<Omit<Window, 'size'> & { readonly shape: readonly number[] }> = {
  name: 'place',
  inferTypes: ([x], { shape }) => [{ shape, dtype: x.dtype }],
  gradient: (node, [dy]) => [dy && slice(dy, node.attributes.begin, node.inputs[0].shape, node.attributes.step)],
  lower: ({ node, inputs: [x], outputs: [y] }) => {
    const { shape, begin, step } = node.attributes;
    const ys = strides(shape);
    const from = node.inputs[0].shape;
    const copies = stridedCalls('copyStrided', x, y + offsetOf(begin, ys), from, strides(from), times(ys, step));
    return sizeOf(from) === sizeOf(shape) ? copies : [['fill', y, sizeOf(shape), 0], ...copies];
  },
};

/** Zeros of `shape` with x from `begin` on, at every `step`th place. */
export const place = (x: Value, shape: readonly number[], begin: readonly number[], step: readonly number[] = ones(shape)): Value =>
  add1(placeOp, [x], { shape: [...shape], begin: [...begin], step: [...step] });

const concatenateOp: Op<number> = {
  name: 'concatenate',
  isDataMovement: true,
  inferTypes: (parts, axis) => {
    const shapes = parts.map((part) => part.shape);
    const shape = shapes[0].map((_, i) => shapes.map((one) => one[i]).reduce(i === axis ? (a, b) => a + b : eitherDim));
    return [{ shape, dtype: parts[0].dtype }];
  },
  gradient: (node, [dy]) => {
    const axis = node.attributes;
    let start = 0;
    return node.inputs.map((part) => {
      const begin = part.shape.map((_, i) => (i === axis ? start : 0));
      start += part.shape[axis];
      return dy && slice(dy, begin, part.shape);
    });
  },
  lower: ({ node, inputs, outputs: [y] }) => {
    const axis = node.attributes;
    const ys = strides(node.outputs[0].shape);
    let start = 0;
    return node.inputs.flatMap((part, i) => {
      const to = y + start * ys[axis] * 4;
      start += part.shape[axis];
      return stridedCalls('copyStrided', inputs[i], to, part.shape, strides(part.shape), ys);
    });
  },
};

/** The parts one after another along `axis`. */
export function concatenate(parts: readonly Value[], axis: number): Value {
  const at = axis < 0 ? parts[0].shape.length + axis : axis;
  return parts.length === 1 ? parts[0] : add1(concatenateOp, parts, at);
}

/** x with the elements along `axes` in reverse order. */
export function flip(x: Value, axes: readonly number[]): Value {
  const flipped = x.shape.map((_, axis) => axes.includes(axis));
  const begin = x.shape.map((dim, axis) => (flipped[axis] ? Math.max(0, dim - 1) : 0));
  return slice(
    x,
    begin,
    x.shape,
    flipped.map((one) => (one ? -1 : 1)),
  );
}

const fillOp: Op<{ readonly shape: readonly number[]; readonly value: number }> = {
  name: 'fill',
  inferTypes: (_, { shape }) => [{ shape, dtype: 'float32' }],
  lower: ({ node, outputs: [y] }) => [['fill', y, sizeOf(node.attributes.shape), node.attributes.value]],
};

/** A float32 value filled with one number. */
export const fill = (shape: readonly number[], value: number): Value => add1(fillOp, [], { shape: [...shape], value });
