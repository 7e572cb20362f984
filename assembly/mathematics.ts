// Functions of an element that few models have: trigonometry, roots, powers of two, the error function's kin. Computed in f64 one by
// one, so that f32 results are right to the last bit or nearly so.
import { array, runsOn } from './check';
import { partition } from './partition';
import { scalarCos, scalarExp, scalarLog, scalarLog1p, scalarSin } from './scalar';

const PI: f64 = 3.14159265358979323846;
const LN2: f64 = 6.93147180559945286227e-1;

/** Twice the angle is halved first, which leaves |t| < 0.4143 to the series t - t^3/3 + t^5/5 - ... */
function arctan(x: f64): f64 {
  const size = abs(x);
  const isSteep = size > 1;
  const slope = isSteep ? 1 / size : size;
  const t = slope / (1 + sqrt(1 + slope * slope));
  const z = t * t;
  let series: f64 = 0;
  for (let k = 27; k > 0; k -= 2) series = series * -z + 1 / <f64>k;
  const angle = 2 * t * series;
  return copysign<f64>(isSteep ? PI / 2 - angle : angle, x);
}

function arctan2(y: f64, x: f64): f64 {
  if (x != x || y != y) return NaN;
  const isLeft = copysign<f64>(1, x) < 0;
  if (y == 0) return copysign<f64>(isLeft ? PI : 0, y);
  if (abs(x) == Infinity && abs(y) == Infinity) return copysign<f64>(isLeft ? 0.75 * PI : 0.25 * PI, y);
  const angle = x == 0 ? PI / 2 : arctan(abs(y / x));
  return copysign<f64>(isLeft ? PI - angle : angle, y);
}

/** (e^x - e^-x) / 2, whose difference would lose small x. */
function sinh(x: f64): f64 {
  if (abs(x) < 1e-3) return x + (x * x * x) / 6;
  return (scalarExp(x) - scalarExp(-x)) / 2;
}

function arcsinh(x: f64): f64 {
  const size = abs(x);
  if (size == Infinity) return x;
  return copysign<f64>(scalarLog1p(size + (size * size) / (1 + sqrt(1 + size * size))), x);
}

/** One step of Newton's after exp(log(x) / 3). */
function cbrt(x: f64): f64 {
  const size = abs(x);
  if (!(size > 0 && size < Infinity)) return x;
  const t = scalarExp(scalarLog(size) / 3);
  return copysign<f64>(t - (t * t * t - size) / (3 * t * t), x);
}

/** Chebyshev's fit of erfc for x >= 0 (Press et al., Numerical Recipes, 6.2), relative error below 1.2e-7. */
function erfc(x: f64): f64 {
  const t = 1 / (1 + 0.5 * abs(x));
  const p =
    t *
    (1.00002368 +
      t *
        (0.37409196 +
          t * (0.09678418 + t * (-0.18628806 + t * (0.27886807 + t * (-1.13520398 + t * (1.48851587 + t * (-0.82215223 + t * 0.17087277))))))));
  const tail = t * scalarExp(-x * x - 1.26551223 + p);
  return x >= 0 ? tail : 2 - tail;
}

/** M. Giles, Approximating the erfinv function (2010), single precision. */
function erfinv(x: f64): f64 {
  if (!(abs(x) < 1)) return abs(x) == 1 ? x * Infinity : NaN;
  let w = -scalarLog((1 - x) * (1 + x));
  if (w < 5) {
    w -= 2.5;
    return (
      x *
      (1.50140941 +
        w *
          (0.246640727 +
            w * (-0.00417768164 + w * (-0.00125372503 + w * (0.00021858087 + w * (-4.39150654e-6 + w * (-3.5233877e-6 + w * (3.43273939e-7 + w * 2.81022636e-8))))))))
    );
  }
  w = sqrt(w) - 3;
  return (
    x *
    (2.83297682 +
      w *
        (1.00167406 +
          w * (0.00943887047 + w * (-0.0076224613 + w * (0.00573950773 + w * (-0.00367342844 + w * (0.00134934322 + w * (0.000100950558 + w * -0.000200214257))))))))
  );
}

/** The modified Bessel function of order 0: the sum of (x^2 / 4)^k / k!^2. */
function bessel(x: f64): f64 {
  if (abs(x) > 100) return x != x ? x : Infinity;
  const quarter = (x * x) / 4;
  let term: f64 = 1, sum: f64 = 1;
  for (let k: f64 = 1; term > sum * 1e-17; k += 1) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}

function compute(kind: i32, x: f64): f64 {
  switch (kind) {
    case 0:
      return scalarSin(x);
    case 1:
      return scalarCos(x);
    case 2:
      return scalarSin(x) / scalarCos(x);
    case 3:
      return abs(x) > 1 ? NaN : 2 * arctan(x / (1 + sqrt((1 - x) * (1 + x))));
    case 4:
      return abs(x) > 1 ? NaN : 2 * arctan(sqrt((1 - x) / (1 + x)));
    case 5:
      return arctan(x);
    case 6:
      return sinh(x);
    case 7:
      return (scalarExp(x) + scalarExp(-x)) / 2;
    case 8:
      return arcsinh(x);
    case 9:
      return x < 1 ? NaN : x == Infinity ? x : scalarLog1p(x - 1 + sqrt((x - 1) * (x + 1)));
    case 10:
      return 0.5 * scalarLog1p((2 * x) / (1 - x));
    case 11:
      return cbrt(x);
    case 12:
      return scalarExp(x * LN2);
    case 13:
      return erfc(x);
    case 14:
      return erfinv(x);
    case 15:
      return x == 0 ? 1 : scalarSin(PI * x) / (PI * x);
    default:
      return bessel(x);
  }
}

/** y = f(x): sin, cos, tan, arcsin, arccos, arctan, sinh, cosh, arcsinh, arccosh, arctanh, cbrt, 2^x, erfc, erfinv, sinc, i0 by `kind` from 0. */
export function mathematics(x: usize, y: usize, n: i32, kind: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, n);
  array(y, n);
  const end = partition(n, 4, thread + 1, threads);
  for (let i = partition(n, 4, thread, threads); i < end; i++) {
    const at = <usize>i << 2;
    store<f32>(y + at, <f32>compute(kind, <f64>load<f32>(x + at)));
  }
}

/** The float32 that follows x in the direction of `to`. */
function nextAfter(x: f32, to: f32): f32 {
  if (x != x || to != to) return NaN;
  if (x == to) return to;
  if (x == 0) return copysign<f32>(reinterpret<f32>(1), to);
  const bits = reinterpret<i32>(x);
  return reinterpret<f32>(x < to == x > 0 ? bits + 1 : bits - 1);
}

/** y = f(a, b) of arrays of one size: arctan2, hypot, nextafter, and a * 2^b by `kind` from 0. */
export function mathematicsOfTwo(a: usize, b: usize, y: usize, n: i32, kind: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(a, n);
  array(b, n);
  array(y, n);
  const end = partition(n, 4, thread + 1, threads);
  for (let i = partition(n, 4, thread, threads); i < end; i++) {
    const at = <usize>i << 2;
    const p = load<f32>(a + at), q = load<f32>(b + at);
    let result: f32;
    if (kind == 0) result = <f32>arctan2(<f64>p, <f64>q);
    else if (kind == 1) result = abs(p) == Infinity || abs(q) == Infinity ? Infinity : <f32>sqrt<f64>(<f64>p * <f64>p + <f64>q * <f64>q);
    else if (kind == 2) result = nextAfter(p, q);
    else result = <f32>(<f64>p * scalarExp(<f64>q * LN2));
    store<f32>(y + at, result);
  }
}

function divisor(a: i32, b: i32): i32 {
  let p = a < 0 ? 0 - a : a, q = b < 0 ? 0 - b : b;
  while (q != 0) {
    const rest = <i32>(<u32>p % <u32>q);
    p = q;
    q = rest;
  }
  return p;
}

/** y = f(a, b) of whole numbers: and, or, xor, shift left, shift right, greatest divisor, least multiple by `kind` from 0. */
export function bitwise(a: usize, b: usize, y: usize, n: i32, kind: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(a, n);
  array(b, n);
  array(y, n);
  const end = partition(n, 4, thread + 1, threads);
  for (let i = partition(n, 4, thread, threads); i < end; i++) {
    const at = <usize>i << 2;
    const p = load<i32>(a + at), q = load<i32>(b + at);
    let result: i32;
    if (kind == 0) result = p & q;
    else if (kind == 1) result = p | q;
    else if (kind == 2) result = p ^ q;
    else if (kind == 3) result = <u32>q > 31 ? 0 : p << q;
    else if (kind == 4) result = p >> (<u32>q > 31 ? 31 : q);
    else if (kind == 5) result = divisor(p, q);
    else {
      const d = divisor(p, q);
      const multiple = d == 0 ? 0 : (p / d) * q;
      result = multiple < 0 ? 0 - multiple : multiple;
    }
    store<i32>(y + at, result);
  }
}
