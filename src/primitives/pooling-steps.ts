// Max and average pooling over windows of time steps.
import { add1 } from '../graph/trace.ts';
import type { Op, TensorType, Value } from '../graph/value.ts';
import { useLayerKernels } from '../kernels/layer-kernels.ts';

/** Windows of `size` steps, the first one starting `left` steps before x. */
export interface Pooling {
  readonly size: number;
  readonly stride: number;
  readonly left: number;
  /** Number of windows; each has at least one step of x. */
  readonly windows: number;
}

interface Pooled extends Pooling {
  /** Shape of x. */
  readonly shape: readonly number[];
}

type Sizes = [batch: number, steps: number, dim: number, windows: number, size: number, stride: number, left: number];

const sizes = ({ shape: [batch, steps, dim], windows, size, stride, left }: Pooled): Sizes => [
  batch,
  steps,
  dim,
  windows,
  size,
  stride,
  left,
];

const inferTypes = ([x]: readonly Value[], { windows }: Pooled): TensorType[] => [
  { shape: [x.shape[0], windows, x.shape[2]], dtype: 'float32' },
];

const maxOp: Op<Pooled> = {
  name: 'maxPool',
  inferTypes,
  gradient: (node, [dy]) => [dy && add1(maxGradientOp, [node.inputs[0], node.outputs[0], dy], node.attributes)],
  lower: ({ node, inputs: [x], outputs: [y] }) => [['maxPoolSteps', x, y, ...sizes(node.attributes)]],
};

const maxGradientOp: Op<Pooled> = {
  name: 'maxPoolGradient',
  inferTypes: ([x]) => [x],
  lower: ({ node, inputs: [x, y, dy], outputs: [dx] }) => [['maxPoolStepsGradient', x, y, dy, dx, ...sizes(node.attributes)]],
};

const averageOp: Op<Pooled> = {
  name: 'averagePool',
  inferTypes,
  gradient: (node, [dy]) => [dy && add1(averageGradientOp, [dy], node.attributes)],
  lower: ({ node, inputs: [x], outputs: [y] }) => [['averagePoolSteps', x, y, ...sizes(node.attributes)]],
};

const averageGradientOp: Op<Pooled> = {
  name: 'averagePoolGradient',
  inferTypes: (_, { shape }) => [{ shape, dtype: 'float32' }],
  lower: ({ node, inputs: [dy], outputs: [dx] }) => [['averagePoolStepsGradient', dy, dx, ...sizes(node.attributes)]],
};

function pool(op: Op<Pooled>, x: Value, pooling: Pooling): Value {
  useLayerKernels();
  return add1(op, [x], { ...pooling, shape: x.shape });
}

/** The largest of each window of x [batch, steps, dim]; of equal elements the first gets the gradient, as in TensorFlow. */
export const maxPool = (x: Value, pooling: Pooling): Value => pool(maxOp, x, pooling);

/** The mean of the steps of x [batch, steps, dim] in each window; what lies outside x does not count. */
export const averagePool = (x: Value, pooling: Pooling): Value => pool(averageOp, x, pooling);
