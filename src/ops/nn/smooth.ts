// Smooth functions of each element.
import { add, subtract } from '../../primitives/binary.ts';
import * as u from '../../primitives/unary.ts';
import { op } from '../dispatch.ts';
import { boolean, finite, float, notZero } from '../parameters.ts';
import type { Unary, UnaryWith } from '../signatures.ts';
import { nn } from './module.ts';

const one = { x: float } as const;

/** 1 / (1 + exp(-x)): `ops.sigmoid([0])` is [0.5]. Binary crossentropies of the result are computed from x, exactly. */
export const sigmoid: Unary = /* @__PURE__ */ op(nn, 'sigmoid', one, ({ x }) => {
  const y = u.sigmoid(x);
  y.logits = x;
  return y;
});
/** log(1 + exp(x)): `ops.softplus([0])` is [0.6931]. */
export const softplus: Unary = /* @__PURE__ */ op(nn, 'softplus', one, ({ x }) => u.softplus(x));
/** x / (1 + |x|): `ops.softsign([1])` is [0.5]. */
export const softsign: Unary = /* @__PURE__ */ op(nn, 'softsign', one, ({ x }) => u.softsign(x));
/** x * sigmoid(x): `ops.silu([0, 1])` is [0, 0.7311]. */
export const silu: Unary = /* @__PURE__ */ op(nn, 'silu', one, ({ x }) => u.silu(x));
/** Another name of {@link silu}. */
export const swish: Unary = silu;
/** 1.0507 * elu(x, 1.6733), with the constants of Klambauer et al. 2017: `ops.selu([1])` is [1.0507]. */
export const selu: Unary = /* @__PURE__ */ op(nn, 'selu', one, ({ x }) => u.selu(x));
/** log(sigmoid(x)): `ops.logSigmoid([0])` is [-0.6931]. */
export const logSigmoid: Unary = /* @__PURE__ */ op(nn, 'logSigmoid', one, ({ x }) => u.logSigmoid(x));
/** x - tanh(x): `ops.tanhShrink([0])` is [0]. */
export const tanhShrink: Unary = /* @__PURE__ */ op(nn, 'tanhShrink', one, ({ x }) => subtract(x, u.tanh(x)));
/** x above 0, alpha * (exp(x) - 1) (default alpha 1) below: `ops.elu([-1])` is [-0.6321]. */
export const elu: UnaryWith<'alpha', number> = /* @__PURE__ */ op(nn, 'elu', { x: float, alpha: [finite, 1] }, ({ x, alpha }) =>
  u.elu(x, alpha),
);
/** x above 0, alpha * (exp(x / alpha) - 1) (default alpha 1) below: `ops.celu([-1])` is [-0.6321]. */
export const celu: UnaryWith<'alpha', number> = /* @__PURE__ */ op(nn, 'celu', { x: float, alpha: [notZero, 1] }, ({ x, alpha }) =>
  u.affine(u.elu(u.affine(x, 1 / alpha, 0), 1), alpha, 0),
);
/** x times the normal distribution function of x: `ops.gelu([1])` is [0.8412]. `approximate` (default true, as in Keras's ops) uses tanh. */
export const gelu: UnaryWith<'approximate', boolean> = /* @__PURE__ */ op(
  nn,
  'gelu',
  { x: float, approximate: [boolean, true] },
  ({ x, approximate }) => (approximate ? u.geluTanh(x) : u.gelu(x)),
);
/** (x + sqrt(x^2 + b)) / 2 (default b 4): `ops.squareplus([0])` is [1]. */
export const squareplus: UnaryWith<'b', number> = /* @__PURE__ */ op(nn, 'squareplus', { x: float, b: [finite, 4] }, ({ x, b }) =>
  u.affine(add(x, u.sqrt(u.affine(u.square(x), 1, b))), 0.5, 0),
);
