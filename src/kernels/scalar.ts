// Elementary functions of single numbers, the same bits in every engine: those of Math may differ between browsers.

import { kernels } from './kernels.ts';

/** e to the power x. Error below 1 unit in the last place, like the others here. */
export function exp(x: number): number {
  return kernels().scalarExp(x);
}

/** Natural logarithm. */
export function log(x: number): number {
  return kernels().scalarLog(x);
}

/** log(1 + x), accurate for small x. */
export function log1p(x: number): number {
  return kernels().scalarLog1p(x);
}

/** Sine of x radians; accurate for |x| up to 1e5. */
export function sin(x: number): number {
  return kernels().scalarSin(x);
}

/** Cosine of x radians; accurate for |x| up to 1e5. */
export function cos(x: number): number {
  return kernels().scalarCos(x);
}

/** x to the power y. As in Python, and unlike Math.pow, 1 to any power is 1. */
export function pow(x: number, y: number): number {
  return kernels().scalarPow(x, y);
}
