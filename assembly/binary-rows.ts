// The loops over rows of a function of two variables, one for each function.
import { exp, log } from './math';
import { at, loadSome, storeSome } from './rows';

// The functions; always a constant where it is used, so that only one branch is compiled.
export const ADD: i32 = 0;
export const SUBTRACT: i32 = 1;
export const MULTIPLY: i32 = 2;
export const DIVIDE: i32 = 3;
export const MAXIMUM: i32 = 4;
export const MINIMUM: i32 = 5;
export const SQUARED_DIFFERENCE: i32 = 6;
export const EQUAL: i32 = 7;
export const NOT_EQUAL: i32 = 8;
export const LESS: i32 = 9;
export const LESS_EQUAL: i32 = 10;
export const POWER: i32 = 11;

// @ts-ignore: decorator
@inline
export function oneWhere(mask: v128): v128 {
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

export function rowsOfAny(
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
