// Global average pooling that skips masked time steps.
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';

const maskedMeanOp: Op<null> = {
  name: 'maskedMean',
  inferTypes: ([x]) => [{ shape: [x.shape[0], x.shape[2]], dtype: 'float32' }],
  gradient: (node, [dy]) => [dy && add1(maskedMeanGradientOp, [dy, node.inputs[1]], node.inputs[0].shape)],
  lower: ({ node, inputs: [x, mask], outputs: [y] }) => {
    const [batch, steps, dim] = node.inputs[0].shape;
    return [['maskedMeanSteps', x, mask, y, batch, steps, dim]];
  },
};

const maskedMeanGradientOp: Op<readonly number[]> = {
  name: 'maskedMeanGradient',
  inferTypes: (_, shape) => [{ shape, dtype: 'float32' }],
  lower: ({ node, inputs: [dy, mask], outputs: [dx] }) => {
    const [batch, steps, dim] = node.attributes;
    return [['maskedMeanStepsGradient', dy, mask, dx, batch, steps, dim]];
  },
};

/** The mean over axis 1 of x [batch, steps, dim] where mask [batch, steps] is 1; NaN where it is nowhere 1. */
export function maskedMean(x: Value, mask: Value): Value {
  return add1(maskedMeanOp, [x, mask], null);
}
