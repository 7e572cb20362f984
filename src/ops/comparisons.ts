// Truth values: 1 and 0 of dtype bool.
import { sameShape } from '../graph/shape.ts';
import type { Value } from '../graph/value.ts';
import * as b from '../primitives/binary.ts';
import { fill } from '../primitives/layout.ts';
import { absolute, affine } from '../primitives/unary.ts';
import { relabel } from '../primitives/views.ts';
import { asFloat, run } from './dispatch.ts';
import type { Operand, OpResult } from './operand.ts';

/** Whether two values are equal; whole numbers are compared as such, whatever their size. */
function same(x1: Value, x2: Value): Value {
  if (x1.dtype !== 'int32' || x2.dtype !== 'int32') return b.equal(asFloat(x1), asFloat(x2));
  const shape = sameShape(x1.shape, x2.shape) ? x1.shape : b.broadcastShape(x1.shape, x2.shape, 'equal');
  return b.equalInt(b.broadcastTo(x1, shape), b.broadcastTo(x2, shape));
}

const not = (x: Value): Value => relabel(affine(x, -1, 1), 'bool');

/** 1 where x is not 0. */
export const truth = (x: Value): Value => (x.dtype === 'bool' ? x : b.notEqual(asFloat(x), fill([], 0)));

const compare =
  (name: string, body: (x1: Value, x2: Value) => Value) =>
  <A extends Operand, B extends Operand>(x1: A, x2: B): OpResult<A | B> =>
    run(name, [x1, x2], body);

const inFloats = (body: (x1: Value, x2: Value) => Value) => (x1: Value, x2: Value) => body(asFloat(x1), asFloat(x2));
const inTruths = (body: (x1: Value, x2: Value) => Value) => (x1: Value, x2: Value) => relabel(body(truth(x1), truth(x2)), 'bool');

/** x1 === x2, element by element: `ops.equal([1, 2], 2)` is [false, true]. */
export const equal = /* @__PURE__ */ compare('equal', same);
/** x1 !== x2: `ops.notEqual([1, 2], 2)` is [true, false]. */
export const notEqual = /* @__PURE__ */ compare('notEqual', (x1, x2) => not(same(x1, x2)));
/** x1 > x2: `ops.greater([1, 3], 2)` is [false, true]. */
export const greater = /* @__PURE__ */ compare('greater', inFloats(b.greater));
/** x1 >= x2: `ops.greaterEqual([1, 2], 2)` is [false, true]. */
export const greaterEqual = /* @__PURE__ */ compare('greaterEqual', inFloats(b.greaterEqual));
/** x1 < x2: `ops.less([1, 3], 2)` is [true, false]. */
export const less = /* @__PURE__ */ compare('less', inFloats(b.less));
/** x1 <= x2: `ops.lessEqual([2, 3], 2)` is [true, false]. */
export const lessEqual = /* @__PURE__ */ compare('lessEqual', inFloats(b.lessEqual));
/** Whether both are not 0: `ops.logicalAnd([1, 1], [0, 1])` is [false, true]. */
export const logicalAnd = /* @__PURE__ */ compare('logicalAnd', inTruths(b.multiply));
/** Whether one of them is not 0: `ops.logicalOr([0, 0], [0, 1])` is [false, true]. */
export const logicalOr = /* @__PURE__ */ compare('logicalOr', inTruths(b.maximum));
/** Whether just one of them is not 0: `ops.logicalXor([1, 1], [0, 1])` is [true, false]. */
export const logicalXor = /* @__PURE__ */ compare('logicalXor', inTruths(b.notEqual));

const question =
  (name: string, body: (x: Value) => Value) =>
  <A extends Operand>(x: A): OpResult<A> =>
    run(name, [x], body);

/** Whether x is 0: `ops.logicalNot([0, 2])` is [true, false]. */
export const logicalNot = /* @__PURE__ */ question('logicalNot', (x) => not(truth(x)));
/** Whether x is a number and finite: `ops.isfinite([1, Infinity, NaN])` is [true, false, false]. */
export const isfinite = /* @__PURE__ */ question('isfinite', (x) => b.less(absolute(asFloat(x)), fill([], Infinity)));
/** Whether x is an infinity: `ops.isinf([1, -Infinity])` is [false, true]. */
export const isinf = /* @__PURE__ */ question('isinf', (x) => b.equal(absolute(asFloat(x)), fill([], Infinity)));
/** Whether x is not a number: `ops.isnan([1, NaN])` is [false, true]. */
export const isnan = /* @__PURE__ */ question('isnan', (x) => b.notEqual(asFloat(x), asFloat(x)));

/** x1 where the condition is not 0, x2 elsewhere: `ops.where([true, false], [1, 2], 0)` is [1, 0]. */
export const where = <C extends Operand, A extends Operand, B extends Operand>(condition: C, x1: A, x2: B): OpResult<C | A | B> =>
  run('where', [condition, x1, x2], (c, p, q) => {
    const whole = p.dtype === 'int32' && q.dtype === 'int32';
    return b.select(truth(c), whole ? p : asFloat(p), whole ? q : asFloat(q));
  });
