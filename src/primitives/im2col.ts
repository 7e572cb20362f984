// im2col along time, and convolution as a matrix product.
import { sizeOf } from '../graph/shape.ts';
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { useLayerKernels } from '../kernels/layer-kernels.ts';
import { add } from './binary.ts';
import { place, reshape, stridedCalls, strides, transpose } from './layout.ts';
import { dense, matmul } from './matmul.ts';

interface Windows {
  /** Steps in a window. */
  readonly size: number;
  /** Steps from one window to the next. */
  readonly stride: number;
  /** Steps from one element of a window to the next. */
  readonly dilation: number;
}

/** How many windows lie within `steps` steps. */
export const countWindows = (steps: number, { size, stride, dilation }: Windows): number =>
  Math.max(0, Math.floor((steps - (size - 1) * dilation - 1) / stride) + 1);

const windowsOp: Op<Windows> = {
  name: 'windows',
  isDataMovement: true,
  inferTypes: ([x], attributes) => {
    const [batch, steps, dim] = x.shape;
    return [{ shape: [batch, countWindows(steps, attributes), attributes.size, dim], dtype: x.dtype }];
  },
  gradient: (node, [dy]) => [dy && add1(foldOp, [dy], { ...node.attributes, steps: node.inputs[0].shape[1] })],
  lower: ({ node, inputs: [x], outputs: [y] }) => {
    const { stride, dilation } = node.attributes;
    const [batchStep, step] = strides(node.inputs[0].shape);
    const { shape } = node.outputs[0];
    return stridedCalls('copyStrided', x, y, shape, [batchStep, stride * step, dilation * step, 1], strides(shape));
  },
};

/** The sum of windows at their places. */
const foldOp: Op<Windows & { readonly steps: number }> = {
  name: 'fold',
  inferTypes: ([y], { steps }) => [{ shape: [y.shape[0], steps, y.shape[3]], dtype: 'float32' }],
  gradient: (node, [dx]) => [dx && windows(dx, node.attributes)],
  lower: ({ node, inputs: [y], outputs: [x] }) => {
    const { size, stride, dilation } = node.attributes;
    const { shape } = node.inputs[0];
    const [batch, count, , dim] = shape;
    const from = strides(shape);
    const [batchStep, step] = strides(node.outputs[0].shape);
    const clear: KernelCall = ['fill', x, sizeOf(node.outputs[0].shape), 0];
    if (stride > (size - 1) * dilation) {
      return [clear, ...stridedCalls('copyStrided', y, x, shape, from, [batchStep, stride * step, dilation * step, 1])];
    }
    // Windows that overlap add up one element of all windows at a time, since no two of those meet.
    const parts = Array.from({ length: size }, (_, j) =>
      stridedCalls(
        'addStrided',
        y + j * dim * 4,
        x + j * dilation * step * 4,
        [batch, count, dim],
        [from[0], from[1], 1],
        [batchStep, stride * step, 1],
      ),
    );
    return [clear, ...parts.flat()];
  },
};

/** x [batch, steps, dim] as windows [batch, count, size, dim]; steps that fill no window are left out. */
export function windows(x: Value, { size, stride = 1, dilation = 1 }: Pick<Windows, 'size'> & Partial<Windows>): Value {
  useLayerKernels();
  const attributes = { size, stride, dilation };
  const [batch, steps, dim] = x.shape;
  const count = countWindows(steps, attributes);
  const isCut = stride === size && (dilation === 1 || size === 1) && count * size === steps;
  return isCut ? reshape(x, [batch, count, size, dim]) : add1(windowsOp, [x], attributes);
}

/** Steps of zeros before and after a sequence. */
export type Padding = readonly [before: number, after: number];

/** Zeros around x's steps. */
export function padSteps(x: Value, [before, after]: Padding): Value {
  const [batch, steps, dim] = x.shape;
  return before === 0 && after === 0 ? x : place(x, [batch, before + steps + after, dim], [0, before, 0]);
}

/** How a kernel moves along time; by default one step at a time, without padding, over all features at once. */
export interface Convolution {
  readonly stride?: number;
  readonly dilation?: number;
  readonly padding?: Padding;
  /** Groups of features and of filters that see nothing of each other. */
  readonly groups?: number;
}

/** Cross-correlation of x [batch, steps, dim] with kernel [size, dim / groups, filters], plus a bias [filters]. */
export function conv1d(x: Value, kernel: Value, bias: Value | undefined, options: Convolution = {}): Value {
  const { stride = 1, dilation = 1, padding = [0, 0], groups = 1 } = options;
  const [size, dim, filters] = kernel.shape;
  const patches = windows(padSteps(x, padding), { size, stride, dilation });
  const [batch, count] = patches.shape;
  if (groups === 1) return dense(reshape(patches, [batch, count, size * dim]), reshape(kernel, [size * dim, filters]), bias);
  const rows = batch * count;
  const a = reshape(transpose(reshape(patches, [rows, size, groups, dim]), [2, 0, 1, 3]), [groups, rows, size * dim]);
  const b = transpose(reshape(kernel, [size * dim, groups, filters / groups]), [1, 0, 2]);
  const y = reshape(transpose(matmul(a, b), [1, 0, 2]), [batch, count, filters]);
  return bias ? add(y, bias) : y;
}
