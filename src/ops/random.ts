// Random draws inside a plan. The host writes each draw's key before the run, so that a gradient can repeat the draw.
import { add1, currentTrace } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import { uint32At } from '../runtime/memory.ts';
import { fill } from './layout.ts';

/** Gives the four words that start each draw, and moves on. */
export interface KeySource {
  next(): ArrayLike<number>;
}

/** The key of one draw per run. */
export function drawKey(source: KeySource): Value {
  return currentTrace().feed({ shape: [4], dtype: 'int32' }, (address) => uint32At(address, 4).set(source.next()));
}

interface Dropped {
  readonly rate: number;
  readonly scale: number;
}

const dropoutOp: Op<Dropped> = {
  name: 'dropout',
  types: ([x]) => [{ shape: x.shape, dtype: 'float32' }],
  inPlace: [0],
  gradient: (node, [dy]) => [dy && add1(dropoutOp, [dy, node.inputs[1]], node.attributes)],
  call: ({ node, inputs: [x, key], outputs: [y] }) => [
    ['dropout', x, y, node.inputs[0].size, key, node.attributes.rate, node.attributes.scale],
  ],
};

/** x with each element zeroed with probability `rate` and the others divided by 1 - rate. */
export function dropout(x: Value, rate: number, key: Value): Value {
  if (rate >= 1) return fill(x.shape, 0);
  return add1(dropoutOp, [x, key], { rate, scale: Math.fround(1 / (1 - rate)) });
}
