// How targets, predictions and weights of slightly different shapes go together.
import { mismatch } from '../common/errors.ts';
import { describe } from '../common/options.ts';
import { sameShape } from '../graph/shape.ts';
import { Value } from '../graph/value.ts';
import { expandDims, reshape, transpose } from '../primitives/layout.ts';
import { toFloat } from '../primitives/unary.ts';
import { type DType, type Tensor, type TensorLike, toTensor } from '../tensor/index.ts';

const squeeze = (x: Value): Value => reshape(x, x.shape.slice(0, -1));

/**
 * Two values of the same rank, when their ranks differ by one and the longer one's last axis has length 1: a vector gains an
 * axis, otherwise the longer one loses it. With `keep` the shorter one always gains it, so that weights per step still fit.
 */
export function sameRank(a: Value, b: Value, keep = false): [Value, Value] {
  const [p, q] = [a.shape, b.shape];
  if (p.length === q.length + 1 && p[p.length - 1] === 1) return q.length === 1 || keep ? [a, expandDims(b, -1)] : [squeeze(a), b];
  if (q.length === p.length + 1 && q[q.length - 1] === 1) return p.length === 1 || keep ? [expandDims(a, -1), b] : [a, squeeze(b)];
  return [a, b];
}

/** What a function of the user gave, when it is a value. */
export function checkValue(owner: string, given: unknown): Value {
  if (given instanceof Value) return given;
  throw mismatch(owner, 'the function to return a value made by ops', describe(given), 'Return what ops gave.');
}

const text = ({ shape }: Value): string => `[${shape.join(', ')}]`;

/** The target as float32, after making sure that it has the prediction's shape. */
export function likePrediction(owner: string, target: Value, prediction: Value): Value {
  if (sameShape(target.shape, prediction.shape)) return toFloat(target);
  throw mismatch(
    owner,
    `targets of the predictions' shape ${text(prediction)}`,
    text(target),
    'Reshape the targets, or give the last layer as many units as a target has numbers.',
  );
}

/** The labels with one for each row of the prediction: an axis of length 1 at the end is dropped. */
export function likeRows(owner: string, labels: Value, prediction: Value): Value {
  const rows = prediction.shape.slice(0, -1);
  const given = labels.shape.length === prediction.shape.length && labels.shape[labels.shape.length - 1] === 1 ? squeeze(labels) : labels;
  if (sameShape(given.shape, rows)) return given;
  throw mismatch(
    owner,
    `one whole label for each row of the predictions ${text(prediction)}`,
    `targets of shape ${text(labels)}`,
    'One-hot targets go with categorical_crossentropy.',
  );
}

/** What is given as tensors, by the names that messages say it by; the first of this dtype. */
export const tensorsOf = (owner: string, given: Readonly<Record<string, TensorLike | undefined>>, dtype: DType = 'float32'): Tensor[] =>
  Object.entries(given)
    .filter(([, values]) => values !== undefined)
    .map(([what, values], i) => toTensor(`${owner}: ${what}`, values, i ? 'float32' : dtype));

/** x with axes of length 1 at its end, until there are `rank`. */
export function padRank(x: Value, rank: number): Value {
  const missing = rank - x.shape.length;
  return missing > 0 ? reshape(x, [...x.shape, ...Array<number>(missing).fill(1)]) : x;
}

/** x with `axis` moved to the end. */
export function axisLast(x: Value, axis: number): Value {
  const rank = x.shape.length;
  const at = axis < 0 ? axis + rank : axis;
  if (at === rank - 1) return x;
  const others = x.shape.map((_, i) => i).filter((i) => i !== at);
  return transpose(x, [...others, at]);
}

/** What went into the sigmoid or softmax that gave this value, when it came from that directly. */
export const logitsOf = (prediction: Value, activation: 'sigmoid' | 'softmax'): Value | undefined =>
  prediction.node?.op.name === activation ? prediction.logits : undefined;

/** The trace's input that a value shows, under whatever shape. */
export function inputOf(value: Value): Value {
  let source = value;
  while (source.node && !source.node.op.lower) source = source.node.inputs[0];
  return source;
}
