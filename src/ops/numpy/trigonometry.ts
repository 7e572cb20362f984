// Angles and their hyperbolic kin.
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import { fill } from '../../primitives/layout.ts';
import * as f from '../../primitives/mathematics.ts';
import { affine } from '../../primitives/unary.ts';
import { op } from '../dispatch.ts';
import { float } from '../parameters.ts';
import type { Binary, Unary } from '../signatures.ts';
import { numpy } from './module.ts';

const of = (name: string, body: (x: Value) => Value): Unary => op(numpy, name, { x: float }, ({ x }) => body(x));
const two = { x1: float, x2: float } as const;

/** The sine of angles in radians: `ops.sin([0, 1])` is [0, 0.8415]. */
export const sin: Unary = /* @__PURE__ */ of('sin', f.sin);
/** The cosine: `ops.cos([0, 1])` is [1, 0.5403]. */
export const cos: Unary = /* @__PURE__ */ of('cos', f.cos);
/** The tangent: `ops.tan([0, 1])` is [0, 1.5574]. */
export const tan: Unary = /* @__PURE__ */ of('tan', f.tan);
/** The angle with this sine, NaN beyond [-1, 1]: `ops.arcsin([0, 1])` is [0, 1.5708]. */
export const arcsin: Unary = /* @__PURE__ */ of('arcsin', f.arcsin);
/** The angle with this cosine, NaN beyond [-1, 1]: `ops.arccos([0, 1])` is [1.5708, 0]. */
export const arccos: Unary = /* @__PURE__ */ of('arccos', f.arccos);
/** The angle with this tangent: `ops.arctan([0, 1])` is [0, 0.7854]. */
export const arctan: Unary = /* @__PURE__ */ of('arctan', f.arctan);
/** The angle of the points (x2, x1), in (-pi, pi]: `ops.arctan2([1], [-1])` is [2.3562]. */
export const arctan2: Binary = /* @__PURE__ */ op(numpy, 'arctan2', two, ({ x1, x2 }) => f.arctan2(x1, x2));
/** (e^x - e^-x) / 2: `ops.sinh([0, 1])` is [0, 1.1752]. */
export const sinh: Unary = /* @__PURE__ */ of('sinh', f.sinh);
/** (e^x + e^-x) / 2: `ops.cosh([0, 1])` is [1, 1.5431]. */
export const cosh: Unary = /* @__PURE__ */ of('cosh', f.cosh);
/** What `sinh` came from: `ops.arcsinh([0, 1])` is [0, 0.8814]. */
export const arcsinh: Unary = /* @__PURE__ */ of('arcsinh', f.arcsinh);
/** What `cosh` came from, NaN below 1: `ops.arccosh([1, 2])` is [0, 1.3170]. */
export const arccosh: Unary = /* @__PURE__ */ of('arccosh', f.arccosh);
/** What `tanh` came from, NaN beyond [-1, 1]: `ops.arctanh([0, 0.5])` is [0, 0.5493]. */
export const arctanh: Unary = /* @__PURE__ */ of('arctanh', f.arctanh);
/** sin(pi x) / (pi x), 1 at 0: `ops.sinc([0, 0.5])` is [1, 0.6366]. */
export const sinc: Unary = /* @__PURE__ */ of('sinc', (x) => {
  const isZero = b.equal(x, fill([], 0));
  const angle = affine(b.select(isZero, fill([], 1), x), Math.PI, 0);
  return b.select(isZero, fill([], 1), b.divide(f.sin(angle), angle));
});
/** Degrees as radians: `ops.deg2rad([180])` is [3.1416]. */
export const deg2rad: Unary = /* @__PURE__ */ of('deg2rad', (x) => affine(x, Math.PI / 180, 0));
/** Radians as degrees: `ops.rad2deg([Math.PI])` is [180]. */
export const rad2deg: Unary = /* @__PURE__ */ of('rad2deg', (x) => affine(x, 180 / Math.PI, 0));
/** The length of the hypotenuse, without overflow: `ops.hypot([3], [4])` is [5]. */
export const hypot: Binary = /* @__PURE__ */ op(numpy, 'hypot', two, ({ x1, x2 }) => f.hypot(x1, x2));
