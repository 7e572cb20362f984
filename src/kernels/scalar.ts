// Elementary functions of single numbers, the same bits in every engine: those of Math may differ between browsers.

import type { Kernels } from './generated/kernels.ts';
import { others } from './generated/others.ts';
import { kernels, useLibrary } from './kernels.ts';

/** With those that few programs need. */
function all(): Kernels {
  useLibrary(others);
  return kernels();
}

/** e to the power x. Error below 1 unit in the last place, like the others here. */
export function exp(x: number): number {
  return all().scalarExp(x);
}

/** Natural logarithm. */
export function log(x: number): number {
  return kernels().scalarLog(x);
}

/** log(1 + x), accurate for small x. */
export function log1p(x: number): number {
  return all().scalarLog1p(x);
}

/** Sine of x radians; accurate for |x| up to 1e5. */
export function sin(x: number): number {
  return all().scalarSin(x);
}

/** Cosine of x radians; accurate for |x| up to 1e5. */
export function cos(x: number): number {
  return all().scalarCos(x);
}

/** x to the power y. As in Python, and unlike Math.pow, 1 to any power is 1. */
export function pow(x: number, y: number): number {
  return all().scalarPow(x, y);
}
