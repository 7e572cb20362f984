// The naive forms of assembly/mathematics.ts, sort.ts and scan.ts.
import { erf } from './unary.ts';

const bessel = (x: number): number => {
  let [term, sum] = [1, 1];
  for (let k = 1; k < 400; k++) {
    term *= (x * x) / 4 / (k * k);
    sum += term;
  }
  return sum;
};

/** By bisection. */
const erfinv = (y: number): number => {
  if (Number.isNaN(y)) return y;
  let [low, high] = [-6, 6];
  for (let k = 0; k < 100; k++) {
    const middle = (low + high) / 2;
    if (erf(middle) < y) low = middle;
    else high = middle;
  }
  return low;
};

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x));
/** erfc by its continued fraction where 1 - erf would lose digits. */
const erfc = (x: number): number => {
  if (x < 2) return 1 - erf(x);
  let fraction = 0;
  for (let i = 100; i >= 1; i--) fraction = i / 2 / (x + fraction);
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / (x + fraction);
};

/** In the order of the kernel's kinds. */
export const ofOne: Readonly<Record<string, (x: number) => number>> = {
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  arcsin: Math.asin,
  arccos: Math.acos,
  arctan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  arcsinh: Math.asinh,
  arccosh: Math.acosh,
  arctanh: Math.atanh,
  cbrt: Math.cbrt,
  exp2: (x) => 2 ** x,
  erfc,
  erfinv,
  sinc,
  i0: bessel,
};

export const ofTwo: Readonly<Record<string, (a: number, b: number) => number>> = {
  arctan2: Math.atan2,
  hypot: Math.hypot,
  nextafter: (a, b) => {
    if (a === b || Number.isNaN(a) || Number.isNaN(b)) return a === b ? b : Number.NaN;
    if (a === 0) return Math.sign(b) * 2 ** -149;
    const view = new DataView(new ArrayBuffer(4));
    view.setFloat32(0, a);
    view.setInt32(0, view.getInt32(0) + (a < b === a > 0 ? 1 : -1));
    return view.getFloat32(0);
  },
  ldexp: (a, b) => a * 2 ** b,
};

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));

export const ofWhole: Readonly<Record<string, (a: number, b: number) => number>> = {
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  leftShift: (a, b) => (b >>> 0 > 31 ? 0 : a << b),
  rightShift: (a, b) => a >> (b >>> 0 > 31 ? 31 : b),
  gcd,
  lcm: (a, b) => (gcd(a, b) === 0 ? 0 : Math.abs((a / gcd(a, b)) * b) | 0),
};

/** Places of the first k in order; NaN is the largest, equal ones keep their order. */
export function sortRow(row: readonly number[], k: number, isDescending: boolean): number[] {
  const key = (x: number) => (Number.isNaN(x) ? Number.POSITIVE_INFINITY : x);
  const isLess = (p: number, q: number) => key(p) < key(q) || (!Number.isNaN(p) && Number.isNaN(q));
  const compare = (p: number, q: number) => (isLess(p, q) ? -1 : isLess(q, p) ? 1 : 0);
  return row
    .map((_, at) => at)
    .sort((a, b) => (isDescending ? -1 : 1) * compare(row[a], row[b]) || a - b)
    .slice(0, k);
}

/** Sums or products so far along the middle axis. */
export function scan(
  x: ArrayLike<number>,
  [outer, n, inner]: readonly number[],
  isProduct: boolean,
  round: (x: number) => number,
): number[] {
  const y = Array.from(x);
  for (let o = 0; o < outer; o++)
    for (let k = 1; k < n; k++)
      for (let j = 0; j < inner; j++) {
        const at = (o * n + k) * inner + j;
        y[at] = round(isProduct ? y[at - inner] * x[at] : y[at - inner] + x[at]);
      }
  return y;
}
