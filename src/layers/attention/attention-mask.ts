// Masks of multi-head attention, and the softmax with them.
import { mismatch } from '../../common/errors.ts';
import { fitsDim, shapeText, sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { add, broadcastTo, multiply } from '../../primitives/binary.ts';
import { expandDims, reshape } from '../../primitives/layout.ts';
import { softmax } from '../../primitives/softmax.ts';
import { affine, toFloat } from '../../primitives/unary.ts';
import { relabel } from '../../primitives/views.ts';
import { MASKED } from './attention-layer.ts';

/** Shapes of query and value, the axes attended over, the number of heads. */
export interface Attended {
  readonly query: readonly number[];
  readonly value: readonly number[];
  readonly axes: readonly number[];
  readonly heads: number;
}

/**
 * `attentionMask` as [batch and axes apart, heads or 1, rows or 1, columns or 1]. Its last axes are those attended over, of the query
 * and of the value; before them may stand the batch, the axes apart and the heads, in this order and some from the left. Each is full
 * or 1.
 */
export function expandAttentionMask(owner: string, mask: Value, { query, value, axes, heads }: Attended): Value {
  const inner = [...axes.map((at) => query[at]), ...axes.map((at) => value[at])];
  const apart = query.slice(0, -1).filter((_, i) => !axes.includes(i));
  const full = [...apart, heads, ...inner];
  const start = mask.shape.length - inner.length;
  const missing = Math.max(0, apart.length + 1 - start);
  const shape = [...mask.shape.slice(0, Math.max(0, start)), ...Array<number>(missing).fill(1), ...mask.shape.slice(Math.max(0, start))];
  if (start < 0 || shape.length !== full.length || !shape.every((dim, i) => dim === 1 || fitsDim(dim, full[i]))) {
    const without = shapeText([...apart.slice(0, 1), ...inner]);
    throw mismatch(
      owner,
      `attentionMask of shape ${without} or ${shapeText(full)}`,
      shapeText(mask.shape),
      'Give 1 where a step of the query may look at a step of the value, 0 elsewhere.',
    );
  }
  const expanded = reshape(relabel(toFloat(mask), 'float32'), shape);
  // With one axis each the mask broadcasts against the scores as it is.
  if (full.length === 4) return expanded;
  const perHeads = shape[apart.length];
  const rows = sizeOf(axes.map((at) => query[at]));
  const columns = sizeOf(axes.map((at) => value[at]));
  return reshape(broadcastTo(expanded, [...apart, perHeads, ...inner]), [sizeOf(apart), perHeads, rows, columns]);
}

/** A mask [batch, rows, columns] for the heads; [rows, columns] is for them all as it is. */
export const perHead = (mask: Value): Value => (mask.shape.length === 3 ? expandDims(mask, 1) : mask);

/**
 * The softmax over the last axis of scores [batch, heads, rows, columns], 0 wherever `mask` is. A row that is masked as a whole has
 * equal weights, or with `zero` none.
 */
export function maskedSoftmax(scores: Value, mask: Value | undefined, zero: boolean): Value {
  if (!mask) return softmax(scores);
  // Masked scores become 0 first: beside the large number even rounding must not show them.
  const weights = softmax(add(multiply(scores, mask), affine(mask, MASKED, -MASKED)));
  return zero ? multiply(weights, mask) : weights;
}
