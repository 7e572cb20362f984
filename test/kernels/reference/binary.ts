// The naive form of assembly/binary.ts.
type Numbers = ArrayLike<number>;

export const functions = {
  add: (a: number, b: number) => Math.fround(a + b),
  subtract: (a: number, b: number) => Math.fround(a - b),
  multiply: (a: number, b: number) => Math.fround(a * b),
  divide: (a: number, b: number) => Math.fround(a / b),
  maximum: (a: number, b: number) => Math.max(a, b),
  minimum: (a: number, b: number) => Math.min(a, b),
  squaredDifference: (a: number, b: number) => Math.fround(Math.fround(a - b) ** 2),
  equal: (a: number, b: number) => Number(a === b),
  notEqual: (a: number, b: number) => Number(a !== b),
  greater: (a: number, b: number) => Number(a > b),
  greaterEqual: (a: number, b: number) => Number(a >= b),
  less: (a: number, b: number) => Number(a < b),
  lessEqual: (a: number, b: number) => Number(a <= b),
};

/** IEEE pow; JavaScript's differs where |x| is 1 and y infinite or NaN. */
export function power(x: number, y: number): number {
  if (x === 1 || (x === -1 && Math.abs(y) === Infinity)) return 1;
  return x ** y;
}

/** y[r, c] = f(a[r * aRow + c * aColumn], b[r * bRow + c * bColumn]) */
export function broadcast(
  f: (a: number, b: number) => number,
  a: Numbers,
  b: Numbers,
  rows: number,
  columns: number,
  aRow: number,
  aColumn: number,
  bRow: number,
  bColumn: number,
): number[] {
  const y: number[] = [];
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) y.push(f(a[r * aRow + c * aColumn], b[r * bRow + c * bColumn]));
  }
  return y;
}

export function select(condition: Numbers, a: Numbers, b: Numbers): number[] {
  return Array.from(condition, (isTrue, i) => (isTrue !== 0 ? a[i] : b[i]));
}
