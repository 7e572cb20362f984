import { describe, expect, it } from 'vitest';
import { random, Sandbox } from './harness.ts';

const { kernels } = new Sandbox();
const next = random(7);
const between = (low: number, high: number): number[] => Array.from({ length: 4000 }, () => low + (high - low) * next());

/** The largest distance from Math's result in units of the last place. Math's own error is up to 1. */
function worst(f: (...x: number[]) => number, exact: (...x: number[]) => number, inputs: readonly (readonly number[])[]): number {
  const word = new BigInt64Array(1);
  const value = new Float64Array(word.buffer);
  const rank = (x: number): bigint => {
    value[0] = x;
    return word[0] < 0n ? -(word[0] & 0x7fffffffffffffffn) : word[0];
  };
  let most = 0;
  for (const x of inputs) {
    const [a, b] = [f(...x), exact(...x)];
    if (Number.isNaN(a) || Number.isNaN(b)) expect(a, `of ${x}`).toBe(b);
    else most = Math.max(most, Math.abs(Number(rank(a) - rank(b))));
  }
  return most;
}
/** Whole powers by exact arithmetic: for them WebKit multiplies, and rounds, again and again. */
function power(x: number, y: number): number {
  if (!Number.isInteger(y) || y < 0) return x ** y;
  const exponent = Math.floor(Math.log2(x)) - 60;
  const product = BigInt(x / 2 ** exponent) ** BigInt(y);
  const shift = Math.max(0, product.toString(2).length - 64);
  return Number(product >> BigInt(shift)) * 2 ** (shift + exponent * y);
}
const each = (values: readonly number[]): number[][] => values.map((x) => [x]);
const edges = [0, -0, 1, -1, Infinity, -Infinity, NaN, 5e-324, -5e-324, 1e-310, 1.7e308, 2 ** -53, 0.5, 2];

describe('scalar functions agree with Math to 2 units in the last place', () => {
  it.each([
    [
      'scalarExp',
      kernels.scalarExp,
      Math.exp,
      [...between(-745, 709.7), ...between(-1, 1), 709.782712893384, 709.79, -745.13, -745.2, 800, -800],
    ],
    ['scalarLog', kernels.scalarLog, Math.log, [...between(0, 3), ...between(0, 1e300), ...between(0, 1e-308), ...between(0.99, 1.01)]],
    ['scalarLog1p', kernels.scalarLog1p, Math.log1p, [...between(-1, 3), ...between(-1e-5, 1e-5), ...between(0, 1e20), -1.5]],
    [
      'scalarSin',
      kernels.scalarSin,
      Math.sin,
      [...between(-4, 4), ...between(-1e5, 1e5), ...between(-1e-7, 1e-7), Math.PI, Math.PI / 2, 3 * Math.PI],
    ],
    [
      'scalarCos',
      kernels.scalarCos,
      Math.cos,
      [...between(-4, 4), ...between(-1e5, 1e5), ...between(-1e-7, 1e-7), Math.PI, Math.PI / 2, 3 * Math.PI],
    ],
  ] as const)('%s', (name, kernel, exact, inputs) => {
    const trigonometric = name === 'scalarSin' || name === 'scalarCos';
    const special = trigonometric ? edges.filter((x) => Math.abs(x) < 1e5 || !Number.isFinite(x)) : edges;
    expect(worst(kernel, exact, each([...inputs, ...special]))).toBeLessThanOrEqual(2);
    for (const x of special) expect(Object.is(kernel(x), -0), `sign of ${name}(${x})`).toBe(Object.is(exact(x), -0));
  });

  it('scalarPow', () => {
    const bases = between(0, 3);
    const inputs = [
      ...bases.map((x, i) => [x, (i % 41) - 20 + (i % 7) / 8]),
      ...between(0, 1e-308).map((x) => [x, 0.75]),
      ...between(1.001, 40).map((x) => [x, 190]),
    ];
    expect(worst(kernels.scalarPow, power, inputs)).toBeLessThanOrEqual(2);
  });
});

describe('scalarPow', () => {
  it('is exact where the power is', () => {
    for (let x = 1; x < 60; x++) for (let y = 0; y < 9; y++) expect(kernels.scalarPow(-x, y)).toBe((-x) ** y);
    for (let e = -1074; e < 1024; e++) expect(kernels.scalarPow(2, e)).toBe(2 ** e);
    expect(kernels.scalarPow(0.25, 0.5)).toBe(0.5);
    expect(kernels.scalarPow(10, 22)).toBe(1e22);
  });

  it('has the special values of C99', () => {
    const values = [0, -0, 1, -1, 2, -2, 3, 0.5, -0.5, -3, Infinity, -Infinity, NaN, 1e300, -1e300, 5e-324, 9007199254740992];
    for (const x of values) {
      for (const y of values) {
        const one = x === 1 || (x === -1 && Math.abs(y) === Infinity); // NaN in JavaScript
        const expected = one ? 1 : x ** y;
        const actual = kernels.scalarPow(x, y);
        const rounding = Number.isFinite(expected) && expected !== 0;
        if (rounding) expect(Math.abs(actual / expected - 1), `${x} to the power ${y}`).toBeLessThan(2 ** -51);
        else expect(actual, `${x} to the power ${y}`).toBe(expected);
      }
    }
  });
});
