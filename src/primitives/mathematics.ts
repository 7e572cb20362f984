// Functions of each element that few models have.
import { add1 } from '../graph/trace.ts';
import type { Op, Value } from '../graph/value.ts';
import { useFunctionKernels } from '../kernels/function-kernels.ts';
import { broadcastShape, broadcastTo, divide, multiply, subtract } from './binary.ts';
import { fill } from './layout.ts';
import * as u from './unary.ts';

type Derivative = (x: Value, y: Value) => Value;

/** The function of a kind of the kernel `mathematics`, with its derivative in x and y. */
function ofOne(kind: number, name: string, derivative?: Derivative): (x: Value) => Value {
  const op: Op<null> = {
    name,
    inferTypes: ([x]) => [{ shape: x.shape, dtype: 'float32' }],
    gradient: derivative && ((node, [dy]) => [dy && multiply(dy, derivative(node.inputs[0], node.outputs[0]))]),
    lower: ({ node, inputs: [x], outputs: [y] }) => [['mathematics', x, y, node.inputs[0].size, kind]],
  };
  return (x) => {
    useFunctionKernels();
    return add1(op, [x], null);
  };
}

const number = (value: number): Value => fill([], value);
/** 1 - x^2 */
const rest = (x: Value): Value => subtract(number(1), u.square(x));

export const sin = /* @__PURE__ */ ofOne(0, 'sin', (x) => cos(x));
export const cos = /* @__PURE__ */ ofOne(1, 'cos', (x) => u.negative(sin(x)));
export const tan = /* @__PURE__ */ ofOne(2, 'tan', (_, y) => u.affine(u.square(y), 1, 1));
export const arcsin = /* @__PURE__ */ ofOne(3, 'arcsin', (x) => u.rsqrt(rest(x)));
export const arccos = /* @__PURE__ */ ofOne(4, 'arccos', (x) => u.negative(u.rsqrt(rest(x))));
export const arctan = /* @__PURE__ */ ofOne(5, 'arctan', (x) => u.reciprocal(u.affine(u.square(x), 1, 1)));
export const sinh = /* @__PURE__ */ ofOne(6, 'sinh', (x) => cosh(x));
export const cosh = /* @__PURE__ */ ofOne(7, 'cosh', (x) => sinh(x));
export const arcsinh = /* @__PURE__ */ ofOne(8, 'arcsinh', (_, y) => u.reciprocal(cosh(y)));
export const arccosh = /* @__PURE__ */ ofOne(9, 'arccosh', (_, y) => u.reciprocal(sinh(y)));
export const arctanh = /* @__PURE__ */ ofOne(10, 'arctanh', (x) => u.reciprocal(rest(x)));
export const cbrt = /* @__PURE__ */ ofOne(11, 'cbrt', (_, y) => u.reciprocal(u.affine(u.square(y), 3, 0)));
export const exp2 = /* @__PURE__ */ ofOne(12, 'exp2', (_, y) => u.affine(y, Math.LN2, 0));
export const erfc = /* @__PURE__ */ ofOne(13, 'erfc', (x) => u.affine(u.exp(u.negative(u.square(x))), -1.1283791670955126, 0));
export const erfinv = /* @__PURE__ */ ofOne(14, 'erfinv', (_, y) => u.affine(u.exp(u.square(y)), 0.886226925452758, 0));
/** sin(pi x) / (pi x), and 1 at 0, where the derivative is 0. */
export const sinc = /* @__PURE__ */ ofOne(15, 'sinc');
/** The modified Bessel function of order 0. */
export const i0 = /* @__PURE__ */ ofOne(16, 'i0');

type Derivatives = (dy: Value, a: Value, b: Value, y: Value) => readonly (Value | undefined)[];

function ofTwo(kind: number, name: string, derivatives: Derivatives = () => []): (a: Value, b: Value) => Value {
  const op: Op<null> = {
    name,
    inferTypes: ([a]) => [{ shape: a.shape, dtype: 'float32' }],
    gradient: (node, [dy]) => (dy ? derivatives(dy, node.inputs[0], node.inputs[1], node.outputs[0]) : []),
    lower: ({ node, inputs: [a, b], outputs: [y] }) => [['mathematicsOfTwo', a, b, y, node.inputs[0].size, kind]],
  };
  return (a, b) => {
    useFunctionKernels();
    const shape = broadcastShape(a.shape, b.shape, name);
    return add1(op, [broadcastTo(a, shape), broadcastTo(b, shape)], null);
  };
}

/** The angle of the point (b, a). */
export const arctan2 = /* @__PURE__ */ ofTwo(0, 'arctan2', (dy, a, b) => {
  const scaled = divide(dy, addSquares(a, b));
  return [multiply(scaled, b), u.negative(multiply(scaled, a))];
});
const addSquares = (a: Value, b: Value): Value => subtract(u.square(a), u.negative(u.square(b)));
export const hypot = /* @__PURE__ */ ofTwo(1, 'hypot', (dy, a, b, y) => {
  const scaled = divide(dy, y);
  return [multiply(scaled, a), multiply(scaled, b)];
});
export const nextafter = /* @__PURE__ */ ofTwo(2, 'nextafter');
/** a * 2^b */
export const ldexp = /* @__PURE__ */ ofTwo(3, 'ldexp', (dy, _, b, y) => [multiply(dy, exp2(b)), u.affine(multiply(dy, y), Math.LN2, 0)]);

/** The function of two whole numbers of a kind of the kernel `bitwise`. */
function ofWhole(kind: number, name: string): (a: Value, b: Value) => Value {
  const op: Op<null> = {
    name,
    inferTypes: ([a]) => [{ shape: a.shape, dtype: 'int32' }],
    lower: ({ node, inputs: [a, b], outputs: [y] }) => [['bitwise', a, b, y, node.inputs[0].size, kind]],
  };
  return (a, b) => {
    useFunctionKernels();
    const shape = broadcastShape(a.shape, b.shape, name);
    return add1(op, [broadcastTo(a, shape), broadcastTo(b, shape)], null);
  };
}

export const and = /* @__PURE__ */ ofWhole(0, 'bitwiseAnd');
export const or = /* @__PURE__ */ ofWhole(1, 'bitwiseOr');
export const xor = /* @__PURE__ */ ofWhole(2, 'bitwiseXor');
export const leftShift = /* @__PURE__ */ ofWhole(3, 'leftShift');
export const rightShift = /* @__PURE__ */ ofWhole(4, 'rightShift');
/** The greatest common divisor. */
export const gcd = /* @__PURE__ */ ofWhole(5, 'gcd');
/** The least common multiple. */
export const lcm = /* @__PURE__ */ ofWhole(6, 'lcm');
