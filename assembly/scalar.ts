// exp, log, log1p, sin, cos and pow of single f64 values, for numbers that the host computes: the engines' own Math
// functions differ in the last bit, and the standard library's read tables. Unlike the other kernels these take no thread.
// exp, log, log1p, sin and cos use the polynomials of fdlibm (Sun Microsystems 1993, as kept in musl and FreeBSD msun).
// Errors, measured: exp 0.87, log 0.77, log1p 0.78, sin and cos 0.75 (for |x| <= 1e5), pow 0.86 units in the last place.

const LN2_HIGH: f64 = 6.93147180369123816490e-01; // 33 bits, so that its product with an exponent is exact
const LN2_LOW: f64 = 1.90821492927058770002e-10;

export function scalarExp(x: f64): f64 {
  return expOfSum(x, 0);
}

/** exp(x + tail), the tail being far smaller than x. */
function expOfSum(x: f64, tail: f64): f64 {
  if (x != x) return x;
  if (x > 710) return Infinity;
  if (x < -746) return 0;
  const k = nearest(x * 1.44269504088896338700);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW - tail;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-01 +
        t *
          (-2.77777777770155933842e-03 +
            t * (6.61375632143793436117e-05 + t * (-1.65339022054652515390e-06 + t * 4.13813679705723846039e-08))));
  const y = 1 + ((r * c) / (2 - c) - low + high);
  // Two steps, because 2^k alone may be out of range where the result is not.
  const half = <i64>k >> 1;
  return y * powerOfTwo(half) * powerOfTwo(<i64>k - half);
}

// @ts-ignore: decorator
@inline
function powerOfTwo(k: i64): f64 {
  return reinterpret<f64>((k + 1023) << 52);
}

/** The exponent k of x = 2^k m, where sqrt(1/2) <= m < sqrt(2); x is positive and normal. */
// @ts-ignore: decorator
@inline
function exponent(x: f64): i32 {
  return <i32>((reinterpret<u64>(x) + 0x00095f6200000000) >> 52) - 1023;
}

/** The m of x = 2^k m. */
// @ts-ignore: decorator
@inline
function mantissa(x: f64, k: i32): f64 {
  return reinterpret<f64>(reinterpret<u64>(x) - (<u64>k << 52));
}

/** log(1 + f) + k log 2 + correction, where 1 + f lies between sqrt(1/2) and sqrt(2). */
function logOf(f: f64, k: f64, correction: f64): f64 {
  const half = 0.5 * f * f;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const odd = w * (3.999999999940941908e-01 + w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const even =
    z * (6.666666666666735130e-01 + w * (2.857142874366239149e-01 + w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  return s * (half + even + odd) + (k * LN2_LOW + correction) - half + f + k * LN2_HIGH;
}

export function scalarLog(x: f64): f64 {
  if (!(x > 0)) return x == 0 ? -Infinity : NaN;
  if (x == Infinity) return x;
  const denormal = x < 2.2250738585072014e-308;
  const normal = denormal ? x * 18014398509481984 : x;
  const k = exponent(normal);
  return logOf(mantissa(normal, k) - 1, <f64>(denormal ? k - 54 : k), 0);
}

export function scalarLog1p(x: f64): f64 {
  if (!(x > -1)) return x == -1 ? -Infinity : NaN;
  if (x == Infinity || abs(x) < 1.1102230246251565e-16) return x;
  if (x > -0.2928932188134524 && x < 0.41421356237309503) return logOf(x, 0, 0);
  const sum = 1 + x;
  const k = exponent(sum);
  // What the addition lost; beyond 2^54 it is below the last bit.
  const lost = k > 53 ? 0 : (k > 1 ? 1 - (sum - x) : x - (sum - 1)) / sum;
  return logOf(mantissa(sum, k) - 1, <f64>k, lost);
}

/** sin(x + tail) for |x| <= pi/4. */
// @ts-ignore: decorator
@inline
function sinNear(x: f64, tail: f64): f64 {
  const z = x * x;
  const v = z * x;
  const r =
    8.33333333332248946124e-03 +
    z *
      (-1.98412698298579493134e-04 +
        z * (2.75573137070700676789e-06 + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10)));
  return x - (z * (0.5 * tail - v * r) - tail - v * -1.66666666666666324348e-01);
}

/** cos(x + tail) for |x| <= pi/4. */
// @ts-ignore: decorator
@inline
function cosNear(x: f64, tail: f64): f64 {
  const z = x * x;
  const r =
    z *
    (4.16666666666666019037e-02 +
      z *
        (-1.38888888888741095749e-03 +
          z *
            (2.48015872894767294178e-05 +
              z * (-2.75573143513906633035e-07 + z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * tail));
}

/** sin(x + quarters pi/2). pi/2 is subtracted in three parts, the first two of 33 bits so that their products are exact. */
function sinShifted(x: f64, quarters: i32): f64 {
  if (abs(x) == Infinity) return NaN;
  const n = nearest(x * 0.63661977236758134308);
  const first = x - n * 1.57079632673412561417;
  const part = n * 6.07710050630396597660e-11;
  const second = first - part;
  const rest = n * 2.02226624879595063154e-21 - (first - second - part);
  const y = second - rest;
  const tail = second - y - rest;
  const quadrant = (<i32>(<i64>n & 3) + quarters) & 3;
  const value = quadrant & 1 ? cosNear(y, tail) : sinNear(y, tail);
  return quadrant & 2 ? -value : value;
}

export function scalarSin(x: f64): f64 {
  // keeps -0 and tiny values, whose reduction would lose the sign
  return abs(x) < 1.4901161193847656e-8 ? x : sinShifted(x, 0);
}

export function scalarCos(x: f64): f64 {
  return sinShifted(x, 1);
}

/** a b - product, exactly (Dekker 1971), where product = a b rounded. */
function productError(a: f64, b: f64, product: f64): f64 {
  const p = a * 134217729;
  const q = b * 134217729;
  const aHigh = p - (p - a);
  const bHigh = q - (q - b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}

/** x to the power y; special values as in C99, which NumPy and Python follow: 1 to any power is 1. */
export function scalarPow(x: f64, y: f64): f64 {
  if (y == 0 || x == 1) return 1;
  if (x != x || y != y) return NaN;
  const size = abs(x);
  const whole = floor(y) == y;
  const odd = whole && abs(y) < 9007199254740992 && (<i64>y & 1) == 1;
  const sign: f64 = odd && copysign<f64>(1, x) < 0 ? -1 : 1;
  if (size == 1 && whole) return sign; // infinite y too
  if (size == 0 || size == Infinity) return (size == 0) == y > 0 ? sign * 0 : sign * Infinity;
  if (x < 0 && !whole) return NaN;
  // Powers so high leave the range for any x but 1; the products below would overflow with them.
  if (abs(y) > 1e19) return size > 1 == y > 0 ? sign * Infinity : 0;

  // log(size) as high + low: log(m) = 2 s (1 + z/3 + z^2/5 + ...) with s = (m - 1) / (m + 1), z = s^2, in pairs of f64.
  const denormal = size < 2.2250738585072014e-308;
  const normal = denormal ? size * 18014398509481984 : size;
  const e = exponent(normal);
  const f = mantissa(normal, e) - 1;
  const k = <f64>(denormal ? e - 54 : e);
  const d = 2 + f;
  const s = f / d;
  const sd = s * d;
  const sLow = (f - sd - productError(s, d, sd) - s * (f - (d - 2))) / d;
  const z = s * s;
  const zLow = productError(s, s, z) + 2 * s * sLow;
  let series: f64 = 0;
  for (let divisor: f64 = 29; divisor >= 5; divisor -= 2) series = series * z + 1 / divisor;
  series *= z;
  const third: f64 = 0.3333333333333333;
  const q = third + series;
  const qLow = third - q + series + 1.850371707708594e-17;
  const zq = z * q;
  const zqLow = productError(z, q, zq) + z * qLow + zLow * q;
  const a = 1 + zq;
  const aLow = 1 - a + zq + zqLow;
  const log = 2 * s * a;
  const logLow = productError(2 * s, a, log) + 2 * s * aLow + 2 * sLow * a;
  const kHigh = k * LN2_HIGH;
  const high = kHigh + log;
  const low = kHigh - high + log + logLow + k * LN2_LOW;

  const product = y * high;
  if (product > 710) return sign * Infinity;
  if (product < -746) return sign * 0;
  return sign * expOfSum(product, productError(y, high, product) + y * low);
}
