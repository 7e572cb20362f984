// Softmax and its logarithm over the last axis.
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { transpose } from './layout.ts';

type Kernel = 'softmax' | 'logSoftmax';

const sizes = ({ shape, size }: Value): [rows: number, columns: number] => {
  const columns = shape[shape.length - 1];
  return [columns === 0 ? 0 : size / columns, columns];
};

function rowOp(name: Kernel): Op<null> {
  const gradientOp: Op<null> = {
    name: `${name}Gradient`,
    inferTypes: ([y]) => [y],
    inPlace: [1],
    lower: ({ node, inputs: [y, dy], outputs: [dx] }) => [[`${name}Gradient`, y, dy, dx, ...sizes(node.inputs[0])] as KernelCall],
  };
  return {
    name,
    inferTypes: ([x]) => [{ shape: x.shape, dtype: 'float32' }],
    inPlace: [0],
    gradient: (node, [dy]) => [dy && add1(gradientOp, [node.outputs[0], dy], null)],
    lower: ({ node, inputs: [x], outputs: [y] }) => [[name, x, y, ...sizes(node.inputs[0])] as KernelCall],
  };
}

const softmaxOp = /* @__PURE__ */ rowOp('softmax');
const logSoftmaxOp = /* @__PURE__ */ rowOp('logSoftmax');

function alongAxis(op: Op<null>, x: Value, axis: number): Value {
  const rank = x.shape.length;
  const at = axis < 0 ? axis + rank : axis;
  if (at === rank - 1) return add1(op, [x], null);
  const swap = x.shape.map((_, i) => (i === at ? rank - 1 : i === rank - 1 ? at : i));
  return transpose(add1(op, [transpose(x, swap)], null), swap);
}

export const softmax = (x: Value, axis = -1): Value => alongAxis(softmaxOp, x, axis);
export const logSoftmax = (x: Value, axis = -1): Value => alongAxis(logSoftmaxOp, x, axis);
