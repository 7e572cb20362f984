// A strip of columns reduced over its rows: what sums, extremes, weighted means and sums of gathered rows have in common.
import { at, combine, MAX, MIN, neutral, SUM } from './rows';
import { inlineLoadTail, inlineStoreTail } from './simd';

// A cache line of columns, and four chains of additions in flight.
export const STRIP: i32 = 16;
const CHAIN: i32 = 64;
export const WEIGHTED: i32 = -1;
export const GATHERED: i32 = -2;

// @ts-ignore: decorator
@inline
function accumulate(op: i32, a: v128, v: v128, weights: usize, j: i32): v128 {
  return combine(op, a, op == WEIGHTED ? f32x4.mul(v, v128.load32_splat(at(weights, j))) : v);
}

/** The address of row `j`, or of the row that the j-th id names. */
// @ts-ignore: decorator
@inline
function rowAt(op: i32, x: usize, ids: usize, j: i32, inner: i32): usize {
  return op == GATHERED ? x + ((<usize>load<i32>(at(ids, j)) * <usize>inner) << 2) : at(x, j * inner);
}

// @ts-ignore: decorator
@inline
function finish(op: i32, v: v128, factor: f32): v128 {
  if (op == SUM) return f32x4.mul(v, f32x4.splat(factor));
  return op == WEIGHTED ? f32x4.div(v, f32x4.splat(factor)) : v;
}

/**
 * Reduces `width` (1 to 16) columns of x[n, inner]. A SUM is multiplied by the factor, a WEIGHTED one divided by it. A GATHERED one
 * is the plain sum of rows that ids[n], given as the weights, pick from x.
 */
// @ts-ignore: decorator
@inline
export function reduceStrip(op: i32, x: usize, weights: usize, y: usize, n: i32, inner: i32, width: i32, factor: f32): void {
  const zero = f32x4.splat(neutral(op));
  // The smallest is seldom asked for, and not worth the second loop.
  if (op != MIN && width == STRIP) {
    let t0 = zero;
    let t1 = zero;
    let t2 = zero;
    let t3 = zero;
    for (let j = 0; j < n; ) {
      const end = min(j + CHAIN, n);
      let a0 = zero;
      let a1 = zero;
      let a2 = zero;
      let a3 = zero;
      for (; j < end; j++) {
        const p = rowAt(op, x, weights, j, inner);
        a0 = accumulate(op, a0, v128.load(p), weights, j);
        a1 = accumulate(op, a1, v128.load(p, 16), weights, j);
        a2 = accumulate(op, a2, v128.load(p, 32), weights, j);
        a3 = accumulate(op, a3, v128.load(p, 48), weights, j);
      }
      t0 = combine(op, t0, a0);
      t1 = combine(op, t1, a1);
      t2 = combine(op, t2, a2);
      t3 = combine(op, t3, a3);
    }
    v128.store(y, finish(op, t0, factor));
    v128.store(y, finish(op, t1, factor), 16);
    v128.store(y, finish(op, t2, factor), 32);
    v128.store(y, finish(op, t3, factor), 48);
    return;
  }
  for (let c = 0; c < width; c += 4) {
    let t = zero;
    for (let j = 0; j < n; ) {
      const end = min(j + CHAIN, n);
      let a = zero;
      if (width - c >= 4) {
        for (; j < end; j++) a = accumulate(op, a, v128.load(at(rowAt(op, x, weights, j, inner), c)), weights, j);
      } else {
        for (; j < end; j++) a = accumulate(op, a, inlineLoadTail(at(rowAt(op, x, weights, j, inner), c), width - c), weights, j);
      }
      t = combine(op, t, a);
    }
    const v = finish(op, t, factor);
    if (width - c >= 4) v128.store(at(y, c), v);
    else inlineStoreTail(at(y, c), v, width - c);
  }
}
