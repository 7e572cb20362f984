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

/** The last one to three elements of a row, or up to four of a row of two single numbers. */
function some(op: i32, a: usize, b: usize, y: usize, left: i32, aColumn: i32, bColumn: i32): void {
  const va = aColumn ? loadSome(a, left) : v128.load32_splat(a);
  const vb = bColumn ? loadSome(b, left) : v128.load32_splat(b);
  storeSome(y, apply(op, va, vb), left);
}

/** `rows` rows of n elements, the row strides in bytes. */
// @ts-ignore: decorator
@inline
function rowsOf(
  op: i32, a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  const whole = aColumn | bColumn ? n & ~3 : 0;
  for (; rows > 0; rows--) {
    let c = 0;
    if (whole) {
      if (aColumn & bColumn) {
        do {
          v128.store(at(y, c), apply(op, v128.load(at(a, c)), v128.load(at(b, c))));
          c += 4;
        } while (c < whole);
      } else if (aColumn) {
        const single = v128.load32_splat(b);
        do {
          v128.store(at(y, c), apply(op, v128.load(at(a, c)), single));
          c += 4;
        } while (c < whole);
      } else {
        const single = v128.load32_splat(a);
        do {
          v128.store(at(y, c), apply(op, single, v128.load(at(b, c))));
          c += 4;
        } while (c < whole);
      }
    }
    for (; c < n; c += 4) some(op, at(a, c * aColumn), at(b, c * bColumn), at(y, c), n - c, aColumn, bColumn);
    a += aRow;
    b += bRow;
    y += yRow;
  }
}

// Functions of their own, because the compiler would make the cases of one function one again.
function addRows(
  a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  rowsOf(ADD, a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow);
}

function subtractRows(
  a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  rowsOf(SUBTRACT, a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow);
}

function multiplyRows(
  a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  rowsOf(MULTIPLY, a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow);
}

function divideRows(
  a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  rowsOf(DIVIDE, a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow);
}

function maximumRows(
  a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  rowsOf(MAXIMUM, a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow);
}

function minimumRows(
  a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  rowsOf(MINIMUM, a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow);
}

function squaredDifferenceRows(
  a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  rowsOf(SQUARED_DIFFERENCE, a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow);
}

function equalRows(
  a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  rowsOf(EQUAL, a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow);
}

function notEqualRows(
  a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  rowsOf(NOT_EQUAL, a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow);
}

function lessRows(
  a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  rowsOf(LESS, a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow);
}

function lessEqualRows(
  a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  rowsOf(LESS_EQUAL, a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow);
}

function powerRows(
  a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  rowsOf(POWER, a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow);
}

function rowsOfAny(
  op: i32, a: usize, b: usize, y: usize, rows: i32, n: i32, aRow: usize, aColumn: i32, bRow: usize, bColumn: i32, yRow: usize,
): void {
  switch (op) {
    case ADD: addRows(a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow); return;
    case SUBTRACT: subtractRows(a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow); return;
    case MULTIPLY: multiplyRows(a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow); return;
    case DIVIDE: divideRows(a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow); return;
    case MAXIMUM: maximumRows(a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow); return;
    case MINIMUM: minimumRows(a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow); return;
    case SQUARED_DIFFERENCE: squaredDifferenceRows(a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow); return;
    case EQUAL: equalRows(a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow); return;
    case NOT_EQUAL: notEqualRows(a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow); return;
    case LESS: lessRows(a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow); return;
    case LESS_EQUAL: lessEqualRows(a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow); return;
    default: powerRows(a, b, y, rows, n, aRow, aColumn, bRow, bColumn, yRow);
  }
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
  rowsOfAny(
    op, at(a, firstRow * aRow + first * aColumn), at(b, firstRow * bRow + first * bColumn), at(y, firstRow * columns + first),
    endRow - firstRow, end - first, <usize>aRow << 2, aColumn, <usize>bRow << 2, bColumn, <usize>columns << 2,
  );
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
