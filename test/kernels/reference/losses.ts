// The naive form of assembly/losses.ts and assembly/crossentropy.ts, in f64.
import { logSoftmaxRow, mapRows, sum } from './softmax.ts';

type Numbers = ArrayLike<number>;
type Elementwise = (y: number, p: number, delta?: number) => number;

const EPSILON = Math.fround(1e-7);
const ONE_LESS_EPSILON = Math.fround(1 - 1e-7);
const clip = (v: number, low: number, high: number) => Math.min(Math.max(v, low), high);
const isWithin = (v: number, low: number, high: number) => Number(!(v < low || v > high));
const logOfOneMore = (v: number) => Math.log(Math.max(v, EPSILON) + 1);

/** Each loss and its slope by the prediction. */
export const losses: Record<string, [value: Elementwise, slope: Elementwise]> = {
  binaryCrossentropy: [
    (y, p) => {
      const q = clip(p, EPSILON, ONE_LESS_EPSILON);
      return -(y * Math.log(q) + (1 - y) * Math.log(1 - q));
    },
    (y, p) => isWithin(p, EPSILON, ONE_LESS_EPSILON) && (1 - y) / (1 - p) - y / p,
  ],
  binaryCrossentropyLogits: [(y, x) => Math.max(x, 0) - x * y + Math.log1p(Math.exp(-Math.abs(x))), (y, x) => 1 / (1 + Math.exp(-x)) - y],
  squaredError: [(y, p) => (p - y) ** 2, (y, p) => 2 * (p - y)],
  absoluteError: [(y, p) => Math.abs(p - y), (y, p) => Math.sign(p - y)],
  absolutePercentageError: [
    (y, p) => 100 * Math.abs((y - p) / Math.max(Math.abs(y), EPSILON)),
    (y, p) => (100 * Math.sign(p - y)) / Math.max(Math.abs(y), EPSILON),
  ],
  squaredLogarithmicError: [
    (y, p) => (logOfOneMore(p) - logOfOneMore(y)) ** 2,
    (y, p) => isWithin(p, EPSILON, Infinity) && (2 * (logOfOneMore(p) - logOfOneMore(y))) / (p + 1),
  ],
  logCosh: [(y, p) => Math.abs(p - y) + Math.log1p(Math.exp(-2 * Math.abs(p - y))) - Math.LN2, (y, p) => Math.tanh(p - y)],
  hinge: [(y, p) => Math.max(1 - y * p, 0), (y, p) => isWithin(1 - y * p, 0, Infinity) * -y],
  squaredHinge: [(y, p) => Math.max(1 - y * p, 0) ** 2, (y, p) => -2 * y * Math.max(1 - y * p, 0)],
  poisson: [(y, p) => p - y * Math.log(p + EPSILON), (y, p) => 1 - y / (p + EPSILON)],
  klDivergence: [
    (y, p) => clip(y, EPSILON, 1) * Math.log(clip(y, EPSILON, 1) / clip(p, EPSILON, 1)),
    (y, p) => isWithin(p, EPSILON, 1) && -clip(y, EPSILON, 1) / p,
  ],
  huber: [
    (y, p, delta = 1) => (Math.abs(p - y) <= delta ? (p - y) ** 2 / 2 : delta * Math.abs(p - y) - delta ** 2 / 2),
    (y, p, delta = 1) => (Math.abs(p - y) <= delta ? p - y : delta * Math.sign(p - y)),
  ],
};

/** Rows of a one-hot target; a label outside [0, columns) gives zeros. */
export function oneHot(labels: Numbers, columns: number): number[] {
  return Array.from(labels, (label) => Array.from({ length: columns }, (_, c) => Number(c === label))).flat();
}

export function crossentropy(target: Numbers, logits: Numbers, columns: number): number[] {
  return mapRows(columns, [target, logits], (t, x) => {
    const logs = logSoftmaxRow(x);
    return [sum(t.map((weight, i) => (weight === 0 ? 0 : -weight * logs[i])))];
  });
}

export function crossentropyGradient(target: Numbers, logits: Numbers, dout: Numbers, columns: number): number[] {
  let row = 0;
  return mapRows(columns, [target, logits], (t, x) => {
    const g = dout[row++];
    const total = sum(t);
    return logSoftmaxRow(x).map((v, i) => g * (Math.exp(v) * total - t[i]));
  });
}
