// Arithmetic of two operands, element by element, shapes broadcast as in NumPy. Whole numbers stay whole, and wrap around.
import { mismatch } from '../../common/errors.ts';
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import * as i from '../../primitives/integer.ts';
import * as u from '../../primitives/unary.ts';
import { relabel } from '../../primitives/views.ts';
import { op } from '../dispatch.ts';
import { arithmetic, common, float } from '../parameters.ts';
import type { Binary } from '../signatures.ts';
import { numpy } from './module.ts';

const floats = { x1: float, x2: float } as const;
const alike = { x1: arithmetic, x2: arithmetic } as const;
const same = { x1: common, x2: common } as const;

interface Two {
  readonly x1: Value;
  readonly x2: Value;
}

/** One function for whole numbers and one for float32. */
const either =
  (ints: b.Binary, floats: b.Binary) =>
  ({ x1, x2 }: Two): Value =>
    (x1.dtype === 'int32' ? ints : floats)(x1, x2);

/** The larger or smaller of two: truth values stay such. */
const extreme =
  (ints: b.Binary, floats: b.Binary) =>
  ({ x1, x2 }: Two): Value =>
    x1.dtype === 'bool' ? relabel(floats(x1, x2), 'bool') : (x1.dtype === 'int32' ? ints : floats)(x1, x2);

/** Divisions of whole numbers, which have no infinity to give for a 0. */
const division =
  (name: string, ints: b.Binary, floats: b.Binary) =>
  ({ x1, x2 }: Two): Value => {
    if (x1.dtype !== 'int32') return floats(x1, x2);
    if (!x2.known?.includes(0)) return ints(x1, x2);
    throw mismatch(name, 'whole numbers other than 0 to divide by', '0', 'Cast to float32 for an infinity.');
  };

/** x1 + x2, shapes broadcast as in NumPy: `ops.add([1, 2], 3)` is [4, 5]. */
export const add: Binary = /* @__PURE__ */ op(numpy, 'add', alike, /* @__PURE__ */ either(i.add, b.add));
/** x1 - x2: `ops.subtract([1, 2], 3)` is [-2, -1]. */
export const subtract: Binary = /* @__PURE__ */ op(numpy, 'subtract', alike, /* @__PURE__ */ either(i.subtract, b.subtract));
/** x1 * x2, element by element: `ops.multiply([1, 2], 3)` is [3, 6]. */
export const multiply: Binary = /* @__PURE__ */ op(numpy, 'multiply', alike, /* @__PURE__ */ either(i.multiply, b.multiply));
/** x1 / x2: `ops.divide([1, 2], 2)` is [0.5, 1]. */
export const divide: Binary = /* @__PURE__ */ op(numpy, 'divide', floats, ({ x1, x2 }) => b.divide(x1, x2));
/** Another name of {@link divide}. */
export const trueDivide: Binary = /* @__PURE__ */ op(numpy, 'trueDivide', floats, ({ x1, x2 }) => b.divide(x1, x2));
/** x1 / x2, and 0 where x2 is 0: `ops.divideNoNan([1, 2], [0, 2])` is [0, 1]. */
export const divideNoNan: Binary = /* @__PURE__ */ op(numpy, 'divideNoNan', floats, ({ x1, x2 }) => b.divideNoNan(x1, x2));
/** The whole number at or below x1 / x2: `ops.floorDivide([7, -7], 2)` is [3, -4]. */
export const floorDivide: Binary = /* @__PURE__ */ op(
  numpy,
  'floorDivide',
  alike,
  /* @__PURE__ */ division('floorDivide', i.floorDivide, (x1, x2) => u.floor(b.divide(x1, x2))),
);
/** What is left of x1 after whole x2, with the sign of x2: `ops.mod([7, -7], 4)` is [3, 1]. */
export const mod: Binary = /* @__PURE__ */ op(numpy, 'mod', alike, /* @__PURE__ */ division('mod', i.modulo, i.moduloFloat));
/** x1 to the power x2: `ops.power([2, 3], 2)` is [4, 9]. */
export const power: Binary = /* @__PURE__ */ op(numpy, 'power', alike, /* @__PURE__ */ either(i.power, b.power));
/** The larger of the two: `ops.maximum([1, 5], 3)` is [3, 5]. Ties send the gradient to x1. */
export const maximum: Binary = /* @__PURE__ */ op(numpy, 'maximum', same, /* @__PURE__ */ extreme(i.maximum, b.maximum));
/** The smaller of the two: `ops.minimum([1, 5], 3)` is [1, 3]. Ties send the gradient to x1. */
export const minimum: Binary = /* @__PURE__ */ op(numpy, 'minimum', same, /* @__PURE__ */ extreme(i.minimum, b.minimum));
/** log(exp(x1) + exp(x2)) without overflow: `ops.logaddexp(0, 0)` is 0.6931. */
export const logaddexp: Binary = /* @__PURE__ */ op(numpy, 'logaddexp', floats, ({ x1, x2 }) =>
  b.add(b.maximum(x1, x2), u.log1p(u.exp(u.negative(u.absolute(b.subtract(x1, x2)))))),
);
