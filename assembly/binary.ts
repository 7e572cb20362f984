// y = f(a, b), element by element, with broadcasting: y[r, c] = f(a[r * aRow + c * aColumn], b[r * bRow + c * bColumn]),
// strides in elements, column strides 0 or 1. y is contiguous, and may be a or b where that one is contiguous and full.
// Comparisons give f32 1 or 0. Threads share the rows, or the columns of each row when there are few rows.
import { exp, log } from './math';
import { partition } from './partition';
import { at, loadSome, storeSome } from './rows';

// The functions; always a constant where it is used, so that only one branch is compiled.
const ADD: i32 = 0;
const SUBTRACT: i32 = 1;
const MULTIPLY: i32 = 2;
const DIVIDE: i32 = 3;
const MAXIMUM: i32 = 4;
const MINIMUM: i32 = 5;
const SQUARED_DIFFERENCE: i32 = 6;
const EQUAL: i32 = 7;
const NOT_EQUAL: i32 = 8;
const LESS: i32 = 9;
const LESS_EQUAL: i32 = 10;
const POWER: i32 = 11;

// @ts-ignore: decorator
@inline
function oneWhere(mask: v128): v128 {
  return v128.and(mask, f32x4.splat(1));
}

/**
 * x^y as exp(y log|x|), with the cases of IEEE pow: an integer y keeps (even) or returns (odd) the sign of x, another y of a
 * negative number is NaN, and 1^y and x^0 are 1 even of NaN. The relative error grows with the exponent of the result:
 * about |y log|x|| * 2^-23.
 */
function powerOf(x: v128, y: v128): v128 {
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  const size = f32x4.abs(x);
  // y log|x|, but 0 where |x| is 1 or y is 0, also against an infinity or a NaN.
  const isOne = v128.or(f32x4.eq(y, zero), f32x4.eq(size, one));
  const magnitude = exp(v128.andnot(f32x4.mul(y, log(size)), isOne));
  const half = f32x4.mul(y, f32x4.splat(0.5));
  const isInteger = f32x4.eq(f32x4.floor(y), y);
  const isOdd = v128.andnot(isInteger, f32x4.eq(f32x4.floor(half), half));
  const signed = v128.or(magnitude, v128.and(v128.and(x, isOdd), i32x4.splat(i32.MIN_VALUE)));
  const isNegative = v128.and(f32x4.lt(x, zero), f32x4.gt(x, f32x4.splat(-Infinity)));
  return v128.bitselect(f32x4.splat(NaN), signed, v128.andnot(isNegative, isInteger));
}

// @ts-ignore: decorator
@inline
function apply(op: i32, a: v128, b: v128): v128 {
  if (op == ADD) return f32x4.add(a, b);
  if (op == SUBTRACT) return f32x4.sub(a, b);
  if (op == MULTIPLY) return f32x4.mul(a, b);
  if (op == DIVIDE) return f32x4.div(a, b);
  if (op == MAXIMUM) return f32x4.max(a, b);
  if (op == MINIMUM) return f32x4.min(a, b);
  if (op == SQUARED_DIFFERENCE) {
    const d = f32x4.sub(a, b);
    return f32x4.mul(d, d);
  }
  if (op == EQUAL) return oneWhere(f32x4.eq(a, b));
  if (op == NOT_EQUAL) return oneWhere(f32x4.ne(a, b));
  if (op == LESS) return oneWhere(f32x4.lt(a, b));
  if (op == LESS_EQUAL) return oneWhere(f32x4.le(a, b));
  return powerOf(a, b);
}

/** One row of n, n >= 4 and a multiple of 4, of which b is one number repeated if `bColumn` is 0; so with a. */
// @ts-ignore: decorator
@inline
function rowOf(op: i32, a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  const end = <usize>n << 2;
  let i: usize = 0;
  if (aColumn & bColumn) {
    do {
      v128.store(y + i, apply(op, v128.load(a + i), v128.load(b + i)));
      i += 16;
    } while (i < end);
  } else if (aColumn) {
    const single = v128.load32_splat(b);
    do {
      v128.store(y + i, apply(op, v128.load(a + i), single));
      i += 16;
    } while (i < end);
  } else {
    const single = v128.load32_splat(a);
    do {
      v128.store(y + i, apply(op, single, v128.load(b + i)));
      i += 16;
    } while (i < end);
  }
}

// Functions of their own, because the compiler would make the cases of one function one again.
function addRow(a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  rowOf(ADD, a, b, y, n, aColumn, bColumn);
}

function subtractRow(a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  rowOf(SUBTRACT, a, b, y, n, aColumn, bColumn);
}

function multiplyRow(a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  rowOf(MULTIPLY, a, b, y, n, aColumn, bColumn);
}

function divideRow(a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  rowOf(DIVIDE, a, b, y, n, aColumn, bColumn);
}

function maximumRow(a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  rowOf(MAXIMUM, a, b, y, n, aColumn, bColumn);
}

function minimumRow(a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  rowOf(MINIMUM, a, b, y, n, aColumn, bColumn);
}

function squaredDifferenceRow(a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  rowOf(SQUARED_DIFFERENCE, a, b, y, n, aColumn, bColumn);
}

function equalRow(a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  rowOf(EQUAL, a, b, y, n, aColumn, bColumn);
}

function notEqualRow(a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  rowOf(NOT_EQUAL, a, b, y, n, aColumn, bColumn);
}

function lessRow(a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  rowOf(LESS, a, b, y, n, aColumn, bColumn);
}

function lessEqualRow(a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  rowOf(LESS_EQUAL, a, b, y, n, aColumn, bColumn);
}

function powerRow(a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  rowOf(POWER, a, b, y, n, aColumn, bColumn);
}

function row(op: i32, a: usize, b: usize, y: usize, n: i32, aColumn: i32, bColumn: i32): void {
  switch (op) {
    case ADD: addRow(a, b, y, n, aColumn, bColumn); return;
    case SUBTRACT: subtractRow(a, b, y, n, aColumn, bColumn); return;
    case MULTIPLY: multiplyRow(a, b, y, n, aColumn, bColumn); return;
    case DIVIDE: divideRow(a, b, y, n, aColumn, bColumn); return;
    case MAXIMUM: maximumRow(a, b, y, n, aColumn, bColumn); return;
    case MINIMUM: minimumRow(a, b, y, n, aColumn, bColumn); return;
    case SQUARED_DIFFERENCE: squaredDifferenceRow(a, b, y, n, aColumn, bColumn); return;
    case EQUAL: equalRow(a, b, y, n, aColumn, bColumn); return;
    case NOT_EQUAL: notEqualRow(a, b, y, n, aColumn, bColumn); return;
    case LESS: lessRow(a, b, y, n, aColumn, bColumn); return;
    case LESS_EQUAL: lessEqualRow(a, b, y, n, aColumn, bColumn); return;
    default: powerRow(a, b, y, n, aColumn, bColumn);
  }
}

/** Four elements or `left`, if these are fewer. */
function some(op: i32, a: usize, b: usize, y: usize, left: i32, aColumn: i32, bColumn: i32): void {
  const va = aColumn ? loadSome(a, left) : v128.load32_splat(a);
  const vb = bColumn ? loadSome(b, left) : v128.load32_splat(b);
  storeSome(y, apply(op, va, vb), left);
}

function binary(
  op: i32, a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  const byRows = rows >= threads * 2;
  const firstRow = byRows ? partition(rows, 1, thread, threads) : 0;
  const endRow = byRows ? partition(rows, 1, thread + 1, threads) : rows;
  const first = byRows ? 0 : partition(columns, 16, thread, threads);
  const end = byRows ? columns : partition(columns, 16, thread + 1, threads);
  if (first == end) return;
  const whole = aColumn | bColumn ? (end - first) & ~3 : 0;
  for (let r = firstRow; r < endRow; r++) {
    const ar = at(a, r * aRow + first * aColumn);
    const br = at(b, r * bRow + first * bColumn);
    const yr = at(y, r * columns + first);
    if (whole) row(op, ar, br, yr, whole, aColumn, bColumn);
    // The last 1 to 3 columns, and all of a row of two single numbers.
    for (let c = whole; c < end - first; c += 4) {
      some(op, at(ar, c * aColumn), at(br, c * bColumn), at(yr, c), end - first - c, aColumn, bColumn);
    }
  }
}

export function add(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(ADD, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function subtract(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(SUBTRACT, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function multiply(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(MULTIPLY, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function divide(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(DIVIDE, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

// A NaN on either side makes a NaN of the maximum and the minimum.
export function maximum(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(MAXIMUM, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function minimum(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(MINIMUM, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function squaredDifference(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(SQUARED_DIFFERENCE, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function equal(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(EQUAL, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function notEqual(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(NOT_EQUAL, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function greater(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(LESS, b, a, y, rows, columns, bRow, bColumn, aRow, aColumn, thread, threads);
}

export function greaterEqual(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(LESS_EQUAL, b, a, y, rows, columns, bRow, bColumn, aRow, aColumn, thread, threads);
}

export function less(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(LESS, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function lessEqual(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(LESS_EQUAL, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function power(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(POWER, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

/** y[n] = a where condition is not 0, else b */
export function select(condition: usize, a: usize, b: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  const end = partition(n, 16, thread + 1, threads);
  for (let i = partition(n, 16, thread, threads); i < end; i += 4) {
    const left = end - i;
    const isTrue = f32x4.ne(loadSome(at(condition, i), left), f32x4.splat(0));
    storeSome(at(y, i), v128.bitselect(loadSome(at(a, i), left), loadSome(at(b, i), left), isTrue), left);
  }
}

/** y[n] (f32) = 1 where x (i32) is not `value`, else 0 */
export function notEqualInt(x: usize, y: usize, n: i32, value: i32, thread: i32, threads: i32): void {
  const end = partition(n, 16, thread + 1, threads);
  for (let i = partition(n, 16, thread, threads); i < end; i += 4) {
    storeSome(at(y, i), oneWhere(i32x4.ne(loadSome(at(x, i), end - i), i32x4.splat(value))), end - i);
  }
}

/** y[n] (f32) = 1 where a and b (i32) are equal, else 0 */
export function equalInt(a: usize, b: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  const end = partition(n, 16, thread + 1, threads);
  for (let i = partition(n, 16, thread, threads); i < end; i += 4) {
    const left = end - i;
    storeSome(at(y, i), oneWhere(i32x4.eq(loadSome(at(a, i), left), loadSome(at(b, i), left))), left);
  }
}
