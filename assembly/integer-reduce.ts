// Whole numbers (i32) summed, compared and multiplied along an axis: x[outer, n, inner] becomes y[outer, inner].
import { array, runsOn, strided } from './check';
import { partition } from './partition';
import { at, loadSome, storeSome } from './rows';

const SUM: i32 = 0;
const MAX: i32 = 1;
const MIN: i32 = 2;

// @ts-ignore: decorator
@inline
function neutral(op: i32): i32 {
  return op == SUM ? 0 : op == MAX ? i32.MIN_VALUE : i32.MAX_VALUE;
}

// @ts-ignore: decorator
@inline
function combine(op: i32, a: v128, b: v128): v128 {
  return op == SUM ? i32x4.add(a, b) : op == MAX ? i32x4.max_s(a, b) : i32x4.min_s(a, b);
}

/** A contiguous row. */
// @ts-ignore: decorator
@inline
function rowOf(op: i32, x: usize, n: i32): i32 {
  let v = i32x4.splat(neutral(op));
  const whole = n & ~3;
  for (let i = 0; i < whole; i += 4) v = combine(op, v, v128.load(at(x, i)));
  for (let i = whole; i < n; i++) v = combine(op, v, i32x4.replace_lane(i32x4.splat(neutral(op)), 0, load<i32>(at(x, i))));
  v = combine(op, v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  v = combine(op, v, v128.shuffle<i32>(v, v, 1, 0, 3, 2));
  return i32x4.extract_lane(v, 0);
}

// @ts-ignore: decorator
@inline
function reduce(op: i32, x: usize, y: usize, outer: i32, n: i32, inner: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, outer, n, inner);
  array(y, outer, inner);
  const strips = (inner + 3) / 4;
  const end = partition(outer * strips, 1, thread + 1, threads);
  for (let u = partition(outer * strips, 1, thread, threads); u < end; u++) {
    if (inner == 1) {
      store<i32>(at(y, u), rowOf(op, at(x, u * n), n));
    } else {
      const o = u / strips;
      const c = (u - o * strips) * 4;
      let v = i32x4.splat(neutral(op));
      for (let j = 0; j < n; j++) v = combine(op, v, loadSome(at(x, (o * n + j) * inner + c), inner - c));
      storeSome(at(y, o * inner + c), v, inner - c);
    }
  }
}

/** The sum, which wraps around. */
export function reduceSumInt(x: usize, y: usize, outer: i32, n: i32, inner: i32, thread: i32, threads: i32): void {
  reduce(SUM, x, y, outer, n, inner, thread, threads);
}

/** The largest; the smallest i32 of none. */
export function reduceMaxInt(x: usize, y: usize, outer: i32, n: i32, inner: i32, thread: i32, threads: i32): void {
  reduce(MAX, x, y, outer, n, inner, thread, threads);
}

/** The smallest; the largest i32 of none. */
export function reduceMinInt(x: usize, y: usize, outer: i32, n: i32, inner: i32, thread: i32, threads: i32): void {
  reduce(MIN, x, y, outer, n, inner, thread, threads);
}

/** The first index of the largest. n >= 1. */
export function argMaxInt(x: usize, y: usize, outer: i32, n: i32, inner: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, outer, n, inner);
  array(y, outer, inner);
  const end = partition(outer * inner, 16, thread + 1, threads);
  for (let u = partition(outer * inner, 16, thread, threads); u < end; u++) {
    const o = u / inner;
    const start = o * n * inner + (u - o * inner);
    let best = load<i32>(at(x, start));
    let index = 0;
    for (let j = 1; j < n; j++) {
      const value = load<i32>(at(x, start + j * inner));
      if (value > best) {
        best = value;
        index = j;
      }
    }
    store<i32>(at(y, u), index);
  }
}

/**
 * y[batch, m, n] = a[batch, m, k] x b[batch, k, n], wrapping around. A stride is the distance of two matrices of a stack, 0 where one
 * serves all.
 */
export function matmulInt(
  a: usize, b: usize, y: usize, batch: i32, m: i32, k: i32, n: i32, strideA: i32, strideB: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  strided(a, batch, strideA, m, k, k, 1);
  strided(b, batch, strideB, k, n, n, 1);
  array(y, batch, m, n);
  const end = partition(batch * m, 1, thread + 1, threads);
  for (let row = partition(batch * m, 1, thread, threads); row < end; row++) {
    const s = row / m;
    const x = at(a, s * strideA + (row - s * m) * k);
    const z = at(b, s * strideB);
    for (let c = 0; c < n; c += 4) {
      let sum = i32x4.splat(0);
      for (let i = 0; i < k; i++) sum = i32x4.add(sum, i32x4.mul(v128.load32_splat(at(x, i)), loadSome(at(z, i * n + c), n - c)));
      storeSome(at(y, row * n + c), sum, n - c);
    }
  }
}
