// Whole numbers (i32), which f32 holds exactly up to 2^24 only. Sums, products and powers wrap around, as in NumPy.
// y = f(a, b) with broadcasting as in binary.ts; comparisons give f32 1 or 0. The remainder of f32 is here too, lane by lane like that of i32.
import { oneWhere } from './binary-rows';
import { array, runsOn, strided } from './check';
import { partition } from './partition';
import { at, loadSome, storeSome } from './rows';

const ADD: i32 = 0;
const SUBTRACT: i32 = 1;
const MULTIPLY: i32 = 2;
const MAXIMUM: i32 = 3;
const MINIMUM: i32 = 4;
const LESS: i32 = 5;
const LESS_EQUAL: i32 = 6;
const FLOOR_DIVIDE: i32 = 7;
const MODULO: i32 = 8;
const POWER: i32 = 9;
const MODULO_FLOAT: i32 = 10;

/** a / b rounded down; 0 where b is 0, and the smallest number over -1 wraps around. */
function floorDivide(a: i32, b: i32): i32 {
  if (b == 0) return 0;
  if (b == -1) return -a;
  const q = a / b;
  return q * b != a && (a ^ b) < 0 ? q - 1 : q;
}

/** What is left of a after whole b, with the sign of b; 0 where b is 0. */
function remainder(a: i32, b: i32): i32 {
  if (b == 0) return 0;
  const r = a % b;
  return r != 0 && (r ^ b) < 0 ? r + b : r;
}

/** The same of f32, exact: x1 - x2 * floor(x1 / x2) rounds three times, and has no answer for an infinite x2. */
function remainderFloat(a: f32, b: f32): f32 {
  const r = a % b;
  return r != 0 && (r < 0) != (b < 0) ? r + b : r;
}

/** a to the power b, by squaring; a fraction, which comes of a negative b, is cut toward 0. */
function power(a: i32, b: i32): i32 {
  if (b < 0) return a == 1 ? 1 : a == -1 ? 1 - ((b & 1) << 1) : 0;
  let result = 1;
  for (let base = a; b > 0; b >>= 1) {
    if (b & 1) result *= base;
    base *= base;
  }
  return result;
}

function scalar(op: i32, a: i32, b: i32): i32 {
  if (op == MODULO_FLOAT) return reinterpret<i32>(remainderFloat(reinterpret<f32>(a), reinterpret<f32>(b)));
  return op == FLOOR_DIVIDE ? floorDivide(a, b) : op == MODULO ? remainder(a, b) : power(a, b);
}

function apply(op: i32, a: v128, b: v128): v128 {
  switch (op) {
    case ADD: return i32x4.add(a, b);
    case SUBTRACT: return i32x4.sub(a, b);
    case MULTIPLY: return i32x4.mul(a, b);
    case MAXIMUM: return i32x4.max_s(a, b);
    case MINIMUM: return i32x4.min_s(a, b);
    case LESS: return oneWhere(i32x4.lt_s(a, b));
    case LESS_EQUAL: return oneWhere(i32x4.le_s(a, b));
    default: {
      const low = i32x4.replace_lane(
        i32x4.splat(scalar(op, i32x4.extract_lane(a, 0), i32x4.extract_lane(b, 0))), 1, scalar(op, i32x4.extract_lane(a, 1), i32x4.extract_lane(b, 1)),
      );
      return i32x4.replace_lane(
        i32x4.replace_lane(low, 2, scalar(op, i32x4.extract_lane(a, 2), i32x4.extract_lane(b, 2))), 3, scalar(op, i32x4.extract_lane(a, 3), i32x4.extract_lane(b, 3)),
      );
    }
  }
}

function binary(
  op: i32, a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  runsOn(thread, threads);
  strided(a, rows, aRow, columns, aColumn);
  strided(b, rows, bRow, columns, bColumn);
  array(y, rows, columns);
  const byRows = rows >= threads * 2;
  const endRow = byRows ? partition(rows, 1, thread + 1, threads) : rows;
  const first = byRows ? 0 : partition(columns, 16, thread, threads);
  const end = byRows ? columns : partition(columns, 16, thread + 1, threads);
  for (let r = byRows ? partition(rows, 1, thread, threads) : 0; r < endRow; r++) {
    for (let c = first; c < end; c += 4) {
      const left = end - c;
      const x = at(a, r * aRow + c * aColumn);
      const z = at(b, r * bRow + c * bColumn);
      const va = aColumn ? loadSome(x, left) : v128.load32_splat(x);
      const vb = bColumn ? loadSome(z, left) : v128.load32_splat(z);
      storeSome(at(y, r * columns + c), apply(op, va, vb), left);
    }
  }
}

export function addInt(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(ADD, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function subtractInt(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(SUBTRACT, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function multiplyInt(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(MULTIPLY, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function maximumInt(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(MAXIMUM, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function minimumInt(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(MINIMUM, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function lessInt(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(LESS, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function lessEqualInt(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(LESS_EQUAL, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function floorDivideInt(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(FLOOR_DIVIDE, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function moduloInt(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(MODULO, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function powerInt(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(POWER, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}

export function modulo(
  a: usize, b: usize, y: usize, rows: i32, columns: i32,
  aRow: i32, aColumn: i32, bRow: i32, bColumn: i32, thread: i32, threads: i32,
): void {
  binary(MODULO_FLOAT, a, b, y, rows, columns, aRow, aColumn, bRow, bColumn, thread, threads);
}
