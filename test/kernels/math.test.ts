// The error of exp, log and their kin over the bit patterns of all f32, and their special values.
import { describe, expect, it } from 'vitest';
import { Sandbox, ulps } from './harness.ts';
import { forward } from './reference/unary.ts';

const CHUNK = 1 << 16;
const NORMAL = 2 ** -126;
const box = new Sandbox();
const from = box.float32(CHUNK);
const to = box.float32(CHUNK);

// The bound, in ulp, and where the argument changes its path.
const functions = {
  exp: { bound: 1.05, breaks: [-87.3365402, -1, 0, 0.3465736, 88.3762626, 88.7228317] },
  expm1: { bound: 1.8, breaks: [-17.3, -0.3465736, 0, 0.3465736, 1.0397208, 88.3762626, 88.7228317] },
  log: { bound: 0.85, breaks: [NORMAL, 0.70710678, 1, 1.41421356, 2] },
  log1p: { bound: 0.9, breaks: [-1, -0.29289322, 0, 0.41421356, 1, 2 ** 24] },
  tanh: { bound: 1.9, breaks: [-0.625, 0, 0.3465736, 0.625, 9.01] },
  sigmoid: { bound: 1.95, breaks: [-87.3365402, -16.6, -1.1, -0.3465736, 0, 0.3465736, 16.6] },
  erf: { bound: 1.2, breaks: [-0.9, 0, 0.9, 1.1, 3.92] },
  softplus: { bound: 1.75, breaks: [-87.3365402, -16.6, -1.27, 0, 16.6] },
};
type Name = keyof typeof functions;
const names = Object.keys(functions) as Name[];

function* everyStride(stride: number): Generator<number> {
  const word = new Uint32Array(1);
  const float = new Float32Array(word.buffer);
  for (let bits = 0; bits < 2 ** 32; bits += stride) {
    word[0] = bits;
    yield float[0];
  }
}

/** 2,000 neighbours on each side of every break, and an even comb over the range where the functions are not flat. */
function* nearBreaks(breaks: number[]): Generator<number> {
  for (const b of breaks) {
    const step = 2 ** (Math.floor(Math.log2(Math.abs(b) || 1e-3)) - 23);
    for (let i = -2000; i <= 2000; i++) yield b + i * step;
  }
  for (let i = -100_000; i <= 100_000; i++) yield (i / 100_000) * 20;
}

/** The worst error, where, and the arguments whose result is of the wrong kind. */
function sweep(name: Name, values: Iterable<number>): { worst: number; at: number; wrong: number[] } {
  const memory = new Float32Array(box.memory.buffer);
  const result = { worst: 0, at: 0, wrong: [] as number[] };
  let count = 0;
  const flush = () => {
    box.kernels[name](from.address, to.address, count, 0, 1);
    for (let i = 0; i < count; i++) {
      const x = memory[from.address / 4 + i];
      const y = memory[to.address / 4 + i];
      const exact = forward[name](x);
      if (Math.abs(exact) < NORMAL) {
        if (!(Math.abs(y) <= 1.000001 * NORMAL)) result.wrong.push(x);
        continue;
      }
      const error = ulps(y, exact);
      if (!(error < Infinity)) result.wrong.push(x);
      else if (error > result.worst) [result.worst, result.at] = [error, x];
    }
    count = 0;
  };
  for (const value of values) {
    memory[from.address / 4 + count++] = value;
    if (count === CHUNK) flush();
  }
  flush();
  return result;
}

function values(name: Name, x: number[]): number[] {
  const memory = new Float32Array(box.memory.buffer);
  memory.set(x, from.address / 4);
  box.kernels[name](from.address, to.address, x.length, 0, 1);
  return [...memory.subarray(to.address / 4, to.address / 4 + x.length)];
}

describe.each(names)('%s', (name) => {
  const { bound, breaks } = functions[name];

  it(`is within ${bound} ulp over every 4099th float`, () => {
    const { worst, at, wrong } = sweep(name, everyStride(4099));
    expect(wrong).toEqual([]);
    expect(worst, `at ${at}`).toBeLessThan(bound);
  });

  it(`is within ${bound} ulp near its breaks`, () => {
    const { worst, at, wrong } = sweep(name, nearBreaks(breaks));
    expect(wrong).toEqual([]);
    expect(worst, `at ${at}`).toBeLessThan(bound);
  });
});

describe('special values', () => {
  const tiny = 2 ** -149;
  it.each<[Name, number[], number[]]>([
    ['exp', [0, -0, Infinity, -Infinity, NaN, 89, 3e38, -104, -3e38, tiny], [1, 1, Infinity, 0, NaN, Infinity, Infinity, 0, 0, 1]],
    ['expm1', [0, -0, Infinity, -Infinity, NaN, 89, 3e38, -3e38], [0, -0, Infinity, -1, NaN, Infinity, Infinity, -1]],
    ['log', [0, -0, Infinity, -Infinity, NaN, -1, -tiny, 1], [-Infinity, -Infinity, Infinity, NaN, NaN, NaN, NaN, 0]],
    ['log', [tiny, 2 ** -127], [-149 * Math.LN2, -127 * Math.LN2].map(Math.fround)],
    ['log1p', [0, -0, Infinity, -Infinity, NaN, -1, -1.5, tiny], [0, -0, Infinity, NaN, NaN, -Infinity, NaN, tiny]],
    ['tanh', [0, -0, Infinity, -Infinity, NaN, 3e38, -3e38, tiny], [0, -0, 1, -1, NaN, 1, -1, tiny]],
    ['sigmoid', [0, -0, Infinity, -Infinity, NaN, 3e38, -3e38], [0.5, 0.5, 1, 0, NaN, 1, 0]],
    ['erf', [0, -0, Infinity, -Infinity, NaN, 3e38, -3e38], [0, -0, 1, -1, NaN, 1, -1]],
    ['softplus', [0, Infinity, -Infinity, NaN, 3e38, -3e38], [Math.LN2, Infinity, 0, NaN, 3e38, 0].map(Math.fround)],
  ])('%s', (name, x, expected) => {
    expect(values(name, x)).toEqual(expected);
  });
});
