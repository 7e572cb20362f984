// Bucketizes numbers and encodes bins as one-hot and multi-hot rows.
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import { useLayerKernels } from '../kernels/layer-kernels.ts';

const bucketizeOp: Op<null> = {
  name: 'bucketize',
  inferTypes: ([x]) => [{ shape: x.shape, dtype: 'int32' }],
  lower: ({ node, inputs: [x, boundaries], outputs: [y] }) => [['bucketize', x, boundaries, y, node.inputs[0].size, node.inputs[1].size]],
};

/** How many of the ascending boundaries are at most x, as int32. */
export function bucketize(x: Value, boundaries: Value): Value {
  useLayerKernels();
  return add1(bucketizeOp, [x, boundaries], null);
}

const encodeOp: Op<{ readonly tokens: number; readonly counts: boolean }> = {
  name: 'encodeIds',
  inferTypes: ([ids], { tokens }) => [{ shape: [ids.shape[0], tokens], dtype: 'float32' }],
  lower: ({ node, inputs: [ids], outputs: [y] }) => {
    const [rows, length] = node.inputs[0].shape;
    const { tokens, counts } = node.attributes;
    return [['encodeIds', ids, y, rows, length, tokens, counts ? 1 : 0]];
  },
};

/** A row of `tokens` numbers for each row of int32 ids [rows, length]: 1 at the ids it has, or how often it has them. */
export function encodeIds(ids: Value, tokens: number, counts = false): Value {
  useLayerKernels();
  return add1(encodeOp, [ids], { tokens, counts });
}
