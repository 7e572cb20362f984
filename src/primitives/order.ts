// Order along the last axis, and sums and products of all elements so far.
import { sizeOf } from '../graph/shape.ts';
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import { useFunctionKernels } from '../kernels/function-kernels.ts';
import { divide, multiply } from './binary.ts';
import { flip } from './layout.ts';

interface Order {
  readonly k: number;
  readonly isDescending: boolean;
}

const orderOp: Op<Order> = {
  name: 'order',
  inferTypes: ([x], { k }) => [{ shape: [...x.shape.slice(0, -1), k], dtype: 'int32' }],
  lower: ({ node, inputs: [x], outputs: [y] }) => {
    const { shape, dtype } = node.inputs[0];
    const { k, isDescending } = node.attributes;
    const n = shape[shape.length - 1];
    return [['sortRows', x, y, sizeOf(shape.slice(0, -1)), n, k, dtype === 'int32' ? 1 : 0, isDescending ? -1 : 0]];
  },
};

/** Places of the first k elements along the last axis, equal ones in their order; NaN counts as the largest number. */
export function order(x: Value, k: number, isDescending: boolean): Value {
  useFunctionKernels();
  return add1(orderOp, [x], { k, isDescending });
}

/** Along an axis. */
interface Scan {
  readonly axis: number;
  readonly isProduct: boolean;
}

const scanOp: Op<Scan> = {
  name: 'scan',
  inferTypes: ([x]) => [x],
  gradient: (node, [dy]) => {
    const { axis, isProduct } = node.attributes;
    if (!dy) return [];
    const backwards = (g: Value) => flip(cumulate(flip(g, [axis]), axis, false), [axis]);
    return [isProduct ? divide(backwards(multiply(dy, node.outputs[0])), node.inputs[0]) : backwards(dy)];
  },
  flops: (node) => node.inputs[0].size,
  lower: ({ node, inputs: [x], outputs: [y] }) => {
    const { axis, isProduct } = node.attributes;
    const { shape, dtype } = node.inputs[0];
    const sizes = [sizeOf(shape.slice(0, axis)), shape[axis], sizeOf(shape.slice(axis + 1))] as const;
    return [['scanColumns', x, y, ...sizes, isProduct ? 1 : 0, dtype === 'int32' ? 1 : 0]];
  },
};

/** The sum, or the product, of each element and all before it along an axis. Like TensorFlow's, the product's gradient divides by x. */
export function cumulate(x: Value, axis: number, isProduct: boolean): Value {
  useFunctionKernels();
  return add1(scanOp, [x], { axis, isProduct });
}
