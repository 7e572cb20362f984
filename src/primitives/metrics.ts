// Kernels of metrics: top-k, confusion counts, histograms.
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import type { Variable } from '../graph/variable.ts';
import { update } from './update.ts';

const rowSizes = ({ shape, size }: Value): [rows: number, columns: number] => {
  const columns = shape[shape.length - 1];
  return [columns === 0 ? 0 : size / columns, columns];
};

const inTopKOp: Op<number> = {
  name: 'inTopK',
  inferTypes: ([labels]) => [{ shape: labels.shape, dtype: 'float32' }],
  lower: ({ node, inputs: [labels, x], outputs: [y] }) => [['inTopK', labels, x, y, ...rowSizes(node.inputs[1]), node.attributes]],
};
/** 1 where x[..., label] is among the k largest of its row; for int32 labels, one a row. */
export const inTopK = (labels: Value, x: Value, k: number): Value => add1(inTopKOp, [labels, x], k);

const keepTopKOp: Op<number> = {
  name: 'keepTopK',
  inferTypes: ([x]) => [{ shape: x.shape, dtype: 'float32' }],
  lower: ({ node, inputs: [x], outputs: [y] }) => [['keepTopK', x, y, ...rowSizes(node.inputs[0]), node.attributes]],
};
/** x where it is among the k largest of its row, a very small number elsewhere. */
export const keepTopK = (x: Value, k: number): Value => add1(keepTopKOp, [x], k);

/** state += [true positives, false positives, false negatives, true negatives] of values of one shape. */
export function accumulateConfusion(
  state: Variable,
  target: Value,
  prediction: Value,
  weights: Value | undefined,
  threshold: number,
): void {
  const others = weights ? [target, prediction, weights] : [target, prediction];
  update('confusion', [state], others, ([s, y, p, w = 0]) => [['confusion', y, p, w, s, target.size, threshold]]);
}

/** state[0] += targets and state[1] += 1 - targets, each in the bucket of its prediction. */
export function accumulateHistogram(state: Variable, target: Value, prediction: Value, weights: Value | undefined): void {
  const others = weights ? [target, prediction, weights] : [target, prediction];
  update('histogram', [state], others, ([s, y, p, w = 0]) => [['histogram', y, p, w, s, target.size, state.shape[1]]]);
}
