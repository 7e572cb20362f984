// y = f(a, b), element by element, with broadcasting: y[r, c] = f(a[r * aRow + c * aColumn], b[r * bRow + c * bColumn]),
// strides in elements, column strides 0 or 1. y is contiguous, and may be a or b where that one is contiguous and full.
// Comparisons give f32 1 or 0. Threads share the rows, or the columns of each row when there are few rows.
import {
  ADD, DIVIDE, EQUAL, LESS, LESS_EQUAL, MAXIMUM, MINIMUM, MULTIPLY, NOT_EQUAL, oneWhere, POWER, rowsOfAny, SQUARED_DIFFERENCE, SUBTRACT,
} from './binary-rows';
import { array, runsOn, strided } from './check';
import { partition } from './partition';
import { at, loadSome, storeSome } from './rows';

function binary(
  op: i32, a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  strided(a, rows, aRow, columns, aColumn);
  strided(b, rows, bRow, columns, bColumn);
  array(y, rows, columns);
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
  runsOn(thread, threads);
  array(condition, n);
  array(a, n);
  array(b, n);
  array(y, n);
  const end = partition(n, 16, thread + 1, threads);
  for (let i = partition(n, 16, thread, threads); i < end; i += 4) {
    const left = end - i;
    const isTrue = f32x4.ne(loadSome(at(condition, i), left), f32x4.splat(0));
    storeSome(at(y, i), v128.bitselect(loadSome(at(a, i), left), loadSome(at(b, i), left), isTrue), left);
  }
}

/** y[n] (f32) = 1 where x (i32) is not `value`, else 0 */
export function notEqualInt(x: usize, y: usize, n: i32, value: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(x, n);
  array(y, n);
  const end = partition(n, 16, thread + 1, threads);
  for (let i = partition(n, 16, thread, threads); i < end; i += 4) {
    storeSome(at(y, i), oneWhere(i32x4.ne(loadSome(at(x, i), end - i), i32x4.splat(value))), end - i);
  }
}

/** y[n] (f32) = 1 where a and b (i32) are equal, else 0 */
export function equalInt(a: usize, b: usize, y: usize, n: i32, thread: i32, threads: i32): void {
  runsOn(thread, threads);
  array(a, n);
  array(b, n);
  array(y, n);
  const end = partition(n, 16, thread + 1, threads);
  for (let i = partition(n, 16, thread, threads); i < end; i += 4) {
    const left = end - i;
    storeSome(at(y, i), oneWhere(i32x4.eq(loadSome(at(a, i), left), loadSome(at(b, i), left))), left);
  }
}
