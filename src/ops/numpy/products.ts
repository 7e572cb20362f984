// Products of matrices.
import { ValueError } from '../../common/errors.ts';
import { fitsDim, shapeText, sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { broadcastShape, broadcastTo, multiply } from '../../primitives/binary.ts';
import { reshape, transpose } from '../../primitives/layout.ts';
import * as m from '../../primitives/matmul.ts';
import { sum } from '../../primitives/reduce.ts';
import { op } from '../dispatch.ts';
import { float } from '../parameters.ts';
import type { Binary } from '../signatures.ts';
import { numpy } from './module.ts';

function checkInner(owner: string, a: Value, b: Value, inner: number): void {
  if (fitsDim(a.shape[a.shape.length - 1], inner)) return;
  throw new ValueError(
    `${owner}: expected the last axis of x1 to be as long as the ${b.shape.length > 1 ? 'last but one ' : ''}axis of x2, ` +
      `got ${shapeText(a.shape)} and ${shapeText(b.shape)}. Transpose or reshape one of them.`,
  );
}
function matmulOf(a: Value, b: Value): Value {
  const [p, q] = [a.shape.length, b.shape.length];
  if (p === 0 || q === 0) {
    throw new ValueError(
      `matmul: expected arrays of at least one axis, got ${shapeText(a.shape)} and ${shapeText(b.shape)}. Use multiply for numbers.`,
    );
  }
  checkInner('matmul', a, b, b.shape[Math.max(0, q - 2)]);
  if (q === 1) return reshape(m.dense(a, reshape(b, [b.size, 1])), a.shape.slice(0, -1));
  if (q === 2) return m.dense(a, b);
  if (p === 1) {
    const y = matmulOf(reshape(a, [1, a.size]), b);
    return reshape(y, [...y.shape.slice(0, -2), y.shape[y.shape.length - 1]]);
  }
  const outer = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2), 'matmul');
  const stacked = (x: Value): Value => {
    const matrix = x.shape.slice(-2);
    return x.shape.length === 2 ? x : reshape(broadcastTo(x, [...outer, ...matrix]), [sizeOf(outer), ...matrix]);
  };
  const y = m.matmul(stacked(a), stacked(b));
  return reshape(y, [...outer, ...y.shape.slice(-2)]);
}

const floats = { x1: float, x2: float } as const;

/**
 * The matrix product: `ops.matmul([[1, 2]], [[3], [4]])` is [[11]].
 *
 * The last axis of x1 goes against the last but one of x2; axes before those are stacks of matrices, which broadcast. An operand
 * with one axis is a row on the left, a column on the right.
 */
export const matmul: Binary = /* @__PURE__ */ op(numpy, 'matmul', floats, ({ x1, x2 }) => matmulOf(x1, x2));

/** NumPy's dot: the last axis of x1 against the last but one of x2: `ops.dot([1, 2], [3, 4])` is 11. */
export const dot: Binary = /* @__PURE__ */ op(numpy, 'dot', floats, ({ x1: a, x2: b }) => {
  const [p, q] = [a.shape.length, b.shape.length];
  if (p === 0 || q === 0) return multiply(a, b);
  if (q < 3) {
    checkInner('dot', a, b, b.shape[Math.max(0, q - 2)]);
    return p === 1 && q === 1 ? sum(multiply(a, b)) : matmulOf(a, b);
  }
  const inner = b.shape[q - 2];
  checkInner('dot', a, b, inner);
  const rest = b.shape.filter((_, i) => i !== q - 2);
  const order = [q - 2, ...b.shape.map((_, i) => i).filter((i) => i !== q - 2)];
  const y = m.dense(a, reshape(transpose(b, order), [inner, sizeOf(rest)]));
  return reshape(y, [...a.shape.slice(0, -1), ...rest]);
});
