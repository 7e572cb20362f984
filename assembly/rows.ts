// Contiguous rows: vectors of 1 to 4 elements, and a whole row reduced to one number.
//
// The order of every sum is fixed by the length alone. A row is cut into blocks of 4096. Lane l of accumulator k of a block
// adds the elements 16j + 4k + l in turn; vectors left over at the end go to accumulator 0. The block's sum is
// (0+1)+(2+3) of the accumulators, then (0+2)+(1+3) of the lanes. The blocks are added in turn in f64, so that a million
// equal numbers still sum to a million.
import { exp, inlineExp } from './math';
import { loadTail, storeTail } from './simd';

export const BLOCK: i32 = 4096;

// What a row is reduced to; always a constant where it is used, so that only one branch is compiled.
export const SUM: i32 = 0;
export const MAX: i32 = 1;
export const MIN: i32 = 2;
const SQUARES: i32 = 3;
const DOT: i32 = 4;

/** The address of element `i`. */
// @ts-ignore: decorator
@inline
export function at(pointer: usize, i: i32): usize {
  return pointer + (<usize>i << 2);
}

/** Loads min(4, left) elements, left >= 1, zeros in the other lanes. */
// @ts-ignore: decorator
@inline
export function loadSome(pointer: usize, left: i32): v128 {
  return left >= 4 ? v128.load(pointer) : loadTail(pointer, left);
}

/** Stores the first min(4, left) lanes, left >= 1. */
// @ts-ignore: decorator
@inline
export function storeSome(pointer: usize, v: v128, left: i32): void {
  if (left >= 4) v128.store(pointer, v);
  else storeTail(pointer, v, left);
}

/** `v` with the lanes from `count` on replaced by those of `other`. */
// @ts-ignore: decorator
@inline
export function keepLanes(v: v128, other: v128, count: i32): v128 {
  return v128.bitselect(v, other, i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count)));
}

/** The neutral element of SUM, MAX or MIN. */
// @ts-ignore: decorator
@inline
export function neutral(op: i32): f32 {
  return op == MAX ? -Infinity : op == MIN ? Infinity : 0;
}

// @ts-ignore: decorator
@inline
export function combine(op: i32, a: v128, b: v128): v128 {
  if (op == MAX) return f32x4.max(a, b);
  if (op == MIN) return f32x4.min(a, b);
  return f32x4.add(a, b);
}

// @ts-ignore: decorator
@inline
function combineLanes(op: i32, v: v128): f32 {
  v = combine(op, v, v128.shuffle<i32>(v, v, 2, 3, 0, 1));
  return f32x4.extract_lane(combine(op, v, v128.shuffle<i32>(v, v, 1, 0, 3, 2)), 0);
}

export function sumLanes(v: v128): f32 {
  return combineLanes(SUM, v);
}

// @ts-ignore: decorator
@inline
function term(op: i32, x: usize, z: usize): v128 {
  const v = v128.load(x);
  if (op == SQUARES) return f32x4.mul(v, v);
  if (op == DOT) return f32x4.mul(v, v128.load(z));
  return v;
}

// @ts-ignore: decorator
@inline
function lastTerm(op: i32, x: usize, z: usize, count: i32): v128 {
  const v = loadTail(x, count);
  if (op == SQUARES) return f32x4.mul(v, v);
  if (op == DOT) return f32x4.mul(v, loadTail(z, count));
  return op == SUM ? v : keepLanes(v, f32x4.splat(neutral(op)), count);
}

/** One block (any length; z is read by DOT alone) reduced with four accumulators. */
// @ts-ignore: decorator
@inline
function reduceBlock(op: i32, x: usize, z: usize, n: i32): f32 {
  let a0 = f32x4.splat(neutral(op));
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let i = 0;
  for (; i + 16 <= n; i += 16) {
    const p = at(x, i);
    const q = at(z, i);
    a0 = combine(op, a0, term(op, p, q));
    a1 = combine(op, a1, term(op, p + 16, q + 16));
    a2 = combine(op, a2, term(op, p + 32, q + 32));
    a3 = combine(op, a3, term(op, p + 48, q + 48));
  }
  for (; i + 4 <= n; i += 4) {
    a0 = combine(op, a0, term(op, at(x, i), at(z, i)));
  }
  if (i < n) a0 = combine(op, a0, lastTerm(op, at(x, i), at(z, i), n - i));
  return combineLanes(op, combine(op, combine(op, a0, a1), combine(op, a2, a3)));
}

export function sumBlock(x: usize, n: i32): f32 {
  return reduceBlock(SUM, x, 0, n);
}

export function sumSquaresBlock(x: usize, n: i32): f32 {
  return reduceBlock(SQUARES, x, 0, n);
}

function dotBlock(x: usize, z: usize, n: i32): f32 {
  return reduceBlock(DOT, x, z, n);
}

/** The largest element, -Infinity of none, NaN if there is one. */
export function maxRow(x: usize, n: i32): f32 {
  return reduceBlock(MAX, x, 0, n);
}

/** The smallest element, Infinity of none, NaN if there is one. */
export function minRow(x: usize, n: i32): f32 {
  return reduceBlock(MIN, x, 0, n);
}

export function sumRow(x: usize, n: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < n; i += BLOCK) sum += <f64>sumBlock(at(x, i), min(BLOCK, n - i));
  return sum;
}

/** The sum of x*z. */
export function dotRow(x: usize, z: usize, n: i32): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < n; i += BLOCK) sum += <f64>dotBlock(at(x, i), at(z, i), min(BLOCK, n - i));
  return sum;
}

/** The sum of exp(x - shift). One accumulator a block: it is exp that takes the time. */
export function sumExpRow(x: usize, shift: f32, n: i32): f32 {
  const s = f32x4.splat(shift);
  let sum: f64 = 0;
  for (let i = 0; i < n; ) {
    const end = min(i + BLOCK, n);
    let a = f32x4.splat(0);
    for (; i + 4 <= end; i += 4) a = f32x4.add(a, inlineExp(f32x4.sub(v128.load(at(x, i)), s)));
    if (i < end) {
      const e = exp(f32x4.sub(loadTail(at(x, i), end - i), s));
      a = f32x4.add(a, keepLanes(e, f32x4.splat(0), end - i));
      i = end;
    }
    sum += <f64>sumLanes(a);
  }
  return <f32>sum;
}

/** y = exp(x - shift), and the sum of y. y may be x. */
export function expRow(x: usize, y: usize, shift: f32, n: i32): f32 {
  const s = f32x4.splat(shift);
  let i = 0;
  for (; i + 4 <= n; i += 4) v128.store(at(y, i), inlineExp(f32x4.sub(v128.load(at(x, i)), s)));
  if (i < n) storeTail(at(y, i), exp(f32x4.sub(loadTail(at(x, i), n - i), s)), n - i);
  return <f32>sumRow(y, n);
}
