// Mean 0 and variance 1 along rows (layers) or columns (batches), each as one op.
import { add1, addNode } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import { useLayerKernels } from '../kernels/layer-kernels.ts';
import { multiply } from './binary.ts';
import { sum } from './reduce.ts';
import { affine, rsqrt } from './unary.ts';

/** Which of the optional inputs there are. */
interface Given {
  readonly gamma: boolean;
  readonly beta: boolean;
  readonly weights?: boolean;
}

const present = (values: readonly (Value | undefined)[]): Value[] => values.filter((value) => value !== undefined);

/** The optional inputs at `from` and behind, in the order of `Given`; `missing` for those that are not there. */
function optional<T>(
  list: readonly T[],
  from: number,
  { gamma, beta, weights = false }: Given,
  missing: T,
): [gamma: T, beta: T, weights: T] {
  let next = from;
  const [g, b, w] = [gamma, beta, weights].map((given) => (given ? list[next++] : missing));
  return [g, b, w];
}

type Dots = 'rows' | 'columns';

const dotsOp: Op<Dots> = {
  name: 'normalizedDots',
  inferTypes: ([x]) => [{ shape: [x.shape[1]], dtype: 'float32' }],
  lower: ({ node, inputs: [x, dy, mean, scale], outputs: [y] }) => {
    const [rows, columns] = node.inputs[0].shape;
    return [['normalizedDots', x, dy, mean, scale, y, rows, columns, node.attributes === 'rows' ? 1 : 0]];
  },
};

const layerOp: Op<Given & { readonly epsilon: number }> = {
  name: 'layerNormalize',
  inferTypes: ([x]) => [x.shape, [x.shape[0]], [x.shape[0]]].map((shape) => ({ shape, dtype: 'float32' as const })),
  gradient: (node, [dy]) => {
    if (!dy) return [];
    const [x] = node.inputs;
    const [, mean, scale] = node.outputs;
    const [gamma, beta] = optional<Value | undefined>(node.inputs, 1, node.attributes, undefined);
    const dx = add1(layerGradientOp, present([x, mean, scale, dy, gamma]), null);
    return [dx, ...(gamma ? [add1(dotsOp, [x, dy, mean, scale], 'rows')] : []), ...(beta ? [sum(dy, 0)] : [])];
  },
  lower: ({ node, inputs, outputs: [y, mean, scale] }) => {
    const [rows, columns] = node.inputs[0].shape;
    const [gamma, beta] = optional(inputs, 1, node.attributes, 0);
    return [['layerNormalize', inputs[0], gamma, beta, y, mean, scale, rows, columns, node.attributes.epsilon]];
  },
};

const layerGradientOp: Op<null> = {
  name: 'layerNormalizeGradient',
  inferTypes: ([x]) => [x],
  inPlace: [3],
  lower: ({ node, inputs: [x, mean, scale, dy, gamma = 0], outputs: [dx] }) => {
    const [rows, columns] = node.inputs[0].shape;
    return [['layerNormalizeGradient', x, gamma, mean, scale, dy, dx, rows, columns]];
  },
};

/** Each row of x [rows, columns] minus its mean, over the root of its variance plus epsilon, times gamma, plus beta [columns]. */
export function layerNormalize(x: Value, gamma: Value | undefined, beta: Value | undefined, epsilon: number): Value {
  useLayerKernels();
  return addNode(layerOp, present([x, gamma, beta]), { gamma: gamma !== undefined, beta: beta !== undefined, epsilon })[0];
}

const momentsOp: Op<null> = {
  name: 'columnMoments',
  inferTypes: ([x]) => [0, 1].map(() => ({ shape: [x.shape[1]], dtype: 'float32' as const })),
  lower: ({ node, inputs: [x, weights = 0], outputs: [mean, variance] }) => {
    const [rows, columns] = node.inputs[0].shape;
    return [['columnMoments', x, weights, mean, variance, rows, columns]];
  },
};

/** Mean and variance of the columns of x [rows, columns]. */
export interface Moments {
  readonly mean: Value;
  readonly variance: Value;
}

/** The columns' moments, without a gradient of their own; `weights` [rows] sum to 1, and are all the same when left out. */
export function columnMoments(x: Value, weights?: Value): Moments {
  useLayerKernels();
  const [mean, variance] = addNode(momentsOp, present([x, weights]), null);
  return { mean, variance };
}

interface Columns extends Given {
  /** Whether mean and variance are those of x itself, so that the gradient goes through them. */
  readonly ownMoments: boolean;
}

const columnsOp: Op<Columns> = {
  name: 'normalizeColumns',
  inferTypes: ([x]) => [x],
  inPlace: [0],
  gradient: (node, [dy]) => {
    if (!dy) return [];
    const [x, mean, scale] = node.inputs;
    const [gamma, beta, weights] = optional<Value | undefined>(node.inputs, 3, node.attributes, undefined);
    const dots = add1(dotsOp, [x, dy, mean, scale], 'columns');
    const total = sum(dy, 0);
    const dx = node.attributes.ownMoments
      ? add1(columnsGradientOp, present([x, dy, mean, scale, total, dots, gamma, weights]), { ...node.attributes, beta: false })
      : multiply(dy, gamma ? multiply(scale, gamma) : scale);
    return [dx, undefined, undefined, ...(gamma ? [dots] : []), ...(beta ? [total] : [])];
  },
  lower: ({ node, inputs, outputs: [y] }) => {
    const [rows, columns] = node.inputs[0].shape;
    const [x, mean, scale] = inputs;
    const [gamma, beta] = optional(inputs, 3, node.attributes, 0);
    return [['normalizeColumns', x, mean, scale, gamma, beta, y, rows, columns]];
  },
};

const columnsGradientOp: Op<Given> = {
  name: 'normalizeColumnsGradient',
  inferTypes: ([x]) => [x],
  inPlace: [1],
  lower: ({ node, inputs, outputs: [dx] }) => {
    const [rows, columns] = node.inputs[0].shape;
    const [x, dy, mean, scale, total, dots] = inputs;
    const [gamma, , weights] = optional(inputs, 6, node.attributes, 0);
    return [['normalizeColumnsGradient', x, dy, mean, scale, gamma, total, dots, weights, dx, rows, columns]];
  },
};

/** What normalizeColumns takes besides x: all of it has a number for each column, but `weights` one for each row. */
export interface ColumnOptions {
  readonly moments: Moments;
  readonly gamma: Value | undefined;
  readonly beta: Value | undefined;
  readonly epsilon: number;
  /** Whether the moments are columnMoments(x, weights), so that the gradient goes through them. */
  readonly ownMoments: boolean;
  readonly weights?: Value | undefined;
}

/** The columns of x [rows, columns] minus the mean, over the root of the variance plus epsilon, times gamma, plus beta. */
export function normalizeColumns(x: Value, { moments, gamma, beta, epsilon, ownMoments, weights }: ColumnOptions): Value {
  useLayerKernels();
  const scale = rsqrt(affine(moments.variance, 1, epsilon));
  const given = { gamma: gamma !== undefined, beta: beta !== undefined, weights: weights !== undefined };
  return add1(columnsOp, present([x, moments.mean, scale, gamma, beta, weights]), { ...given, ownMoments });
}
