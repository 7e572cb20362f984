// The functions of assembly/math.ts on one number: the same polynomials in the same order, with branches where four lanes
// would have to compute both sides.

const LOG2E: f32 = 1.44269504;
const LN2_HIGH: f32 = 0.693145752;
const LN2_LOW: f32 = 1.42860677e-6;
const ROUND: f32 = 12582912;

// @ts-ignore: decorator
@inline
function expm1Remainder(r: f32): f32 {
  const square = r * r;
  const first = <f32>0.16666545 * r + <f32>0.49999997;
  const second = <f32>0.00836644694 * r + <f32>0.0416674465;
  return square * (square * (square * <f32>0.00138698414 + second) + first) + r;
}

// @ts-ignore: decorator
@inline
export function exp(x: f32): f32 {
  if (!(x <= <f32>88.7228317)) return x * Infinity;
  if (x < <f32>-87.3365402) return 0;
  const q = x * LOG2E + ROUND;
  const n = q - ROUND;
  const p = expm1Remainder(x - n * LN2_HIGH - n * LN2_LOW) + <f32>1;
  return reinterpret<f32>(reinterpret<i32>(p) + (reinterpret<i32>(q) << 23));
}

// @ts-ignore: decorator
@inline
export function sigmoid(x: f32): f32 {
  const e = exp(-abs(x));
  const ratio = e / (e + <f32>1);
  return x < 0 ? e - e * ratio : <f32>1 - ratio;
}

// @ts-ignore: decorator
@inline
export function tanh(x: f32): f32 {
  const z = x * x;
  if (z < <f32>0.390625) {
    let p = <f32>-0.00566503592 * z + <f32>0.0206042752;
    p = p * z - <f32>0.0537293628;
    p = p * z + <f32>0.133313224;
    p = p * z - <f32>0.333332777;
    return p * z * x + x;
  }
  const e = exp(<f32>-2 * abs(x));
  return copysign<f32>(<f32>1 - (e + e) / (e + <f32>1), x);
}

/** log(1 + x) for x from 0 to 1. */
// @ts-ignore: decorator
@inline
export function log1p(x: f32): f32 {
  const u = x + <f32>1;
  const lost = (x - (u - <f32>1)) / u;
  const i = reinterpret<i32>(u) - 0x3f3504f3 + 0x3f800000;
  const k = <f32>((i >> 23) - 127);
  const f = reinterpret<f32>((i & 0x007fffff) + 0x3f3504f3) - <f32>1;
  const s = f / (f + <f32>2);
  const z = s * s;
  let p = <f32>0.242790788 * z + <f32>0.284987867;
  p = p * z + <f32>0.400009722;
  p = p * z + <f32>0.666666627;
  const square = f * f * <f32>0.5;
  return s * (square + p * z) + (k * LN2_LOW + lost) - square + f + k * LN2_HIGH;
}
