// Whole numbers of 32 bits, each operation as it is defined, on BigInt and cut to 32 bits at the end.

const wrap = (x: bigint): number => Number(BigInt.asIntN(32, x));

/** The quotient rounded down. */
const floorOf = (a: bigint, b: bigint): bigint => a / b - (a % b !== 0n && a < 0n !== b < 0n ? 1n : 0n);

function powerOf(a: bigint, b: bigint): bigint {
  if (b >= 0n) {
    let result = 1n;
    for (let k = 0n; k < b; k++) result = BigInt.asIntN(32, result * a);
    return result;
  }
  return a === 1n ? 1n : a === -1n ? (b % 2n === 0n ? 1n : -1n) : 0n;
}

const exact: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  addInt: (a, b) => a + b,
  subtractInt: (a, b) => a - b,
  multiplyInt: (a, b) => a * b,
  maximumInt: (a, b) => (a > b ? a : b),
  minimumInt: (a, b) => (a < b ? a : b),
  floorDivideInt: (a, b) => (b === 0n ? 0n : floorOf(a, b)),
  moduloInt: (a, b) => (b === 0n ? 0n : a - b * floorOf(a, b)),
  powerInt: powerOf,
};

/** Functions of two numbers, by kernel; comparisons give 1 or 0. */
export const functions: Readonly<Record<string, (a: number, b: number) => number>> = {
  ...Object.fromEntries(Object.entries(exact).map(([name, f]) => [name, (a: number, b: number) => wrap(f(BigInt(a), BigInt(b)))])),
  lessInt: (a, b) => Number(a < b),
  lessEqualInt: (a, b) => Number(a <= b),
};

const reductions: Readonly<Record<string, (row: readonly number[]) => number>> = {
  reduceSumInt: (row) => wrap(row.reduce((sum, x) => sum + BigInt(x), 0n)),
  reduceMaxInt: (row) => row.reduce((a, b) => Math.max(a, b), -2147483648),
  reduceMinInt: (row) => row.reduce((a, b) => Math.min(a, b), 2147483647),
  argMaxInt: (row) => row.indexOf(Math.max(...row)),
};

/** x[outer, n, inner] reduced over n. */
export function reduced(name: string, x: ArrayLike<number>, outer: number, n: number, inner: number): number[] {
  return Array.from({ length: outer * inner }, (_, u) => {
    const [o, c] = [Math.floor(u / inner), u % inner];
    return reductions[name](Array.from({ length: n }, (_, j) => x[(o * n + j) * inner + c]));
  });
}

export const reductionNames = Object.keys(reductions);

/** a[batch, m, k] x b[batch, k, n]. */
export function product(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  batch: number,
  m: number,
  k: number,
  n: number,
  strideB: number,
): number[] {
  return Array.from({ length: batch * m * n }, (_, at) => {
    const [row, c] = [Math.floor(at / n), at % n];
    const s = Math.floor(row / m);
    let sum = 0n;
    for (let j = 0; j < k; j++) sum += BigInt(a[row * k + j]) * BigInt(b[s * strideB + j * n + c]);
    return wrap(sum);
  });
}
