// Scaling by a number that is known only when the plan runs: clipping of gradients by their norm.
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';

const clipFactorOp: Op<number> = {
  name: 'clipFactor',
  inferTypes: () => [{ shape: [], dtype: 'float32' }],
  lower: ({ node, inputs: [squares], outputs: [factor] }) => [['clipFactor', squares, factor, node.inputs[0].size, node.attributes]],
};

/** limit / max(norm, limit), the norm being the root of the sum of `squares`: 1 unless the norm is above the limit. */
export const clipFactor = (squares: Value, limit: number): Value => add1(clipFactorOp, [squares], limit);

const scaleByOp: Op<null> = {
  name: 'scaleBy',
  inferTypes: ([x]) => [x],
  inPlace: [0],
  lower: ({ node, inputs: [x, factor], outputs: [y] }) => [['scaleBy', x, y, factor, node.inputs[0].size]],
};

/** x times a scalar; without a gradient of its own. */
export const scaleBy = (x: Value, factor: Value): Value => add1(scaleByOp, [x, factor], null);
