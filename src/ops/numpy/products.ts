// Products of matrices.
import { mismatch } from '../../common/errors.ts';
import { fitsDim, shapeText, sizeOf } from '../../graph/shape.ts';
import type { Value } from '../../graph/value.ts';
import { broadcastShape, broadcastTo, multiply } from '../../primitives/binary.ts';
import * as i from '../../primitives/integer.ts';
import { reshape, transpose } from '../../primitives/layout.ts';
import * as m from '../../primitives/matmul.ts';
import { sum } from '../../primitives/reduce.ts';
import { op } from '../dispatch.ts';
import { asFloat, asTruth } from '../dtypes.ts';
import { common } from '../parameters.ts';
import type { Binary } from '../signatures.ts';
import { numpy } from './module.ts';

function checkInner(owner: string, a: Value, b: Value, inner: number): void {
  if (fitsDim(a.shape[a.shape.length - 1], inner)) return;
  throw mismatch(
    owner,
    `the last axis of x1 to be as long as the ${b.shape.length > 1 ? 'last but one ' : ''}axis of x2`,
    `${shapeText(a.shape)} and ${shapeText(b.shape)}`,
    'Transpose or reshape one of them.',
  );
}
/** What products of matrices are made of, for float32 or whole numbers. */
interface Arithmetic {
  /** a [..., k] through a matrix [k, n]. */
  readonly dense: (a: Value, b: Value) => Value;
  /** Stacks of matrices of the same height. */
  readonly matmul: (a: Value, b: Value) => Value;
  readonly multiply: (a: Value, b: Value) => Value;
  readonly sum: (x: Value) => Value;
}

const floats: Arithmetic = { dense: m.dense, matmul: m.matmul, multiply, sum };
const ints: Arithmetic = { dense: i.dense, matmul: i.matmul, multiply: i.multiply, sum: i.sum };

/** The product of two operands of one dtype; truth values make truth values. */
function product(x1: Value, x2: Value, body: (a: Value, b: Value, arithmetic: Arithmetic) => Value): Value {
  if (x1.dtype === 'bool') return asTruth(body(asFloat(x1), asFloat(x2), floats));
  return body(x1, x2, x1.dtype === 'int32' ? ints : floats);
}

function matmulOf(a: Value, b: Value, arithmetic: Arithmetic): Value {
  const [p, q] = [a.shape.length, b.shape.length];
  if (p === 0 || q === 0) {
    throw mismatch('matmul', 'arrays of at least one axis', `${shapeText(a.shape)} and ${shapeText(b.shape)}`, 'Use multiply for numbers.');
  }
  checkInner('matmul', a, b, b.shape[Math.max(0, q - 2)]);
  if (q === 1) return reshape(arithmetic.dense(a, reshape(b, [b.size, 1])), a.shape.slice(0, -1));
  if (q === 2) return arithmetic.dense(a, b);
  if (p === 1) {
    const y = matmulOf(reshape(a, [1, a.size]), b, arithmetic);
    return reshape(y, [...y.shape.slice(0, -2), y.shape[y.shape.length - 1]]);
  }
  const outer = broadcastShape(a.shape.slice(0, -2), b.shape.slice(0, -2), 'matmul');
  const stacked = (x: Value): Value => {
    const matrix = x.shape.slice(-2);
    return reshape(broadcastTo(x, [...outer, ...matrix]), [sizeOf(outer), ...matrix]);
  };
  // One matrix for a whole stack needs no copies of it, except among whole numbers.
  const left = p === 2 && arithmetic === floats ? a : stacked(a);
  const y = arithmetic.matmul(left, stacked(b));
  return reshape(y, [...outer, ...y.shape.slice(-2)]);
}

function dotOf(a: Value, b: Value, arithmetic: Arithmetic): Value {
  const [p, q] = [a.shape.length, b.shape.length];
  if (p === 0 || q === 0) return arithmetic.multiply(a, b);
  if (q < 3) {
    checkInner('dot', a, b, b.shape[Math.max(0, q - 2)]);
    return p === 1 && q === 1 ? arithmetic.sum(arithmetic.multiply(a, b)) : matmulOf(a, b, arithmetic);
  }
  const inner = b.shape[q - 2];
  checkInner('dot', a, b, inner);
  const rest = b.shape.filter((_, k) => k !== q - 2);
  const order = [q - 2, ...b.shape.map((_, k) => k).filter((k) => k !== q - 2)];
  const y = arithmetic.dense(a, reshape(transpose(b, order), [inner, sizeOf(rest)]));
  return reshape(y, [...a.shape.slice(0, -1), ...rest]);
}

const same = { x1: common, x2: common } as const;

/**
 * The matrix product: `ops.matmul([[1, 2]], [[3], [4]])` is [[11]].
 *
 * The last axis of x1 goes against the last but one of x2; axes before those are stacks of matrices, which broadcast. An operand
 * with one axis is a row on the left, a column on the right.
 */
export const matmul: Binary = /* @__PURE__ */ op(numpy, 'matmul', same, ({ x1, x2 }) => product(x1, x2, matmulOf));

/** NumPy's dot: the last axis of x1 against the last but one of x2: `ops.dot([1, 2], [3, 4])` is 11. */
export const dot: Binary = /* @__PURE__ */ op(numpy, 'dot', same, ({ x1, x2 }) => product(x1, x2, dotOf));
