// y = f(a, b) with NumPy's broadcasting.
import { ValueError } from '../errors.ts';
import { add1 } from '../graph/trace.ts';
import { type Op, sameShape, sizeOf, type Value } from '../graph/value.ts';
import type { KernelCall } from '../runtime/kernel-call.ts';
import { broadcastOp, fill, reshape } from './layout.ts';
import { sum } from './reduce.ts';
import { affine, log, negative } from './unary.ts';

type BinaryKernel =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'maximum'
  | 'minimum'
  | 'squaredDifference'
  | 'power'
  | 'equal'
  | 'notEqual'
  | 'greater'
  | 'greaterEqual'
  | 'less'
  | 'lessEqual';

/** y[r * columns + c] = f(a[r * aRow + c * aColumn], b[r * bRow + c * bColumn]) */
interface Pattern {
  readonly shape: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly a: readonly [row: number, column: number];
  readonly b: readonly [row: number, column: number];
}

/** The shape that both broadcast to. */
export function broadcastShape(a: readonly number[], b: readonly number[], what: string): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const p = a[a.length - rank + i] ?? 1;
    const q = b[b.length - rank + i] ?? 1;
    if (p !== q && p !== 1 && q !== 1) {
      throw new ValueError(
        `${what}: expected shapes that broadcast together, got [${a.join(', ')}] and [${b.join(', ')}]. Each pair of trailing dimensions must be equal or 1.`,
      );
    }
    return p === 1 ? q : p;
  });
}

/** How an operand repeats inside `shape`: over everything, over rows, over columns, not at all; undefined: another way. */
function repetition(
  operand: readonly number[],
  shape: readonly number[],
): { kind: 'full' | 'scalar' | 'suffix' | 'prefix'; size: number } | undefined {
  const size = sizeOf(operand);
  if (size === sizeOf(shape)) return { kind: 'full', size };
  if (size === 1) return { kind: 'scalar', size };
  const padded = [...Array<number>(shape.length - operand.length).fill(1), ...operand];
  const isOwn = (i: number) => padded[i] === shape[i];
  let first = 0;
  while (first < padded.length && padded[first] === 1) first++;
  if (padded.every((_, i) => i < first || isOwn(i))) return { kind: 'suffix', size };
  let last = padded.length;
  while (last > 0 && padded[last - 1] === 1) last--;
  if (padded.every((_, i) => i >= last || isOwn(i))) return { kind: 'prefix', size };
  return undefined;
}

function pattern(a: Value, b: Value, what: string): Pattern | undefined {
  const shape = broadcastShape(a.shape, b.shape, what);
  const total = sizeOf(shape);
  const p = repetition(a.shape, shape);
  const q = repetition(b.shape, shape);
  if (!p || !q) return undefined;
  let columns = total;
  for (const { kind, size } of [p, q]) {
    const wanted = kind === 'suffix' ? size : kind === 'prefix' ? total / size : total;
    if (wanted === total) continue;
    if (columns !== total && columns !== wanted) return undefined;
    columns = wanted;
  }
  const steps = { full: [columns, 1], scalar: [0, 0], suffix: [0, 1], prefix: [1, 0] } as const;
  return { shape, rows: columns === 0 ? 0 : total / columns, columns, a: steps[p.kind], b: steps[q.kind] };
}

type BinaryGradient = (dy: Value, a: Value, b: Value, y: Value) => readonly [Value | undefined, Value | undefined];

function binaryOp(name: BinaryKernel, dtype: 'float32' | 'bool', gradient?: BinaryGradient): Op<Pattern> {
  return {
    name,
    types: (_, { shape }) => [{ shape, dtype }],
    inPlace: [0, 1],
    gradient:
      gradient &&
      ((node, [dy]) => {
        if (!dy) return [];
        const [a, b] = node.inputs;
        return gradient(dy, a, b, node.outputs[0]).map((g, i) => g && reduceTo(g, node.inputs[i].shape));
      }),
    call: ({ node, inputs: [a, b], outputs: [y] }) => {
      const { rows, columns, a: x, b: z } = node.attributes;
      return [[name, a, b, y, rows, columns, x[0], x[1], z[0], z[1]] as KernelCall];
    },
  };
}

/** g summed over the axes along which `shape` was broadcast. */
export function reduceTo(g: Value, shape: readonly number[]): Value {
  if (sameShape(g.shape, shape)) return g;
  const missing = g.shape.length - shape.length;
  const axes = g.shape.map((_, i) => i).filter((i) => i < missing || (shape[i - missing] === 1 && g.shape[i] !== 1));
  return reshape(sum(g, axes), shape);
}

const table: Record<BinaryKernel, Op<Pattern>> = {
  add: binaryOp('add', 'float32', (dy) => [dy, dy]),
  subtract: binaryOp('subtract', 'float32', (dy) => [dy, negative(dy)]),
  multiply: binaryOp('multiply', 'float32', (dy, a, b) => [multiply(dy, b), multiply(dy, a)]),
  divide: binaryOp('divide', 'float32', (dy, _a, b, y) => [divide(dy, b), negative(divide(multiply(dy, y), b))]),
  maximum: binaryOp('maximum', 'float32', (dy, a, b) => [multiply(dy, greaterEqual(a, b)), multiply(dy, less(a, b))]),
  minimum: binaryOp('minimum', 'float32', (dy, a, b) => [multiply(dy, lessEqual(a, b)), multiply(dy, greater(a, b))]),
  squaredDifference: binaryOp('squaredDifference', 'float32', (dy, a, b) => {
    const g = affine(multiply(dy, subtract(a, b)), 2, 0);
    return [g, negative(g)];
  }),
  power: binaryOp('power', 'float32', (dy, a, b, y) => [
    multiply(dy, multiply(b, power(a, affine(b, 1, -1)))),
    multiply(dy, multiply(y, select(greater(a, fill([], 0)), log(a), fill([], 0)))),
  ]),
  equal: binaryOp('equal', 'bool'),
  notEqual: binaryOp('notEqual', 'bool'),
  greater: binaryOp('greater', 'bool'),
  greaterEqual: binaryOp('greaterEqual', 'bool'),
  less: binaryOp('less', 'bool'),
  lessEqual: binaryOp('lessEqual', 'bool'),
};

function binary(name: BinaryKernel, a: Value, b: Value): Value {
  const fast = pattern(a, b, name);
  if (fast) return add1(table[name], [a, b], fast);
  const shape = broadcastShape(a.shape, b.shape, name);
  return binary(name, broadcastTo(a, shape), broadcastTo(b, shape));
}

export const add = (a: Value, b: Value): Value => binary('add', a, b);
export const subtract = (a: Value, b: Value): Value => binary('subtract', a, b);
export const multiply = (a: Value, b: Value): Value => binary('multiply', a, b);
export const divide = (a: Value, b: Value): Value => binary('divide', a, b);
export const maximum = (a: Value, b: Value): Value => binary('maximum', a, b);
export const minimum = (a: Value, b: Value): Value => binary('minimum', a, b);
export const squaredDifference = (a: Value, b: Value): Value => binary('squaredDifference', a, b);
/** a to the power b; the gradient by b counts only where a is positive. */
export const power = (a: Value, b: Value): Value => binary('power', a, b);
export const equal = (a: Value, b: Value): Value => binary('equal', a, b);
export const notEqual = (a: Value, b: Value): Value => binary('notEqual', a, b);
export const greater = (a: Value, b: Value): Value => binary('greater', a, b);
export const greaterEqual = (a: Value, b: Value): Value => binary('greaterEqual', a, b);
export const less = (a: Value, b: Value): Value => binary('less', a, b);
export const lessEqual = (a: Value, b: Value): Value => binary('lessEqual', a, b);

/** The quotient a / b with 0 where b is 0, whatever a is. */
export function divideNoNan(a: Value, b: Value): Value {
  const zero = equal(b, fill([], 0));
  return select(zero, fill([], 0), divide(a, add(b, zero)));
}

/** layout's broadcast with the gradient it needs arithmetic for. */
const broadcastToOp: Op<readonly number[]> = {
  ...broadcastOp,
  gradient: (node, [dy]) => [dy && reduceTo(dy, node.inputs[0].shape)],
};

/** x repeated to `shape` by NumPy's rules. */
export const broadcastTo = (x: Value, shape: readonly number[]): Value =>
  sameShape(x.shape, shape) ? x : add1(broadcastToOp, [x], [...shape]);

const selectOp: Op<null> = {
  name: 'select',
  types: ([, a]) => [{ shape: a.shape, dtype: a.dtype }],
  gradient: (node, [dy]) => {
    if (!dy) return [];
    const [condition] = node.inputs;
    const zero = fill(dy.shape, 0);
    return [undefined, add1(selectOp, [condition, dy, zero], null), add1(selectOp, [condition, zero, dy], null)];
  },
  inPlace: [1, 2],
  call: ({ node, inputs: [condition, a, b], outputs: [y] }) => [['select', condition, a, b, y, node.inputs[0].size]],
};

/** a where the condition is not 0, b elsewhere. */
export function select(condition: Value, a: Value, b: Value): Value {
  const shape = broadcastShape(condition.shape, broadcastShape(a.shape, b.shape, 'select'), 'select');
  return add1(selectOp, [broadcastTo(condition, shape), broadcastTo(a, shape), broadcastTo(b, shape)], null);
}

const equalIntOp: Op<null> = {
  name: 'equalInt',
  types: ([a]) => [{ shape: a.shape, dtype: 'bool' }],
  call: ({ node, inputs: [a, b], outputs: [y] }) => [['equalInt', a, b, y, node.inputs[0].size]],
};
/** 1 where two int32 values of the same shape are equal. */
export const equalInt = (a: Value, b: Value): Value => add1(equalIntOp, [a, reshape(b, a.shape)], null);
