// Gathers rows of a table. The gradient is sparse: rows summed by id.
import { sameShape } from '../graph/shape.ts';
import { add1, addNode, isComputed } from '../graph/trace.ts';
import type { Gradient, IndexedSlices, Op, Value } from '../graph/value.ts';
import { isIndexedSlices } from '../graph/value.ts';
import { checking } from '../kernels/environment.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import { broadcastOp, concatenate, reshape } from './layout.ts';
import { sumOp } from './reduce.ts';
import { toInt } from './unary.ts';

const gatherOp: Op<null> = {
  name: 'gather',
  inferTypes: ([table, ids]) => [{ shape: [...ids.shape, table.shape[1]], dtype: table.dtype }],
  gradient: (node, [dy]) => {
    if (!dy) return [];
    const [table, ids] = node.inputs;
    return [{ ids: reshape(ids, [ids.size]), values: reshape(dy, [ids.size, table.shape[1]]), shape: table.shape }];
  },
  // The sum of rows over time, as average pooling takes it, without the rows. A row of one column is added up in another order.
  fuses: ({ inputs: [table] }, reader) => reader.op === sumOp && reader.attributes.inner === table.shape[1] && table.shape[1] > 1,
  flops: () => 0,
  lower: ({ node, inputs: [table, ids], outputs: [y], fused }) => {
    const dim = node.inputs[0].shape[1];
    if (fused) return [['gatherSum', table, ids, y, fused.attributes.outer, fused.attributes.n, dim]];
    return [['gather', table, ids, y, node.inputs[1].size, dim]];
  },
};

/** table[ids]: int32 ids of any shape, already known to be in range. */
export const gather = (table: Value, ids: Value): Value => add1(gatherOp, [table, ids], null);

const limitIdsOp: Op<number> = {
  name: 'limitIds',
  inferTypes: ([ids]) => [{ shape: ids.shape, dtype: 'int32' }],
  inPlace: [0],
  lower: ({ node, inputs: [ids], outputs: [y] }) => [['limitIds', ids, y, node.inputs[0].size, node.attributes]],
};

/**
 * ids as int32, 0 for those outside [0, bound) that the run computes: they would be addresses of other memory, and the trace refuses
 * them only when the run is done. Those that come from inputs are in range already.
 */
export const limitIds = (ids: Value, bound: number): Value => (isComputed(ids) ? add1(limitIdsOp, [toInt(ids)], bound) : toInt(ids));

/** Rows of a table that may be non-zero: each id once, ascending; only the first `count` are meant. */
export interface CoalescedSlices {
  readonly rows: Value;
  readonly ids: Value;
  readonly count: Value;
}

const sortIdsOp: Op<{ readonly bound: number; readonly times: number }> = {
  name: 'sortIds',
  inferTypes: ([ids]) => [ids.size, ids.size, ids.size + 1, 1].map((length) => ({ shape: [length], dtype: 'int32' as const })),
  scratch: (node) => sortScratch(node.inputs[0].size),
  flops: () => 0,
  lower: ({ node, inputs: [ids], outputs: [order, unique, start, count], scratch }) => [
    ['sortIds', ids, order, unique, start, count, scratch, node.inputs[0].size, node.attributes.bound, node.attributes.times],
  ],
};

/** What assembly/embedding.ts needs to sort n ids: two lists of 64-bit pairs and the counters of a radix pass. */
const sortScratch = (n: number): number => 16 * n + 8192;

const sumRowsOp: Op<{ readonly clear: boolean }> = {
  name: 'sumRows',
  inferTypes: ([values, order]) => [{ shape: [order.size, values.shape[1]], dtype: 'float32' }],
  lower: ({ node, inputs: [values, order, start, count], outputs: [rows] }) => {
    const sum: KernelCall = ['sumRows', values, order, start, count, rows, node.inputs[0].shape[1]];
    return node.attributes.clear ? [['fill', rows, node.outputs[0].size, 0], sum] : [sum];
  },
};

/** Rows [n, dim] without what only repeats them: each of `rows` stands for `times` that follow one another. */
function unrepeated(values: Value): { readonly rows: Value; readonly times: number } {
  let value = values;
  while (value.node && !value.node.op.lower) value = value.node.inputs[0];
  const { node } = value;
  if (node?.op !== broadcastOp) return { rows: values, times: 1 };
  const [outer, times, dim] = value.shape;
  const spread = sameShape(node.inputs[0].shape, [outer, 1, dim]) && value.shape.length === 3 && dim === values.shape[1];
  return spread ? { rows: reshape(node.inputs[0], [outer, dim]), times } : { rows: values, times: 1 };
}

/** The gradient with repeated ids summed, in order of occurrence. `clear`: rows behind the last id are 0, not undefined. */
export function coalesce({ ids, values, shape }: IndexedSlices, { clear = checking() } = {}): CoalescedSlices {
  const { rows, times } = unrepeated(values);
  const [order, unique, start, count] = addNode(sortIdsOp, [ids], { bound: shape[0], times });
  return { rows: add1(sumRowsOp, [rows, order, start, count], { clear }), ids: unique, count };
}

const scatterRowsOp: Op<readonly number[]> = {
  name: 'scatterRows',
  inferTypes: (_, shape) => [{ shape, dtype: 'float32' }],
  lower: ({ node, inputs: [rows, unique, count], outputs: [y] }) => [
    ['scatterRows', rows, unique, count, y, node.attributes[0], node.attributes[1]],
  ],
};

/** The gradient as a table of its own, zero where no id points. */
export function densify(gradient: Gradient): Value {
  if (!isIndexedSlices(gradient)) return gradient;
  const { rows, ids, count } = coalesce(gradient);
  return add1(scatterRowsOp, [rows, ids, count], gradient.shape);
}

/** Several sparse gradients of one table as one. */
export function concatenateSlices(parts: readonly IndexedSlices[]): IndexedSlices {
  return {
    ids: concatenate(
      parts.map((part) => part.ids),
      0,
    ),
    values: concatenate(
      parts.map((part) => part.values),
      0,
    ),
    shape: parts[0].shape,
  };
}
