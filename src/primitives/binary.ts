// y = f(a, b) with NumPy's broadcasting.
import { mismatch } from '../common/errors.ts';
import { broadcastDim, isKnown, sameShape, shapeText, sizeOf, UNKNOWN } from '../graph/shape.ts';
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import type { KernelCall } from '../kernels/kernel-call.ts';
import type { DType } from '../tensor/tensor.ts';
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

/** Kernels of the library of whole numbers, which integer.ts has the functions of. */
type IntegerKernel =
  | 'addInt'
  | 'subtractInt'
  | 'multiplyInt'
  | 'maximumInt'
  | 'minimumInt'
  | 'lessInt'
  | 'lessEqualInt'
  | 'floorDivideInt'
  | 'moduloInt'
  | 'powerInt'
  | 'modulo';

/** y[r * columns + c] = f(a[r * aRow + c * aColumn], b[r * bRow + c * bColumn]) */
export interface Pattern {
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
    const dim = broadcastDim(p, q);
    if (dim !== undefined) return dim;
    throw mismatch(
      what,
      'shapes that broadcast together',
      `${shapeText(a)} and ${shapeText(b)}`,
      'Each pair of trailing dimensions must be equal or 1.',
    );
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
  if (!isKnown(a.size) || !isKnown(b.size)) return { shape, rows: UNKNOWN, columns: UNKNOWN, a: [0, 0], b: [0, 0] };
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

/** The op of a kernel. */
export function binaryOp(name: BinaryKernel | IntegerKernel, dtype: DType, gradient?: BinaryGradient): Op<Pattern> {
  return {
    name,
    inferTypes: (_, { shape }) => [{ shape, dtype }],
    inPlace: [0, 1],
    gradient:
      gradient &&
      ((node, [dy]) => {
        if (!dy) return [];
        const [a, b] = node.inputs;
        return gradient(dy, a, b, node.outputs[0]).map((g, i) => g && reduceTo(g, node.inputs[i].shape));
      }),
    lower: ({ node, inputs: [a, b], outputs: [y] }) => {
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

/** Adds the op to the graph, operands broadcast first where the kernel cannot. */
export function applyBinary(op: Op<Pattern>, a: Value, b: Value): Value {
  const fast = pattern(a, b, op.name);
  if (fast) return add1(op, [a, b], fast);
  const shape = broadcastShape(a.shape, b.shape, op.name);
  return applyBinary(op, broadcastTo(a, shape), broadcastTo(b, shape));
}

export type Binary = (a: Value, b: Value) => Value;

/** The function of a kernel and its gradient. */
function arithmetic(name: BinaryKernel, gradient: BinaryGradient): Binary {
  const op = binaryOp(name, 'float32', gradient);
  return (a, b) => applyBinary(op, a, b);
}

/** 1 where it holds, 0 elsewhere. */
function comparison(name: BinaryKernel): Binary {
  const op = binaryOp(name, 'bool');
  return (a, b) => applyBinary(op, a, b);
}

export const add = /* @__PURE__ */ arithmetic('add', (dy) => [dy, dy]);
export const subtract = /* @__PURE__ */ arithmetic('subtract', (dy) => [dy, negative(dy)]);
export const multiply: Binary = /* @__PURE__ */ arithmetic('multiply', (dy, a, b) => [multiply(dy, b), multiply(dy, a)]);
export const divide: Binary = /* @__PURE__ */ arithmetic('divide', (dy, _a, b, y) => [divide(dy, b), negative(divide(multiply(dy, y), b))]);
export const maximum = /* @__PURE__ */ arithmetic('maximum', (dy, a, b) => [multiply(dy, greaterEqual(a, b)), multiply(dy, less(a, b))]);
export const minimum = /* @__PURE__ */ arithmetic('minimum', (dy, a, b) => [multiply(dy, lessEqual(a, b)), multiply(dy, greater(a, b))]);
export const squaredDifference = /* @__PURE__ */ arithmetic('squaredDifference', (dy, a, b) => {
  const g = affine(multiply(dy, subtract(a, b)), 2, 0);
  return [g, negative(g)];
});
/** a to the power b; the gradient by b counts only where a is positive. */
export const power: Binary = /* @__PURE__ */ arithmetic('power', (dy, a, b, y) => [
  multiply(dy, multiply(b, power(a, affine(b, 1, -1)))),
  multiply(dy, multiply(y, select(greater(a, fill([], 0)), log(a), fill([], 0)))),
]);
export const equal = /* @__PURE__ */ comparison('equal');
export const notEqual = /* @__PURE__ */ comparison('notEqual');
export const greater = /* @__PURE__ */ comparison('greater');
export const greaterEqual = /* @__PURE__ */ comparison('greaterEqual');
export const less = /* @__PURE__ */ comparison('less');
export const lessEqual = /* @__PURE__ */ comparison('lessEqual');

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
  inferTypes: ([, a]) => [{ shape: a.shape, dtype: a.dtype }],
  gradient: (node, [dy]) => {
    if (!dy) return [];
    const [condition] = node.inputs;
    const zero = fill(dy.shape, 0);
    return [undefined, add1(selectOp, [condition, dy, zero], null), add1(selectOp, [condition, zero, dy], null)];
  },
  inPlace: [1, 2],
  lower: ({ node, inputs: [condition, a, b], outputs: [y] }) => [['select', condition, a, b, y, node.inputs[0].size]],
};

/** a where the condition is not 0, b elsewhere. */
export function select(condition: Value, a: Value, b: Value): Value {
  const shape = broadcastShape(condition.shape, broadcastShape(a.shape, b.shape, 'select'), 'select');
  return add1(selectOp, [broadcastTo(condition, shape), broadcastTo(a, shape), broadcastTo(b, shape)], null);
}

const equalIntOp: Op<null> = {
  name: 'equalInt',
  inferTypes: ([a]) => [{ shape: a.shape, dtype: 'bool' }],
  lower: ({ node, inputs: [a, b], outputs: [y] }) => [['equalInt', a, b, y, node.inputs[0].size]],
};
/** 1 where two int32 values of the same shape are equal. */
export const equalInt = (a: Value, b: Value): Value => add1(equalIntOp, [a, reshape(b, a.shape)], null);
