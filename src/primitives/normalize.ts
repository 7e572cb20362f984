// L2 normalization.
import type { Value } from '../graph/value.ts';
import { maximum, multiply } from './binary.ts';
import { fill } from './layout.ts';
import { sum } from './reduce.ts';
import { rsqrt, square } from './unary.ts';

/**
 * x over its length along `axis`, Keras's x * min(1 / length, 1 / smallest) written so that a zero vector has a finite gradient.
 */
export const normalizeLength = (x: Value, axis: number | readonly number[] = -1, smallest = 1e-7): Value =>
  multiply(x, rsqrt(maximum(sum(square(x), axis, true), fill([], smallest * smallest))));
