// Truth values: 1 and 0 of dtype bool.
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import * as i from '../../primitives/integer.ts';
import { fill } from '../../primitives/layout.ts';
import { absolute, affine } from '../../primitives/unary.ts';
import { relabel } from '../../primitives/views.ts';
import { op } from '../dispatch.ts';
import { asFloat } from '../dtypes.ts';
import type { Operand, OpResult } from '../operand.ts';
import { common, float, truth } from '../parameters.ts';
import type { Binary, Unary } from '../signatures.ts';
import { numpy } from './module.ts';

const two = { x1: common, x2: common } as const;
const truths = { x1: truth, x2: truth } as const;

interface Two {
  readonly x1: Value;
  readonly x2: Value;
}

/** One function for whole numbers and one for float32. */
const either =
  (ints: b.Binary, floats: b.Binary) =>
  ({ x1, x2 }: Two): Value =>
    x1.dtype === 'int32' ? ints(x1, x2) : floats(asFloat(x1), asFloat(x2));

const same = /* @__PURE__ */ either(i.equal, b.equal);

const not = (x: Value): Value => relabel(affine(x, -1, 1), 'bool');

/** x1 === x2, element by element: `ops.equal([1, 2], 2)` is [false, true]. */
export const equal: Binary = /* @__PURE__ */ op(numpy, 'equal', two, same);
/** x1 !== x2: `ops.notEqual([1, 2], 2)` is [true, false]. */
export const notEqual: Binary = /* @__PURE__ */ op(numpy, 'notEqual', two, (of) => not(same(of)));
/** x1 > x2: `ops.greater([1, 3], 2)` is [false, true]. */
export const greater: Binary = /* @__PURE__ */ op(
  numpy,
  'greater',
  two,
  /* @__PURE__ */ either((x1, x2) => i.less(x2, x1), b.greater),
);
/** x1 >= x2: `ops.greaterEqual([1, 2], 2)` is [false, true]. */
export const greaterEqual: Binary = /* @__PURE__ */ op(
  numpy,
  'greaterEqual',
  two,
  /* @__PURE__ */ either((x1, x2) => i.lessEqual(x2, x1), b.greaterEqual),
);
/** x1 < x2: `ops.less([1, 3], 2)` is [true, false]. */
export const less: Binary = /* @__PURE__ */ op(numpy, 'less', two, /* @__PURE__ */ either(i.less, b.less));
/** x1 <= x2: `ops.lessEqual([2, 3], 2)` is [true, false]. */
export const lessEqual: Binary = /* @__PURE__ */ op(numpy, 'lessEqual', two, /* @__PURE__ */ either(i.lessEqual, b.lessEqual));
/** Whether both are not 0: `ops.logicalAnd([1, 1], [0, 1])` is [false, true]. */
export const logicalAnd: Binary = /* @__PURE__ */ op(numpy, 'logicalAnd', truths, ({ x1, x2 }) => relabel(b.multiply(x1, x2), 'bool'));
/** Whether one of them is not 0: `ops.logicalOr([0, 0], [0, 1])` is [false, true]. */
export const logicalOr: Binary = /* @__PURE__ */ op(numpy, 'logicalOr', truths, ({ x1, x2 }) => relabel(b.maximum(x1, x2), 'bool'));
/** Whether just one of them is not 0: `ops.logicalXor([1, 1], [0, 1])` is [true, false]. */
export const logicalXor: Binary = /* @__PURE__ */ op(numpy, 'logicalXor', truths, ({ x1, x2 }) => b.notEqual(x1, x2));

/** Whether x is 0: `ops.logicalNot([0, 2])` is [true, false]. */
export const logicalNot: Unary = /* @__PURE__ */ op(numpy, 'logicalNot', { x: truth }, ({ x }) => not(x));
/** Whether x is a number and finite: `ops.isfinite([1, Infinity, NaN])` is [true, false, false]. */
export const isfinite: Unary = /* @__PURE__ */ op(numpy, 'isfinite', { x: float }, ({ x }) => b.less(absolute(x), fill([], Infinity)));
/** Whether x is an infinity: `ops.isinf([1, -Infinity])` is [false, true]. */
export const isinf: Unary = /* @__PURE__ */ op(numpy, 'isinf', { x: float }, ({ x }) => b.equal(absolute(x), fill([], Infinity)));
/** Whether x is not a number: `ops.isnan([1, NaN])` is [false, true]. */
export const isnan: Unary = /* @__PURE__ */ op(numpy, 'isnan', { x: float }, ({ x }) => b.notEqual(x, x));

/** x1 where the condition is not 0, x2 elsewhere: `ops.where([true, false], [1, 2], 0)` is [1, 0]. */
export const where: <C extends Operand, A extends Operand, B extends Operand>(condition: C, x1: A, x2: B) => OpResult<C | A | B> =
  /* @__PURE__ */ op(numpy, 'where', { condition: truth, x1: common, x2: common }, ({ condition, x1, x2 }) => b.select(condition, x1, x2));
