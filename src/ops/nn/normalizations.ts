// Normalizations as functions: mean and variance are given, or taken along axes.
import type { Value } from '../../graph/value.ts';
import * as b from '../../primitives/binary.ts';
import { reshape } from '../../primitives/layout.ts';
import * as r from '../../primitives/reduce.ts';
import * as u from '../../primitives/unary.ts';
import { type Axis, checkAxes, checkAxis } from '../axes.ts';
import { listOp, op } from '../dispatch.ts';
import type { Operand, OpResult } from '../operand.ts';
import { axes, axis, boolean, float, number, off } from '../parameters.ts';
import { nn } from './module.ts';

/** A factor or a shift, which may be left out. */
const part = { ...float, isPlaced: true };

/** Numbers along one axis, as they broadcast against x. */
const alongAxis = (x: Value, numbers: Value, axis: number): Value =>
  reshape(
    numbers,
    x.shape.map((dim, k) => (k === axis ? dim : 1)),
  );

interface BatchOptions<O> {
  offset?: O | null;
  scale?: O | null;
  epsilon?: number;
}

/** (x - mean) / sqrt(variance + epsilon) * scale + offset, all given along `axis`; `epsilon` default 0.001: Ioffe and Szegedy 2015. */
export const batchNormalization: <A extends Operand, M extends Operand, O extends Operand = M>(
  x: A,
  mean: M,
  variance: M,
  axis: number,
  offset?: O | null | BatchOptions<O>,
  scale?: O | null | BatchOptions<O>,
  epsilon?: number | BatchOptions<O>,
) => OpResult<A | M | O> = /* @__PURE__ */ op(
  nn,
  'batchNormalization',
  { x: float, mean: float, variance: float, axis, offset: [part, null], scale: [part, null], epsilon: [number, 1e-3] },
  ({ x, mean, variance, axis, offset, scale, epsilon }) => {
    const at = checkAxis('batchNormalization', axis, x.shape);
    const [m, v, shift, factor] = [mean, variance, offset, scale].map((numbers) => numbers && alongAxis(x, numbers, at));
    const inverse = u.rsqrt(u.affine(v as Value, 1, epsilon));
    const y = b.multiply(b.subtract(x, m as Value), factor ? b.multiply(inverse, factor) : inverse);
    return shift ? b.add(y, shift) : y;
  },
  { className: 'BatchNorm' },
);

/** Parts of the shape of the axes that are normalized, as they broadcast against x. */
const fitted = (x: Value, numbers: Value, axes: readonly number[]): Value =>
  reshape(
    numbers,
    x.shape.map((dim, k) => (axes.includes(k) ? dim : 1)),
  );

interface LayerNormOptions<G> {
  gamma?: G | null;
  beta?: G | null;
  axis?: Axis;
  epsilon?: number | null;
}

/** (x - mean) / sqrt(variance + epsilon) * gamma + beta along `axis` (default -1); `epsilon` default 1e-7: Ba et al. 2016. */
export const layerNormalization: <A extends Operand, G extends Operand = A>(
  x: A,
  gamma?: G | null | LayerNormOptions<G>,
  beta?: G | null | LayerNormOptions<G>,
  axis?: Axis | LayerNormOptions<G>,
  epsilon?: number | null | LayerNormOptions<G>,
) => OpResult<A | G> = /* @__PURE__ */ op(
  nn,
  'layerNormalization',
  { x: float, gamma: [part, null], beta: [part, null], axis: [axes, -1], epsilon: [number, null], rmsScaling: [off, false] },
  ({ x, gamma, beta, axis, epsilon }) => {
    const along = checkAxes('layerNormalization', axis, x.shape);
    const centered = b.subtract(x, r.mean(x, along, true));
    const variance = r.mean(u.square(centered), along, true);
    const y = b.multiply(centered, u.rsqrt(u.affine(variance, 1, epsilon ?? 1e-7)));
    const scaled = gamma ? b.multiply(y, fitted(x, gamma, along)) : y;
    return beta ? b.add(scaled, fitted(x, beta, along)) : scaled;
  },
  { className: 'LayerNorm' },
);

interface RmsOptions<G> {
  scale?: G | null;
  axis?: Axis;
  epsilon?: number | null;
}

/** x / sqrt(mean(x^2) + epsilon) * scale along `axis` (default -1); `epsilon` default 1e-7: Zhang and Sennrich 2019. */
export const rmsNormalization: <A extends Operand, G extends Operand = A>(
  x: A,
  scale?: G | null | RmsOptions<G>,
  axis?: Axis | RmsOptions<G>,
  epsilon?: number | null | RmsOptions<G>,
) => OpResult<A | G> = /* @__PURE__ */ op(
  nn,
  'rmsNormalization',
  { x: float, scale: [float, null], axis: [axes, -1], epsilon: [number, null] },
  ({ x, scale, axis, epsilon }) => {
    const along = checkAxes('rmsNormalization', axis, x.shape);
    const y = b.multiply(x, u.rsqrt(u.affine(r.mean(u.square(x), along, true), 1, epsilon ?? 1e-7)));
    return scale ? b.multiply(y, fitted(x, scale, along)) : y;
  },
  { className: 'RMSNorm' },
);

interface MomentsOptions {
  keepdims?: boolean;
  synchronized?: boolean;
}

/** Mean and variance over `axes`: `ops.moments([[1, 3]], [1])` is [2] and [1]. */
export const moments: <A extends Operand>(
  x: A,
  axes: number | readonly number[],
  keepdims?: boolean | MomentsOptions,
  synchronized?: boolean | MomentsOptions,
) => [mean: OpResult<A>, variance: OpResult<A>] = /* @__PURE__ */ listOp(
  nn,
  'moments',
  { x: float, axes, keepdims: [boolean, false], synchronized: [boolean, false] },
  ({ x, axes, keepdims }) => {
    const along = checkAxes('moments', axes, x.shape);
    const mean = r.mean(x, along, true);
    const variance = r.mean(u.square(b.subtract(x, mean)), along, true);
    if (keepdims) return [mean, variance];
    const kept = x.shape.filter((_, k) => !along.includes(k));
    return [reshape(mean, kept), reshape(variance, kept)];
  },
);
