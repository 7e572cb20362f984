import { describe, expect, it } from 'vitest';
import { type MatmulShape, matmulCalls, matmulScratch } from '../../src/ops/matmul-plan.ts';
import { expectClose, random, randoms, Sandbox } from './harness.ts';
import { matmul, matmulInOrder } from './reference/matmul.ts';

const FORMS = [
  { transposeA: false, transposeB: false },
  { transposeA: false, transposeB: true },
  { transposeA: true, transposeB: false },
  { transposeA: true, transposeB: true },
];

interface Options {
  bias?: Float32Array;
  relu?: boolean;
  offset?: number;
}

function shapeOf(m: number, k: number, n: number, rest: Partial<MatmulShape> = {}): MatmulShape {
  return { batch: 1, m, k, n, strideA: m * k, strideB: k * n, transposeA: false, transposeB: false, ...rest };
}

function operands(shape: MatmulShape, seed = 1): [Float32Array, Float32Array] {
  const count = (stride: number): number => (stride === 0 ? 1 : shape.batch);
  const a = randoms(count(shape.strideA) * shape.m * shape.k, seed);
  return [a, randoms(count(shape.strideB) * shape.k * shape.n, seed + 1)];
}

/** Runs the plan of a product for 1 to 7 threads. */
function run(shape: MatmulShape, a: Float32Array, b: Float32Array, { bias, relu = false, offset = 0 }: Options = {}): Float32Array {
  const box = new Sandbox();
  const [x, w] = [box.float32(a, offset), box.float32(b, offset)];
  const y = bias ? box.float32(bias, offset).address : 0;
  const out = box.float32(shape.batch * shape.m * shape.n, offset);
  const scratch = box.float32(matmulScratch(shape) / 4);
  const calls = matmulCalls(shape, x.address, w.address, y, out.address, scratch.address, relu ? 1 : 0);
  if (calls.length > 0) box.run(...calls);
  return out.read();
}

/** Every bit as the naive loop in the promised order gives it, and close to the sum in f64. */
function check(shape: MatmulShape, options: Options = {}, [a, b] = operands(shape)): void {
  const { batch, m, k, n, transposeA, transposeB } = shape;
  const name = `${batch} x [${m},${k}${transposeA ? ' T' : ''}] x [${k},${n}${transposeB ? ' T' : ''}]`;
  const actual = run(shape, a, b, options);
  const inOrder = matmulInOrder(shape, a, b, options.bias ?? null, options.relu ?? false);
  const at = actual.findIndex((v, i) => !Object.is(v, inOrder[i]));
  expect(at, `${name}: [${at}] is ${actual[at]}, in order ${inOrder[at]}`).toBe(-1);
  const exact = matmul(shape, a, b, options.bias ?? null, options.relu ?? false);
  expectClose(actual, exact, { relative: 1e-5, absolute: 2e-7 * (k + 4), name });
}

describe.each(FORMS)('matmul, transposeA $transposeA, transposeB $transposeB', (form) => {
  const SMALL = [1, 2, 3, 4, 5, 7, 8, 9];

  it('computes every small shape', () => {
    for (const m of SMALL) for (const n of SMALL) for (const k of [1, 2, 3, 4, 5, 8]) check(shapeOf(m, k, n, form));
  });

  it('computes sizes around the widths of tiles, groups of rows and blocks of k', () => {
    const next = random(7);
    const sizes = [1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 68, 129];
    const pick = (): number => sizes[Math.floor(next() * sizes.length)];
    for (let i = 0; i < 30; i++) check(shapeOf(pick(), pick(), pick(), form));
    for (const k of [255, 256, 257, 513]) for (const [m, n] of [[5, 9], [8, 16], [1, 17], [33, 1]]) check(shapeOf(m, k, n, form));
  });

  it('computes the shapes of small models', () => {
    for (const [m, k, n] of [[32, 32, 1], [64, 16, 16], [10, 32, 1], [32, 1, 10], [1, 32, 10]]) check(shapeOf(m, k, n, form));
  });

  it('adds the bias to every row and applies relu', () => {
    for (const [m, k, n] of [[1, 5, 1], [1, 300, 21], [6, 3, 1], [4, 8, 8], [7, 300, 11], [70, 6, 19]]) {
      const bias = randoms(n, 9);
      for (const offset of [0, 4]) check(shapeOf(m, k, n, form), { bias, offset });
      check(shapeOf(m, k, n, form), { bias, relu: true });
      check(shapeOf(m, k, n, form), { relu: true });
    }
  });

  it('multiplies a batch, each operand shared or its own', () => {
    for (const [m, k, n] of [[1, 6, 7], [7, 6, 1], [1, 5, 1], [5, 7, 9], [8, 4, 8], [12, 260, 16]]) {
      for (const strideA of [0, m * k]) {
        for (const strideB of [0, k * n]) check(shapeOf(m, k, n, { ...form, batch: 3, strideA, strideB }), { bias: randoms(n, 5) });
      }
    }
  });

  it('gives the bias, or 0, when there is nothing to sum', () => {
    for (const [m, n] of [[1, 1], [1, 9], [9, 1], [6, 11]]) {
      const bias = randoms(n, 3);
      expect(run(shapeOf(m, 0, n, form), new Float32Array(0), new Float32Array(0))).toEqual(new Float32Array(m * n));
      const rows = Float32Array.from({ length: m * n }, (_, i) => bias[i % n]);
      expect(run(shapeOf(m, 0, n, form), new Float32Array(0), new Float32Array(0), { bias })).toEqual(rows);
    }
  });

  it('passes NaN and infinities on, 0 * Infinity too', () => {
    for (const [m, k, n] of [[1, 9, 17], [17, 9, 1], [9, 6, 13]]) {
      const shape = shapeOf(m, k, n, form);
      for (const value of [NaN, Infinity, -Infinity]) {
        const a = new Float32Array(m * k);
        const b = randoms(k * n, 4);
        b[0] = value;
        for (const relu of [false, true]) check(shape, { relu }, [a, b]);
        check(shape, { relu: true }, [randoms(m * k, 2), b]);
      }
    }
  });
});

describe('matmul', () => {
  it('plans nothing for an empty result', () => {
    for (const shape of [shapeOf(0, 3, 4), shapeOf(3, 3, 0), shapeOf(2, 3, 4, { batch: 0 })]) {
      expect(matmulCalls(shape, 64, 64, 0, 64, 64, 0)).toEqual([]);
      expect(matmulScratch(shape)).toBe(0);
    }
  });

  it('packs nothing for a vector', () => {
    for (const form of FORMS) for (const [m, n] of [[1, 100], [100, 1]]) expect(matmulScratch(shapeOf(m, 50, n, form))).toBe(0);
  });

  it('only ever adds to the addresses it is given', () => {
    const far = 2 ** 40;
    const shape = shapeOf(33, 20, 17, { batch: 2, transposeB: true });
    const near = matmulCalls(shape, 1000, 2000, 3000, 4000, 5000, 0);
    const moved = matmulCalls(shape, far + 1000, far + 2000, far + 3000, far + 4000, far + 5000, 0);
    const back = moved.map((call) => call.map((v) => (typeof v === 'number' && v >= far ? v - far : v)));
    expect(back).toEqual(near);
  });

  it('gives an element the same bits in every product that it is part of', () => {
    const [m, k, n] = [70, 300, 37];
    const shape = shapeOf(m, k, n);
    const [a, b] = operands(shape, 3);
    const whole = run(shape, a, b);
    for (const row of [0, 3, 69]) {
      expect(run(shapeOf(1, k, n), a.slice(row * k, (row + 1) * k), b)).toEqual(whole.slice(row * n, (row + 1) * n));
    }
    const column = Float32Array.from({ length: k }, (_, p) => b[p * n + 36]);
    expect(run(shapeOf(m, k, 1), a, column)).toEqual(Float32Array.from({ length: m }, (_, i) => whole[i * n + 36]));
  });
});
