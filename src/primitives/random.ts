// Random draws inside a plan. The host writes each draw's key before the run, so that a gradient can repeat the draw.
import { add1, currentTrace } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import { uint32At } from '../kernels/memory.ts';
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
  inferTypes: ([x]) => [{ shape: x.shape, dtype: 'float32' }],
  inPlace: [0],
  gradient: (node, [dy]) => [dy && add1(dropoutOp, [dy, node.inputs[1]], node.attributes)],
  lower: ({ node, inputs: [x, key], outputs: [y] }) => [
    ['dropout', x, y, node.inputs[0].size, key, node.attributes.rate, node.attributes.scale],
  ],
};

/** x with each element zeroed with probability `rate` and the others divided by 1 - rate. */
export function dropout(x: Value, rate: number, key: Value): Value {
  if (rate >= 1) return fill(x.shape, 0);
  return add1(dropoutOp, [x, key], { rate, scale: Math.fround(1 / (1 - rate)) });
}

interface Drawn {
  readonly shape: readonly number[];
  readonly kernel: 'randomNormal' | 'randomUniform';
  /** Mean and deviation, or the lowest value and the range. */
  readonly settings: readonly [number, number];
}

const drawOp: Op<Drawn> = {
  name: 'draw',
  inferTypes: (_, { shape }) => [{ shape, dtype: 'float32' }],
  lower: ({ node, inputs: [key], outputs: [y] }) => [[node.attributes.kernel, y, node.outputs[0].size, key, ...node.attributes.settings]],
};

/** Normal numbers with the given mean and standard deviation. */
export const normal = (shape: readonly number[], key: Value, mean: number, stddev: number): Value =>
  add1(drawOp, [key], { shape: [...shape], kernel: 'randomNormal', settings: [mean, stddev] });

/** Uniform numbers in [0, 1). */
export const uniform = (shape: readonly number[], key: Value): Value =>
  add1(drawOp, [key], { shape: [...shape], kernel: 'randomUniform', settings: [0, 1] });
