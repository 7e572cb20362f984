// Losses per element or row, with their gradients by the prediction.
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';

export type ElementwiseLoss =
  | 'binaryCrossentropy'
  | 'binaryCrossentropyLogits'
  | 'squaredError'
  | 'absoluteError'
  | 'absolutePercentageError'
  | 'squaredLogarithmicError'
  | 'logCosh'
  | 'hinge'
  | 'squaredHinge'
  | 'poisson'
  | 'klDivergence'
  | 'huber';

interface Elementwise {
  readonly name: ElementwiseLoss;
  readonly settings: readonly number[];
}

const elementOp: Op<Elementwise> = {
  name: 'loss',
  inferTypes: ([, prediction]) => [{ shape: prediction.shape, dtype: 'float32' }],
  gradient: (node, [dy]) => [undefined, dy && add1(elementGradientOp, [...node.inputs, dy], node.attributes)],
  lower: ({ node, inputs: [target, prediction], outputs: [y] }) => {
    const { name, settings } = node.attributes;
    return [[name, target, prediction, y, node.inputs[1].size, ...settings] as KernelCall];
  },
};

const elementGradientOp: Op<Elementwise> = {
  name: 'lossGradient',
  inferTypes: ([, prediction]) => [{ shape: prediction.shape, dtype: 'float32' }],
  inPlace: [2],
  lower: ({ node, inputs: [target, prediction, dy], outputs: [dx] }) => {
    const { name, settings } = node.attributes;
    return [[`${name}Gradient`, target, prediction, dy, dx, node.inputs[1].size, ...settings] as KernelCall];
  },
};

/** A loss for each element; target and prediction have the same shape. */
export const elementLoss = (name: ElementwiseLoss, target: Value, prediction: Value, ...settings: number[]): Value =>
  add1(elementOp, [target, prediction], { name, settings });

type RowKernel = 'sparseCrossentropy' | 'crossentropy';

const rowSizes = ({ shape, size }: Value): [rows: number, columns: number] => [size / shape[shape.length - 1], shape[shape.length - 1]];

function rowLossOp(name: RowKernel): Op<null> {
  const gradientOp: Op<null> = {
    name: `${name}Gradient`,
    inferTypes: ([, logits]) => [logits],
    lower: ({ node, inputs: [target, logits, dy], outputs: [dx] }) => [
      [`${name}Gradient`, target, logits, dy, dx, ...rowSizes(node.inputs[1])] as KernelCall,
    ],
  };
  return {
    name,
    inferTypes: ([, logits]) => [{ shape: logits.shape.slice(0, -1), dtype: 'float32' }],
    gradient: (node, [dy]) => [undefined, dy && add1(gradientOp, [...node.inputs, dy], null)],
    lower: ({ node, inputs: [target, logits], outputs: [y] }) => [[name, target, logits, y, ...rowSizes(node.inputs[1])] as KernelCall],
  };
}

const sparseCrossentropyOp = /* @__PURE__ */ rowLossOp('sparseCrossentropy');
const crossentropyOp = /* @__PURE__ */ rowLossOp('crossentropy');

/** logsumexp(row) - row[label] for int32 labels; a label outside the row counts nothing. */
export const sparseCrossentropy = (labels: Value, logits: Value): Value => add1(sparseCrossentropyOp, [labels, logits], null);
/** -sum(target * logSoftmax(row)). */
export const crossentropy = (target: Value, logits: Value): Value => add1(crossentropyOp, [target, logits], null);
